import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

/** A real SMTP server in this process that delivers to nobody: every message becomes a file. */
export interface Outbox {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  /** Newest first. */
  list(most: number): Promise<CaughtMail[]>;
  find(id: string): Promise<{ caught: CaughtMail; email: Email; source: Buffer } | undefined>;
  close(): Promise<void>;
}

export interface CaughtMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** Bytes of the whole message. */
  readonly size: number;
  readonly caughtAt: Date;
}

const LARGEST_MESSAGE = 25 * 1024 * 1024;

/** Starts to catch mail into a folder, on a free port of the loopback. */
export async function openOutbox(folder: string): Promise<Outbox> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MESSAGE,
    logger: false,
    onData(stream, _session, callback) {
      catchMail(stream, folder).then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    list: (most) => listMail(folder, most),
    find: (id) => findMail(folder, id),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The 250 must not go out before the file is whole: it appears under its name at once. */
async function catchMail(stream: SMTPServerDataStream, folder: string): Promise<void> {
  const bytes = await buffer(stream);
  if (stream.sizeExceeded)
    throw Object.assign(new Error('the message is too large'), { responseCode: 552 });
  const id = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}`;
  const unfinished = join(folder, `.${id}`);
  await writeFile(unfinished, bytes, { mode: 0o600 });
  await rename(unfinished, join(folder, `${id}.eml`));
}

async function listMail(folder: string, most: number): Promise<CaughtMail[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const newest = files.sort().reverse().slice(0, most);
  return Promise.all(newest.map(async (file) => (await readMail(folder, file)).caught));
}

async function findMail(folder: string, id: string) {
  // An id is a file name of ours, never a path.
  if (!/^[\w-]+$/.test(id)) return undefined;
  try {
    return await readMail(folder, `${id}.eml`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function readMail(folder: string, file: string) {
  const path = join(folder, file);
  const source = await readFile(path);
  const email = await PostalMime.parse(source);
  const caught: CaughtMail = {
    id: file.replace(/\.eml$/, ''),
    to: email.to?.map(({ address }) => address).join(', ') ?? '',
    subject: email.subject ?? '',
    size: source.length,
    caughtAt: (await stat(path)).mtime,
  };
  return { caught, email, source };
}
