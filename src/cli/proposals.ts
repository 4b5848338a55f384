import type { Command } from 'commander';
import { pageOf, parseNumber } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of papers that readers propose. */
export function addProposalCommands(program: Command, execute: Execute): void {
  const proposals = program.command('proposals').description('papers that readers propose');
  proposals
    .command('list')
    .description('those that are shown, the newest first')
    .option('--reported', 'those that readers reported')
    .option('--state <state>', 'those in another state: asked, refused, taken or down')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((options: Record<string, unknown>) => execute('proposals list', pageOf(options)));
  addJudgements(proposals, execute);
  proposals
    .command('stopped')
    .description('readers who may not vote and propose')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((options: Record<string, unknown>) => execute('proposals stopped', pageOf(options)));
  proposals
    .command('let <address>')
    .description('let a reader who was stopped vote and propose again')
    .action((address: string) => execute('proposals let', { address }));
}

function addJudgements(proposals: Command, execute: Execute): void {
  proposals
    .command('take <id>')
    .description('into the draft, as three readers who want it would')
    .action((id: string) => execute('proposals take', { id: Number(id) }));
  proposals
    .command('leave <id>')
    .description('what was reported of it is settled: it stays')
    .action((id: string) => execute('proposals leave', { id: Number(id) }));
  const words = {
    down: 'show it to nobody any more',
    stop: 'keep whoever proposed it from voting and proposing; nothing of theirs is shown',
  } as const;
  for (const [name, description] of Object.entries(words) as [keyof typeof words, string][]) {
    proposals
      .command(`${name} <id>`)
      .description(description)
      .requiredOption('--reason <reason>', 'why: their reader reads it, and the audit keeps it')
      .action((id: string, { reason }: { reason: string }) =>
        execute(`proposals ${name}`, { id: Number(id), reason }),
      );
  }
}
