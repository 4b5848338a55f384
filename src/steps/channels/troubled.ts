import { needsPerson, type TroubledChannel, tellChannel } from '../../core/channels/standing.ts';
import type { Outside } from '../steps.ts';

/** Channels that need a person, and how they stand. */
export async function listTroubled({ store }: Pick<Outside, 'store'>): Promise<TroubledChannel[]> {
  const channels = await store.channels.list();
  return channels
    .filter(needsPerson)
    .map((channel) => ({ name: channel.name, words: tellChannel(channel) }));
}
