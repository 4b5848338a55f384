import { chmod, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { lockData } from '../../src/process/socket.ts';
import { getRow, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createPlace } from '../harness/context.ts';
import {
  type Examination,
  type Installation,
  install,
  type RelayOptions,
  relayUrl,
  type Told,
} from '../harness/doctor.ts';
import { openScriptedSmtp } from '../harness/scripted-smtp.ts';
import { freePort } from '../harness/services.ts';

const backend = backends.includes('service') ? 'service' : 'sandbox';
// A queue and a database that can be away, evict or run fast are the service's.
const inService = backend === 'service' ? describe : describe.skip;

let here: Installation;
beforeAll(async () => {
  here = await install(backend);
});
afterAll(() => here.close());

/** What one check says; every other sentence of it is unexpected. */
async function say(check: string, options: Examination = {}): Promise<Told> {
  const { told, exitCode } = await here.examine({ only: [check], ...options });
  const wrong = told.filter(({ level }) => level === 'fail' || level === 'warn');
  expect(told.every((each) => each.check === check)).toBe(true);
  expect(exitCode).toBe(wrong.some(({ level }) => level === 'fail') ? 1 : 0);
  expect(wrong).toHaveLength(1);
  expect(wrong[0]?.change).toBeTruthy();
  return wrong[0] as Told;
}

/** The same with DNS changed meanwhile; an empty list is a name without such a record. */
async function sayWith(check: string, records: Record<string, string[]>, options?: Examination) {
  const before = new Map(here.dns.zone);
  for (const [key, values] of Object.entries(records)) here.dns.zone.set(key, values);
  try {
    return await say(check, options);
  } finally {
    here.dns.zone.clear();
    for (const [key, values] of before) here.dns.zone.set(key, values);
  }
}

const failing = (says: RegExp | string) =>
  expect.objectContaining({
    level: 'fail',
    says: says instanceof RegExp ? expect.stringMatching(says) : expect.stringContaining(says),
  });
const warning = (says: string) =>
  expect.objectContaining({ level: 'warn', says: expect.stringContaining(says) });

inService('an installation that is as it must be', () => {
  it('has nothing to mend, is told in lines, and nothing was sent', async () => {
    const relay = await here.openRelay();
    const env = { SMTP_URL: relayUrl(relay.port) };
    const { told, lines, exitCode } = await here.examine({ env });
    expect(told.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(exitCode).toBe(0);
    expect(lines.at(-1)).toBe('All is well.');
    expect(relay.senders).toEqual(['digest@news.example.org', 'doctor@in.news.example.org']);
    expect(relay.seen).toEqual([]);
    expect(lines.join('\n')).not.toContain('s3cret');
  });
});

describe('a relay', () => {
  it('that offers no STARTTLS', async () => {
    const { port } = await here.openRelay({ hidesTls: true });
    expect(await say('relay', { env: { SMTP_URL: relayUrl(port) } })).toEqual(
      failing('offers no STARTTLS'),
    );
  });

  it('whose certificate has expired, is for another name, or by an unknown authority', async () => {
    const expired = here.issue('relay.example.org', '20200101000000Z', '20210101000000Z');
    const other = here.issue('mail.other.example');
    for (const [certificate, why] of [
      [expired, 'it has expired (it ends on 2021-01-01)'],
      [other, 'it is for another name'],
    ] as const) {
      const relay = await here.openRelay({ certificate });
      expect(await say('relay', { env: { SMTP_URL: relayUrl(relay.port) } })).toEqual(failing(why));
      // Nothing is said to a server that is not who it should be.
      expect(relay.senders).toEqual([]);
    }
    const { port } = await here.openRelay();
    const env = { SMTP_URL: relayUrl(port) };
    expect(await say('relay', { env, ca: other.cert })).toEqual(failing('is not known here'));
  });

  it('whose certificate ends within two weeks', async () => {
    const now = () => new Date('2048-12-25T00:00:00Z');
    expect(await say('relay', { now })).toEqual(warning('ends on 2049-01-01, in 7 days'));
  });

  it('that refuses the password, or our address', async () => {
    const refusing = await here.openRelay({ refuses: 'password' });
    const told = await say('relay', { env: { SMTP_URL: relayUrl(refusing.port) } });
    expect(told).toEqual(failing(/refuses to sign us in: 535 5\.7\.8 wrong user/));
    const strict = await here.openRelay({ refuses: 'sender' });
    expect(await say('relay', { env: { SMTP_URL: relayUrl(strict.port) } })).toEqual(
      failing(/does not take mail from digest@news.*: 550 5\.7\.1 not your address/),
    );
  });

  it('that never answers, drips, speaks no SMTP, or is not there', async () => {
    const scripted = await openScriptedSmtp();
    const { port } = new URL(scripted.url);
    for (const act of ['hang', 'drip'] as const) {
      scripted.script = ({ phase }) => (phase === 'greeting' ? act : undefined);
      const startedAt = performance.now();
      const told = await say('relay', {
        env: { SMTP_URL: relayUrl(Number(port)) },
        withinMs: 500,
      });
      expect(told).toEqual(failing('does not greet as a mail server does: no answer within 0.5 s'));
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    }
    scripted.script = () => ({ reply: 'HTTP/1.1 400 Bad Request' });
    expect(await say('relay', { env: { SMTP_URL: relayUrl(Number(port)) } })).toEqual(
      failing('is no SMTP'),
    );
    await scripted.close();
    expect(await say('relay', { env: { SMTP_URL: relayUrl(Number(port)) } })).toEqual(
      failing('cannot be reached: connect ECONNREFUSED'),
    );
  });

  it('on this machine needs neither STARTTLS nor a certificate', async () => {
    const { port } = await here.openRelay({ hidesTls: true });
    const env = { SMTP_URL: `smtp://127.0.0.1:${port}` };
    const { told } = await here.examine({ only: ['relay'], env });
    expect(told).toEqual([expect.objectContaining({ level: 'ok' })]);
    expect(told[0]?.says).toContain('without encryption on this machine');
  });
});

describe('SPF', () => {
  const spf = 'TXT news.example.org';

  it('that is missing, there twice, or wrong', async () => {
    expect(await sayWith('spf', { [spf]: ['site-verification=1'] })).toEqual(
      failing('news.example.org has no SPF record'),
    );
    expect(await sayWith('spf', { [spf]: ['v=spf1 -all', 'v=spf1 ~all'] })).toEqual(
      failing('has 2 SPF records'),
    );
    expect(
      await sayWith('spf', { [spf]: ['v=spf1 ip4:203.0.113.5 include=x.example.org mxx -all'] }),
    ).toEqual(failing('"mxx" is no term'));
  });

  it('that asks too much of receivers through its includes', async () => {
    const deep = Object.fromEntries(
      Array.from({ length: 4 }, (_, index) => [
        `TXT d${index}.example.org`,
        [`v=spf1 a:a${index}.example.org mx:b${index}.example.org ~all`],
      ]),
    );
    const includes = Object.keys(deep).map((key) => `include:${key.slice(4)}`);
    const record = `v=spf1 ip4:203.0.113.5 ${includes.join(' ')} -all`;
    expect(await sayWith('spf', { ...deep, [spf]: [record] })).toEqual(
      failing('costs 12 DNS lookups with its includes'),
    );
  });

  it('that lets everybody send, or does not name the relay', async () => {
    expect(await sayWith('spf', { [spf]: ['v=spf1 +all'] })).toEqual(
      failing('it lets everybody send in your name'),
    );
    const told = await sayWith('spf', { [spf]: ['v=spf1 ip4:198.51.100.0/24 -all'] });
    expect(told).toEqual(failing('does not name 203.0.113.5'));
    expect(told.change).toContain('ip4:203.0.113.5');
  });

  it('of the domain of return paths, and one that includes a domain without any', async () => {
    expect(await sayWith('spf', { 'TXT in.news.example.org': [] })).toEqual(
      failing('in.news.example.org has no SPF record'),
    );
    const record = 'v=spf1 ip4:203.0.113.5 include:gone.example.org -all';
    expect(await sayWith('spf', { [spf]: [record] })).toEqual(
      failing('leads to gone.example.org, which has not exactly one SPF record'),
    );
  });
});

describe('DKIM', () => {
  const name = 'TXT s1-rsa._domainkey.news.example.org';

  it('whose key is missing, another one, revoked, or of another type', async () => {
    expect(await sayWith('dkim', { [name]: [] })).toEqual(failing('is not in DNS'));
    const other = here.dns.zone.get(name)?.[0]?.replace(/p=.{40}/, `p=${'A'.repeat(40)}`) ?? '';
    expect(await sayWith('dkim', { [name]: [other] })).toEqual(failing('has another key'));
    expect(await sayWith('dkim', { [name]: ['v=DKIM1; k=rsa; p='] })).toEqual(
      failing('the key was revoked'),
    );
    expect(await sayWith('dkim', { [name]: ['v=DKIM1; k=ed25519; p=AAAA'] })).toEqual(
      failing('has a key of type ed25519; s1-rsa is rsa'),
    );
  });

  it('whose file cannot be read, or that is not configured', async () => {
    const gone = { env: { DKIM_KEYS: 's1=/nowhere/s1.pem' } };
    expect(await say('dkim', gone)).toEqual(failing('s1 cannot be used: /nowhere/s1.pem: ENOENT'));
    expect(await say('dkim', { env: { DKIM_KEYS: '' } })).toEqual(warning('DKIM_KEYS is not set'));
  });
});

describe('who signs', () => {
  it('is told of each relay', async () => {
    const relay = await here.openRelay();
    const env = { SMTP_URL: `smtp://127.0.0.1:25 ${relayUrl(relay.port)}?signs=it` };
    const { told, exitCode } = await here.examine({ only: ['dkim'], env });
    expect(told.slice(0, 2)).toEqual([
      expect.objectContaining({
        level: 'ok',
        says: expect.stringContaining('127.0.0.1 is signed'),
      }),
      expect.objectContaining({
        level: 'skip',
        says: expect.stringContaining('relay.example.org is signed by it (signs=it)'),
      }),
    ]);
    expect(told.slice(2).map(({ level }) => level)).toEqual(['ok', 'ok']);
    expect(exitCode).toBe(0);
  });

  it('must be a vendor that changes what we sign', async () => {
    const env = { SMTP_URL: 'smtps://me:secret@email-smtp.eu-west-1.amazonaws.com:465' };
    const told = await say('dkim', { env });
    expect(told).toEqual(warning('Amazon SES, which replaces Message-ID and Date'));
    expect(told.change).toContain('signs=it');
  });

  it('asks nothing of our keys where every relay signs', async () => {
    const env = { SMTP_URL: 'smtp://127.0.0.1:25?signs=it', DKIM_KEYS: 's1=/nowhere/s1.pem' };
    const { told } = await here.examine({ only: ['dkim'], env });
    expect(told.map(({ level }) => level)).toEqual(['skip']);
  });
});

describe('DMARC', () => {
  const name = 'TXT _dmarc.example.org';

  it('that is missing, or asks for nothing', async () => {
    expect(await sayWith('dmarc', { [name]: [] })).toEqual(failing('has no DMARC record'));
    expect(await sayWith('dmarc', { [name]: ['v=DMARC1; p=none; rua=mailto:d@x.org'] })).toEqual(
      warning('asks for nothing (p=none)'),
    );
  });

  it('that neither the return path nor the signature is aligned with', async () => {
    const env = { INBOUND_DOMAIN: 'in.other.example', DKIM_DOMAIN: 'mail.other.example' };
    expect(await say('dmarc', { env })).toEqual(failing('neither is aligned with it'));
  });
});

describe('what else DNS must have', () => {
  it('the reverse name of the sending address, which leads back', async () => {
    const ptr = 'PTR 5.113.0.203.in-addr.arpa';
    expect(await sayWith('ptr', { [ptr]: [] })).toEqual(failing('203.0.113.5 has no name in DNS'));
    expect(await sayWith('ptr', { 'A out.example.org': ['203.0.113.9'] })).toEqual(
      failing('that name does not lead back'),
    );
  });

  it('a mail server for what comes back', async () => {
    const mx = 'MX in.news.example.org';
    expect(await sayWith('inbound', { [mx]: [] })).toEqual(failing('neither MX nor address'));
    expect(await sayWith('inbound', { [mx]: ['0 .'] })).toEqual(failing('a null MX'));
    expect(await sayWith('inbound', { 'A mx.example.org': [] })).toEqual(
      failing('mx.example.org of in.news.example.org has no address'),
    );
  });

  it('a mail server for what comes back that takes encrypted mail', async () => {
    const knock = async (options: RelayOptions) => {
      const { port: doorPort } = await here.openRelay(options);
      const { told } = await here.examine({ only: ['inbound'], doorPort });
      return told[1];
    };
    expect(await knock({})).toMatchObject({
      level: 'ok',
      says: expect.stringContaining('takes encrypted mail'),
    });
    expect(await knock({ hidesTls: true })).toEqual(warning('takes no encrypted mail'));
  });

  it('servers that answer', async () => {
    here.dns.isSilent = true;
    try {
      for (const check of ['spf', 'dmarc', 'inbound', 'ptr', 'site']) {
        const { told, exitCode } = await here.examine({ only: [check] });
        expect(told[0]).toEqual(failing('DNS did not answer for'));
        expect(exitCode).toBe(1);
      }
    } finally {
      here.dns.isSilent = false;
    }
  });
});

describe('the public address', () => {
  const at = (port: number) => ({ env: { PUBLIC_URL: `https://papers.example.org:${port}` } });

  it('that has no address, does not answer, or never does', async () => {
    expect(await sayWith('site', { 'A papers.example.org': [] })).toEqual(
      failing('has no address in DNS'),
    );
    expect(await say('site', at(await freePort()))).toEqual(
      failing('does not answer at 127.0.0.1'),
    );
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as { port: number };
    const told = await say('site', { ...at(port), withinMs: 500 });
    expect(told).toEqual(failing('no answer within 0.5 s'));
    silent.close();
  });

  it('behind which another site stands', async () => {
    const { port } = await here.openFront({ another: '<h1>It works!</h1>' });
    expect(await say('site', at(port))).toEqual(failing('is answered by something else'));
  });

  it('whose certificate has expired', async () => {
    const certificate = here.issue('papers.example.org', '20200101000000Z', '20210101000000Z');
    const { port } = await here.openFront({ certificate });
    expect(await say('site', at(port))).toEqual(failing('has expired'));
  });

  it('whose health is not told, or is bad', async () => {
    const old = await here.openFront({ health: 404 });
    expect(await say('site', at(old.port))).toEqual(warning('/healthz is not there'));
    const ill = await here.openFront({ health: 503 });
    expect(await say('site', at(ill.port))).toEqual(failing('/healthz answers 503'));
  });

  it('whose plain http does not lead to https', async () => {
    const plain = await here.openRelay();
    const { port } = await here.openFront();
    // Whatever answers there but a redirect: a server of the app itself.
    const { createServer: createPlain } = await import('node:http');
    const server = createPlain((_asked, answer) => void answer.end('hello'));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port: plainPort } = server.address() as { port: number };
    expect(plain.seen).toEqual([]);
    expect(await say('site', { ...at(port), plainPort })).toEqual(
      warning('answers 200 instead of leading to https'),
    );
    server.close();
  });
});

inService('the services', () => {
  it('Redis that evicts, that writes nothing, that is not there, or never answers', async () => {
    const redis = new Redis(here.env['REDIS_URL'] ?? '');
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await say('queue')).toEqual(failing('maxmemory-policy allkeys-lru'));
    await redis.config('SET', 'maxmemory-policy', 'volatile-ttl');
    expect(await say('queue')).toEqual(warning('maxmemory-policy volatile-ttl'));
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.config('SET', 'maxmemory', '1');
    expect(await say('queue')).toEqual(
      failing('refuses a script on its own keys: its memory is full (OOM)'),
    );
    await redis.config('SET', 'maxmemory', '0');
    await redis.acl('SETUSER', 'ada', 'on', '>secret', '~bull:*', '&*', '+@all');
    const asAda = { REDIS_URL: (here.env['REDIS_URL'] ?? '').replace('//', '//ada:secret@') };
    expect(await say('queue', { env: asAda })).toEqual(
      failing('its user may not do what the queue needs (NOPERM)'),
    );
    await redis.acl('DELUSER', 'ada');
    expect(await say('queue', { env: { REDIS_URL: `${here.env['REDIS_URL']}/16` } })).toEqual(
      failing('Redis has no database 16'),
    );
    expect(await redis.dbsize()).toBe(0);
    await redis.config('SET', 'appendonly', 'no');
    await redis.config('SET', 'save', '');
    expect(await say('queue')).toEqual(warning('writes nothing to disk'));
    await redis.config('SET', 'appendonly', 'yes');
    redis.disconnect();
    const nobody = { env: { REDIS_URL: `redis://127.0.0.1:${await freePort()}` } };
    expect(await say('queue', nobody)).toEqual(failing('connect ECONNREFUSED'));
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as { port: number };
    const env = { REDIS_URL: `redis://127.0.0.1:${port}` };
    expect((await say('queue', { env, withinMs: 500 })).level).toBe('fail');
    silent.close();
  });

  it('a database without this schema, or that is not there', async () => {
    const bare = { env: { DATABASE_URL: process.env['TEST_DATABASE_URL'] ?? '' } };
    expect(await say('database', bare)).toEqual(failing('lacks migration 0001-first'));
    const url = `postgres://nobody@127.0.0.1:${await freePort()}/nothing`;
    expect(await say('database', { env: { DATABASE_URL: url } })).toEqual(
      failing('connect ECONNREFUSED'),
    );
  });

  it('a clock that differs from that of the database and of the site', async () => {
    const off = (ms: number) => ({ only: ['clock'], now: () => new Date(Date.now() + ms) });
    const far = await here.examine(off(600_000));
    expect(far.told).toEqual([
      failing(/\d+ s ahead of that of the database/),
      failing(/\d+ s ahead of that of https/),
    ]);
    expect(far.exitCode).toBe(1);
    const near = await here.examine(off(-20_000));
    expect(near.told[0]).toEqual(warning('s behind that of the database'));
    expect(near.exitCode).toBe(0);
  });
});

