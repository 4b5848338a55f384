import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArrivedMail, LARGEST_INBOUND, type Take } from './listener.ts';

/** A folder in Maildir form that a mail server delivers into. */
export interface Spool {
  /** Takes what is there now; how many files. */
  look(): Promise<number>;
  /** Looks no more, after what it is at. */
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 2_000;

/**
 * Watches a Maildir (https://cr.yp.to/proto/maildir.html): what stands whole in `new` is taken
 * and then moved to `cur`. Any number of processes may do so at once, and one that dies in
 * between leaves the file for the next: the key of a mail is its name with its bytes.
 */
export async function openSpool(
  folder: string,
  take: Take,
  onError: (error: Error) => void,
): Promise<Spool> {
  for (const part of ['tmp', 'new', 'cur']) {
    await mkdir(join(folder, part), { recursive: true, mode: 0o700 });
  }
  let looking: Promise<number> | undefined;
  const look = () => {
    looking ??= lookOnce(folder, take, onError).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  const timer = setInterval(() => void look().catch(onError), LOOK_EVERY_MS);
  return {
    look,
    async close() {
      clearInterval(timer);
      await looking?.catch(onError);
    },
  };
}

async function lookOnce(
  folder: string,
  take: Take,
  onError: (error: Error) => void,
): Promise<number> {
  const names = (await readdir(join(folder, 'new'))).filter((name) => !name.startsWith('.'));
  let taken = 0;
  for (const name of names.sort()) {
    try {
      const mail = await readMail(folder, name);
      await take(mail);
      await rename(join(folder, 'new', name), join(folder, 'cur', `${name.split(':')[0]}:2,S`));
      taken += 1;
    } catch (error) {
      // Another process was faster; anything else is tried again at the next look.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onError(error as Error);
    }
  }
  return taken;
}

async function readMail(folder: string, name: string): Promise<ArrivedMail> {
  const file = await open(join(folder, 'new', name));
  try {
    const { size } = await file.stat();
    const raw = Buffer.alloc(Math.min(size, LARGEST_INBOUND));
    const { bytesRead } = await file.read(raw, 0, raw.length, 0);
    const bytes = raw.subarray(0, bytesRead);
    const hash = createHash('sha256').update(name).update('\0').update(bytes).digest('hex');
    const unknown = { mailFrom: null, rcptTo: [], client: null };
    return { source: 'spool', key: `spool:${hash}`, ...unknown, raw: bytes };
  } finally {
    await file.close();
  }
}
