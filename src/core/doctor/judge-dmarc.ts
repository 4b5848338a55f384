import {
  type DmarcAnswers,
  listDmarcDomains,
  organisationOf,
  parsePolicy,
  recordsOf,
  registrableOf,
} from './dmarc-walk.ts';
import { type Finding, fail, ok, silentDns, warn } from './finding.ts';

/** The domain of From, its policy, and what the policy will compare it with. */
export interface DmarcCase {
  readonly from: string;
  /** The domain of the return path, which SPF is asked for. */
  readonly returnPath: string;
  /** The domain that signs; undefined where we do not sign. */
  readonly signer: string | undefined;
  /** What was found at the names of `listDmarcNames` for all three. */
  readonly found: DmarcAnswers;
}

/**
 * Judges the DMARC policy of the sending domain, its own or else its organisation's (RFC 9989,
 * 4.10.1), and whether our mail passes it.
 */
export function judgeDmarc(given: DmarcCase): Finding[] {
  const { from, found } = given;
  const [own = from, ...above] = listDmarcDomains(from);
  const asked = recordsOf(found, own).length > 0 ? [own] : [own, ...above];
  for (const domain of asked) {
    const answer = found.get(`_dmarc.${domain}`);
    if (answer?.kind === 'failed') {
      return [silentDns(`the TXT record of _dmarc.${domain}`, answer.reason)];
    }
  }
  const domain = asked.length === 1 ? own : organisationOf(from, found);
  const [record, ...more] = recordsOf(found, domain);
  if (more.length > 0) {
    return [
      fail(
        `_dmarc.${domain} has ${more.length + 1} DMARC records, and receivers take that for none.`,
        'Keep one of them.',
      ),
    ];
  }
  if (record !== undefined) return judgePolicy(given, `_dmarc.${domain}`, record);
  return [
    fail(
      `${from} has no DMARC record; Gmail, Yahoo and Microsoft refuse bulk mail without one.`,
      `Put a TXT record at _dmarc.${from}: "v=DMARC1; p=none; rua=mailto:dmarc@${from}", and p=quarantine once its reports show that your mail passes.`,
    ),
  ];
}

/** What `t=y` makes of a policy: it is tried, so that receivers do what stands before it. */
const tried: Readonly<Record<string, string>> = { reject: 'quarantine', quarantine: 'none' };

function judgePolicy(given: DmarcCase, name: string, record: string): Finding[] {
  const tags = parsePolicy(record);
  const isOwn = name === `_dmarc.${given.from}`;
  const isToldOf = tellsSomebody(tags?.get('rua'));
  // RFC 9989, 4.7 and 4.8: what only wants reports, or is faulty beside them, asks for nothing else.
  const isFaulty = tags !== undefined && policyTags.some((tag) => isNoPolicy(tags.get(tag)));
  if (!tags || ((isFaulty || !tags.has('p')) && !isToldOf)) {
    return [
      fail(
        `${name} is no DMARC policy that receivers can read: "${record.slice(0, 120)}".`,
        'It must look like "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org".',
      ),
    ];
  }
  const tag = !isOwn && tags.has('sp') ? 'sp' : 'p';
  const policy = isFaulty ? 'none' : (tags.get(tag)?.toLowerCase() ?? 'none');
  const faults = [
    ...judgeAlignment(given, tags),
    ...(isFaulty ? judgeFaulty(name, tags) : judgeAsked(name, { tag, policy, tags })),
    ...judgeReports(given, name, tags),
  ];
  if (faults.length > 0) return faults;
  return [
    ok(`${name} says ${tag}=${policy}, and our mail passes it: ${tellAligned(given, tags)}.`),
  ];
}

type Tags = ReadonlyMap<string, string>;
const policyTags = ['p', 'sp', 'np'];
const isNoPolicy = (word: string | undefined) =>
  word !== undefined && !/^(none|quarantine|reject)$/i.test(word);

function judgeFaulty(name: string, tags: Tags): Finding[] {
  const wrong = policyTags
    .filter((tag) => isNoPolicy(tags.get(tag)))
    .map((tag) => `${tag}=${tags.get(tag)}`);
  return [
    warn(
      `${name} says ${wrong.join(' and ')}, which is no policy: receivers take the whole for p=none.`,
      'It must be none, quarantine or reject.',
    ),
  ];
}

