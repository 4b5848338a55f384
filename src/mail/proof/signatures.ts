import { createRequire } from 'node:module';
import { parseFieldBlocks } from '../../core/feedback/fields.ts';

/** TXT records by their names, as DNS gave them; the parts of each joined. */
export type KeyRecords = readonly (readonly [name: string, texts: readonly string[]])[];

interface Result {
  readonly signingDomain: string;
  readonly algo: string;
  readonly status: { readonly result: string };
  readonly signingHeaders?: { readonly keys: string };
  readonly canonBodyLengthLimited?: boolean;
}

// Its types speak of the whole package; and it is slow to load, so that only who needs it does.
const load = () =>
  createRequire(import.meta.url)('mailauth/lib/dkim/verify') as {
    dkimVerify(
      message: Uint8Array,
      options: { resolver: (name: string) => Promise<string[][]> },
    ): Promise<{ results: readonly Result[] }>;
  };

/** A list signs anew, a forwarder too; nobody was seen to sign more often. */
const MOST_SIGNATURES = 8;
const LONGEST_HEAD = 256 * 1024;

/** The names in DNS of the keys that a mail says it is signed with; none where they are too many. */
export function listKeyNames(raw: Uint8Array): string[] {
  const names = signaturesOf(headOf(raw)).flatMap((field) => {
    const tag = (name: string) =>
      new RegExp(`(?:^|;)\\s*${name}\\s*=\\s*([^;\\s]+)`).exec(field)?.[1];
    const [domain, selector] = [tag('d'), tag('s')];
    return domain && selector ? [`${selector}._domainkey.${domain}`.toLowerCase()] : [];
  });
  return names.length > MOST_SIGNATURES ? [] : [...new Set(names)];
}

/**
 * The domains whose signature of a mail holds (RFC 6376), given what DNS says of their keys. None
 * counts that leaves From or the end of the body unsigned, or is of SHA-1 (RFC 8301); none of a mail
 * with several From counts, since nobody says which of them is read.
 */
export async function findSigners(raw: Uint8Array, records: KeyRecords): Promise<string[]> {
  const head = headOf(raw);
  const isOneFrom = (head.match(/^from[ \t]*:/gim) ?? []).length === 1;
  if (!isOneFrom || listKeyNames(raw).length === 0) return [];
  const known = new Map(records);
  const resolver = async (name: string) => {
    const texts = known.get(name.toLowerCase());
    if (!texts) throw Object.assign(new Error('no such record'), { code: 'ENOTFOUND' });
    return texts.map((text) => [text]);
  };
  const { results } = await load().dkimVerify(raw, { resolver });
  const holding = results.filter(
    ({ status, algo, signingHeaders, canonBodyLengthLimited }) =>
      status.result === 'pass' &&
      algo !== 'rsa-sha1' &&
      canonBodyLengthLimited !== true &&
      /(?:^|:)\s*from\s*(?::|$)/i.test(signingHeaders?.keys ?? ''),
  );
  return [...new Set(holding.map(({ signingDomain }) => signingDomain.toLowerCase()))];
}

function headOf(raw: Uint8Array): string {
  const bytes = raw.subarray(0, LONGEST_HEAD);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.split(/\r?\n\r?\n/, 1)[0] ?? '';
}

function signaturesOf(head: string): string[] {
  return head
    .split(/\r?\n(?![ \t])/)
    .filter((field) => /^dkim-signature[ \t]*:/i.test(field))
    .map((field) => parseFieldBlocks(field)[0]?.get('dkim-signature') ?? '');
}
