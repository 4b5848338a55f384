import type { DeliveryState } from '../letter/delivery.ts';
import { countOf, momentOf } from '../text/words.ts';

/** How a channel stands, as far as it is told. */
export interface StandingChannel {
  readonly offBecause: 'hand' | 'gone' | null;
  readonly offAt: Date | null;
  readonly provedAt: Date | null;
  readonly inDoubt: number;
  readonly last: {
    readonly edition: string | null;
    readonly state: DeliveryState;
    readonly at: string;
    readonly words: string | null;
  } | null;
}

/** In a word, and how bad that is, by the names of the states' colours. */
export interface ChannelStanding {
  readonly state: string;
  readonly tone: 'accepted' | 'waiting' | 'failed' | 'stale';
}

/** A channel that needs a person, and how it stands. */
export interface TroubledChannel {
  readonly name: string;
  readonly words: string;
}

/** Whether somebody has to look: it was stopped by no hand, or what was posted last does not stand for sure. */
export function needsPerson({ offBecause, inDoubt, last }: StandingChannel): boolean {
  if (offBecause) return offBecause === 'gone';
  return inDoubt > 0 || last?.state === 'failed';
}

/** How a channel stands in a word: what needs a person first. */
export function standingOf({ offBecause, inDoubt, last }: StandingChannel): ChannelStanding {
  if (offBecause === 'gone') return { state: 'stopped', tone: 'failed' };
  if (offBecause) return { state: 'paused', tone: 'waiting' };
  if (inDoubt > 0) return { state: 'in doubt', tone: 'stale' };
  if (last?.state === 'failed') return { state: 'failed', tone: 'failed' };
  return last?.state === 'deferred'
    ? { state: 'waits', tone: 'stale' }
    : { state: 'on', tone: 'accepted' };
}

/** How it goes, in half a sentence. */
export function tellChannel(channel: StandingChannel): string {
  const { offBecause, offAt, inDoubt, last, provedAt } = channel;
  if (offBecause === 'gone') {
    const since = offAt ? ` since ${momentOf(offAt)}` : '';
    return `stopped${since}: its service says that nothing posted there stands${saying(last)}`;
  }
  if (offBecause) return `paused by an operator${offAt ? ` since ${momentOf(offAt)}` : ''}`;
  if (inDoubt > 0)
    return `nobody knows whether ${countOf(inDoubt, 'post')} stand${inDoubt === 1 ? 's' : ''}`;
  if (last) return tellLast(last);
  return provedAt
    ? `a test stood at ${momentOf(provedAt)}; no edition was posted yet`
    : 'nothing was posted yet: test it';
}

function tellLast(last: NonNullable<StandingChannel['last']>): string {
  const edition = last.edition ? `edition ${last.edition}` : 'the last';
  switch (last.state) {
    case 'accepted':
      return `${edition} was taken at ${momentOf(new Date(last.at))}`;
    case 'failed':
      return `${edition} was not posted${saying(last)}`;
    case 'deferred':
      return `${edition} is tried again${saying(last)}`;
    default:
      return `${edition} is on its way`;
  }
}

function saying(last: StandingChannel['last']): string {
  return last?.words ? `: ${last.words}` : '';
}
