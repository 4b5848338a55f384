import { z } from 'zod';
import { buildFeedAddress, FeedError } from '../core/feed/feed.ts';
import { isSourceKind, SOURCES } from '../core/feed/sources.ts';
import { countOf } from '../core/text/words.ts';
import { findFeed } from '../steps/feeds/find-feed.ts';
import type { Outside } from '../steps/steps.ts';
import { CommandError, defineCommand } from './command.ts';

export const feedsFind = defineCommand({
  right: 'operate',
  args: z.object({
    feed: z.string().max(2000).describe("A journal's page, an ISSN, or a feed in any form."),
  }),
  answers: z.object({
    address: z.string().describe('As `feeds add` takes it.'),
    title: z.string().describe('What it calls itself; empty where it does not say.'),
    how: z.string().describe('How it was found.'),
    papers: z.int().describe('How many it has now, or came within 45 days.'),
    titles: z.array(z.string()).describe('Of the first three.'),
  }),
  async run(outside, { feed }) {
    const found = await findFeed(outside, feed).catch((error: unknown) => {
      throw error instanceof FeedError ? new CommandError(error.message, 'missing') : error;
    });
    const address = buildFeedAddress(found.address);
    const { title, how, papers, titles } = found;
    const lines = [
      title ? `${address}  ${title}` : address,
      `found ${how}; ${papers === 0 ? 'it has no papers now' : `it has ${countOf(papers, 'paper')}`}`,
      ...titles.map((title) => `  ${title}`),
      ...keyHint(outside, found.address.kind),
    ];
    return { lines, data: { address, title, how, papers, titles } };
  },
});

/** What to tell of a source whose key is not set. */
export function keyHint({ config }: Pick<Outside, 'config'>, kind: string): string[] {
  if (!isSourceKind(kind) || config.feeds.keys[kind] !== undefined) return [];
  const { name, key, limits } = SOURCES[kind];
  return key ? [`${name}: ${key.setting} is not set; ${limits}`] : [];
}
