import type { Context } from '../../src/process/context.ts';
import { listAlarmNames, tellAlarms } from '../../src/steps/alarms/tell.ts';
import { checkLedger } from '../../src/steps/deliveries/check-ledger.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { eraseReader } from '../../src/steps/readers/private.ts';
import { type Database, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const HOUR_MS = 3_600_000;
const broken = ['accounting', 'too_many', 'twice'];
/** Of what was found, the promises that are broken: no worker and no new edition are none. */
const ofLedger = (names: readonly string[]) => broken.filter((name) => names.includes(name));

// Faults are planted past the store: only a service's database takes a second session.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('the checks of the ledger', () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  const clock = createClock('2026-03-03T12:00:00Z');

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp();
    context = await openContext(place, clock, { SMTP_URL: server.url });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await prepareRound(context.outside, clock, 5);
    server.script = ({ phase, to }) =>
      phase === 'rcpt' && to.startsWith('reader0@') ? { reply: '451 4.2.0 later' } : undefined;
    await sendNow();
  });
  afterAll(async () => {
    await context?.close();
    await database?.close();
    await server?.close();
    await place?.remove();
  });

  const sendNow = async () => {
    const lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await send(context.outside, lease);
    await lease.end();
  };
  const found = async () => {
    const findings = await checkLedger(context.outside);
    return ofLedger(findings.map(({ name }) => name));
  };
  const miscount = (by: number) =>
    database.rows(sql`update public.round set deliveries = deliveries + ${by},
      exclusions = exclusions - ${by}`);

  it('find a round that is not all there: within the hour, and when it ends at the latest', async () => {
    expect(await found()).toEqual([]);
    await miscount(-1);
    // It was counted a moment ago, and one of its letters still waits.
    expect(await found()).toEqual([]);
    clock.advance(HOUR_MS + 1_000);
    expect(await found()).toEqual(['accounting']);
    expect(await found()).toEqual(['accounting']);
    await miscount(1);
    expect(await found()).toEqual([]);
    await miscount(-1);
    server.script = () => undefined;
    await sendNow();
    expect(server.accepted()).toHaveLength(5);
    expect(await found()).toEqual(['accounting']);
    await miscount(1);
    expect(await found()).toEqual([]);
    // Its books are closed.
    await miscount(-1);
    expect(await found()).toEqual([]);
    await miscount(1);
  });

  it('take readers who erased themselves for nobody with a second copy', async () => {
    const { subscribers } = context.outside.store;
    for (const name of ['reader1', 'reader2']) {
      const reader = await subscribers.findByAddress(`${name}@readers.example`);
      expect(await eraseReader(context.outside, reader?.id ?? 0, 'test')).toBe(true);
    }
    expect(await found()).toEqual([]);
  });

  it('find a second yes to one message, as long as it is of a day', async () => {
    const look = async () => {
      await tellAlarms(context.outside);
      return ofLedger(await listAlarmNames(context.outside));
    };
    for (let looks = 0; looks < 3; looks += 1) expect(await look()).toEqual([]);
    // Written late, by a process that was cut off: its time is long before the last looks.
    await database.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id, fence,
        relay, started_at, ended_at, outcome, verdict)
      select delivery_id, edition_id, sender_id, fence, relay, started_at, ended_at, 'late', verdict
      from public.attempt where verdict = 'accepted' order by id limit 1`);
    for (let looks = 0; looks < 5; looks += 1) expect(await look()).toEqual(['too_many', 'twice']);
    clock.advance(25 * HOUR_MS);
    expect(await look()).toEqual([]);
  });
});
