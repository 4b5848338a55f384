import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { FeedError, parseFeedAddress } from '../core/feed/feed.ts';
import { showControls } from '../core/text/controls.ts';
import { explain } from '../process/process.ts';
import { runWhereItBelongs } from './run.ts';

export interface AddOptions {
  readonly name?: string;
  readonly yes?: boolean;
}

const found = z.object({ address: z.string() });

/**
 * What `feeds add` is to add. A feed that is named by its kind is taken as it is; of a page, an ISSN
 * or any other address the feed is found first, shown with three of its papers, and asked about.
 * With `yes` nobody is asked, and an address at which nothing is found is added as it is.
 */
export async function chooseFeed(
  feed: string,
  { yes = false, name }: AddOptions,
): Promise<{ feed: string; name?: string }> {
  const named = name === undefined ? {} : { name };
  if (isNamed(feed)) return { feed, ...named };
  const answer = await runWhereItBelongs('feeds find', { feed }).catch((error: unknown) => {
    if (!yes || !URL.canParse(feed)) throw error;
    process.stderr.write(
      `${showControls(explain(error))}\nIt is added all the same, as you said.\n`,
    );
  });
  if (!answer) return { feed, ...named };
  process.stderr.write(`${showControls(answer.lines.join('\n'))}\n`);
  const { address } = found.parse(answer.data);
  // A script that names a feed itself needs no person.
  const isMeant = yes || (!process.stdin.isTTY && isSame(address, feed));
  if (!isMeant && !(await agrees())) throw new Error('nothing was added');
  return { feed: address, ...named };
}

function isSame(address: string, typed: string): boolean {
  return URL.canParse(typed) && address === new URL(typed).href;
}

function isNamed(feed: string): boolean {
  try {
    return parseFeedAddress(feed).kind !== 'feed';
  } catch (error) {
    if (error instanceof FeedError) return false;
    throw error;
  }
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('say --yes where nobody can answer');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('Add it? [y/N] ');
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
}
