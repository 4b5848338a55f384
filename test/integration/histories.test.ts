import fc from 'fast-check';
import type { Paper } from '../../src/core/paper/paper.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { dateIn, dueOn, type Schedule } from '../../src/core/reader/schedule.ts';
import { emptyProfile } from '../../src/core/reader/subscription.ts';
import { english } from '../../src/core/words/words.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { sendShard } from '../../src/steps/deliveries/send.ts';
import { decideDigest, loadEdition } from '../../src/steps/digests/choose.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { digestFor } from '../../src/steps/digests/freeze.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { addSubscriber, changeWishes, unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { ResendRefused } from '../../src/steps/resend/scope.ts';
import type { StoredLetter } from '../../src/store/ledger/deliveries.ts';
import {
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import {
  arbitraryHistory,
  type Fate,
  type ReaderDay,
  type ServiceDay,
} from '../harness/history.ts';
import { resendEdition } from '../harness/resend.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const RUNS = Number(process.env['HISTORY_RUNS'] ?? 6);
const SEED = Number(process.env['HISTORY_SEED'] ?? 20261120);
const READERS = 4;
const DAYS = 21;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TICK_HOURS = [5, 11, 17, 23];

/*
 * Never twice, none lost: random histories through the real steps, store and a scripted SMTP
 * server, whose log says what readers got. HISTORY_RUNS and HISTORY_SEED make it longer.
 */
describe('random histories', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  let year = 2030;

  beforeAll(async () => {
    place = await createPlace('sandbox');
    server = await openScriptedSmtp();
    clock = createClock('2030-01-01T00:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: server.url });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  it(
    'give no reader a paper twice in scheduled digests, and lose none within the window',
    async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryHistory(READERS, DAYS), async (days) => {
          year += 1;
          const world = createWorld({ context, clock, lease, server }, year);
          await world.begin();
          for (const day of days) await world.live(day);
          await world.settle();
          await world.check();
          await world.end();
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
    },
    60_000 + RUNS * 60_000,
  );
});

interface Outer {
  readonly context: Context;
  readonly clock: Clock;
  readonly lease: Lease;
  readonly server: ScriptedSmtp;
}

/** A reader with what the test knows of them: what they asked for, and since when. */
interface Reader {
  readonly address: string;
  id: number;
  subscriberId: number;
  isActive: boolean;
  confirmedAt: Date;
  schedule: Schedule;
  /** Since when the schedule holds. */
  since: Date;
  pausedUntil: string | null;
  /** Local dates that fell due, by the test's own look at the schedules. */
  readonly dates: Set<string>;
  fate: Fate;
}

interface Cut {
  readonly id: number;
  readonly at: Date;
  readonly papers: number[];
}

/** One history in its own year, so that its editions are out of every other's window. */
function createWorld({ context, clock, lease, server }: Outer, year: number) {
  const { outside } = context;
  const { store } = outside;
  const start = Date.parse(`${year}-03-01T00:00:00Z`);
  let today = start;
  let number = 0;
  const papers: Paper[] = [];
  const cuts: Cut[] = [];
  const readers: Reader[] = [];
  /** Deliveries by an operator's hand: outside of the schedule. */
  const resends = new Set<number>();
  const welcomes = new Set<number>();
  /** Deliveries that were in doubt until then, and turned out to have failed. */
  const resolvedAt = new Map<number, Date>();
  const from = server.transactions.length;

  const newPaper = (): Paper => {
    number += 1;
    const id = year * 1000 + number;
    return {
      title: `Study ${id} of reefs`,
      abstract: `We measured reef ${id} for years. It shows that shade slows bleaching by ${number}%.`,
      authors: [{ name: `Author ${id}` }],
      categories: [],
      ids: { doi: `10.5555/h.${id}` },
      link: `https://papers.example/${id}`,
    };
  };
  const arrive = (those: readonly Paper[], isOnlyKnown = false) =>
    store.transaction((tx) =>
      storePapers(tx, those, {
        cut: outside.config.cut,
        at: clock.now(),
        ...(isOnlyKnown ? { onlyKnown: new Set(those) } : {}),
      }),
    );
  const bring = async (count: number) => {
    const fresh = Array.from({ length: count }, newPaper);
    papers.push(...fresh);
    if (count > 0) await arrive(fresh);
  };
  const cut = async () => {
    const report = await cutNow(outside);
    if (report.kind !== 'released') return;
    const edition = await store.editions.findByName(report.name);
    const [texts] = await store.editions.listTexts([edition?.id ?? 0]);
    const shown = texts?.papers.map(({ link }) => numberOf(link ?? '')) ?? [];
    cuts.push({ id: edition?.id ?? 0, at: clock.now(), papers: shown });
  };
  const numberOf = (link: string) => Number(/(\d+)$/.exec(link)?.[1]);

  /** Every date that fell due under the schedule that held until now, looked up one by one. */
  const countDates = (reader: Reader) => {
    const now = clock.now();
    const last = [...reader.dates].sort().at(-1) ?? '';
    for (let day = -2; reader.isActive && day < 40; day += 1) {
      const date = new Date(reader.since.getTime() + day * DAY_MS).toISOString().slice(0, 10);
      const at = dueOn(reader.schedule, date);
      if (at && at >= reader.since && at <= now && date > last) reader.dates.add(date);
    }
    reader.since = now;
  };
  const wishesOf = ({ schedule }: Reader) => ({
    profile: emptyProfile,
    papersPerDigest: 30,
    schedule,
  });
  const join = async (reader: Reader) => {
    const wishes = wishesOf(reader);
    const address = parseAddress(reader.address);
    const made = await addSubscriber(outside, { address, wishes, actor: 'test' });
    if (!made) throw new Error('no subscription');
    const since = clock.now();
    Object.assign(reader, { id: made.id, subscriberId: made.subscriberId, isActive: true });
    Object.assign(reader, { confirmedAt: since, since, pausedUntil: null });
  };
  const rewish = async (reader: Reader) => {
    countDates(reader);
    const { pausedUntil } = reader;
    await changeWishes(outside, reader.id, { ...wishesOf(reader), pausedUntil });
  };
  const lettersOf = (reader: Reader): Promise<StoredLetter[]> =>
    store.deliveries.listLetters({
      id: null,
      subscriberId: reader.subscriberId,
      from: new Date(start),
      to: new Date(start + 300 * DAY_MS),
    });

  const welcome = async (reader: Reader) => {
    const newest = cuts.at(-1);
    const [subscription, history] = [
      await store.subscribers.find(reader.id),
      (await store.deliveries.lockHistory([reader.subscriberId])).bySubscriber.get(
        reader.subscriberId,
      ),
    ];
    // As right after confirming: before anything else went to them.
    if (!newest || !subscription || history) return;
    const editions = await loadEdition(store, newest.id);
    const covers = { editions: [newest.id], leftOut: 0 };
    const decision = decideDigest(subscription, editions, covers);
    if (!('content' in decision)) return;
    const copy = { reader: subscription, addressHash: reader.address, roundId: null };
    const form = { isLong: false, editions: [], words: english };
    const { content } = decision;
    const [id = 0] = await store.deliveries.takeIds(1);
    const digest = digestFor(outside, {
      id,
      ...copy,
      content,
      form,
      copies: undefined,
      at: clock.now(),
    });
    await store.transaction((tx) => tx.deliveries.insert([digest]));
    welcomes.add(id);
  };
  const resend = async (reader: Reader) => {
    const edition = cuts.at(-1) && (await store.editions.find(cuts.at(-1)?.id ?? 0));
    const order = { edition: edition?.name ?? '', address: reader.address };
    try {
      const { fate, deliveryId } = await resendEdition(outside, order);
      // A failed one that is opened again stays the one of its date.
      if (deliveryId && (fate === 'copy' || fate === 'first')) resends.add(deliveryId);
    } catch (error) {
      if (!(error instanceof ResendRefused)) throw error;
    }
  };
  const change = async (reader: Reader, { change: wanted }: ReaderDay) => {
    if (!reader.isActive) {
      if (wanted.kind === 'return' || wanted.kind === 'welcome') await join(reader);
      if (wanted.kind === 'welcome') await welcome(reader);
      return;
    }
    if (wanted.kind === 'resend') await resend(reader);
    if (wanted.kind === 'welcome') await welcome(reader);
    if (wanted.kind === 'leave') {
      countDates(reader);
      await unsubscribe(outside, reader.id, 'page');
      reader.isActive = false;
    }
    if (wanted.kind === 'pause') {
      const end = new Date(clock.now().getTime() + wanted.days * DAY_MS);
      reader.pausedUntil = dateIn(reader.schedule.zone, end);
      await rewish(reader);
    }
    const { schedule } = reader;
    if (wanted.kind === 'zone' || wanted.kind === 'days') {
      countDates(reader);
      reader.schedule =
        wanted.kind === 'zone'
          ? { ...schedule, zone: wanted.zone }
          : { ...schedule, days: wanted.days };
      const { pausedUntil } = reader;
      await changeWishes(outside, reader.id, { ...wishesOf(reader), pausedUntil });
    }
  };
  const resolve = async (reader: Reader, to: ReaderDay['resolve']) => {
    if (!to) return;
    for (const { id, state } of await lettersOf(reader)) {
      if (state !== 'in_doubt') continue;
      await store.deliveries.recordResolved(id, to, clock.now());
      if (to === 'failed') resolvedAt.set(id, clock.now());
    }
  };
  const work = async () => {
    await openRound(outside);
    for (const { id } of await store.rounds.listOpen()) await composeRound(outside, id);
    for (let tries = 0; tries < 20; tries += 1) {
      await sendShard(outside, lease.current(), () => false);
      if ((await store.deliveries.countReady(clock.now())) === 0) return;
    }
  };

  server.script = ({ phase, to }) => {
    const fate = readers.find(({ address }) => address === to)?.fate ?? 'taken';
    if (phase === 'dot' && fate === 'lost') return 'close';
    if (phase === 'dot' && fate === 'later') return { reply: '451 4.3.0 later' };
    if (phase === 'rcpt' && fate === 'refused') return { reply: '550 5.7.1 no' };
    return undefined;
  };

  /** What the messages of a reader showed that arrived or may have: by delivery. */
  const shownTo = async (reader: Reader) => {
    const letters = await lettersOf(reader);
    const messageIds = new Map<string, StoredLetter>();
    for (const letter of letters) {
      const stored = await store.deliveries.find(letter.id);
      if (stored) messageIds.set(stored.messageId, letter);
    }
    return server.transactions.slice(from).flatMap(({ body, to }) => {
      if (to !== reader.address) return [];
      const text = body.replaceAll('=\r\n', '');
      const messageId = /^Message-ID: (\S+)/im.exec(text)?.[1] ?? '';
      const letter = messageIds.get(messageId);
      const mayHaveArrived = letter?.state === 'accepted' || letter?.state === 'in_doubt';
      if (!letter || !mayHaveArrived) return [];
      const links = [...text.matchAll(/papers\.example\/(\d+)/g)].map(([, id]) => Number(id));
      return [{ letter, isResend: resends.has(letter.id), papers: new Set(links) }];
    });
  };

  const checkNeverTwice = (shown: Awaited<ReturnType<typeof shownTo>>, address: string) => {
    const seen = new Map<number, number>();
    for (const { letter, isResend, papers: those } of shown) {
      if (isResend) continue;
      for (const paper of those) {
        const before = seen.get(paper);
        if (before !== undefined && before !== letter.id) {
          throw new Error(`${address} got ${paper} in deliveries ${before} and ${letter.id}`);
        }
        seen.set(paper, letter.id);
      }
    }
  };

  /**
   * Whenever a digest arrived, all that was cut in its window is in it or in another that
   * arrived, but for what was in doubt at that time and turned out to be lost too late.
   */
  const checkNoneLost = async (reader: Reader, shown: Awaited<ReturnType<typeof shownTo>>) => {
    const letters = await lettersOf(reader);
    const scheduleless = new Set([...resends, ...welcomes]);
    const had = new Set(shown.flatMap(({ papers: those }) => [...those]));
    const arrived = letters.filter(
      ({ id, state }) => (state === 'accepted' || state === 'in_doubt') && !scheduleless.has(id),
    );
    for (const { id, at, papers: those } of cuts) {
      const missing = those.filter((paper) => !had.has(paper));
      if (missing.length === 0 || at < reader.confirmedAt) continue;
      const wasDoubted = (then: Date) =>
        letters.some(
          (letter) => letter.covers.includes(id) && (resolvedAt.get(letter.id) ?? start) > then,
        );
      const culprit = arrived.find(
        ({ composedAt }) =>
          composedAt >= at &&
          composedAt.getTime() - at.getTime() <= 7 * DAY_MS &&
          composedAt >= reader.confirmedAt &&
          !wasDoubted(composedAt),
      );
      if (culprit) {
        throw new Error(
          `${reader.address} lost ${missing} of ${id}: delivery ${culprit.id} had no part`,
        );
      }
    }
  };

  const checkOutcomes = async (reader: Reader) => {
    countDates(reader);
    const first = [...reader.dates].sort()[0];
    if (first === undefined) return;
    const found: string[] = [];
    for (let at = start - 3 * DAY_MS; at < today + 3 * DAY_MS; at += DAY_MS) {
      const date = new Date(at).toISOString().slice(0, 10);
      const outcome = await store.rounds.findOutcome(reader.id, date);
      if (!outcome) continue;
      found.push(date);
      if (!outcome.deliveryId && !outcome.exclusion) throw new Error(`${date} is open`);
    }
    const expected = [...reader.dates].sort();
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error(`${reader.address}: due on ${expected}, recorded ${found}`);
    }
  };

  return {
    async begin() {
      clock.set(new Date(start).toISOString());
      await openRound(outside);
      for (let index = 0; index < READERS; index += 1) {
        const schedule = { days: [1, 2, 3, 4, 5, 6, 7], minuteOfDay: 420, zone: 'Etc/UTC' };
        const at = clock.now();
        const reader: Reader = {
          address: `r${index}@y${year}.example`,
          id: 0,
          subscriberId: 0,
          isActive: false,
          confirmedAt: at,
          schedule,
          since: at,
          pausedUntil: null,
          dates: new Set(),
          fate: 'taken',
        };
        readers.push(reader);
        await join(reader);
      }
    },
    async live(day: ServiceDay) {
      const at = (hours: number) => clock.set(new Date(today + hours * HOUR_MS).toISOString());
      at(4);
      await bring(day.papers);
      const [old] = papers;
      if (old && day.isReplaced) {
        await arrive(
          [{ ...old, abstract: `${old.abstract} Revised.`, announcement: 'replace' }],
          true,
        );
      }
      const voted = papers.at(-4);
      if (voted && day.isVoted) await arrive([{ ...voted, upvotes: 40 }], true);
      if (!day.isDown) await cut();
      for (const [index, reader] of readers.entries()) {
        reader.fate = day.readers[index]?.fate ?? 'taken';
      }
      for (const hour of TICK_HOURS) {
        at(hour);
        if (!day.isDown) await work();
        if (hour !== 11) continue;
        // Later than what was just composed.
        at(hour + 1);
        await bring(day.late);
        if (day.isCutByHand && !day.isDown) await cut();
        for (const [index, reader] of readers.entries()) {
          const befalls = day.readers[index];
          if (!befalls) continue;
          await resolve(reader, befalls.resolve);
          await change(reader, befalls);
        }
      }
      today += DAY_MS;
    },
    /** Three good days on which every doubt ends. */
    async settle() {
      for (let days = 0; days < 3; days += 1) {
        const quiet = { late: 0, isCutByHand: false, isDown: false, isReplaced: false };
        const befalls: ReaderDay = { fate: 'taken', resolve: 'accepted', change: { kind: 'none' } };
        const all = readers.map(() => befalls);
        await this.live({ ...quiet, isVoted: false, papers: 1, readers: all });
      }
    },
    async check() {
      for (const reader of readers) {
        const shown = await shownTo(reader);
        checkNeverTwice(shown, reader.address);
        await checkNoneLost(reader, shown);
        await checkOutcomes(reader);
      }
    },
    async end() {
      for (const { id } of readers) await unsubscribe(outside, id, 'operator');
    },
  };
}
