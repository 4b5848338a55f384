import type { Command } from 'commander';
import { parseNumber, readSource } from './arguments.ts';
import type { AddOptions } from './choose-feed.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of feeds. */
export function addFeedCommands(program: Command, execute: Execute): void {
  const feeds = program.command('feeds').description('the feeds that are watched');
  feeds
    .command('add <feed>')
    .description(
      "add a feed: arxiv:cs.CL+cs.LG, crossref:2167-8359, pubmed:…, an ISSN, a journal's page, or a URL of RSS or Atom",
    )
    .option('--name <name>', 'what to call it')
    .option('--yes', 'add what is found without asking')
    .action((feed: string, options: AddOptions) =>
      execute('feeds add', async () => {
        const { chooseFeed } = await import('./choose-feed.ts');
        return chooseFeed(feed, options);
      }),
    );
  feeds
    .command('find <feed>')
    .description("show the feed of a journal's page or an ISSN, with three of its papers")
    .action((feed: string) => execute('feeds find', { feed }));
  feeds
    .command('list')
    .description('the feeds and how they are')
    .action(() => execute('feeds list', {}));
  feeds
    .command('remove <name>')
    .description('stop watching a feed; its papers stay')
    .action((name: string) => execute('feeds remove', { name }));
  feeds
    .command('rename <name> <as>')
    .description('call a feed something else')
    .action((name: string, as: string) => execute('feeds rename', { name, as }));
  feeds
    .command('fetch [name]')
    .description('fetch one feed, or all, now')
    .action((name?: string) => execute('feeds fetch', name === undefined ? {} : { name }));
  feeds
    .command('show <name>')
    .description('one feed: how it stands, its last runs, what was refused and why')
    .option('--item <n>', 'how the item of this number in its newest answer was read', parseNumber)
    .action((name: string, { item }: { item?: number }) =>
      execute('feeds show', { name, ...(item !== undefined && { item }) }),
    );
  feeds
    .command('without <name> [kinds...]')
    .description(
      'kinds of text not to take from a feed: correction, retraction, editorial, news, review; none for all',
    )
    .action((name: string, kinds: string[]) => execute('feeds without', { name, kinds }));
  feeds
    .command('import <file>')
    .description('add the feeds of an OPML file ("-" reads standard input)')
    .action((file: string) =>
      execute('feeds import', async () => ({ text: await readSource(file) })),
    );
  feeds
    .command('export [file]')
    .description('write the feeds as OPML into a file, or print them')
    .option('--out <file>', 'the file, said in another way')
    .action((file: string | undefined, { out }: { out?: string }) =>
      execute('feeds export', {}, file ?? out),
    );
}
