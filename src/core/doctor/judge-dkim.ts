import { type Finding, type Found, fail, ok, silentDns, warn } from './finding.ts';
import { parseTags } from './tags.ts';

/** A key that signs here, and what DNS has at its selector. */
export interface DkimCase {
  readonly selector: string;
  readonly domain: string;
  readonly type: 'rsa' | 'ed25519';
  /** Its public half in base64, in each form that may be published. */
  readonly publicKeys: readonly string[];
  readonly found: Found<string>;
}

/** Judges whether receivers can verify with this key (RFC 6376, 3.6.1; RFC 8463). */
export function judgeDkim(key: DkimCase): Finding {
  const { found, selector, domain } = key;
  const name = `${selector}._domainkey.${domain}`;
  if (found.kind === 'failed') return silentDns(`the TXT record of ${name}`, found.reason);
  const records = found.kind === 'found' ? found.values.filter(isKey) : [];
  const [record, ...more] = records;
  const published = `v=DKIM1; k=${key.type}; p=${key.publicKeys[0]}`;
  if (record === undefined) {
    return fail(
      `${name} is not in DNS: what the key ${selector} signs, nobody can verify.`,
      `Put a TXT record at ${name}: "${published}"`,
    );
  }
  if (more.length > 0) {
    return fail(
      `${name} has ${records.length} keys in DNS; which one a receiver takes is left to chance.`,
      `Keep only: "${published}"`,
    );
  }
  return judgeRecord(key, { name, record, published });
}

const isKey = (text: string) => /(^|;)\s*p\s*=/i.test(text);

function judgeRecord(
  key: DkimCase,
  { name, record, published }: { name: string; record: string; published: string },
): Finding {
  const tags = parseTags(record);
  const instead = `Replace it by: "${published}"`;
  if (!tags || (tags.get('v') ?? 'DKIM1') !== 'DKIM1') {
    return fail(`${name} is no DKIM record: "${record.slice(0, 80)}".`, instead);
  }
  const value = (tags.get('p') ?? '').replace(/\s/g, '');
  if (value === '') {
    return fail(
      `${name} says that the key was revoked (its p= is empty), and ${key.selector} still signs.`,
      'Make a new key (paperround dkim), publish it, and name it in DKIM_KEYS.',
    );
  }
  const type = (tags.get('k') ?? 'rsa').toLowerCase();
  if (type !== key.type) {
    return fail(`${name} has a key of type ${type}; ${key.selector} is ${key.type}.`, instead);
  }
  const bare = (text: string) => text.replace(/=+$/, '');
  if (!key.publicKeys.some((each) => bare(each) === bare(value))) {
    return fail(
      `${name} has another key than the one that signs here: no signature will verify.`,
      `${instead} (or name the key of that record in DKIM_KEYS)`,
    );
  }
  return judgeUse(tags, name);
}

function judgeUse(tags: ReadonlyMap<string, string>, name: string): Finding {
  const list = (tag: string) =>
    tags
      .get(tag)
      ?.split(':')
      .map((each) => each.trim());
  const hashes = list('h');
  if (hashes && !hashes.includes('sha256')) {
    return fail(
      `${name} allows only ${hashes.join(', ')}; signatures use sha256.`,
      'Remove its h=.',
    );
  }
  const services = list('s');
  if (services && !services.includes('*') && !services.includes('email')) {
    return fail(`${name} is for ${services.join(', ')} and not for mail.`, 'Remove its s=.');
  }
  if (list('t')?.includes('y')) {
    return warn(
      `${name} matches, but says that the domain is only testing (t=y): some receivers ignore it.`,
      'Remove its t=y.',
    );
  }
  return ok(`${name} in DNS has the public half of the key that signs.`);
}
