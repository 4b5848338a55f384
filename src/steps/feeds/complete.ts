import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import { chunkIds, LOOK_UPS, type LookUp, nextLookUp } from '../../core/feed/look-ups.ts';
import type { LookedUp, WantedWork } from '../../store/papers/works.ts';
import type { Outside } from '../steps.ts';
import { completeNamed } from './complete-named.ts';
import { completeProposals } from './complete-proposals.ts';

/** How many papers were asked for by their ids, and how many of them a source knew. */
export interface CompleteReport {
  readonly asked: number;
  readonly found: number;
}

type CompleteOutside = Pick<Outside, 'store' | 'feeds' | 'config' | 'now'>;

const DAY_MS = 24 * 3_600_000;
/** A source that fails is asked again by the hour, as a feed that failed some times. */
const RETRIES = 4;

/** Whether papers are to be looked up now. */
export async function isCompleteDue({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>): Promise<boolean> {
  return (
    config.feeds.isLookingUp &&
    ((await store.works.isDue(now())) ||
      (await store.proposals.isDue(now())) ||
      (await store.soughtItems.isDue(now())))
  );
}

/**
 * Asks sources for papers that readers name by an id and that no feed brought, within each
 * source's budget of a run and of a day. What fails is asked for again later, so a run that dies
 * costs its last request. What readers proposed comes first: somebody waits for it. Nothing is said of who names them.
 */
export async function completeWorks(outside: CompleteOutside): Promise<CompleteReport> {
  const report = { asked: 0, found: 0 };
  if (!outside.config.feeds.isLookingUp) return report;
  await completeProposals(outside);
  await completeNamed(outside);
  for (const lookUp of LOOK_UPS) {
    for (const wanted of await listWithin(outside, lookUp)) {
      const results = await ask(outside, lookUp, wanted);
      // Whoever could not answer now is left alone for a while.
      if (!results) break;
      report.asked += results.length;
      report.found += results.filter((result) => 'found' in result).length;
    }
  }
  return report;
}

/** What one source may be asked for in this run, a list for each request. */
async function listWithin(
  { store, now }: CompleteOutside,
  { scheme, atOnce, aRun, aDay }: LookUp,
): Promise<WantedWork[][]> {
  const asked = await store.works.countAsked(scheme, new Date(now().getTime() - DAY_MS));
  const most = Math.min(atOnce * aRun, aDay - asked);
  return most > 0 ? chunkIds(await store.works.listDue(scheme, now(), most), atOnce) : [];
}

/** Asks for some papers and writes down what was said; undefined where the source could not be asked. */
async function ask(
  { store, feeds, now }: CompleteOutside,
  { scheme }: LookUp,
  wanted: readonly WantedWork[],
): Promise<LookedUp[] | undefined> {
  const idOf = ({ key }: WantedWork) => key.slice(scheme.length + 1);
  try {
    const papers = await feeds.lookUp(scheme, wanted.map(idOf));
    const results = wanted.map((work): LookedUp => {
      const found = papers.get(idOf(work));
      if (!found) return { key: work.key, nextAt: nextLookUp(now(), work.tries) };
      const { title, abstract, authors } = found;
      return { key: work.key, found: { title, abstract, authors } };
    });
    await store.works.record(results, now());
    return results;
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    const nextAt = nextRetry(now(), RETRIES, error.retryAfterMs);
    await store.works.postpone(
      wanted.map(({ key }) => key),
      nextAt,
    );
    return undefined;
  }
}
