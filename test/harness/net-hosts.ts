import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A machine of its own, as far as the network goes: its loopback, and one cable to this one. */
export interface NetHost {
  /** This machine, as it is seen from there. */
  readonly outside: string;
  /** Words before a command that have it run there. */
  readonly within: readonly string[];
  /** Lets it reach a port of this machine's loopback, at `outside`. */
  open(port: number): Promise<void>;
  /** The same at its own loopback. */
  openAtHome(port: number): Promise<void>;
  /** From here on nothing comes through, either way, and nobody is told. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'pipe' });
let made = 0;

/** Makes one in a network namespace; undefined where this machine does not let us. */
export function makeHost(): NetHost | undefined {
  made += 1;
  const name = `pr-${process.pid}-${made}`;
  const [near, far] = [
    `prn${process.pid % 100_000}-${made}`,
    `prf${process.pid % 100_000}-${made}`,
  ];
  const net = `10.${20 + (process.pid % 200)}.${made}`;
  const [outside, inside] = [`${net}.1`, `${net}.2`];
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) return undefined;
  const within = ['ip', 'netns', 'exec', name];
  const there = (...words: string[]) => ip('-n', name, ...words);
  const closing: (() => unknown)[] = [() => spawnSync('ip', ['netns', 'del', name])];
  try {
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', name);
    closing.push(() => spawnSync('ip', ['link', 'del', near]));
    ip('addr', 'add', `${outside}/30`, 'dev', near);
    ip('link', 'set', near, 'up');
    there('link', 'set', 'lo', 'up');
    there('addr', 'add', `${inside}/30`, 'dev', far);
    there('link', 'set', far, 'up');
  } catch {
    for (const end of closing.reverse()) end();
    return undefined;
  }
  return {
    outside,
    within,
    async open(port) {
      const server = await forward({ from: outside, to: '127.0.0.1', port });
      closing.push(() => server.close());
    },
    async openAtHome(port) {
      const child = forwardThere(within, { to: outside, port });
      closing.push(() => child.kill('SIGKILL'));
      await new Promise((resolve) => child.stdout?.once('data', resolve));
    },
    // Each end has nobody's address for the other: what is sent is dropped without a word.
    cut() {
      ip(
        'neigh',
        'replace',
        inside,
        'lladdr',
        '02:00:00:00:00:01',
        'dev',
        near,
        'nud',
        'permanent',
      );
      there(
        'neigh',
        'replace',
        outside,
        'lladdr',
        '02:00:00:00:00:02',
        'dev',
        far,
        'nud',
        'permanent',
      );
    },
    mend() {
      ip('neigh', 'del', inside, 'dev', near);
      there('neigh', 'del', outside, 'dev', far);
    },
    async close() {
      for (const end of closing.reverse()) await end();
    },
  };
}

interface Way {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

async function forward({ from, to, port }: Way): Promise<{ close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((client) => {
    const behind = connect(port, to);
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        behind.destroy();
      });
    }
    client.pipe(behind).pipe(client);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, from, resolve);
  });
  return {
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

const FORWARD = `
const { connect, createServer } = require('node:net');
const [to, port] = process.argv.slice(1);
createServer((client) => {
  const behind = connect(Number(port), to);
  for (const socket of [client, behind]) {
    socket.on('error', () => undefined);
    socket.on('close', () => { client.destroy(); behind.destroy(); });
  }
  client.pipe(behind).pipe(client);
}).listen(Number(port), '127.0.0.1', () => console.log('open'));
`;

function forwardThere(within: readonly string[], { to, port }: Omit<Way, 'from'>): ChildProcess {
  const [command = '', ...words] = [...within, process.execPath, '-e', FORWARD, to, String(port)];
  return spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] });
}
