import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createPlain, request, type Server } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { runDoctor, type Surroundings } from '../../src/cli/run-doctor.ts';
import { makeDkimKeys } from '../../src/commands/dkim.ts';
import { createApp } from '../../src/http/app.ts';
import { inspectConfig } from '../../src/process/config.ts';
import { createAuthority } from './certificates.ts';
import { type Backend, type Clock, createPlace, openContext } from './context.ts';
import { openTestDns, type TestDns } from './dns.ts';
import { freePort } from './services.ts';

/** What a check said. */
export interface Told {
  readonly check: string;
  readonly level: string;
  readonly says: string;
  readonly change?: string;
}

/** A whole installation that is set up as it must be, and everything around it, on the loopback. */
export interface Installation {
  /** The settings, to be changed by a test for itself. */
  readonly env: Readonly<Record<string, string>>;
  readonly dns: TestDns;
  /** A certificate by the authority that the doctor trusts. */
  issue(host: string, from?: string, until?: string): { key: string; cert: string };
  /** A relay with STARTTLS and a password, which counts the messages that it was given. */
  openRelay(options?: RelayOptions): Promise<TestRelay>;
  /** The public address with another certificate, or with something else behind it. */
  openFront(options?: FrontOptions): Promise<{ port: number }>;
  examine(options?: Examination): Promise<{ told: Told[]; lines: string[]; exitCode: number }>;
  close(): Promise<void>;
}

export interface RelayOptions {
  readonly certificate?: { key: string; cert: string };
  readonly refuses?: 'password' | 'sender';
  readonly hidesTls?: boolean;
}

export interface TestRelay {
  readonly port: number;
  readonly senders: string[];
  readonly seen: string[];
}

export interface FrontOptions {
  readonly certificate?: { key: string; cert: string };
  readonly another?: string;
  /** What `/healthz` answers: no worker runs here that could be well. */
  readonly health?: number;
}

export interface Examination extends Surroundings {
  readonly env?: Record<string, string>;
  readonly only?: string[];
  readonly addresses?: string[];
  readonly withinMs?: number;
}

export const SENDS_FROM = '203.0.113.5';
const PASSWORD = 's3cret/+';

