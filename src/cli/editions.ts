import type { Command } from 'commander';
import { addPaging, collect, pageOf, parseNumber, readSource } from './arguments.ts';
import { addEditorCommands } from './editors.ts';
import { type Execute, endWithFault, runWhereItBelongs } from './run.ts';

/** What the CLI knows of papers and editions. */
export function addEditionCommands(program: Command, execute: Execute): void {
  program
    .command('import <file>')
    .description(
      'read papers from a text file: title, blank line, abstract, blank line ("-" reads standard input)',
    )
    .option('--date <date>', "the papers' own date, such as 2025-05-07")
    .action(async (file: string, options: { date?: string }) => {
      await execute('import', async () => ({ ...options, text: await readSource(file) }));
    });

  const editions = program.command('editions').description('the dated runs for everyone');
  editions
    .command('cut')
    .description('cut the open draft now')
    .option('--date <date>', "the edition's date, instead of today's")
    .action((options: { date?: string }) => execute('editions cut', options));
  editions
    .command('show [edition]')
    .description('list the editions, or show one')
    .action((edition?: string) =>
      execute('editions show', edition === undefined ? {} : { edition }),
    );
  addPaging(editions.command('list'), 'before')
    .description('every edition that was cut, the newest first')
    .action((options: Record<string, unknown>) => execute('editions list', pageOf(options)));
  addEditorCommands(editions, execute);

  program
    .command('try')
    .description("send today's real digest of one feed to one address; no subscription is made")
    .requiredOption('--feed <feed>', 'a feed as in "feeds add"')
    .requiredOption('--to <address>', 'who gets it')
    .option('--topic <words>', 'choose by these words (may be repeated)', collect, [])
    .action((options: { feed: string; to: string; topic: string[] }) =>
      execute('try', { feed: options.feed, to: options.to, topics: options.topic }),
    );

  const sample = program.command('sample').description('the bundled sample');
  sample
    .command('remove')
    .description('remove its papers, readers and digests for good')
    .action(() => execute('sample remove', {}));
}

/** What the CLI knows of previews. */
export function addPreview(program: Command, execute: Execute): void {
  program
    .command('preview [edition] [address]')
    .description(
      'the digest of an edition (without one, of the newest), as a reader gets it or as someone without wishes would',
    )
    .option('--format <format>', 'html, text or message (the whole letter)', 'text')
    .option('--out <file>', 'write it to a file')
    .option('--watch', 'show it in a browser of this machine while its templates are edited')
    .option('--port <port>', 'where --watch listens (any that is free)', parseNumber)
    .action((...given: PreviewArguments) => preview(execute, given));
}

interface PreviewOptions {
  readonly format: string;
  readonly out?: string;
  readonly watch?: boolean;
  readonly port?: number;
}

type PreviewArguments = [string | undefined, string | undefined, PreviewOptions];

async function preview(
  execute: Execute,
  [edition, address, { format, out, watch, port }]: PreviewArguments,
): Promise<void> {
  if (watch) {
    return endWithFault(async () => {
      const { watchPreview } = await import('./watch-preview.ts');
      await watchPreview(runWhereItBelongs, { edition, address, port });
    });
  }
  const asked = { ...(edition ? { edition } : {}), ...(address ? { address } : {}) };
  return execute('preview', { ...asked, format }, out);
}
