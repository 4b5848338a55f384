import { readFile } from 'node:fs/promises';
import { text as readText } from 'node:stream/consumers';
import type { Command } from 'commander';
import { addPaging, pageOf, parseNumber } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of what operators write to readers. */
export function addAnnouncementCommands(program: Command, execute: Execute): void {
  const announcements = program
    .command('announcements')
    .description('words of your own to readers, beside their digests');
  addPaging(announcements.command('list'), 'before')
    .description('the newest first')
    .action((options: Record<string, unknown>) => execute('announcements list', pageOf(options)));
  announcements
    .command('write <file>')
    .description(
      'keep a text in Markdown ("-" reads standard input) that is to go to readers; nobody gets it yet',
    )
    .requiredOption('--subject <subject>', 'its subject')
    .option('--field <field>', 'only to who reads a field')
    .option('--address <letters>', 'only to addresses with these letters in them')
    .option('--other', 'not about the service itself: only to readers who asked for such')
    .option('--id <id>', 'change this one, which was not sent yet', parseNumber)
    .action((file: string, options: Record<string, unknown>) =>
      execute('announcements write', async () => ({ ...options, body: await readBody(file) })),
    );
  announcements
    .command('show <id>')
    .description('one with its words, how many it would go to, and what became of it')
    .action((id: string) => execute('announcements show', { id: Number(id) }));
  announcements
    .command('preview <id>')
    .description('the mail as a reader gets it')
    .option('--format <format>', 'text or html', 'text')
    .action((id: string, options: { format: string }) =>
      execute('announcements preview', { id: Number(id), ...options }),
    );
  announcements
    .command('send <id>')
    .description('send one to its readers, whatever their days; says first how many they are')
    .option('--yes', 'yes, to them')
    .option('--readers <count>', 'yes, if they are so many', parseNumber)
    .action((id: string, options: { yes?: boolean; readers?: number }) =>
      execute('announcements send', { id: Number(id), ...options }),
    );
  announcements
    .command('discard <id>')
    .description('put one aside that was not sent')
    .action((id: string) => execute('announcements discard', { id: Number(id) }));
}

function readBody(file: string): Promise<string> {
  return file === '-' ? readText(process.stdin) : readFile(file, 'utf8');
}