inService('the zones in use', () => {
  it('are compared with those of the database, and one that it does not know is a warning', async () => {
    const only = ['zones'];
    expect((await here.examine({ only })).told).toEqual([
      expect.objectContaining({ level: 'ok', says: expect.stringContaining('1 zone in use') }),
    ]);
    const database = openPostgres(here.env['DATABASE_URL'] ?? '', () => {});
    for (const zone of ['US/Pacific-New', 'Mars/Base', 'Asia/Kolkata']) {
      const { id } = await getRow<{ id: number }>(
        database,
        sql`insert into public.subscriber (address, address_key, created_at)
          values (${zone}, ${zone}, now()) returning id`,
      );
      await database.rows(sql`insert into public.subscription (subscriber_id, state, profile,
          papers_per_digest, days, minute_of_day, zone, created_at)
        values (${id}, 'active', '{}', 5, '{1}', 420, ${zone}, now())`);
    }
    const { told, exitCode } = await here.examine({ only });
    expect(told).toEqual([
      failing('do not know Mars/Base (1 reader): mail goes there by UTC'),
      warning('The database does not know US/Pacific-New (1 reader)'),
    ]);
    expect(exitCode).toBe(1);
    await database.rows(sql`delete from public.subscriber`);
    await database.close();
  });
});

