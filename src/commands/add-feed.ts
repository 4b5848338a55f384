import { buildFeedAddress, type FeedAddress } from '../core/feed/feed.ts';
import type { Outside } from '../steps/steps.ts';
import type { FeedRow } from '../store/papers/feeds.ts';
import { recordChange } from './audit.ts';
import { CommandError } from './command.ts';

/** Adds a feed, or says in words why not: its name or its address is taken. */
export async function addFeed(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, address, actor }: { name: string; address: FeedAddress; actor: string },
): Promise<FeedRow | { readonly refused: string }> {
  const known = (await store.feeds.list()).find((feed) => isSameFeed(feed, address));
  if (known) {
    const as = known.name === name ? '' : `, under the name ${known.name}`;
    return { refused: `the feed ${buildFeedAddress(address)} is there already${as}` };
  }
  const row = await store.feeds.insert({ name, ...address, at: now() });
  if (row) await recordChange({ store, now }, { actor, action: 'add', subject: `feed ${name}` });
  return row ?? { refused: `the name ${name} is there already, for another feed: give it --name` };
}

/** What is thrown where nobody watches a feed of that name. */
export function noFeed(name: string): CommandError {
  return new CommandError(
    `there is no feed ${name}: "paperround feeds list" shows them`,
    'missing',
  );
}

/** The same categories in another order are the same feed. */
function isSameFeed(a: FeedAddress, b: FeedAddress): boolean {
  return a.kind === b.kind && partsOf(a).join('+') === partsOf(b).join('+');
}

function partsOf({ kind, address }: FeedAddress): string[] {
  return kind === 'arxiv' ? address.split('+').toSorted() : [address];
}
