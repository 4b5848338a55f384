import type { ChannelDate } from '../../core/channels/why.ts';
import { dueOn } from '../../core/reader/schedule.ts';
import type { Outside } from '../steps.ts';
import { getChannel } from './channels.ts';

/** Gathers what is recorded of a channel and one of its local dates. Throws OrderRefused where there is none. */
export async function gatherChannelDate(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, date }: { readonly name: string; readonly date: string },
): Promise<ChannelDate> {
  const channel = await getChannel(store, name);
  const outcome = await store.rounds.findOutcome(channel.subscriptionId, date);
  const id = outcome?.deliveryId ?? null;
  const post = id === null ? undefined : await store.posts.find(id);
  const attempts = id === null ? [] : await store.overview.listAttempts(id);
  return {
    name,
    date,
    now: now(),
    dueAt: dueOn(channel.schedule, date),
    outcome: outcome && { exclusion: outcome.exclusion, deliveryId: id },
    post: post && {
      ...post,
      tries: attempts.map(({ startedAt, outcome: said, reply }) => ({
        at: startedAt,
        outcome: said,
        words: reply,
      })),
    },
  };
}
