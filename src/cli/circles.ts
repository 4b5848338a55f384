import type { Command } from 'commander';
import { pageOf, parseNumber, readSource } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of readers who read together. */
export function addCircleCommands(program: Command, execute: Execute): void {
  const circles = program.command('circles').description('readers who read together');
  circles
    .command('list')
    .description('how many are in each, and how much they say; nothing of what')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((options: Record<string, unknown>) => execute('circles list', pageOf(options)));
  circles
    .command('make <name> <file>')
    .description(
      'make one for a department: a file with an address a line ("-" reads standard input)',
    )
    .action((name: string, file: string) =>
      execute('circles make', async () => ({ name, addresses: await readSource(file) })),
    );
  circles
    .command('close <id>')
    .description('close one; its members read it for two more weeks')
    .requiredOption('--reason <reason>', 'why: the audit keeps it')
    .action((id: string, { reason }: { reason: string }) =>
      execute('circles close', { id: Number(id), reason }),
    );
}
