import { countOf } from '../text/words.ts';
import { groupOfProvider, type Slowed, type WarmUpChange } from './warm-up.ts';
import { STAGES } from './warm-up-schedule.ts';

/** What a provider was sent on a date of the warm-up, and why not more. */
export interface ProviderDay {
  readonly provider: string;
  /** The day of its own schedule, counted from 0. */
  readonly step: number;
  readonly change: WarmUpChange;
  /** Null where it is warm. */
  readonly ceiling: number | null;
  /** Messages of all kinds. */
  readonly used: number;
  /** Readers who were over the ceiling. */
  readonly waiting: number;
  readonly slowed: Slowed | null;
}

/** What is said of a whole warm-up. */
export interface WarmUpFacts {
  readonly startedAt: Date;
  readonly dayNumber: number;
  readonly waiting: number;
  readonly spreadUntil: Date | null;
}

/** `Warm-up since 2026-06-01, day 3: 12 readers wait for their turn; digests leave evenly until 14:00 UTC.` */
export function tellWarmUp(facts: WarmUpFacts): string {
  const { startedAt, dayNumber, waiting, spreadUntil } = facts;
  const readers = `${countOf(waiting, 'reader')} ${waiting === 1 ? 'waits' : 'wait'}`;
  const wait = waiting > 0 ? `${readers} for their turn` : 'nobody waits for their turn';
  const until = spreadUntil?.toISOString().slice(11, 16);
  const spread = until ? `; digests leave evenly until ${until} UTC` : '';
  return `Warm-up since ${startedAt.toISOString().slice(0, 10)}, day ${dayNumber}: ${wait}${spread}.`;
}

/** What a warm-up does to an announcement that is not sent yet, and what it does to digests. */
export function tellAnnounced({ lastOn, provider }: { lastOn: string; provider: string }): string {
  return `A warm-up goes on: the mails are spread over its days, the last goes about ${lastOn} (${provider}). Until then they have up to half of what a provider has room for, and digests the rest.`;
}

/** The stage that a day of a provider's schedule is on, counted from 1; behind the last it is warm. */
export function stageOf(provider: string, step: number): number {
  return Math.floor(step / groupOfProvider(provider).daysAStage) + 1;
}

/** `143 of 250 messages, stage 2 of 21; 12 readers wait`, with why its schedule was slowed. */
export function tellProviderDay(day: ProviderDay): string {
  const { provider, ceiling, used, waiting, slowed, change, step } = day;
  if (ceiling === null) return `${countOf(used, 'message')}, no ceiling any more`;
  const wait =
    waiting > 0 ? `; ${countOf(waiting, 'reader')} ${waiting === 1 ? 'waits' : 'wait'}` : '';
  const stage = `stage ${stageOf(provider, step)} of ${STAGES.length}`;
  return `${used} of ${countOf(ceiling, 'message')}, ${stage}${wait}${slowed ? `; ${tellSlowed(slowed, change)}` : ''}`;
}

/** `held for a day, since 9 of 143 messages bounced`. */
export function tellSlowed({ sign, count, of }: Slowed, change: WarmUpChange): string {
  const schedule = change === 'back' ? 'put back by a stage' : 'held for a day';
  const came = sign === 'bounces' ? 'bounced' : 'were called spam';
  return `${schedule}, since ${count} of ${countOf(of, 'message')} ${came}`;
}
