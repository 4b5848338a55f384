import type { Command } from 'commander';
import type { Execute } from './run.ts';

/** What the CLI knows of the warm-up of a new domain or relay. */
export function addWarmUpCommands(program: Command, execute: Execute): void {
  const warmUp = program
    .command('warm-up')
    .description('daily ceilings while a domain or a relay is new to providers');
  warmUp
    .command('start')
    .description('from the next round on no provider gets more than its ceiling of the day')
    .option('--stage <number>', 'begin later, where the domain sends some mail already', Number)
    .action((options: Record<string, unknown>) => execute('warm-up start', options));
  warmUp
    .command('stop')
    .description('nobody waits for a turn any more')
    .action(() => execute('warm-up stop', {}));
  warmUp
    .command('show')
    .description('how it stands by provider, and the schedule')
    .action(() => execute('warm-up show', {}));
}
