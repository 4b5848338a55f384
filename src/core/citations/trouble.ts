import { APIS } from '../feed/sources.ts';
import { countOf } from '../text/words.ts';
import { CITATIONS, type CitationSource } from './sources.ts';

/** How a source of citations was of late. */
export interface SourceStanding {
  readonly source: CitationSource;
  readonly failures: number;
  /** It is not asked before; null where it may be. */
  readonly restsUntil: Date | null;
  /** What it said last where that was no answer, in a sentence. */
  readonly problem: string | null;
  /** Since when it has not answered; null where it did last. */
  readonly failedSince: Date | null;
  readonly answeredAt: Date | null;
  /** When it last named a paper that was not known. */
  readonly broughtAt: Date | null;
}

/** The same with how many works should have been asked for there long ago. */
export type CountedStanding = SourceStanding & { readonly late: number };

/** Something about a source that an operator should know. */
export interface SourceTrouble {
  readonly source: CitationSource;
  /** In a sentence. */
  readonly says: string;
  /** What may help. */
  readonly change: string;
}

const DAY_MS = 24 * 3_600_000;
/** Sources are down for a night at times. */
const AWAY_MS = 2 * DAY_MS;
/** A work that was due so long ago is asked for less than once a month. */
export const LATE_MS = 14 * DAY_MS;

/** Which sources are off, stand still, or cannot be asked for all works in time. */
export function findTroubles(standings: readonly CountedStanding[], now: Date): SourceTrouble[] {
  return standings.flatMap((standing) => {
    const { source, failedSince, problem, late } = standing;
    const { name, key } = APIS[source];
    const since = (at: Date) => now.getTime() - at.getTime();
    if (failedSince && since(failedSince) > AWAY_MS) {
      const says = `${name} has not answered since ${dayOf(failedSince)}, so that what cites works there is not told: ${problem ?? 'it said nothing'}`;
      return [{ source, says, change: key ? `Look at ${key.setting}.` : LOOK }];
    }
    if (isSilent(standing, standings, now)) {
      const says = `${name} answers, but has named no new paper since ${dayOf(standing.broughtAt)}, while others did.`;
      return [{ source, says, change: LOOK }];
    }
    if (late > 0) {
      const says = `${countOf(late, 'work')} of readers wait for their turn at ${name} for more than two weeks.`;
      return [
        {
          source,
          says,
          change: key ? `Set ${key.setting}: with a key it may be asked for more.` : LOOK,
        },
      ];
    }
    return [];
  });
}

const LOOK = 'Nothing is lost meanwhile: it is asked again by itself.';

/** A source that brings nothing stands still where others bring something: else there may be nothing. */
function isSilent(
  { source, broughtAt }: SourceStanding,
  all: readonly SourceStanding[],
  now: Date,
): boolean {
  const limit = now.getTime() - CITATIONS[source].silentAfterDays * DAY_MS;
  const isOld = (at: Date | null) => at === null || at.getTime() < limit;
  return broughtAt !== null && isOld(broughtAt) && all.some((other) => !isOld(other.broughtAt));
}

function dayOf(at: Date | null): string {
  return at?.toISOString().slice(0, 10) ?? '';
}
