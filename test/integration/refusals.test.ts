import { setTimeout as pause } from 'node:timers/promises';
import { hashAddress } from '../../src/core/reader/keys.ts';
import type { Context } from '../../src/process/context.ts';
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
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 3;
// Only a server lets somebody else make it refuse.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('a database that refuses, in the midst of sending', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let database: Database;
  let lease: Lease;
  let server: ScriptedSmtp;
  let readers: string[];

  beforeEach(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp();
    clock = createClock('2026-03-02T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_BEFORE_BODY_SECONDS: '1',
    });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    readers = await prepareRound(context.outside, clock, READERS);
  });
  afterEach(async () => {
    await lease?.end();
    await database?.close();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const run = (statement: string) => database.rows(raw(statement));
  const refuse = async (event: string, when: string) => {
    await run(`create function public.refuse() returns trigger language plpgsql
      as $$ begin raise exception 'refused by the test'; end $$`);
    await run(`create trigger refuse before ${event} for each row
      when (${when}) execute function public.refuse()`);
  };
  const relent = () => run('drop function public.refuse cascade');
  const bodies = () => server.transactions.map(({ body }) => body).join('');
  const listStates = async () =>
    (await context.outside.store.deliveries.countByState()).map(
      ({ state, cause, count }) => `${count} ${state}${cause ? ` ${cause}` : ''}`,
    );
  const sendNow = () => send(context.outside, lease);

  it('sends no byte where the mark is refused, and does not try it over and over', async () => {
    await refuse('update on public.delivery', 'new.in_flight_at is not null');
    await sendNow();
    expect(bodies()).toBe('');
    expect(server.connections).toBe(READERS);
    expect(await listStates()).toEqual([`${READERS} ready`]);
    await relent();
    clock.advance(60_000);
    expect(await sendNow()).toMatchObject({ accepted: READERS });
    expect(server.accepted().sort()).toEqual(readers);
  });

  it('sends no byte where the mark does not come in time, and takes it back', async () => {
    await run(`create function public.refuse() returns trigger language plpgsql
      as $$ begin perform pg_sleep(2); return new; end $$`);
    await run(`create trigger refuse before update on public.delivery for each row
      when (old.in_flight_at is null and new.in_flight_at is not null)
      execute function public.refuse()`);
    await sendNow();
    await relent();
    expect(bodies()).toBe('');
    expect(await listStates()).toEqual([`${READERS} deferred`]);
    clock.advance(5 * 60_000);
    expect(await sendNow()).toMatchObject({ accepted: READERS });
  });

  it('gives back a delivery whose mark was committed without our hearing of it', async () => {
    const { deliveries } = context.outside.store;
    const [claimed] = await deliveries.claim({
      senderId: lease.current().id,
      now: clock.now(),
      most: 1,
    });
    const held = { id: claimed?.id ?? 0, fence: claimed?.fence ?? 0, senderId: lease.current().id };
    await deliveries.recordInFlight([held]);
    await deliveries.recordReturned([{ ...held, at: clock.now() }]);
    expect(await sendNow()).toMatchObject({ accepted: READERS });
  });

  it('keeps an answer until the database takes it', async () => {
    await refuse('insert on public.attempt', 'true');
    const sending = sendNow();
    await pause(700);
    expect(await listStates()).toEqual([`${READERS} sending`]);
    await relent();
    expect(await sending).toMatchObject({ accepted: READERS });
    expect(await listStates()).toEqual([`${READERS} accepted`]);
  });

  it('leaves to the others what it cannot record at the end', async () => {
    await refuse('insert on public.attempt', 'true');
    const here = { lease, isStopping: () => server.accepted().length > 0 };
    await expect(sendWorker.run(context.outside, { shard: 0 }, here)).rejects.toThrow(/refused/);
    await relent();
    expect(await context.outside.store.deliveries.recordAbandoned(clock.now())).toHaveLength(
      READERS,
    );
    expect(await listStates()).toEqual([`${READERS} in_doubt`]);
  });

  it.each([
    ['rendered', `content = '{"editions": []}', packed = null`],
    ['read', `packed = '[1]'`],
  ])('loses one message and not the shard where one cannot be %s', async (_, broken) => {
    await run(`update public.digest set ${broken}
      where delivery_id = (select min(delivery_id) from public.digest)`);
    await sendNow();
    expect(await listStates()).toEqual([`${READERS - 1} accepted`, '1 deferred']);
  });

  it('sends no byte to an address that was suppressed between the claim and the mark', async () => {
    const [address = ''] = readers;
    const hash = hashAddress(context.outside.keys, address);
    server.script = async ({ phase, to }) => {
      if (phase === 'rcpt' && to === address) {
        await database.rows(sql`insert into public.suppression (address_hash, reason, at)
          values (${hash}, 'complaint', now()) on conflict do nothing`);
      }
      return undefined;
    };
    expect(await sendNow()).toMatchObject({ accepted: READERS - 1 });
    clock.advance(60_000);
    await sendNow();
    // One may send two on its connection before another comes to claim.
    expect(server.connections).toBeLessThanOrEqual(READERS);
    expect(server.accepted()).not.toContain(address);
    expect(await listStates()).toEqual([`${READERS - 1} accepted`, '1 failed suppressed']);
  });
});
