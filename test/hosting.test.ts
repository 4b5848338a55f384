import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { configNames } from '../src/process/config.ts';

interface Service {
  readonly build?: string;
  readonly image?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly security_opt?: string[];
  readonly healthcheck?: { disable?: boolean; test?: string[] };
  readonly environment?: Record<string, string>;
  readonly volumes?: string[];
  readonly depends_on?: Record<string, unknown>;
  readonly command?: string[];
}

const read = (name: string) => readFileSync(name, 'utf8');
const docs = ['docs/hosting.md', 'docs/scaling.md', 'UPGRADING.md', 'docs/running.md', 'README.md'];
/** What the compose file and the units set that is no setting of ours. */
const OTHERS = [
  'NODE_ENV',
  'NODE_OPTIONS',
  'PAPERROUND_DOMAIN',
  'PAPERROUND_UPSTREAM',
  'POSTGRES_PASSWORD',
];
/** Where workers say how they are. */
const KNOWN = [...configNames, ...OTHERS, 'HEALTH_PORT'];

const blocks = (text: string) =>
  [...text.matchAll(/```(?:sh)?\n([\s\S]*?)```/g)].flatMap(([, body = '']) =>
    body.split('\n').filter(Boolean),
  );
const lines = docs.flatMap((name) => blocks(read(name)));

describe('the pages on hosting', () => {
  it('name only commands that there are', () => {
    const said = lines.flatMap((line) => {
      const words = line.split(/\s+/);
      const at = words.findIndex((word) => word === 'paperround' || word === 'backup');
      const mayCall = /^(paperround|npm run paperround|docker compose (exec|run))/.test(line);
      if (!mayCall || at < 0) return [];
      const rest = words.slice(words[at] === 'backup' ? at : at + 1);
      return [rest.filter((word) => word !== '--' && !/^-/.test(word))[0] ?? ''];
    });
    const help = execFileSync(process.execPath, ['--import', 'tsx', 'src/cli.ts', '--help'], {
      encoding: 'utf8',
    });
    const there = [...help.matchAll(/^ {2}([a-z]+)[ [<]/gm)].map(([, name]) => name);
    expect(said.length).toBeGreaterThan(15);
    expect(said.filter((name) => name !== '' && !there.includes(name))).toEqual([]);
  });

  it('name only files and units that there are', () => {
    const text = docs
      .map(read)
      .join('\n')
      .replace(/https?:\S+/g, '');
    const files = text.match(/(?<!dist\/)\b(?:ops|docs|sample|src|test)\/[\w./-]*\w/g) ?? [];
    expect(files.length).toBeGreaterThan(10);
    expect([...new Set(files)].filter((name) => !existsSync(name))).toEqual([]);
    const units = text.match(/paperround(?:-\w+)?(?:@\d?)?\.(?:service|target|timer)/g) ?? [];
    const there = readdirSync('ops/systemd');
    const file = (unit: string) => unit.replace(/@\d?/, '@');
    expect(units.filter((unit) => !there.includes(file(unit)))).toEqual([]);
  });

  it('name only settings that there are', () => {
    const text = ['docs/hosting.md', 'docs/scaling.md', 'UPGRADING.md'].map(read).join('\n');
    const named = [...text.matchAll(/(?:`|^)([A-Z][A-Z]+_[A-Z_]+)(?=[=`])/gm)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !KNOWN.includes(name ?? ''))).toEqual([]);
  });
});

