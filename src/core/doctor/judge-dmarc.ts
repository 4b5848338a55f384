import { getDomain } from 'tldts';
import { type Finding, type Found, fail, ok, silentDns, warn } from './finding.ts';
import { parseTags } from './tags.ts';

/** The domain of From, its policy, and what the policy will compare it with. */
export interface DmarcCase {
  readonly from: string;
  /** The domain of the return path, which SPF is asked for. */
  readonly returnPath: string;
  /** The domain that signs; undefined where we do not sign. */
  readonly signer: string | undefined;
  /** TXT records at `_dmarc.` of the domain of From, then of its organisational domain. */
  readonly found: ReadonlyMap<string, Found<string>>;
}

/** The registrable domain, or the domain itself where it has none. */
export function organisationOf(domain: string): string {
  return getDomain(domain) ?? domain;
}

/** Where the policy of a domain is looked for, in this order (RFC 7489, 6.6.3). */
export function listDmarcNames(from: string): string[] {
  return [...new Set([from, organisationOf(from)])].map((domain) => `_dmarc.${domain}`);
}

/** Judges the DMARC policy of the sending domain, and whether our mail passes it. */
export function judgeDmarc(given: DmarcCase): Finding[] {
  const { from, found } = given;
  for (const [name, answer] of found) {
    if (answer.kind === 'failed') return [silentDns(`the TXT record of ${name}`, answer.reason)];
    const records =
      answer.kind === 'found' ? answer.values.filter((text) => /^v\s*=\s*DMARC1/.test(text)) : [];
    const [record, ...more] = records;
    if (more.length > 0) {
      return [
        fail(
          `${name} has ${records.length} DMARC records, and receivers take that for none.`,
          'Keep one of them.',
        ),
      ];
    }
    if (record !== undefined) return judgePolicy(given, name, record);
  }
  return [
    fail(
      `${from} has no DMARC record; Gmail, Yahoo and Microsoft refuse bulk mail without one.`,
      `Put a TXT record at _dmarc.${from}: "v=DMARC1; p=none; rua=mailto:dmarc@${from}", and p=quarantine once its reports show that your mail passes.`,
    ),
  ];
}

function judgePolicy(given: DmarcCase, name: string, record: string): Finding[] {
  const tags = parseTags(record);
  const isOwn = name === `_dmarc.${given.from}`;
  // What stands in either must be right, or receivers apply neither (RFC 7489, 6.6.3).
  const stated = [tags?.get('p') ?? '', tags?.get('sp') ?? 'none'];
  if (!tags || !stated.every((policy) => /^(none|quarantine|reject)$/i.test(policy))) {
    return [
      fail(
        `${name} is no DMARC policy that receivers can read: "${record.slice(0, 120)}".`,
        'It must look like "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org".',
      ),
    ];
  }
  const tag = !isOwn && tags.has('sp') ? 'sp' : 'p';
  const policy = tags.get(tag)?.toLowerCase();
  const none =
    policy === 'none'
      ? [
          warn(
            `${name} asks for nothing (${tag}=none): that is enough for Gmail and Yahoo, but forged mail in your name is let through.`,
            `When its reports show that your own mail passes, write ${tag}=quarantine, later ${tag}=reject.`,
          ),
        ]
      : [];
  const reports = tags.has('rua')
    ? []
    : [
        warn(
          `${name} names nobody who is told (rua): you will not see whose mail in your name fails.`,
          `Add rua=mailto:dmarc@${given.from} with a mailbox that exists.`,
        ),
      ];
  const faults = [...judgeAlignment(given, tags), ...none, ...reports];
  if (faults.length > 0) return faults;
  return [
    ok(`${name} says ${tag}=${policy}, and our mail passes it: ${tellAligned(given, tags)}.`),
  ];
}

const isStrict = (mode: string | undefined) => mode?.toLowerCase() === 's';

function alignedBy({ from, returnPath, signer }: DmarcCase, tags: ReadonlyMap<string, string>) {
  const isAligned = (domain: string, mode: string | undefined) =>
    isStrict(mode)
      ? domain.toLowerCase() === from.toLowerCase()
      : organisationOf(domain) === organisationOf(from);
  return {
    spf: isAligned(returnPath, tags.get('aspf')),
    dkim: signer !== undefined && isAligned(signer, tags.get('adkim')),
  };
}

function tellAligned(given: DmarcCase, tags: ReadonlyMap<string, string>): string {
  const { spf, dkim } = alignedBy(given, tags);
  return [spf && `SPF of ${given.returnPath}`, dkim && `DKIM of ${given.signer}`]
    .filter(Boolean)
    .join(' and ');
}

/** RFC 7489, 3.1: one of both must be of the same organisation as From (or the same, where it says so). */
function judgeAlignment(given: DmarcCase, tags: ReadonlyMap<string, string>): Finding[] {
  const { from, returnPath, signer } = given;
  const { spf, dkim } = alignedBy(given, tags);
  if (!spf && !dkim) {
    const signed = signer ? `signed by ${signer}` : 'not signed here';
    return [
      fail(
        `From is ${from}, but the return path is ${returnPath} and mail is ${signed}: neither is aligned with it, so DMARC fails.`,
        `Let INBOUND_DOMAIN or DKIM_DOMAIN be ${from} or share its registrable domain${isStrict(tags.get('aspf')) || isStrict(tags.get('adkim')) ? ', or remove aspf=s and adkim=s' : ''}.`,
      ),
    ];
  }
  if (signer !== undefined && !dkim) {
    return [
      warn(
        `Mail is signed by ${signer}, which is not aligned with From (${from}): it passes DMARC by SPF alone, and fails when it is forwarded.`,
        `Set DKIM_DOMAIN=${from} and publish the key there.`,
      ),
    ];
  }
  if (dkim && !spf) {
    return [
      warn(
        `The return path is ${returnPath}, which is not aligned with From (${from}): mail passes DMARC by its signature alone.`,
        `Choose an INBOUND_DOMAIN below ${organisationOf(from)}${isStrict(tags.get('aspf')) ? ', and remove aspf=s' : ''}.`,
      ),
    ];
  }
  return [];
}
