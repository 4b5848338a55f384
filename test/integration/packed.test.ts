import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { renderShown } from '../../src/steps/digests/view.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
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

const DAY_MS = 24 * 3_600_000;

// The test's leases say no version, as those of processes do that read the long form alone.
describe.each(backends)('packed digests in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let sink: SmtpSink;
  let lease: Lease | undefined;

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    clock = createClock('2026-03-02T06:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: sink.url });
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const papers = makePapers('packed', 30);
  const wishes = { profile: { topics: ['reefs'], exclude: ['radar'], surprise: true } };
  const open = () => openLease(context.outside, { host: 'old', pid: 1, onLost: () => {} });
  const readerOf = async (name: string) => {
    const found = await context.outside.store.subscribers.findByAddress(`${name}@readers.example`);
    if (!found) throw new Error(`${name} is nobody`);
    return found;
  };
  const composeFor = async (name: string) => {
    const { outside } = context;
    const roundId = await openRound(outside, (await readerOf(name)).id);
    return composeRound(outside, roundId ?? 0);
  };
  const letterOf = async (name: string) => {
    const { outside } = context;
    const [edition] = await outside.store.editions.listShown(1);
    const { subscriberId } = await readerOf(name);
    const [sent] = await outside.store.deliveries.listOfReader(edition?.id ?? 0, subscriberId);
    return renderShown(outside, sent?.id ?? 0);
  };
  const keptBy = async (name: string) => {
    const { keptDigests } = context.outside.store;
    const { subscriberId } = await readerOf(name);
    const kept = await keptDigests.list(subscriberId, 10);
    const ids = kept.flatMap((digest) => digest.papers);
    const found = await keptDigests.listPapers(subscriberId, ids);
    return { kept: kept.map((digest) => digest.papers), found: found.map(({ id }) => id) };
  };
  /** How the rows lie there: only a service's database takes a second reader. */
  const forms = async () => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    const rows = await database
      .rows<{ is_long: boolean }>(
        raw('select content is not null as is_long from public.digest order by delivery_id'),
      )
      .finally(() => database.close());
    return rows.map(({ is_long }) => (is_long ? 'long' : 'packed'));
  };

  /** As a worker of a version before packed digests is known. */
  const makeOlder = async () => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await database.rows(raw('update public.sender set version = null'));
    await database.close();
  };

  it('are the same letter as long ones, which are written while an older sender lives', async () => {
    const { outside } = context;
    for (const name of ['long', 'packed']) {
      await subscribe(outside, `${name}@readers.example`, wishes);
    }
    await cutWith(outside, papers);
    clock.set('2026-03-02T07:00:00Z');
    lease = await open();
    if (backend === 'service') await makeOlder();
    expect(await composeFor('long')).toMatchObject({ deliveries: 1, isFrozen: true });
    await lease.end();
    expect(await composeFor('packed')).toMatchObject({ deliveries: 1, isFrozen: true });
    if (backend === 'service') expect(await forms()).toEqual(['long', 'packed']);
    const [long, packed] = [await letterOf('long'), await letterOf('packed')];
    expect(long?.text).toContain('You follow reefs.');
    expect(long?.text).toContain('hidden by ‘radar’');
    expect(packed?.text).toBe(long?.text);
    expect(packed?.subject).toBe(long?.subject);
  });

  it('say in both forms what a message listed, so that no paper of it rises', async () => {
    const { outside } = context;
    lease = await open();
    expect((await send(outside, lease)).accepted).toBe(2);
    await lease.end();
    const listed = papers.findLast(({ title }) => title.includes('Soil'));
    const unlisted = papers.findLast(({ title }) => title.includes('radar'));
    clock.set('2026-03-03T05:00:00Z');
    await outside.store.transaction((tx) =>
      storePapers(
        tx,
        [listed, unlisted, papers[24]].flatMap((paper) =>
          paper ? [{ ...paper, upvotes: 40 }] : [],
        ),
        { cut: outside.config.cut, at: clock.now() },
      ),
    );
    await cutWith(outside, makePapers('next', 10));
    clock.set('2026-03-03T07:00:00Z');
    await compose(outside);
    const [long, packed] = [await letterOf('long'), await letterOf('packed')];
    expect(packed?.text).toBe(long?.text);
    lease = await open();
    expect((await send(outside, lease)).accepted).toBe(2);
    await lease.end();
  });

  it('are looked back on before and after they are pruned', async () => {
    const before = { long: await keptBy('long'), packed: await keptBy('packed') };
    expect(before.long.kept).toHaveLength(2);
    expect(before.packed).toEqual(before.long);
    expect(before.long.found.length).toBeGreaterThan(0);
    clock.advance((context.outside.config.keepDays.digests + 1) * DAY_MS);
    expect((await pruneLedger(context.outside)).digests).toBe(4);
    expect(await keptBy('long')).toEqual(before.long);
    expect(await keptBy('packed')).toEqual(before.packed);
  });
});
