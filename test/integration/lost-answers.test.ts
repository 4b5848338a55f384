import type { Context } from '../../src/process/context.ts';
import { checkLedger } from '../../src/steps/deliveries/check-ledger.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { type Database, raw, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { sendWorker } from '../../workers/send.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type CuttingProxy, openCuttingProxy } from '../harness/cutting-proxy.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 40;
const WORDS = [
  'claims',
  'letters',
  'marks',
  'marks-waiting',
  'outcomes',
  'outcomes-waiting',
  'commit',
];
// Only a server is at the other end of a connection.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('a connection that is lost before its answer', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let proxy: CuttingProxy;
  let database: Database;
  let lease: Lease;
  let server: ScriptedSmtp;
  let readers: string[];

  beforeEach(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp({ pipelining: true });
    clock = createClock('2026-03-03T12:00:00Z');
    const url = place.env['DATABASE_URL'] ?? '';
    proxy = await openCuttingProxy(url, WORDS);
    database = openPostgres(url, () => {});
    context = await openContext(place, clock, { DATABASE_URL: proxy.url, SMTP_URL: server.url });
    readers = await prepareRound(context.outside, clock, READERS);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    proxy.cutsAfter = () => false;
    await lease?.end();
    await context?.close();
    await proxy?.close();
    await database?.close();
    await server?.close();
    await place?.remove();
  });

  /** Cuts after these words, the first `times` times after `spared` of them. */
  const cut = (words: readonly string[], { times = 1, spared = 0 } = {}) => {
    let heard = 0;
    proxy.cutsAfter = (word) => {
      if (!words.includes(word)) return false;
      heard += 1;
      return heard > spared && heard <= spared + times;
    };
  };
  /** Jobs as a worker has them, until nothing is open or held any more. */
  const work = async () => {
    for (let jobs = 0; jobs < 20; jobs += 1) {
      await sendWorker
        .run(context.outside, { shard: 0 }, { lease, isStopping: () => false })
        .catch(() => undefined);
      await context.outside.store.deliveries.recordAbandoned(clock.now());
      clock.advance(10_000);
      const [open] = await database.rows<{ count: number }>(sql`select count(*)::int as count
        from public.delivery where state in ('ready', 'sending')`);
      if (open?.count === 0) return;
    }
    throw new Error('something stayed open');
  };
  const states = async () =>
    Object.fromEntries(
      (await context.outside.store.deliveries.countByState()).map(({ state, count }) => [
        state,
        count,
      ]),
    );
  const attempts = () =>
    database.rows<{
      id: number;
      count: number;
    }>(sql`select delivery_id as id, count(*)::int as count
      from public.attempt group by delivery_id having count(*) > 1`);
  const alarms = async () => (await checkLedger(context.outside)).map(({ name }) => name);

  it('writes no outcome twice, and raises no alarm', async () => {
    cut(['outcomes'], { times: 8 });
    await work();
    expect(proxy.cuts).toBe(8);
    expect(server.accepted().sort()).toEqual([...readers].sort());
    expect(await states()).toEqual({ accepted: READERS });
    expect(await attempts()).toEqual([]);
    expect(await alarms()).toEqual([]);
    expect(
      await database.rows(sql`select sum(count)::int as sum from public.answer_count`),
    ).toEqual([{ sum: READERS }]);
  });

  it('writes no outcome twice while the lost statement is still under way', async () => {
    await database.rows(
      raw(`create function public.dawdle() returns trigger language plpgsql
        as $$ begin perform pg_sleep(1.2); return null; end $$`),
    );
    await database.rows(
      raw(`create trigger dawdle after insert on public.attempt for each statement
        execute function public.dawdle()`),
    );
    proxy.moment = 'at once';
    cut(['outcomes'], { times: 1 });
    proxy.cutsAfter = ((before) => (word: string) => {
      const isCut = before(word);
      // The next try is not held up.
      if (isCut) setTimeout(() => void undrag(), 300);
      return isCut;
    })(proxy.cutsAfter);
    const undrag = () =>
      database.rows(
        raw(`create or replace function public.dawdle() returns trigger
        language plpgsql as $$ begin return null; end $$`),
      );
    await work();
    expect(proxy.cuts).toBe(1);
    expect(await states()).toEqual({ accepted: READERS });
    expect(await attempts()).toEqual([]);
    expect(await alarms()).toEqual([]);
  });

  it('suppresses an address once, and the breaker still hears of it', async () => {
    server.script = ({ phase }) =>
      phase === 'rcpt' ? { reply: '550 5.1.1 no such user' } : undefined;
    // What suppresses is a transaction of its own.
    cut(['commit'], { times: 3 });
    await work().catch(() => undefined);
    expect(proxy.cuts).toBe(3);
    expect(await attempts()).toEqual([]);
    const { pauses } = context.outside.store;
    expect(await pauses.listActive()).toMatchObject([{ scope: 'edition', actor: 'breaker' }]);
    const { failed = 0 } = await states();
    const [kept] = await database.rows<{ count: number }>(sql`select
      ((select count(*) from public.suppression)
        + (select count(*) from public.held_suppression))::int as count`);
    expect(kept?.count).toBe(failed);
  });

  it('does after a record that was heard of late what follows a record', async () => {
    server.script = ({ phase }) => (phase === 'rcpt' ? { reply: '550 5.2.1 disabled' } : undefined);
    cut(['outcomes'], { times: 1 });
    await work();
    expect(proxy.cuts).toBe(1);
    expect(await states()).toEqual({ failed: READERS });
    expect(await attempts()).toEqual([]);
    const [bounces] = await database.rows(sql`select count(*)::int as count from public.feedback`);
    expect(bounces).toEqual({ count: READERS });
  });

  it('begins no body whose mark was not heard of, and sends it after', async () => {
    cut(['marks'], { times: 2 });
    await work();
    expect(proxy.cuts).toBe(2);
    expect(server.accepted().sort()).toEqual([...readers].sort());
    expect(await states()).toEqual({ accepted: READERS });
    expect(await alarms()).toEqual([]);
  });

  it.each([
    ['claims', 0],
    ['claims', 1],
    ['letters', 1],
  ] as const)('leaves nothing with a sender that lives, at %s after %s', async (word, spared) => {
    cut([word], { spared });
    await work();
    expect(proxy.cuts).toBe(1);
    expect(server.accepted().sort()).toEqual([...readers].sort());
    expect(await states()).toEqual({ accepted: READERS });
  });
});
