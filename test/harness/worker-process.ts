import { type ChildProcess, spawn } from 'node:child_process';

/** A real workers process, as a host would run it. */
export interface WorkerProcess {
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

/** Starts `paperround workers` (or another part) with this environment and no other, from this folder or another version's. */
export function startWorkerProcess(
  env: Record<string, string>,
  cwd?: string,
  part: 'workers' | 'server' = 'workers',
): WorkerProcess {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', part], {
    env: { ...env, PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(cwd ? { cwd } : {}),
  });
  let log = '';
  child.stderr?.on('data', (piece) => {
    log += piece;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return {
    log: () => log,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    end() {
      child.kill('SIGTERM');
      return ended;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}
