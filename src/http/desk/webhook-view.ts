import type { WebhookStanding } from '../../core/desk/webhook-pages.ts';
import { countOf } from '../../core/text/words.ts';
import type { LoggedBatch } from '../../store/webhooks/batches.ts';
import type { ListedWebhook } from '../../store/webhooks/webhooks.ts';
import { timeOf } from './frame.ts';

/** How a webhook stands, in a word. */
export function standingOf({ offBecause, waiting }: ListedWebhook): WebhookStanding {
  if (offBecause) return { state: 'off', tone: offBecause === 'hand' ? 'waiting' : 'failed' };
  const isLate = waiting !== null && waiting.tries > 0;
  return isLate ? { state: 'waiting', tone: 'stale' } : { state: 'on', tone: 'accepted' };
}

const because = {
  hand: 'an operator switched it off',
  gone: 'its receiver says that it is gone',
  failing: 'it took nothing for three days',
  restored: 'a restore went back in time',
} as const;

/** How it goes, in half a sentence. */
export function tellWaiting({ offBecause, waiting, takenAt }: ListedWebhook): string {
  if (offBecause) return because[offBecause];
  if (waiting && waiting.tries > 0) {
    const tries = waiting.tries === 1 ? 'one try' : `${waiting.tries} tries`;
    return `${tries} in vain: ${waiting.words ?? ''}`;
  }
  return takenAt ? `took the last at ${timeOf(takenAt)}` : 'nothing was told yet';
}

/** What waits and was not taken, in a sentence; undefined where nothing does. */
export function tellLate({ waiting }: ListedWebhook): string | undefined {
  if (!waiting || waiting.tries === 0) return undefined;
  const next = waiting.nextAt ? ` It is tried again at ${timeOf(new Date(waiting.nextAt))}.` : '';
  return `Batch ${waiting.batchId} waits, and all that came after it.${next}`;
}

/** A batch with its tries. */
export function viewBatch({ id, events, isTest, madeAt, outcome, log }: LoggedBatch) {
  const what = isTest ? 'a test' : countOf(events, 'event');
  return {
    id,
    what: `${id}: ${what}, ${timeOf(madeAt)}`,
    ...outcomeOf(outcome),
    tries: log.map(({ at, tookMs, words }) => ({
      when: timeOf(new Date(at)),
      took: `${tookMs} ms`,
      said: words,
    })),
  };
}

function outcomeOf(outcome: LoggedBatch['outcome']): WebhookStanding {
  if (outcome === 'taken') return { state: 'taken', tone: 'accepted' };
  if (outcome === 'failed') return { state: 'not taken', tone: 'failed' };
  return outcome === 'left_out'
    ? { state: 'left out', tone: 'waiting' }
    : { state: 'waits', tone: 'stale' };
}

/** What a field of a form has that may be ticked any number of times. */
export function textsOf(field: unknown): string[] {
  return [field].flat().filter((each) => typeof each === 'string');
}
