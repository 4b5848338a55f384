import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Execute } from './run.ts';

/** What the CLI knows of alert mails. */
export function addAlertCommands(program: Command, execute: Execute): void {
  const alerts = program.command('alerts').description('alert mails of other services');
  alerts
    .command('read <file>')
    .description('which papers an alert mail names, saved as .eml; nothing is kept')
    .action((file: string) => execute('alerts read', { file: resolve(file) }));
}
