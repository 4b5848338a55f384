import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { resumeSending } from '../../src/steps/deliveries/pause.ts';
import { watchPast } from '../../src/steps/deliveries/watch-past.ts';
import { type Database, json, raw, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
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

const READERS = 250;

// A failover that loses the last moments alone: what was written then is lost with them.
(backends.includes('service') ? describe : describe.skip)('a database that lost moments', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let server: ScriptedSmtp;
  let database: Database;
  let lease: Lease;
  let sentAt: Date;

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp();
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: server.url, IN_DOUBT: 'resend' });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await prepareRound(context.outside, clock, READERS);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    sentAt = clock.now();
    await send(context.outside, lease);
    await watchPast(context.outside);
  }, 240_000);
  afterAll(async () => {
    await lease?.end();
    await database?.close();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  /** As a copy has it on which the last deliveries were not sent yet, and the count not counted. */
  const lose = async (deliveries: number) => {
    await database.rows(
      raw(`update public.delivery set state = 'ready', next_at = '2026-03-03T12:00:00Z', fence = 0,
          attempts = 0, in_flight_at = null, accepted_at = null, ended_at = null, doubted_at = null,
          sender_id = null
        where id in (select id from public.delivery order by id desc limit ${deliveries})`),
    );
    await database.rows(
      sql`update public.setting set value = value || ${json({ count: 1, at: sentAt })}::jsonb
        where name = 'heartbeat'`,
    );
  };
  const { doubts, pauses } = {
    doubts: async () => (await context.outside.store.deliveries.listInDoubt()).length,
    pauses: () => context.outside.store.pauses.listActive(),
  };
  const settle = async () => {
    for (const { id } of await context.outside.store.deliveries.listInDoubt()) {
      await context.outside.store.deliveries.recordResolved(id, 'accepted', clock.now());
    }
    await resumeSending(context.outside, { what: 'all', actor: 'test' });
    expect(await watchPast(context.outside)).toBe(true);
  };

  it('holds a handful in doubt, which nothing but a person sends again', async () => {
    expect(server.accepted()).toHaveLength(READERS);
    await lose(2);
    expect(await watchPast(context.outside)).toBe(false);
    expect(await doubts()).toBe(2);
    expect(await pauses()).toEqual([]);
    clock.advance(3_600_000);
    await send(context.outside, lease);
    expect(server.accepted()).toHaveLength(READERS);
    await settle();
  });

  it('goes on where no message of those moments lost its record', async () => {
    await lose(0);
    expect(await watchPast(context.outside)).toBe(false);
    expect([await doubts(), await pauses()]).toEqual([0, []]);
    await settle();
  });

  it('stands still from one in a hundred on', async () => {
    await lose(3);
    expect(await watchPast(context.outside)).toBe(false);
    expect(await doubts()).toBe(0);
    expect(await pauses()).toMatchObject([{ scope: 'all', actor: 'breaker' }]);
    await database.rows(
      raw(`update public.delivery set state = 'in_doubt', next_at = null where state = 'ready'`),
    );
    await settle();
  });

  it('stands still where what began is not all remembered', async () => {
    const heartbeat = await context.outside.memory.recall();
    await lose(1);
    // The file of this machine remembers; the queue forgot.
    await context.outside.queue.keepText('heartbeat', 'nothing');
    expect(await context.outside.memory.recall()).toEqual(heartbeat);
    expect(await watchPast(context.outside)).toBe(false);
    expect(await pauses()).toMatchObject([{ scope: 'all', actor: 'breaker' }]);
  });
});
