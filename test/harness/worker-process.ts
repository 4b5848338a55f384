import { type ChildProcess, spawn } from 'node:child_process';

/** A real workers process, as a host would run it. */
export interface WorkerProcess {
  /** As a machine that loses its power would. */
  kill(): Promise<void>;
  /** SIGSTOP and SIGCONT: alive, and deaf. */
  freeze(): void;
  thaw(): void;
}

/** Starts `paperround workers` with this environment and no other. */
export function startWorkerProcess(env: Record<string, string>): WorkerProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/cli.ts', 'workers'],
    { env: { ...env, PATH: process.env['PATH'] ?? '' }, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  return {
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}