describe('the systemd units', () => {
  const folder = 'ops/systemd';
  const services = readdirSync(folder).filter((name) => name.endsWith('.service'));

  it('run as a normal user on a read-only disk, and start what there is', () => {
    expect(services).toHaveLength(4);
    for (const name of services) {
      const unit = read(`${folder}/${name}`);
      for (const line of ['User=paperround', 'ProtectSystem=strict', 'NoNewPrivileges=yes']) {
        expect([name, unit]).toEqual([name, expect.stringContaining(line)]);
      }
      const start =
        /^ExecStart=\/usr\/bin\/env DATA_DIR=\S+( \w+=\S+)? \/usr\/bin\/node --enable-source-maps dist\/src\/cli\.js /m;
      expect(unit).toMatch(start);
    }
    for (const name of ['paperround-server.service', 'paperround-workers@.service']) {
      const [, seconds] = /^TimeoutStopSec=(\d+)s$/m.exec(read(`${folder}/${name}`)) ?? [];
      // The default of SHUTDOWN_GRACE_SECONDS is 30.
      expect(Number(seconds)).toBeGreaterThan(35);
    }
  });

  it('set nothing that the file of settings, which wins, sets to something else', () => {
    const inFile = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const inUnits = services
      .flatMap((name) => read(`${folder}/${name}`).match(/^Environment=.*$/gm) ?? [])
      .flatMap((line) => [...line.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name));
    expect(inUnits).toContain('NODE_ENV');
    expect(inUnits.filter((name) => inFile.includes(name))).toEqual([]);
  });

  it('pass systemd-analyze verify', () => {
    const tool = spawnSync('systemd-analyze', ['--version']);
    if (tool.error) {
      console.warn('systemd-analyze is not installed: the units were not verified');
      return;
    }
    const names = readdirSync(folder).filter((name) => name.includes('.'));
    const { stderr } = spawnSync(
      'systemd-analyze',
      ['verify', ...names.map((name) => `${folder}/${name}`)],
      { encoding: 'utf8' },
    );
    // Where Node lies elsewhere on this machine, that is all it says.
    const faults = stderr.split('\n').filter((line) => line.includes('paperround'));
    expect(faults.filter((line) => !line.includes('/usr/bin/node is not executable'))).toEqual([]);
  });
});

describe('the image and the compose file', () => {
  const docker = read('Dockerfile');
  const compose = parse(read('docker-compose.yml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const services = Object.entries(compose.services);

  it('copies what is there, runs as a normal user and says how it is', () => {
    const ignored = read('.dockerignore');
    const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) =>
      from.split(' '),
    );
    expect(copied.filter((name) => !existsSync(name))).toEqual([]);
    expect(copied.filter((name) => !ignored.includes(`!${name}\n`))).toEqual([]);
    expect(docker.trimEnd().split('\n')).toEqual(expect.arrayContaining(['USER node']));
    expect(docker).toMatch(/HEALTHCHECK [\s\S]*\/readyz/);
  });

  it('has every container of ours read-only, without rights, and with a check of its health', () => {
    for (const [name, service] of services) {
      expect([name, service.security_opt]).toEqual([name, ['no-new-privileges:true']]);
      if (!service.build) continue;
      expect([name, service.read_only, service.cap_drop]).toEqual([name, true, ['ALL']]);
      expect([name, service.user]).toEqual([name, undefined]);
    }
    const unchecked = services.filter(([, { healthcheck }]) => healthcheck?.disable);
    expect(unchecked.map(([name]) => name)).toEqual(['migrate', 'backup', 'mailpit-door']);
  });

  it('names settings, services, volumes and files that there are', () => {
    for (const [name, service] of services) {
      const settings = Object.keys(service.environment ?? {});
      const unknown = settings.filter(
        (key) => !KNOWN.includes(key) && !key.startsWith('POSTGRES_'),
      );
      expect([name, unknown]).toEqual([name, []]);
      const needed = Object.keys(service.depends_on ?? {});
      expect([name, needed.filter((need) => !compose.services[need])]).toEqual([name, []]);
      for (const volume of service.volumes ?? []) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('./ops')) expect(existsSync(from)).toBe(true);
        if (!from.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(from);
      }
    }
  });
});

describe('the proxies', () => {
  it.each(['ops/caddy/Caddyfile', 'ops/nginx/paperround.conf'])(
    '%s masks every page that has a token in its path',
    (file) => {
      const folder = 'src/http/readers';
      const routes = readdirSync(folder).flatMap((name) => [
        ...read(`${folder}/${name}`).matchAll(/'\/([a-z]+)\/:token/g),
      ]);
      const pages = [...new Set(routes.map(([, page = '']) => page))];
      expect(pages.length).toBeGreaterThan(6);
      const masked =
        /\((?:\?<page>)?(unsubscribe[a-z|]+)\)/.exec(read(file))?.[1]?.split('|') ?? [];
      expect(pages.filter((page) => !masked.includes(page))).toEqual([]);
      expect(read(file)).toMatch(/flush_interval -1|proxy_buffering off/);
    },
  );
});
