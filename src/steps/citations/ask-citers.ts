import { CITATION_SOURCES, CITATIONS, type CitationSource } from '../../core/citations/sources.ts';
import { requestsLeft } from '../../core/citations/turns.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import { chunkIds } from '../../core/feed/look-ups.ts';
import type { DueWork } from '../../store/citations/citation-turns.ts';
import type { Outside } from '../steps.ts';
import { recordAnswer } from './record-answer.ts';

/** What asking came to. */
export interface CitedReport {
  /** Works that a source was asked for, and answered. */
  readonly asked: number;
  /** Papers that nobody knew to cite them. */
  readonly found: number;
}

type CitedOutside = Pick<Outside, 'store' | 'feeds' | 'config' | 'now'>;

/** In one run; what is left is due in the next, a moment later. */
const MOST_WORKS = 200;

/** Whether any source is to be asked now. */
export async function isCitedDue(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
): Promise<boolean> {
  if (!outside.config.feeds.isLookingUp) return false;
  for (const source of CITATION_SOURCES) if ((await findRoom(outside, source)) > 0) return true;
  return false;
}

/**
 * Asks sources what newly cites the works that readers named, each work once for all of them and when
 * its turn is, within what each source may be asked. A source that does not answer rests, and its works
 * with it; what is known stays. Nothing is said of who names them.
 */
export async function askCiters(outside: CitedOutside): Promise<CitedReport> {
  if (!outside.config.feeds.isLookingUp) return { asked: 0, found: 0 };
  const reports = await Promise.all(CITATION_SOURCES.map((source) => askSource(outside, source)));
  return {
    asked: reports.reduce((sum, { asked }) => sum + asked, 0),
    found: reports.reduce((sum, { found }) => sum + found, 0),
  };
}

/** How many requests a source may be asked now; none where it rests, or nothing is due. */
async function findRoom(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  source: CitationSource,
): Promise<number> {
  if (!(await store.citationTurns.isDue(source, now()))) return 0;
  const standing = (await store.citationTurns.listSources()).find((each) => each.source === source);
  if (standing?.restsUntil && standing.restsUntil > now()) return 0;
  const { aDay, aDayWithKey } = CITATIONS[source];
  const most = config.feeds.keys[source] === undefined ? aDay : aDayWithKey;
  return requestsLeft(most, await store.citationTurns.countUse(source, now()));
}

async function askSource(outside: CitedOutside, source: CitationSource): Promise<CitedReport> {
  const report = { asked: 0, found: 0 };
  let room = await findRoom(outside, source);
  if (room === 0) return report;
  const { store, now } = outside;
  const due = await store.citationTurns.listDue(source, now(), MOST_WORKS);
  for (const works of chunkIds(due, CITATIONS[source].atOnce)) {
    if (room <= 0) break;
    const came = await askFor(outside, source, works);
    if (!came) break;
    room -= came.requests;
    report.asked += works.length;
    report.found += came.found;
  }
  return report;
}

/** What one question came to; undefined where the source gave no whole answer. */
async function askFor(
  { store, feeds, now }: CitedOutside,
  source: CitationSource,
  works: readonly DueWork[],
): Promise<{ readonly requests: number; readonly found: number } | undefined> {
  let requests = 0;
  try {
    const answers = await feeds.askCitations(source, works, () => {
      requests += 1;
    });
    let found = 0;
    for (const answer of answers) {
      found += await store.transaction((tx) => recordAnswer(tx, source, answer, now()));
    }
    await store.citationTurns.recordSourceAnswered(source, now(), found > 0);
    return { requests, found };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    await recordFailed({ store, now }, { source, works, error });
    return undefined;
  } finally {
    if (requests > 0) await store.citationTurns.recordUse(source, now(), requests);
  }
}

async function recordFailed(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  failed: {
    readonly source: CitationSource;
    readonly works: readonly DueWork[];
    readonly error: FeedError;
  },
): Promise<void> {
  const { source, works, error } = failed;
  const at = now();
  const problem = error.message.replaceAll('\0', ' ');
  const standing = (await store.citationTurns.listSources()).find((each) => each.source === source);
  const restsUntil = nextRetry(at, standing?.failures ?? 0, error.retryAfterMs);
  await store.citationTurns.recordSourceFailed(source, { at, restsUntil, problem });
  // Others go first when the source is asked again: one of these may be what it fails at.
  const tries = Math.max(...works.map((work) => work.tries));
  const nextAt = nextRetry(at, tries + 1, error.retryAfterMs);
  await store.citationTurns.postpone(
    works.map(({ id }) => id),
    source,
    { nextAt, problem },
  );
}
