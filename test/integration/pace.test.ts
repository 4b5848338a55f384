import { intervalOf } from '../../src/core/letter/rate.ts';
import type { Context } from '../../src/process/context.ts';
import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';

describe.each(backends)('the shared pace in the %s', (backend) => {
  let place: Place;
  let context: Context;
  beforeAll(async () => {
    place = await createPlace(backend);
    context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
  });
  const paces = () => context.outside.store.paces;

  it('gives turns that are an interval apart, however many ask at once', async () => {
    const ask = { name: 'relay a', intervalMs: 1_000 };
    const turns = await Promise.all(
      Array.from({ length: 20 }, () => paces().take([ask], 3_600_000)),
    );
    const waits = turns.map(({ waitMs }) => waitMs).sort((a, b) => a - b);
    expect(turns.every(({ isTaken }) => isTaken)).toBe(true);
    // What passed between two askings is missing from the second's wait, never more.
    const gaps = waits.slice(1).map((wait, at) => wait - (waits[at] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000.1);
    expect((waits.at(-1) ?? 0) - (waits[0] ?? 0)).toBeGreaterThan(18_000 - 1_000);
  });

  it('gives nothing, and changes nothing, where the turn is later than one can wait', async () => {
    const ask = { name: 'relay b', intervalMs: 60_000 };
    expect(await paces().take([ask], 100)).toMatchObject({ isTaken: true });
    const refused = await paces().take([ask], 100);
    expect(refused).toMatchObject({ isTaken: false });
    expect(refused.waitMs).toBeGreaterThan(50_000);
    expect((await paces().take([ask], 100)).waitMs).toBeLessThanOrEqual(refused.waitMs);
  });

  it('takes a turn in all of its rows or in none', async () => {
    const relay = { name: 'relay c', intervalMs: 1 };
    const domain = { name: 'domain c', intervalMs: 60_000 };
    expect(await paces().take([relay, domain], 100)).toMatchObject({ isTaken: true });
    expect(await paces().take([domain, relay], 100)).toMatchObject({ isTaken: false });
    expect(await paces().take([relay], 100)).toMatchObject({ isTaken: true });
    const both = Array.from({ length: 40 }, (_, at) =>
      at % 2 ? [relay, domain] : [domain, relay],
    );
    const turns = await Promise.all(both.map((asks) => paces().take(asks, 10 * 3_600_000)));
    expect(turns.every(({ isTaken }) => isTaken)).toBe(true);
  });

  it('sends those away who cannot wait to one later moment each', async () => {
    const ask = { name: 'domain d', intervalMs: 1_000 };
    await paces().take([ask], 100);
    const waits = [];
    for (let each = 0; each < 5; each += 1) waits.push(await paces().queueUp(ask));
    for (const [at, wait] of waits.slice(1).entries()) {
      expect(wait - (waits[at] ?? 0)).toBeGreaterThan(500);
    }
  });
});

// Several connections at once are a server's: the embedded database has one.
const url = process.env['TEST_DATABASE_URL'];
(url ? it : it.skip)('is one pace for several connections at once', async () => {
  const place = await createPlace('service');
  const databases = [1, 2, 3].map(() => openPostgres(place.env['DATABASE_URL'] ?? '', () => {}));
  const ask = { name: 'relay many', intervalMs: intervalOf({ perSecond: 100 }) ?? 0 };
  const began = Date.now();
  const turns = await Promise.all(
    databases.flatMap((database) =>
      Array.from({ length: 200 }, () => createStore(database).paces.take([ask], 3_600_000)),
    ),
  );
  const took = Date.now() - began;
  expect(turns).toHaveLength(600);
  const [row] = await (databases[0]?.rows<{ ahead: number }>(sql`select
    (extract(epoch from next_at - clock_timestamp()) * 1000)::double precision as ahead
    from public.pace`) ?? []);
  // 600 turns lie 600 intervals behind the first, less the time that went by.
  expect(row?.ahead).toBeGreaterThan(600 * ask.intervalMs - took - 1_000);
  for (const database of databases) await database.close();
  await place.remove();
});
