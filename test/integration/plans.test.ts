import type { Context } from '../../src/process/context.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { planWork } from '../../src/steps/plan.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { type Database, type Sql, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { OLD_READERS, writeOldEdition } from '../harness/old-edition.ts';
import { findScanned, isPlanned, listening } from '../harness/plans.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 60;

// The embedded database keeps one host's readers.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService(`the road of sending, beside an old edition of ${OLD_READERS} readers`, () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  const heard = new Map<string, Sql>();
  const clock = createClock('2026-03-03T12:00:00Z');

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp({ pipelining: true });
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_AFTER_DOT_SECONDS: '0.3',
      IN_DOUBT: 'resend',
    });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await writeOldEdition(database, context.outside.renderingHash);
    await prepareRound(context.outside, clock, READERS);
    await database.rows(sql`analyze`);
  });
  afterAll(async () => {
    await context?.close();
    await database?.close();
    await server?.close();
    await place?.remove();
  });

  /** Everything that can become of a delivery, once. */
  const sendAll = async (outside: Outside) => {
    server.script = ({ phase, to }) => {
      const at = Number(/\d+/.exec(to)?.[0]);
      if (phase === 'rcpt' && at < 2) return { reply: '550 5.1.1 no such user' };
      if (phase === 'rcpt' && at < 4) return { reply: '451 4.2.0 later' };
      if (phase === 'dot' && at === 5) return { reply: '554 5.6.0 not this' };
      return phase === 'dot' && at === 6 ? 'close' : undefined;
    };
    const lease = await openLease(outside, { host: 'here', pid: 1, onLost: () => {} });
    await planWork(outside);
    await send(outside, lease);
    // What a writer asks where a row is held, or where an answer was lost.
    const { deliveries } = outside.store;
    const held = { id: 1, fence: 1, senderId: lease.current().id };
    await deliveries.recordInFlight([held]);
    await deliveries.recordReturned([{ ...held, at: clock.now() }]);
    const attempt = {
      relay: 'here',
      startedAt: clock.now(),
      bodyStartedAt: clock.now(),
      endedAt: clock.now(),
      result: { kind: 'accepted', reply: { code: 250, text: 'taken' } },
      outcome: { state: 'accepted' },
      verdict: 'accepted',
      stops: false,
    } as const;
    for (const waits of [true, false]) {
      await deliveries.recordOutcomes([{ held, attempt }], { waits, isAgain: true });
    }
    await lease.end();
    await planWork(outside);
  };

  it('is read by index alone', async () => {
    const store = createStore(listening(database, heard));
    await sendAll({ ...context.outside, store });
    expect(server.accepted()).toHaveLength(READERS - 6);
    // Lest the test look at another road than it thinks.
    const all = [...heard.keys()].join('\n');
    const asked = ['delivery', 'digest', 'attempt', 'answer_count', 'pause', 'suppression'];
    expect(asked.filter((table) => !all.includes(`public.${table}`))).toEqual([]);

    // A look from end to end is seen.
    expect(
      await findScanned(database, sql`select 1 from public.attempt where reply = ${'?'}`),
    ).toEqual(['attempt']);
    const scans: Record<string, string[]> = {};
    for (const [text, query] of heard) {
      const tables = isPlanned(text) ? await findScanned(database, query) : [];
      if (tables.length > 0) scans[text.replace(/\s+/g, ' ')] = tables;
    }
    expect(scans).toEqual({});
  });
});
