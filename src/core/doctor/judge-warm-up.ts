import { MOST_COUNTED } from '../desk/counted.ts';
import { STAGES } from '../letter/warm-up-schedule.ts';
import { countOf } from '../text/words.ts';
import { type Finding, ok, warn } from './finding.ts';

/** How much is sent, as far as a provider can know us by it. */
export interface WarmUpFacts {
  /** When the warm-up that goes on began; null where none does. */
  readonly since: Date | null;
  /** Active readers; counting stops one beyond `MOST_COUNTED`. */
  readonly readers: number;
  /** Accepted messages of the last thirty days; counting stops at `LEAST_KNOWN`. */
  readonly sent: number;
}

/** Whoever sent fewer in thirty days is new to a provider: a day of the first stage. */
export const LEAST_KNOWN = STAGES[0]?.ceiling ?? 0;

/** Judges whether as many readers as there are may get mail from who is known as little as we are. */
export function judgeWarmUp({ since, readers, sent }: WarmUpFacts): Finding[] {
  if (since) {
    return [ok(`A warm-up goes on since ${since.toISOString().slice(0, 10)}.`)];
  }
  if (readers <= LEAST_KNOWN || sent >= LEAST_KNOWN) {
    return [ok('No warm-up goes on, and none is needed.')];
  }
  const many =
    readers > MOST_COUNTED ? `more than ${MOST_COUNTED} readers` : countOf(readers, 'reader');
  return [
    warn(
      `There are ${many}, and ${countOf(sent, 'message')} went out in thirty days: to providers we are new, and so many at once look like spam.`,
      'paperround warm-up start, before the first of them are due. Where the same domain and relay sent as much by another tool until now, there is no need.',
    ),
  ];
}
