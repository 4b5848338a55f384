import { type ChildProcess, spawn } from 'node:child_process';
import { within as inTime } from './wait.ts';

/** Well over any grace time of a test. */
const LONGEST_END_SECONDS = 120;

/** A real process of the service, as a host would run it. */
export interface WorkerProcess {
  readonly pid: number;
  /** What it logged so far. */
  log(): string;
  /** As a machine that loses its power would. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code. */
  end(): Promise<number | null>;
  /** Resolves with the exit code when it ends by itself. */
  readonly ended: Promise<number | null>;
  /** SIGSTOP and SIGCONT: alive, and deaf. */
  freeze(): void;
  thaw(): void;
}

/** Which program a process runs: the sources through tsx unless they were built. */
export interface Program {
  /** The folder of another version; this one's where it is left out. */
  readonly folder?: string;
  /** True for what `npm run build` made, which starts in half the time. */
  readonly isBuilt?: boolean;
  /** Words that run it elsewhere, such as in a namespace. */
  readonly within?: readonly string[];
}

/** Starts `paperround workers` with this environment and no other. */
export function startWorkerProcess(env: Record<string, string>, program?: Program): WorkerProcess {
  return startProcess(['workers'], env, program);
}

/** Starts any `paperround` command that goes on until it is ended. */
export function startProcess(
  words: readonly string[],
  env: Record<string, string>,
  { folder, isBuilt = false, within = [] }: Program = {},
): WorkerProcess {
  const entry = isBuilt ? ['dist/src/cli.js'] : ['--import', 'tsx', 'src/cli.ts'];
  const [command = '', ...rest] = [...within, process.execPath, ...entry, ...words];
  const child: ChildProcess = spawn(command, rest, {
    env: { ...env, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(folder ? { cwd: folder } : {}),
  });
  let log = '';
  child.stderr?.on('data', (piece) => {
    log += piece;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return {
    pid: child.pid ?? 0,
    log: () => log,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    end() {
      child.kill('SIGTERM');
      return inTime(LONGEST_END_SECONDS, `the end of a process after SIGTERM: ${log}`, ended);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}
