import { mkdir, rm, rmdir, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
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

/** Hears how far a call is: so much done, of how much, of what. */
export type CallProgress = (done: number, total: number | null, what: string) => void;

/** Does what was asked. */
export type CallAnswerer = (command: CommandCall, progress: CallProgress) => Promise<unknown>;

/** The lock on a data folder, and the door for the CLI. */
export interface DataLock {
  /** Answers calls from now on; before, they wait. */
  answer(call: CallAnswerer): void;
  release(): Promise<void>;
}

// The kernel takes no longer path for a Unix socket.
const LONGEST_PATH = 100;
const TAKEOVER_MS = 5_000;
const LONGEST_WAIT_MS = 2 * TAKEOVER_MS;

/**
 * Where the socket of a data folder is: always in it, since in a folder of everybody's somebody else could
 * listen first. Throws where its name is too long, seen from the root and from where we stand.
 */
export function socketPath(dataDir: string): string {
  const path = join(dataDir, 'paperround.sock');
  const [short = path] = [path, relative(process.cwd(), path)].filter(isFitting);
  if (isFitting(short)) return short;
  const words = `the name of DATA_DIR is too long for a socket: ${dataDir}`;
  throw new Error(`${words}; start in a folder near it, or give it a shorter one`);
}

const isFitting = (path: string) => Buffer.byteLength(path) <= LONGEST_PATH;

/** Throws where a socket is of somebody else than its folder: nothing is said to it. */
async function assertOwn(path: string): Promise<void> {
  const [socket, folder] = await Promise.all(
    [path, dirname(path)].map((each) => stat(each).catch(() => undefined)),
  );
  if (socket && folder && socket.uid !== folder.uid) {
    throw new Error(`${path} belongs to somebody else than its folder: remove it first`);
  }
}

/**
 * Takes the data folder by listening on its socket (mode 0600). A socket that nobody
 * answers is what a dead process left, and is taken over. Throws DataInUse where one answers.
 */
export async function lockData(dataDir: string): Promise<DataLock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const path = socketPath(dataDir);
  await assertOwn(path);
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
  for (const begun = Date.now(); ; ) {
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
    if (Date.now() - begun > LONGEST_WAIT_MS) {
      throw new Error(
        `${folder} is there and cannot be removed: another process is starting, or left it`,
      );
    }
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
  let begin: (call: CallAnswerer) => void = () => {};
  const ready = new Promise<CallAnswerer>((resolve) => {
    begin = resolve;
  });
  const server: Server = createServer((incoming, outgoing) => {
    const end = (line: CallLine) => outgoing.end(`${JSON.stringify(line)}\n`);
    outgoing.setHeader('content-type', 'application/x-ndjson');
    const progress = tellSometimes((line) => outgoing.write(`${JSON.stringify(line)}\n`));
    Promise.all([ready, text(incoming)])
      .then(async ([call, body]) => end({ result: await call(JSON.parse(body), progress) }))
      .catch((error: Error) => end({ error: error.message }));
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

/** A line of an answer: any number of how far it is, then what came of it. */
type CallLine =
  | { readonly progress: Parameters<CallProgress> }
  | { readonly result: unknown }
  | { readonly error: string };

const TELL_EVERY_MS = 100;

/** Leaves out what comes too fast for anybody to see. */
function tellSometimes(tell: (line: CallLine) => void): CallProgress {
  let toldAt = 0;
  return (...progress) => {
    const [done, total] = progress;
    if (Date.now() - toldAt < TELL_EVERY_MS && done !== total) return;
    toldAt = Date.now();
    tell({ progress });
  };
}

/**
 * Runs a command in the service that holds the folder; undefined where none runs. `progress`
 * hears how far it is. Rejects with the service's own sentence.
 */
export async function callService<Result>(
  dataDir: string,
  command: CommandCall,
  progress: CallProgress = () => {},
): Promise<{ result: Result } | undefined> {
  const path = socketPath(dataDir);
  await assertOwn(path);
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: path, method: 'POST', path: '/commands' }, (answer) => {
      readAnswer(answer, progress).then((result) => resolve({ result: result as Result }), reject);
    });
    call.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
    call.end(JSON.stringify(command));
  });
}

async function readAnswer(answer: IncomingMessage, progress: CallProgress): Promise<unknown> {
  for await (const line of createInterface({ input: answer })) {
    const told = JSON.parse(line) as CallLine;
    if ('progress' in told) progress(...told.progress);
    else if ('error' in told) throw new Error(told.error);
    else return told.result;
  }
  throw new Error('the service ended before it answered');
}
