import type { Command } from 'commander';
import { addPaging, pageOf, parseNumber } from './arguments.ts';
import { addLibraryCommands } from './library.ts';
import type { Execute } from './run.ts';
import { addSubscriberFiles } from './subscriber-files.ts';
import { addWishes, type WishOptions, wishesOf } from './wishes.ts';

/** What the CLI knows of readers. */
export function addSubscriberCommands(program: Command, execute: Execute): void {
  const subscribers = program.command('subscribers').description('who reads');
  addWishes(subscribers.command('add <address>'))
    .description('subscribe someone who asked you to')
    .action((address: string, options: WishOptions) =>
      execute('subscribers add', { address, ...wishesOf(options) }),
    );
  addWishes(subscribers.command('change <address>'))
    .description('change what a reader asks for; what is not named stays ("" empties a list)')
    .action((address: string, options: WishOptions) =>
      execute('subscribers change', { address, ...wishesOf(options) }),
    );
  subscribers
    .command('link <address>')
    .description('mail a reader the link to their preferences')
    .action((address: string) => execute('subscribers link', { address }));
  addPaging(subscribers.command('list'), 'after')
    .description('who reads, oldest first')
    .option('--search <text>', 'whose address has these letters')
    .option('--standing <standing>', 'who are active, waiting, paused, suppressed or left')
    .option('--csv', 'as CSV, as an import reads it')
    .action((options: Record<string, unknown>) => execute('subscribers list', pageOf(options)));

  subscribers
    .command('growth')
    .description('how many readers there are, and how many came and left')
    .option('--days <count>', 'so many days back (default: 30)', parseNumber)
    .action((options: { days?: number }) => execute('subscribers growth', options));
  subscribers
    .command('show <address>')
    .description('one reader: state, wishes, and when, where and to what they agreed')
    .action((address: string) => execute('subscribers show', { address }));
  addSubscriberFiles(subscribers, execute);
  addLibraryCommands(subscribers, execute);
  subscribers
    .command('pause <address>')
    .description('send a reader nothing before a date of theirs')
    .requiredOption('--until <date>', 'such as 2026-12-24')
    .action((address: string, options: { until: string }) =>
      execute('subscribers pause', { address, ...options }),
    );
  subscribers
    .command('resume <address>')
    .description('end the pause of a reader')
    .action((address: string) => execute('subscribers pause', { address }));
  subscribers
    .command('erase <address>')
    .description('erase a reader and everything kept of them; for good')
    .option('--yes', 'that you want it; without it you are told what goes')
    .action((address: string, options: { yes?: boolean }) =>
      execute('subscribers erase', { address, ...options }),
    );

  program
    .command('why <address> <date>')
    .description('why a reader did or did not get mail on a date of theirs, such as 2026-11-20')
    .action((address: string, date: string) => execute('why', { address, date }));
  addSuppressions(program, execute);
}

function addSuppressions(program: Command, execute: Execute): void {
  const suppressions = program
    .command('suppressions')
    .description('addresses that get no mail, and why');
  suppressions
    .command('list')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .description('the newest first; an address only where a subscriber still has it')
    .option('--reason <reason>', 'bounce, complaint, operator or left_elsewhere')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((options: Record<string, unknown>) => execute('suppressions list', pageOf(options)));
  suppressions
    .command('add <address>')
    .description('never mail an address again')
    .requiredOption('--reason <text>', 'why, for the record')
    .action((address: string, options: { reason: string }) =>
      execute('suppressions add', { address, ...options }),
    );
  suppressions
    .command('lift [address]')
    .description('let an address be mailed again, or all that an import kept as left elsewhere')
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--import <number>', 'all of this import, as its report names it', parseNumber)
    .action((address: string | undefined, options: { reason: string; import?: number }) =>
      execute('suppressions lift', { address, ...options }),
    );
}
