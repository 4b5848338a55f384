import type { Command } from 'commander';
import { addPaging, collect, pageOf, parseDays, parseNumber } from './arguments.ts';
import { addLibraryCommands } from './library.ts';
import type { Execute } from './run.ts';
import { addSubscriberFiles } from './subscriber-files.ts';

/** What the CLI knows of readers. */
export function addSubscriberCommands(program: Command, execute: Execute): void {
  const subscribers = program.command('subscribers').description('who reads');
  subscribers
    .command('add <address>')
    .description('subscribe someone who asked you to')
    .option('--field <id>', 'a ready-made field, such as robotics (may be repeated)', collect, [])
    .option('--topic <words>', 'what they follow (may be repeated)', collect, [])
    .option('--exclude <words>', 'what they never want to see (may be repeated)', collect, [])
    .option('--author <name>', 'whom they follow (may be repeated)', collect, [])
    .option('--days <days>', 'weekdays such as mon,thu or 1,4 (default: mon to fri)', parseDays)
    .option('--hour <hour>', 'by quarter hours, such as 07:15 (default: 07:00)')
    .option('--zone <zone>', 'time zone, such as Europe/Berlin (default: Etc/UTC)')
    .option('--papers <count>', 'at most so many papers a mail (default: 10)', parseNumber)
    .action(
      (
        address: string,
        options: Record<'field' | 'topic' | 'exclude' | 'author', string[]> &
          Record<string, unknown>,
      ) => {
        const { field, topic, author, ...rest } = options;
        const follows = { fields: field, topics: topic, authors: author };
        return execute('subscribers add', { address, ...follows, ...rest });
      },
    );
  addPaging(subscribers.command('list'), 'after')
    .description('who reads, oldest first')
    .option('--search <text>', 'whose address has these letters')
    .option('--csv', 'as CSV, as an import reads it')
    .action((options: Record<string, unknown>) => execute('subscribers list', pageOf(options)));

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
