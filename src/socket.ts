import { createHash } from 'node:crypto';
import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';

/** What the CLI asks of a running service. */
export interface CommandCall {
  readonly name: string;
  readonly args: unknown;
}

/** Another process holds the data folder. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/** The lock on a data folder, and the door for the CLI. */
export interface DataLock {
  /** Answers calls from now on; before, they wait. */
  answer(call: (command: CommandCall) => Promise<unknown>): void;
  release(): Promise<void>;
}

// The kernel takes no longer path for a Unix socket.
const LONGEST_PATH = 100;
const TAKEOVER_MS = 5_000;

/** Where the socket of a data folder is. */
export function socketPath(dataDir: string): string {
  const path = join(dataDir, 'paperround.sock');
  if (path.length <= LONGEST_PATH) return path;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  return join(tmpdir(), `paperround-${name}.sock`);
}

/**
 * Takes the data folder by listening on its socket (mode 0600). A socket that nobody
 * answers is what a dead process left, and is taken over. Throws DataInUse where one answers.
 */
export async function lockData(dataDir: string): Promise<DataLock> {
  const path = socketPath(dataDir);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Two that find the same dead socket must not both remove it.
  const takeover = `${path}.takeover`;
  await beginTakeover(takeover);
  try {
    if (await isAnswered(path)) throw new DataInUse(`another Paperround is using ${dataDir}`);
    await rm(path, { force: true });
    return await listen(path);
  } finally {
    await rmdir(takeover);
  }
}

async function beginTakeover(folder: string): Promise<void> {
  for (;;) {
    try {
      await mkdir(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const age = await stat(folder).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > TAKEOVER_MS) await rmdir(folder).catch(() => {});
    await wait(50);
  }
}

function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Any other error, such as a full backlog or another user's socket, is not a dead process.
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
    );
  });
}

async function listen(path: string): Promise<DataLock> {
  let begin: (call: (command: CommandCall) => Promise<unknown>) => void = () => {};
  const ready = new Promise<(command: CommandCall) => Promise<unknown>>((resolve) => {
    begin = resolve;
  });
  const server: Server = createServer((incoming, outgoing) => {
    const reply = (status: number, body: unknown) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    Promise.all([ready, text(incoming)])
      .then(async ([call, body]) => reply(200, await call(JSON.parse(body) as CommandCall)))
      .catch((error: Error) => reply(422, { error: error.message }));
  });
  // Long work, such as fetching many feeds, takes as long as it takes.
  server.requestTimeout = 0;
  const before = process.umask(0o177);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  }).finally(() => process.umask(before));
  return {
    answer: begin,
    async release() {
      server.closeAllConnections();
      // It removes the socket as it closes; by now the path may be the next process's.
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs a command in the service that holds the folder; undefined where none runs. Rejects with the service's own sentence. */
export function callService<Result>(
  dataDir: string,
  command: CommandCall,
): Promise<{ result: Result } | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath: socketPath(dataDir), method: 'POST', path: '/commands' },
      (answer) => {
        text(answer).then((body) => {
          const parsed = JSON.parse(body) as Result & { error?: string };
          if (answer.statusCode === 200) resolve({ result: parsed });
          else reject(new Error(parsed.error ?? 'the service could not run the command'));
        }, reject);
      },
    );
    call.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    call.end(JSON.stringify(command));
  });
}