describe('the configuration', () => {
  it('is told with all its faults, and the rest is looked at all the same', async () => {
    const env = { PORT: 'http', DATABASE_URL: 'mysql://db', MAIL_FROM: 'someone@gmail.com' };
    const only = ['configuration', 'database', 'relay'];
    const { told, exitCode } = await here.examine({ env, only });
    expect(exitCode).toBe(1);
    const said = told.filter(({ check }) => check === 'configuration');
    expect(said.map(({ level, says }) => [level, says])).toEqual(
      expect.arrayContaining([
        ['fail', expect.stringMatching(/^PORT: must be a whole number/)],
        ['fail', expect.stringMatching(/^DATABASE_URL: must look like postgres/)],
        ['fail', expect.stringContaining('its provider lets nobody else send in its name')],
      ]),
    );
    expect(told.find(({ check }) => check === 'database')).toEqual(
      expect.objectContaining({ level: 'skip' }),
    );
    expect(told.find(({ check }) => check === 'relay')?.level).toBe('ok');
  });

  it('names a check that there is not', async () => {
    await expect(here.examine({ only: ['dns'] })).rejects.toThrow(
      'there is no check "dns"; there are: configuration, node',
    );
  });

  it('has places that others may read, or that cannot be used', async () => {
    const [, path = ''] = (here.env['DKIM_KEYS'] ?? '').split(' ')[0]?.split('=') ?? [];
    await chmod(path, 0o644);
    expect(await say('folder')).toEqual(warning('can be read by other users'));
    await chmod(path, 0o600);
    const env = { INBOUND_SPOOL: '/nowhere/maildir' };
    expect(await say('folder', { env })).toEqual(failing('/nowhere/maildir is not there'));
  });

  it('has templates with a fault', async () => {
    const folder = join(here.env['DATA_DIR'] ?? '', 'own');
    await mkdir(folder, { recursive: true });
    await mkdir(join(folder, 'mail'), { recursive: true });
    const { writeFile } = await import('node:fs/promises');
    await writeFile(join(folder, 'mail', 'digest.txt.hbs'), 'Hello {{nobody}}\n');
    const { told, exitCode } = await here.examine({
      only: ['templates'],
      env: { TEMPLATES_DIR: folder },
    });
    expect(told[0]?.level).toBe('fail');
    expect(told[0]?.says).toContain('digest.txt.hbs:1');
    expect(exitCode).toBe(1);
  });
});

describe('a sandbox', () => {
  it('is looked into where nobody holds its folder, else asked', async () => {
    const place = await createPlace('sandbox');
    const env = { ...place.env, DATABASE_URL: '', REDIS_URL: '' };
    const alone = await here.examine({ only: ['database'], env });
    expect(alone.told[0]?.says).toMatch(/^The database is PostgreSQL \d+, and has every/);
    const lock = await lockData(place.env['DATA_DIR'] ?? '');
    lock.answer(async () => ({}));
    const beside = await here.examine({ only: ['database'], env });
    expect(beside.told[0]?.says).toContain('so does its database');
    await lock.release();
    await place.remove();
  });

  it('whose service is stuck does not hold the doctor', async () => {
    const folder = join(here.env['DATA_DIR'] ?? '', 'stuck');
    const lock = await lockData(folder);
    lock.answer(() => new Promise(() => {}));
    const env = { DATA_DIR: folder, DATABASE_URL: '', REDIS_URL: '' };
    const told = await say('database', { env, withinMs: 100 });
    expect(told).toEqual(failing('there was no answer within 2.1 s'));
    await lock.release();
  });
});
