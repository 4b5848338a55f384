import { Readable } from 'node:stream';
import { runCommand } from '../../src/commands/commands.ts';
import { importSubscribers } from '../../src/steps/readers/import.ts';
import { sql } from '../../src/store/database.ts';
import { migrate, migrateOnly } from '../../src/store/migrations.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { type CallApi, enterApi } from '../harness/api.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

describe.each(backends)('zones by other names, in the %s', (backend) => {
  let live: Live;
  let call: CallApi;
  const run = async (name: string, args: object = {}) =>
    (await runCommand(live.outside, { name, args })).lines.join('\n');
  const zoneOf = async (address: string) =>
    (await live.outside.store.subscribers.findByAddress(address))?.schedule.zone;

  beforeAll(async () => {
    live = await openLive(backend, { now: '2026-03-07T12:00:00Z' });
    call = await enterApi(live, { name: 'ada' });
    await cutWith(live.outside, makePapers('reef', 12));
  });
  afterAll(() => live?.close());

  it('are kept by the one of today, whichever door they came through', async () => {
    const wishes = { topics: 'reef', days: ['1', '7'], hour: '07:00', count: '5' };
    const asked = { ...wishes, address: 'page@readers.example', zone: 'Asia/Calcutta' };
    await live.post('/subscribe', asked);
    await live.settle();
    await live.post(live.linkTo('confirm', 'page@readers.example'));
    expect(await zoneOf('page@readers.example')).toBe('Asia/Kolkata');

    expect(
      await run('subscribers add', { address: 'cli@readers.example', zone: 'US/Pacific-New' }),
    ).toContain('07:00 in America/Los_Angeles');
    const body = { address: 'api@readers.example', zone: 'europe/kiev' };
    expect((await call({ method: 'POST', path: '/subscribers', body })).statusCode).toBe(201);
    expect(await zoneOf('api@readers.example')).toBe('Europe/Kyiv');

    const csv = 'address,confirmed_at,zone\nfile@readers.example,2024-05-07,CET\n';
    await importSubscribers(live.outside, () => Readable.from([Buffer.from(csv)]), {
      source: 'the sheet of our reading group, signed by each of them',
      unconfirmed: 'refuse',
      isDryRun: false,
      actor: 'test',
    });
    expect(await zoneOf('file@readers.example')).toBe('Europe/Brussels');
  });

  it.each(['Etc/Unknown', '+03:00', 'PST', 'Mars/Base'])(
    'are refused where nobody can say which is meant: %s',
    async (zone) => {
      const asked = { address: 'odd@readers.example', topics: 'reef', days: '1', hour: '07:00' };
      const answer = await live.post('/subscribe', { ...asked, count: '5', zone });
      expect(answer.statusCode).toBe(400);
      expect(answer.body).toContain('Choose a time zone from the list.');
      await expect(
        run('subscribers add', { address: 'odd@readers.example', zone }),
      ).rejects.toThrow('IANA time zone');
    },
  );

  it('keep nobody else from their mail, even where no table knows them', async () => {
    live.clock.set('2026-03-08T12:00:00Z');
    await subscribe(live.outside, 'mars@readers.example', { zone: 'Mars/Base' });
    await subscribe(live.outside, 'near@readers.example');
    const yes = backend === 'service' ? { yes: true } : {};
    const said = await run('deliveries run', { everyone: true, ...yes });
    expect(said).toContain('6 accepted');
    for (const address of ['mars@readers.example', 'near@readers.example', 'cli@readers.example']) {
      expect(live.mailTo(address)).toHaveLength(1);
    }
    // The next morning by the clock, too.
    await cutWith(live.outside, makePapers('tide', 12));
    live.clock.set('2026-03-09T16:00:00Z');
    await live.settle();
    expect(live.mailTo('mars@readers.example')).toHaveLength(2);
    expect(live.mailTo('near@readers.example')).toHaveLength(2);
    expect((await live.get('/')).statusCode).toBe(200);
    const why = { address: 'mars@readers.example', date: '2026-03-09' };
    expect(await run('why', why)).toContain('due');
  });
});

it('readers of before have their zone by the name of today', async () => {
  const { database } = await openPglite();
  try {
    const all = await migrate(database);
    // As the version before left it.
    await database.rows(sql`delete from public.migration where name = '0033-zones'`);
    expect(all).toContain('0033-zones');
    for (const [id, zone] of [
      [1, 'Asia/Calcutta'],
      [2, 'us/pacific-new'],
      [3, 'Europe/Oslo'],
      [4, 'WET'],
    ] as const) {
      await database.rows(sql`insert into public.subscriber (address, address_key, created_at)
        values (${`${id}@readers.example`}, ${`${id}@readers.example`}, now())`);
      await database.rows(sql`insert into public.subscription (subscriber_id, state, profile,
          papers_per_digest, days, minute_of_day, zone, created_at)
        select id, 'active', '{}', 5, '{1}', 420, ${zone}, now() from public.subscriber
        order by id desc limit 1`);
    }
    await migrateOnly(database, ['0033-zones']);
    const rows = await database.rows<{ zone: string }>(
      sql`select zone from public.subscription order by id`,
    );
    expect(rows.map(({ zone }) => zone)).toEqual([
      'Asia/Kolkata',
      'America/Los_Angeles',
      'Europe/Oslo',
      'Europe/Lisbon',
    ]);
  } finally {
    await database.close();
  }
});
