import { z } from 'zod';
import { buildFeedAddress, FeedError, parseFeedAddress } from '../core/feed/feed.ts';
import { buildOpml, type ListedFeed, nameApart, parseOpml } from '../core/feed/opml.ts';
import type { Outside } from '../steps/steps.ts';
import { addFeed } from './add-feed.ts';
import { CommandError, defineCommand } from './command.ts';

export const feedsImport = defineCommand({
  right: 'operate',
  args: z.object({ text: z.string().describe('An OPML file.') }),
  answers: z.object({ added: z.array(z.string()), refused: z.array(z.string()) }),
  async run(outside, { text }, { actor }) {
    const named = parseOpml(text);
    if (named.length === 0) throw new CommandError('the file lists no feeds');
    const added: string[] = [];
    const refused: string[] = [];
    const taken = new Set((await outside.store.feeds.list()).map(({ name }) => name));
    for (const feed of named) {
      const result = await importFeed(outside, { feed, taken, actor });
      if ('refused' in result) refused.push(`${feed.name}: ${result.refused}`);
      else {
        added.push(result.name);
        taken.add(result.name);
      }
    }
    const lines = [
      `${added.length} feeds added, ${refused.length} not`,
      ...refused.map((line) => `  ${line}`),
    ];
    if (added.length === 0) throw new CommandError(lines.join('\n'));
    return { lines, data: { added, refused } };
  },
});

export const feedsExport = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({
    items: z.array(z.object({ name: z.string(), address: z.string() })),
    opml: z.string(),
  }),
  async run({ store }) {
    const feeds = await store.feeds.list();
    const opml = buildOpml(feeds).trimEnd();
    const items = feeds.map((feed) => ({ name: feed.name, address: buildFeedAddress(feed) }));
    return { lines: [opml], data: { items, opml } };
  },
});

async function importFeed(
  outside: Pick<Outside, 'store' | 'now'>,
  { feed, taken, actor }: { feed: ListedFeed; taken: ReadonlySet<string>; actor: string },
) {
  try {
    return await addFeed(outside, {
      name: nameApart(feed, taken),
      address: parseFeedAddress(feed.address),
      actor,
    });
  } catch (error) {
    if (error instanceof FeedError) return { refused: error.message.split('\n')[0] ?? '' };
    throw error;
  }
}
