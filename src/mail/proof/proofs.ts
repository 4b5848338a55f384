import { Resolver } from 'node:dns/promises';
import { createRequire } from 'node:module';
import { isPublic } from '../../core/doctor/judge-addresses.ts';
import { type KeyRecords, listKeyNames } from './signatures.ts';

/** What the world says of who sent a mail. */
export interface Proofs {
  /** The records of the keys that a mail says it is signed with. Rejects where DNS does not answer now. */
  findKeys(raw: Uint8Array): Promise<KeyRecords>;
  /**
   * Whether a server may send mail of an address (SPF, RFC 7208). False where it is not known, and where
   * the server is one of our own network: it took the mail of somebody else.
   */
  maySend(client: string, mailFrom: string): Promise<boolean>;
  close(): void;
}

type Resolve = (name: string, type: string) => Promise<unknown>;

const load = () =>
  createRequire(import.meta.url)('mailauth/lib/spf') as {
    spf(options: {
      ip: string;
      helo: string;
      sender: string;
      mta: string;
      resolver: Resolve;
    }): Promise<{ status: { result: string } }>;
  };

/** Asks these servers (`127.0.0.1:5353`), or the system's where there are none. */
export function openProofs(servers: readonly string[]): Proofs {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return {
    async findKeys(raw) {
      const found: (readonly [string, readonly string[]])[] = [];
      for (const name of listKeyNames(raw)) {
        const texts = await resolver.resolveTxt(name).catch(noneOf);
        if (texts.length > 0) found.push([name, texts.map((parts) => parts.join(''))]);
      }
      return found;
    },
    async maySend(client, mailFrom) {
      if (!isPublic(client) || !/^[\x21-\x7e]+@[\w.-]+$/.test(mailFrom)) return false;
      const asked = { ip: client, helo: 'unknown', sender: mailFrom, mta: 'localhost' };
      const ask: Resolve = (name, type) => resolver.resolve(name, type);
      try {
        return (await load().spf({ ...asked, resolver: ask })).status.result === 'pass';
      } catch {
        return false;
      }
    },
    close: () => resolver.cancel(),
  };
}

/** A name that is not there, or is no name, has no records; else nobody can say now. */
function noneOf(error: NodeJS.ErrnoException): string[][] {
  if (['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(error.code ?? '')) return [];
  throw error;
}