/** What a policy asks for: nothing, something that is only tried, or for a share as it once could. */
function judgeAsked(
  name: string,
  { tag, policy, tags }: { tag: string; policy: string; tags: Tags },
): Finding[] {
  const findings: Finding[] = [];
  if (policy === 'none') {
    findings.push(
      warn(
        `${name} asks for nothing (${tag}=none): that is enough for Gmail and Yahoo, but forged mail in your name is let through.`,
        `When its reports show that your own mail passes, write ${tag}=quarantine, later ${tag}=reject.`,
      ),
    );
  }
  if (tags.get('t')?.toLowerCase() === 'y' && policy in tried) {
    findings.push(
      warn(
        `${name} is in test mode (t=y): receivers treat ${tag}=${policy} as ${tried[policy]}.`,
        'When its reports show that your own mail passes, remove t=y.',
      ),
    );
  }
  if (tags.has('pct')) {
    findings.push(
      warn(
        `${name} says pct=${tags.get('pct')}, which receivers read no more (RFC 9989).`,
        'Remove it; t=y is how a policy is tried now.',
      ),
    );
  }
  return findings;
}

function judgeReports({ from }: DmarcCase, name: string, tags: Tags): Finding[] {
  if (tellsSomebody(tags.get('rua'))) return [];
  const says = tags.has('rua')
    ? `${name} has rua=${tags.get('rua')}, which is no address that a report can go to`
    : `${name} names nobody who is told (rua)`;
  return [
    warn(
      `${says}: you will not see whose mail in your name fails.`,
      `Add rua=mailto:dmarc@${from} with a mailbox that exists.`,
    ),
  ];
}

/** Reports go to a URI (RFC 9990): a bare address is none. */
const tellsSomebody = (rua: string | undefined) =>
  /(^|,)\s*mailto:[^\s,@]+@[^\s,@]+/i.test(rua ?? '');

const isStrict = (mode: string | undefined) => mode?.toLowerCase() === 's';

/** Whether a domain is aligned with From: to receivers of RFC 9989, or only to those of before. */
function alignmentOf(
  domain: string,
  { from, found }: DmarcCase,
  mode: string | undefined,
): 'aligned' | 'before' | 'none' {
  if (domain.toLowerCase() === from.toLowerCase()) return 'aligned';
  if (isStrict(mode)) return 'none';
  if (organisationOf(domain, found) === organisationOf(from, found)) return 'aligned';
  return registrableOf(domain) === registrableOf(from) ? 'before' : 'none';
}

function alignedBy(given: DmarcCase, tags: Tags) {
  const { returnPath, signer } = given;
  const spf = alignmentOf(returnPath, given, tags.get('aspf'));
  const dkim = signer === undefined ? 'none' : alignmentOf(signer, given, tags.get('adkim'));
  return {
    spf: spf !== 'none',
    dkim: dkim !== 'none',
    isOnlyBefore: spf !== 'aligned' && dkim !== 'aligned',
  };
}

function tellAligned(given: DmarcCase, tags: Tags): string {
  const { spf, dkim } = alignedBy(given, tags);
  return [spf && `SPF of ${given.returnPath}`, dkim && `DKIM of ${given.signer}`]
    .filter(Boolean)
    .join(' and ');
}

/** RFC 9989, 4.4: one of both must be of the same organisation as From (or the same, where it says so). */
function judgeAlignment(given: DmarcCase, tags: Tags): Finding[] {
  const { from, returnPath, signer } = given;
  const { spf, dkim, isOnlyBefore } = alignedBy(given, tags);
  if (!spf && !dkim) {
    const signed = signer ? `signed by ${signer}` : 'not signed here';
    return [
      fail(
        `From is ${from}, but the return path is ${returnPath} and mail is ${signed}: neither is aligned with it, so DMARC fails.`,
        `Let INBOUND_DOMAIN or DKIM_DOMAIN be ${from} or share its registrable domain${isStrict(tags.get('aspf')) || isStrict(tags.get('adkim')) ? ', or remove aspf=s and adkim=s' : ''}.`,
      ),
    ];
  }
  if (isOnlyBefore) {
    return [
      warn(
        `Receivers that follow RFC 9989 take ${from} for an organisation of its own, since no policy stands above it: to them neither the return path (${returnPath}) nor the signature is aligned.`,
        `Put a DMARC record at _dmarc.${registrableOf(from)}, too.`,
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
        `Choose an INBOUND_DOMAIN below ${organisationOf(from, given.found)}${isStrict(tags.get('aspf')) ? ', and remove aspf=s' : ''}.`,
      ),
    ];
  }
  return [];
}
