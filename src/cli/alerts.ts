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
  alerts
    .command('show <address>')
    .description('a reader’s address for alerts')
    .action((address: string) => execute('alerts show', { address }));
  alerts
    .command('make <address>')
    .description('make a reader’s address for alerts, or another in its place')
    .action((address: string) => execute('alerts make', { address }));
  alerts
    .command('end <address>')
    .description('end it')
    .action((address: string) => execute('alerts end', { address }));
  alerts
    .command('unread')
    .description('alert mails that nobody could read, by who sends them')
    .action(() => execute('alerts unread', {}));
}
