import { CITATION_SOURCES, CITATIONS, type CitationSource } from '../../core/citations/sources.ts';
import { requestsLeft } from '../../core/citations/turns.ts';
import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import { chunkIds } from '../../core/feed/look-ups.ts';
import type { DueWork } from '../../store/citations/citation-turns.ts';
import type { Outside } from '../steps.ts';
import { askAuthors } from './ask-authors.ts';
import { nameCiters } from './name-citers.ts';
import { beginReaders, WAITS_MS } from './offer-citers.ts';
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
  const { store, now } = outside;
  if (await store.askedAuthors.isDue(now())) return true;
  return (await listUnbegun(outside, 1)).length > 0;
}

function listUnbegun({ store, now }: Pick<Outside, 'store' | 'now'>, most: number) {
  return store.citedWorks.listUnbegun(new Date(now().getTime() - WAITS_MS), most);
}

/**
 * Asks sources what newly cites the works that readers named, each work once for all of them and when
 * its turn is, within what each source may be asked. A source that does not answer rests, and its works
 * with it; what is known stays. Nothing is said of who names them.
 */
export async function askCiters(outside: CitedOutside): Promise<CitedReport> {
  if (!outside.config.feeds.isLookingUp) return { asked: 0, found: 0 };
  await askAuthors(outside);
  const reports = await Promise.all(CITATION_SOURCES.map((source) => askSource(outside, source)));
  for (const { id } of await listUnbegun(outside, MOST_WORKS)) {
    await outside.store.transaction((tx) => beginReaders(tx, id, outside.now()));
  }
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
  const standing = await store.citationTurns.findSource(source);
  if (standing?.restsUntil && standing.restsUntil > now()) return 0;
  const { aDay, aDayWithKey } = CITATIONS[source];
  const most = config.feeds.keys[source] === undefined ? aDay : aDayWithKey;
  return requestsLeft(most, await store.citationTurns.countUse(source, now()));
}

/** Answers without sense, one after the other, after which a source is left alone. */
const MOST_SPOILT = 5;

async function askSource(outside: CitedOutside, source: CitationSource): Promise<CitedReport> {
  const report = { asked: 0, found: 0 };
  const room = await findRoom(outside, source);
  if (room === 0) return report;
  const { store, now } = outside;
  const due = await store.citationTurns.listDue(source, now(), MOST_WORKS);
  const questions = chunkIds(due, CITATIONS[source].atOnce);
  let used = 0;
  let spoilt = 0;
  for (let works = questions.shift(); works && used < room; works = questions.shift()) {
    const came = await askFor(outside, source, works);
    used += came.requests;
    report.asked += came.found === undefined ? 0 : works.length;
    report.found += came.found ?? 0;
    if (!came.error) {
      spoilt = 0;
      continue;
    }
    spoilt += 1;
    if (isAway(came.error) || spoilt >= MOST_SPOILT) {
      await recordAway(outside, { source, works, error: came.error });
      break;
    }
    // One of several may be what it fails at: the others are not to wait for it.
    const half = Math.ceil(works.length / 2);
    if (works.length > 1) questions.unshift(works.slice(0, half), works.slice(half));
    else await postpone(outside, { source, works, error: came.error });
  }
  return report;
}

interface Came {
  readonly requests: number;
  /** Absent where the source gave no whole answer. */
  readonly found?: number;
  readonly error?: FeedError;
}

/** What one question came to. */
async function askFor(
  outside: CitedOutside,
  source: CitationSource,
  works: readonly DueWork[],
): Promise<Came> {
  const { store, feeds, now } = outside;
  let requests = 0;
  try {
    const answers = await feeds.askCitations(source, works, () => {
      requests += 1;
    });
    let found = 0;
    for (const answer of answers) {
      const named = await nameCiters(outside, source, answer);
      found += await store.transaction((tx) => recordAnswer(tx, source, named, now()));
    }
    await store.citationTurns.recordSourceAnswered(source, now(), found > 0);
    return { requests, found };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    return { requests, error };
  } finally {
    if (requests > 0) await store.citationTurns.recordUse(source, now(), requests);
  }
}

/** Whether the source itself does not answer, and not this question alone. */
function isAway({ code }: FeedError): boolean {
  return code !== 'malformed' && code !== 'source-error' && code !== 'too-large';
}

interface Failed {
  readonly source: CitationSource;
  readonly works: readonly DueWork[];
  readonly error: FeedError;
}

/** Leaves a source alone for a while, as long at least as it asks. */
async function recordAway(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { source, error }: Failed,
): Promise<void> {
  const at = now();
  const { failures = 0 } = (await store.citationTurns.findSource(source)) ?? {};
  const restsUntil = nextRetry(at, failures, error.retryAfterMs);
  const problem = sayProblem(error);
  await store.citationTurns.recordSourceFailed(source, { at, restsUntil, problem });
}

/** A work that a source cannot tell of now is asked for again some hours later, then days. */
async function postpone(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { source, works, error }: Failed,
): Promise<void> {
  const tries = Math.max(...works.map((work) => work.tries));
  const hours = Math.min(LONGEST_WAIT_HOURS, 2 ** (tries + 1));
  await store.citationTurns.postpone(
    works.map(({ id }) => id),
    source,
    { nextAt: new Date(now().getTime() + hours * HOUR_MS), problem: sayProblem(error) },
  );
}

const HOUR_MS = 3_600_000;
const LONGEST_WAIT_HOURS = 7 * 24;

/** A source's own words may hold what a database's text cannot. */
function sayProblem({ message }: FeedError): string {
  return message.replaceAll('\0', ' ');
}
