import { runCommand } from '../../src/commands/commands.ts';
import { MOST_COUNTED } from '../../src/core/desk/counted.ts';
import type { Context } from '../../src/process/context.ts';
import { recordGoodMorning } from '../../src/steps/alarms/morning.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { cancelSending, pauseSending } from '../../src/steps/deliveries/pause.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { createDayMemory } from '../../src/steps/desk/days.ts';
import { gatherToday } from '../../src/steps/desk/today.ts';
import { recordBounce } from '../../src/steps/feedback/bounce.ts';
import { breakReturned } from '../../src/steps/feedback/break.ts';
import { findTarget } from '../../src/steps/feedback/target.ts';
import { planWork } from '../../src/steps/plan.ts';
import { eraseReader, exportReader } from '../../src/steps/readers/private.ts';
import { suppressAddress } from '../../src/steps/readers/suppress.ts';
import { planResend } from '../../src/steps/resend/plan.ts';
import { measureService } from '../../src/steps/signals/measure.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { type Database, type Sql, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createStore } from '../../src/store/store.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';
import { OLD_READERS, writeOldEdition } from '../harness/old-edition.ts';
import { countRead, isPlanned, listening } from '../harness/plans.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 40;
/** Rows and index entries that a statement may look at here, where some five hundred of the old ones failed. */
const FEW = 3_000;
/** Where no index knows what a list is asked for, a page looks at so many and says where it ended. */
const A_PAGE = 20_000;
const DAY_MS = 24 * 3_600_000;

