import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { cutEdition } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const READERS = 250;
const DAY_MS = 24 * 3_600_000;

// More readers than one chunk takes, on one clock that goes from day to day.
describe.each(backends)('rounds in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    clock = createClock('2026-03-02T12:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    for (let reader = 0; reader < READERS; reader += 1) {
      const topics = reader % 10 === 0 ? ['numismatics'] : [];
      await subscribe(context.outside, `reader${reader}@readers.example`, { profile: { topics } });
    }
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const cut = (series: string) => cutWith(context.outside, makePapers(series, 3));
  const all = <Result>(count: number, work: () => Promise<Result>) =>
    Promise.all(Array.from({ length: count }, work));
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const listRounds = async () => {
    const found = [];
    for (let id = 1; ; id += 1) {
      const round = await context.outside.store.rounds.find(id);
      if (!round) return found;
      found.push(round);
    }
  };

  it('gives each due date one outcome, with four planners and four composers at once', async () => {
    await cut('r0');
    clock.set('2026-03-03T07:00:00Z');
    const opened = (await all(4, () => openRound(context.outside))).filter(
      (id) => id !== undefined,
    );
    await Promise.all(
      opened.flatMap((id) => [1, 2, 3, 4].map(() => composeRound(context.outside, id))),
    );
    const rounds = await listRounds();
    expect(sum(rounds.map(({ candidates }) => candidates))).toBe(READERS);
    expect(sum(rounds.map(({ deliveries }) => deliveries ?? 0))).toBe(READERS * 0.9);
    expect(sum(rounds.map(({ exclusions }) => exclusions ?? 0))).toBe(READERS * 0.1);
    for (const round of rounds) {
      expect(round.frozenAt).toEqual(clock.now());
      expect(round.candidates).toBe((round.deliveries ?? 0) + (round.exclusions ?? 0));
    }
    expect(await openRound(context.outside)).toBeUndefined();
    expect(await context.outside.store.deliveries.countByState()).toEqual([
      { state: 'ready', cause: null, count: READERS * 0.9 },
    ]);
  });

  it('lets nothing of a round go out before all of it has its outcome', async () => {
    const { deliveries, senders } = context.outside.store;
    const sender = await senders.insert({ host: 'here', pid: 2, leaseMs: 60_000 });
    const claim = async () =>
      deliveries.claim({ senderId: sender.id, now: clock.now(), most: READERS });
    const [first] = await deliveries.claim({ senderId: sender.id, now: clock.now(), most: 1 });
    const held = { id: first?.id ?? 0, fence: first?.fence ?? 0, senderId: sender.id };
    expect(await deliveries.recordInFlight([held])).toEqual([held.id]);
    await cut('r1');
    clock.advance(DAY_MS);
    const waiting = await compose(context.outside);
    expect(waiting).toMatchObject({ candidates: READERS, isFrozen: false });
    expect(await deliveries.countReady(clock.now())).toBe(0);
    expect(await claim()).toEqual([]);

    await senders.end(sender.id);
    await deliveries.recordAbandoned(clock.now());
    const report = await composeRound(context.outside, waiting?.roundId ?? 0);
    expect(report).toMatchObject({ isFrozen: true, deliveries: READERS * 0.9 });
    await send(context.outside, lease);
    expect(sink.received).toHaveLength(READERS * 0.9);
    expect(await deliveries.countByState()).toEqual([
      { state: 'accepted', cause: null, count: READERS * 0.9 },
      { state: 'failed', cause: 'expired', count: READERS * 0.9 - 1 },
      { state: 'in_doubt', cause: null, count: 1 },
    ]);
  });

  it('cuts a draft once, with two cuts and papers coming in at once', async () => {
    const { outside } = context;
    await outside.store.transaction((tx) =>
      storePapers(tx, makePapers('c0', 3), { cut: outside.config.cut, at: clock.now() }),
    );
    const draft = await outside.store.editions.findDraft();
    clock.advance(DAY_MS);
    const [first, second] = await Promise.all([
      cutEdition(outside, draft?.id ?? 0),
      cutEdition(outside, draft?.id ?? 0),
      ...['c1', 'c2', 'c3'].map((series) =>
        outside.store.transaction((tx) =>
          storePapers(tx, makePapers(series, 1), { cut: outside.config.cut, at: clock.now() }),
        ),
      ),
    ]);
    const kinds = [first.kind, second.kind];
    expect(kinds).toContain('released');
    const after = await outside.store.editions.listCut(10);
    expect(after.filter(({ cutAt }) => cutAt?.getTime() === clock.now().getTime())).toHaveLength(1);
    expect((await outside.store.editions.findDraft())?.id).toBeGreaterThan(draft?.id ?? 0);
  });
});
