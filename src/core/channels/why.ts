import type { DeliveryState } from '../letter/delivery.ts';
import { type Exclusion, exclusions } from '../reader/subscription.ts';
import { momentOf } from '../text/words.ts';

/** What is recorded of a channel and one of its local dates. */
export interface ChannelDate {
  readonly name: string;
  readonly date: string;
  readonly now: Date;
  /** When the date falls due; absent where it is none of its days. */
  readonly dueAt: Date | undefined;
  /** Absent where it has not come, or was before the channel. */
  readonly outcome:
    | { readonly exclusion: Exclusion | null; readonly deliveryId: number | null }
    | undefined;
  /** Of the date's post, or of what an operator posted once more: newest last. */
  readonly post:
    | {
        readonly id: number;
        readonly edition: string | null;
        readonly state: DeliveryState;
        readonly nextAt: Date | null;
        readonly tries: readonly {
          readonly at: Date;
          readonly outcome: string;
          readonly words: string | null;
        }[];
      }
    | undefined;
}

const standings: Readonly<Record<DeliveryState, string>> = {
  ready: 'waits to be posted',
  sending: 'is being posted',
  deferred: 'is tried again',
  accepted: 'was taken',
  failed: 'was not posted',
  in_doubt: 'may or may not stand there',
};

/** Says why a date brought a channel something, or nothing: a line a fact. */
export function explainChannelDate({
  name,
  date,
  now,
  dueAt,
  outcome,
  post,
}: ChannelDate): string[] {
  if (!outcome) {
    if (!dueAt) return [`${date} is none of the days of ${name}.`];
    return dueAt > now
      ? [`${name} is due on ${date} at ${momentOf(dueAt)}.`]
      : [`Nothing is recorded of ${name} on ${date}: it was not there yet, or it was pruned.`];
  }
  if (outcome.exclusion)
    return [`Nothing was posted to ${name}: ${exclusions[outcome.exclusion]}.`];
  if (!post) return [`What was posted to ${name} on ${date} was pruned.`];
  const { id, edition, state, nextAt, tries } = post;
  const of = edition ? ` of edition ${edition}` : '';
  const next = nextAt ? `, next at ${momentOf(nextAt)}` : '';
  return [
    `Delivery ${id}${of} ${standings[state]}${next}.`,
    ...tries.map(({ at, outcome: said, words }) => {
      const answer = words ? `: ${words}` : '';
      return `Tried at ${momentOf(at)}, ${said.replace('_', ' ')}${answer}.`;
    }),
  ];
}