// The embedded database keeps one host's readers.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService(`what is asked of the ledger beside an old edition of ${OLD_READERS}`, () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let server: ScriptedSmtp;
  let oldEdition = 0;
  const clock = createClock('2026-03-03T12:00:00Z');

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp();
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      HEARTBEAT_URL: 'http://127.0.0.1:1/',
      IN_DOUBT: 'resend',
    });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    oldEdition = await writeOldEdition(database, context.outside.renderingHash);
    await database.rows(sql`insert into public.audit (at, actor, action, subject)
      select now(), 'reader', 'wishes', 'subscription ' || n from generate_series(1, 20000) n`);
    await database.rows(sql`insert into public.inbound (source, source_key, received_at, raw, state,
        verdict, handled_at, delivery_id, subscriber_id)
      select 'smtp', d.id::text, d.composed_at, '', 'handled', 'bounce', now(), d.id, d.subscriber_id
      from public.delivery d where d.id % 50 = 0`);
    await database.rows(sql`insert into public.feedback (inbound_id, delivery_id, address_hash, kind, at)
      select i.id, i.delivery_id, d.address_hash, 'soft', d.composed_at
      from public.inbound i join public.delivery d on d.id = i.delivery_id`);
    await prepareRound(context.outside, clock, READERS);
    await database.rows(sql`update public.delivery set state = 'in_doubt', next_at = null,
        in_flight_at = now() where id = (select max(id) from public.delivery)`);
    await database.rows(sql`analyze`);
  });
  afterAll(async () => {
    await context?.close();
    await database?.close();
    await server?.close();
    await place?.remove();
  });

  /** The statements of a piece of work that look at more than so many rows, each with how many. */
  const findGreedy = async (work: (outside: Outside) => Promise<unknown>, most = FEW) => {
    const heard = new Map<string, Sql>();
    await work({ ...context.outside, store: createStore(listening(database, heard)) });
    expect(heard.size).toBeGreaterThan(0);
    const greedy: Record<string, number> = {};
    for (const [text, query] of heard) {
      const read = isPlanned(text) ? await countRead(database, query) : 0;
      if (read > most) greedy[text.replace(/\s+/g, ' ')] = read;
    }
    return greedy;
  };

  it('is counted by rows: a look at all of it is seen', async () => {
    const all = (outside: Outside) => outside.store.deliveries.failAll(clock.now());
    expect(await findGreedy(all)).toEqual({});
    const read = await countRead(database, sql`select 1 from public.attempt where reply = ${'?'}`);
    expect(read).toBeGreaterThan(OLD_READERS - 1);
    const sorted = sql`select max(message_id) from public.delivery where edition_id = ${oldEdition}`;
    expect(await countRead(database, sorted)).toBeGreaterThan(OLD_READERS - 1);
  });

  const works: Record<string, (outside: Outside) => Promise<unknown>> = {
    'the planner': planWork,
    'alarms, with the checks of the ledger': tellAlarms,
    'the heartbeat of a morning': recordGoodMorning,
    metrics: measureService,
    'the morning on one screen': gatherToday,
    'the drawings of thirty days': (outside) => createDayMemory(outside).list(),
    'an edition': (outside) => outside.store.feedback.countOfEdition(oldEdition),
    'pruning where nothing is old': pruneLedger,
    'pruning of what is old': async ({ store }) => {
      const before = new Date(clock.now().getTime() - 10 * DAY_MS);
      for (const what of ['attempts', 'digests', 'outcomes', 'feedback'] as const) {
        expect([what, await store.pruning.prune(what, before, 100)]).toEqual([what, 100]);
      }
      // Whoever has an outcome left is passed over: as in a night, those are gone by now.
      await context.outside.store.pruning.prune('outcomes', before, OLD_READERS);
      expect(await store.pruning.prune('deliveries', before, 100)).toBe(100);
    },
    'an address that is suppressed': (outside) => {
      const key = 'old4007@readers.example';
      const order = { address: { address: key, key }, reason: 'asked by letter', actor: 'test' };
      return suppressAddress(outside, order);
    },
    'a reader who is erased': async (outside) => {
      const { id } = await subscribe(context.outside, 'erased@readers.example');
      await exportReader(outside, id);
      await eraseReader(outside, id, 'test');
    },
    'a bounce': async (outside) => {
      const messageIds = ['<4100@old>', '<d.2s.0123456789abcdef@papers.example>'];
      const pointers = { deliveries: [], subscriptions: [], leaving: [], ending: [], isOwn: false };
      const target = await findTarget(outside, { ...pointers, messageIds });
      if (!target?.delivery) throw new Error('nobody is found by a Message-ID of before');
      const reply = { code: 550, enhancedCode: '5.7.1', text: 'no' };
      await recordBounce(outside, { inboundId: null, target, reply });
      await breakReturned(outside, oldEdition);
      await outside.store.deliveries.recordUnanswered(messageIds.slice(1), 'no answer');
    },
    'the audit': async ({ store }) => {
      const page = { most: 100 };
      for (const filter of [{}, { actor: 'nobody' }, { action: 'no' }, { subject: 'nothing' }]) {
        await store.audit.list(filter, page);
      }
    },
    'what is resent': async (outside) => {
      const edition = 'old';
      await planResend(outside, { kind: 'failed', edition, editionId: oldEdition });
      await planResend(outside, { kind: 'in_doubt', edition, editionId: oldEdition });
      await planResend(outside, {
        kind: 'reader',
        edition,
        editionId: oldEdition,
        subscriberId: 9,
      });
      await planResend(outside, { kind: 'delivery', delivery: 4_009 });
      await planResend(outside, { kind: 'deferred' });
    },
    'an edition that stands still and is cancelled': async (outside) => {
      const order = { what: 'old', actor: 'test', reason: 'test' };
      await pauseSending(outside, order);
      await cancelSending(outside, order);
    },
  };
  it('counts some thousands of each kind where sending is looked at as a whole', async () => {
    const status = (outside: Outside) =>
      runCommand(outside, { name: 'deliveries status', args: {} });
    expect(await findGreedy(status, MOST_COUNTED + FEW)).toEqual({});
  });

  it.each(Object.keys(works))('looks at few of it for %s', async (name) => {
    const work = works[name];
    expect(work && (await findGreedy(work))).toEqual({});
  });

  it.each([
    ['deliveries list', {}],
    ['deliveries list', { state: 'accepted' }],
    ['deliveries list', { state: 'failed' }],
    ['deliveries list', { state: 'ready' }],
    ['deliveries list', { state: 'deferred' }],
    ['deliveries list', { state: 'in_doubt' }],
    ['deliveries list', { state: 'failed', edition: 'old' }],
    ['deliveries list', { cause: 'permanent' }],
    ['deliveries list', { cause: 'suppressed' }],
    ['deliveries list', { address: 'old4007@readers.example' }],
    ['deliveries list', { address: 'nobody@readers.example' }],
    ['deliveries list', { before: 1_000 }],
    ['deliveries show', { delivery: 4_007 }],
    ['deliveries doubt', {}],
    ['inbound list', { verdict: 'person' }],
    ['suppressions list', { reason: 'operator' }],
    ['editions show', {}],
    ['subscribers show', { address: 'old4007@readers.example' }],
  ])('looks at few of it for %s %j', async (name, args) => {
    const list = (outside: Outside) => runCommand(outside, { name, args });
    expect(await findGreedy(list)).toEqual({});
  });

  it('looks at a page of it, and says how far, where no index knows a domain', async () => {
    const pages: number[] = [];
    for (let before: number | undefined; pages.length < 9; before = pages.at(-1)) {
      const args = { domain: 'nowhere.example', ...(before ? { before } : {}) };
      const list = (outside: Outside) => runCommand(outside, { name: 'deliveries list', args });
      expect(await findGreedy(list, A_PAGE)).toEqual({});
      const { lines } = await list(context.outside);
      const [, next] = /for older ones: --before (\d+)/.exec(lines.join('\n')) ?? [];
      if (next === undefined) break;
      pages.push(Number(next));
    }
    expect(pages).toHaveLength(Math.floor((OLD_READERS + READERS) / A_PAGE));
    const args = { domain: 'readers.example', limit: 3 };
    const { data } = await runCommand(context.outside, { name: 'deliveries list', args });
    expect(data).toMatchObject({ items: [{}, {}, {}], next: expect.any(String) });
  });
});