/** Sets one up; with `service` it has a database of its own, and a Redis that keeps what it has. */
export async function install(backend: Backend): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-doctor-'));
  const authority = createAuthority();
  const closing: (() => unknown)[] = [
    () => authority.remove(),
    () => rm(folder, { recursive: true, force: true }),
  ];
  const keys = await makeDkimKeys({
    domain: 'news.example.org',
    types: ['rsa', 'ed25519'],
    selector: 's1',
    folder: join(folder, 'dkim'),
    now: new Date(),
  });
  const made = keys.data as { selector: string; path: string; name: string; value: string }[];
  const dns = await openTestDns({
    'TXT news.example.org': ['site-verification=1', 'v=spf1 include:_spf.relay.example.org -all'],
    'TXT _spf.relay.example.org': ['v=spf1 ip4:203.0.113.0/28 ~all'],
    'TXT in.news.example.org': ['v=spf1 ip4:203.0.113.5 -all'],
    'TXT _dmarc.example.org': ['v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.org'],
    'MX in.news.example.org': ['10 mx.example.org'],
    'A mx.example.org': ['127.0.0.1'],
    'PTR 5.113.0.203.in-addr.arpa': ['out.example.org'],
    'A out.example.org': [SENDS_FROM],
    'A relay.example.org': ['127.0.0.1'],
    'A papers.example.org': ['127.0.0.1'],
    ...Object.fromEntries(made.map(({ name, value }) => [`TXT ${name}`, [value]])),
  });
  closing.push(() => dns.close());

  const place = await createPlace(backend);
  closing.push(() => place.remove());
  const context = await openContext(place, { now: () => new Date() } as Clock);
  closing.push(() => context.close());
  const app = await createApp(context);
  await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  const { port: appPort } = app.server.address() as AddressInfo;

  const openRelay = async (options: RelayOptions = {}): Promise<TestRelay> => {
    const relay = { port: 0, senders: [] as string[], seen: [] as string[] };
    const certificate = options.certificate ?? authority.issue('relay.example.org');
    const server = new SMTPServer({
      ...certificate,
      logger: false,
      authOptional: options.hidesTls === true,
      disabledCommands: options.hidesTls ? ['STARTTLS'] : [],
      onAuth({ username, password }, _session, callback) {
        if (options.refuses !== 'password' && username === 'ada' && password === PASSWORD) {
          return callback(null, { user: 'ada' });
        }
        callback(new Error('5.7.8 wrong user or password'));
      },
      onMailFrom({ address }, _session, callback) {
        relay.senders.push(address);
        if (options.refuses !== 'sender') return callback();
        callback(Object.assign(new Error('5.7.1 not your address'), { responseCode: 550 }));
      },
      onRcptTo({ address }, _session, callback) {
        relay.seen.push(`rcpt ${address}`);
        callback();
      },
      onData(stream, _session, callback) {
        relay.seen.push('data');
        stream.resume().on('end', callback);
      },
    });
    server.on('error', () => {});
    relay.port = await listen(server.server);
    closing.push(() => new Promise<void>((resolve) => server.close(resolve)));
    return relay;
  };

  const openFront = async (options: FrontOptions = {}) => {
    const certificate = options.certificate ?? authority.issue('papers.example.org');
    const front = createSecure(certificate, (asked, answer) => {
      if (options.another !== undefined) return void answer.end(options.another);
      if (asked.url === '/healthz') return void answer.writeHead(options.health ?? 200).end('{}');
      const passed = request(
        { port: appPort, path: asked.url, method: asked.method, headers: asked.headers },
        (answered) => {
          answer.writeHead(answered.statusCode ?? 502, answered.headers);
          answered.pipe(answer);
        },
      );
      asked.pipe(passed);
    });
    closing.push(() => closeServer(front));
    return { port: await listen(front) };
  };

  const plain = createPlain((asked, answer) => {
    answer.writeHead(308, { location: `https://${asked.headers.host?.split(':')[0]}/` }).end();
  });
  const plainPort = await listen(plain);
  closing.push(() => closeServer(plain));

  const relay = await openRelay();
  const door = await openRelay({ certificate: authority.issue('mx.example.org') });
  const front = await openFront();
  const service: Record<string, string> =
    backend === 'service' ? { REDIS_URL: await openRedis(folder, closing) } : {};
  const env: Record<string, string> = {
    ...place.env,
    ...service,
    ALLOW_PRIVATE_FEEDS: 'false',
    PUBLIC_URL: `https://papers.example.org:${front.port}`,
    TRUST_PROXY: '127.0.0.1',
    SMTP_URL: relayUrl(relay.port),
    MAIL_FROM: 'digest@news.example.org',
    POSTAL_ADDRESS: '1 Example Street, Exampletown',
    INBOUND_DOMAIN: 'in.news.example.org',
    INBOUND_PORT: '2525',
    DNS_SERVERS: dns.server,
    DKIM_KEYS: made.map(({ selector, path }) => `${selector}=${path}`).join(' '),
  };
  return {
    env,
    dns,
    issue: authority.issue,
    openRelay,
    openFront,
    async examine({
      env: changed,
      only = [],
      addresses = [SENDS_FROM],
      withinMs = 5_000,
      ...rest
    } = {}) {
      const {
        lines,
        data,
        exitCode = 0,
      } = await runDoctor(
        { ...inspectConfig({ ...env, ...changed }), only, addresses, withinMs },
        { ca: authority.ca, plainPort, doorPort: door.port, ...rest },
      );
      const { checks } = data as { checks: { check: string; findings: Omit<Told, 'check'>[] }[] };
      const told = checks.flatMap(({ check, findings }) =>
        findings.map((finding) => ({ check, ...finding })),
      );
      return { told, lines: [...lines], exitCode };
    },
    async close() {
      for (const end of closing.reverse()) await end();
    },
  };
}

/** The relay of the installation, which this machine's own servers name; not a loopback address by its name. */
export function relayUrl(port: number, host = 'relay.example.org', scheme = 'smtp'): string {
  return `${scheme}://ada:${encodeURIComponent(PASSWORD)}@${host}:${port}`;
}

async function listen(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

function closeServer(server: Server | ReturnType<typeof createSecure>): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A Redis of its own, whose settings a test may change. */
async function openRedis(folder: string, closing: (() => unknown)[]): Promise<string> {
  const port = await freePort();
  const settings = ['--appendonly', 'yes', '--maxmemory-policy', 'noeviction', '--dir', folder];
  const child: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', ...settings],
    { stdio: 'ignore' },
  );
  closing.push(
    () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  );
  return `redis://127.0.0.1:${port}`;
}
