import { generateKeyPairSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { buildDkimRecord } from '../core/letter/dkim-record.ts';
import type { Answer } from './command.ts';

export type DkimType = 'rsa' | 'ed25519';

interface Order {
  readonly domain: string;
  readonly types: readonly DkimType[];
  /** Without one: the type's first letter and the month, such as `r202603`. */
  readonly selector: string | undefined;
  readonly folder: string;
  readonly now: Date;
}

/** RFC 8301, 3.2: 2048 bits; longer ones do not fit every DNS provider's form. */
const RSA_BITS = 2048;
const PUBLIC_BYTES_ED25519 = 32;

/**
 * Makes keys that sign mail, each in a file of its own that only its owner may read, and
 * says what to put into DNS and into the configuration. Overwrites nothing.
 */
export async function makeDkimKeys(order: Order): Promise<Answer> {
  if (order.domain.endsWith('.invalid')) {
    throw new Error('which domain signs? Set MAIL_FROM, or say --domain news.example.org');
  }
  if (
    order.selector !== undefined &&
    !/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/i.test(order.selector)
  ) {
    throw new Error(`"${order.selector}" is no selector: letters, digits and hyphens, such as s1`);
  }
  await mkdir(order.folder, { recursive: true, mode: 0o700 });
  const keys = [];
  for (const type of order.types) keys.push(await makeKey(order, type));
  const setting = keys.map(({ selector, path }) => `${selector}=${path}`).join(' ');
  return {
    lines: [
      `Made for ${order.domain}; keep ${keys.length > 1 ? 'these files' : 'this file'} where only Paperround reads:`,
      ...keys.map(({ path, type }) => `  ${path}  ${type === 'rsa' ? 'RSA' : 'Ed25519'}`),
      '',
      `1. Put into DNS (a form that asks for a name and a value wants the text before and in the quotes, joined):`,
      '',
      ...keys.map(({ record }) => record.line),
      '',
      `2. When it can be seen (dig +short TXT ${keys[0]?.record.name}), set this and start again:`,
      '',
      `DKIM_KEYS='${setting}'`,
    ],
    data: keys.map(({ selector, type, path, record }) => ({
      selector,
      type,
      path,
      name: record.name,
      value: record.value,
    })),
  };
}

async function makeKey({ domain, selector: chosen, folder, now, types }: Order, type: DkimType) {
  const month = now.toISOString().slice(0, 7).replace('-', '');
  const letter = type === 'rsa' ? 'r' : 'e';
  const selector = chosen ? (types.length > 1 ? `${chosen}-${type}` : chosen) : letter + month;
  const { publicKey, privateKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: RSA_BITS })
      : generateKeyPairSync('ed25519');
  const path = resolve(join(folder, `${selector}.pem`));
  // `wx`: a key that signs today must not be lost to one that DNS does not know.
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
  });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const record = buildDkimRecord({
    selector,
    domain,
    type,
    publicKey: type === 'rsa' ? der : der.subarray(-PUBLIC_BYTES_ED25519),
  });
  return { selector, type, path, record };
}
