import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const children = new Set<ChildProcess>();

/** Starts a program that is ended with the bench, by its own id. */
export function start(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): ChildProcess {
  const child = spawn(program, args, { env: withSbin(), stdio: 'ignore', ...options });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Runs a program to its end; what it prints. Throws with what it said where it fails. */
export async function collect(
  program: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const child = start(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  const said: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => printed.push(piece));
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => said.push(piece));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', (status) => resolve(status));
  });
  if (code === 0) return printed.join('');
  throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${said.join('')}`);
}

/** Starts a program of this folder, which speaks to us by messages. */
export function startOwn(name: string, order: unknown): ChildProcess {
  const file = new URL(`${name}.ts`, import.meta.url).pathname;
  return start(process.execPath, ['--import', 'tsx', file, JSON.stringify(order)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** Ends a process and waits until it is gone. */
export function end(child: ChildProcess, how: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(how);
  });
}

/** Ends whatever of ours still runs. */
export async function endAll(): Promise<void> {
  await Promise.all([...children].map((child) => end(child, 'SIGKILL')));
}

/** The next message of a process; rejects where it ends without one. */
export function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`${child.spawnargs.join(' ')} ended`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as Message);
    });
  });
}

/** Asks a condition again and again; throws when it does not come true. */
export async function until(
  isDone: () => boolean | Promise<boolean>,
  { everyMs = 50, seconds = 600, what = 'what was waited for' } = {},
): Promise<void> {
  const over = Date.now() + seconds * 1000;
  while (!(await isDone())) {
    if (Date.now() > over) throw new Error(`${what} did not come within ${seconds} s`);
    await wait(everyMs);
  }
}

/** Waits until something listens on a port of the loopback. */
export function untilListening(port: number): Promise<void> {
  const isOpen = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(socket.destroy() !== undefined));
      socket.once('error', () => resolve(false));
    });
  return until(isOpen, { seconds: 30, what: `port ${port}` });
}

/** Whether a program is installed. */
export function isInstalled(name: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${name}`], { env: withSbin() }).status === 0;
}

/** Postfix's programs lie where only the system looks. */
export function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };
}
