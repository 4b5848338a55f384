import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Answer } from '../commands/command.ts';
import type { RestoreOptions } from './restore.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of backups. A restore runs in its own process, with everything else stopped. */
export function addBackupCommands(
  program: Command,
  execute: Execute,
  report: (make: () => Promise<Answer>) => Promise<void>,
): void {
  program
    .command('backup [file]')
    .description(
      'everything into one file (or into a folder, named after its moment): all tables, keys, own templates',
    )
    .option('--without-keys', 'leave keys and templates out: you keep them apart')
    .action((file: string | undefined, options: { withoutKeys?: boolean }) =>
      execute('backup', { file: resolve(file ?? '.'), ...options }),
    );
  program
    .command('restore <file>')
    .description('put a backup into this installation, which must be stopped and empty')
    .option('--check', 'only read it to its end and say what is in it')
    .option('--moved', 'nothing was sent since it was made: go on exactly where it stopped')
    .option(
      '--replace',
      'put it in the place of what is here; who left or is suppressed here stays so',
    )
    .option('--keep-keys-of-target', 'keep the keys here: links in mail already sent break')
    .option('--yes', 'do not ask')
    .action((file: string, options: RestoreOptions) =>
      report(async () => {
        const { restore } = await import('./restore.ts');
        return restore(resolve(file), options);
      }),
    );
  program
    .command('restored')
    .description('what a restore to an earlier time set aside and put in doubt')
    .option('--bring', 'let digests bring it all the same')
    .option('--decide <state>', 'all that it put in doubt at once: accepted, or failed')
    .action((options: Record<string, unknown>) => execute('restored', options));
}
