import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readDkimKey } from '../dkim.ts';

/** A configured key by its public half, or why it cannot be used. */
export type SigningKey =
  | {
      readonly selector: string;
      readonly type: 'rsa' | 'ed25519';
      /** In base64, the form that `paperround dkim` publishes first. */
      readonly publicKeys: readonly string[];
    }
  | { readonly selector: string; readonly fault: string };

const BYTES_ED25519 = 32;

/** Reads a DKIM key's file. Never rejects. */
export async function readSigningKey(selector: string, path: string): Promise<SigningKey> {
  try {
    const publicKey = createPublicKey(readDkimKey(selector, await readFile(path, 'utf8')).key);
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    if (publicKey.asymmetricKeyType === 'ed25519') {
      const bare = spki.subarray(-BYTES_ED25519).toString('base64');
      return { selector, type: 'ed25519', publicKeys: [bare] };
    }
    const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'der' });
    return {
      selector,
      type: 'rsa',
      publicKeys: [spki, pkcs1].map((der) => der.toString('base64')),
    };
  } catch (error) {
    return { selector, fault: `${path}: ${(error as Error).message}` };
  }
}
