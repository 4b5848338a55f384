import type { Command } from 'commander';
import { addPaging, pageOf, parseNumber } from './arguments.ts';
import { askPassword } from './password-prompt.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of the operator's desk: who may do what, and what was done. */
export function addDeskCommands(program: Command, execute: Execute): void {
  program
    .command('today')
    .description('the morning on one screen; ends with 1 where a person is needed')
    .action(() => execute('today', {}));
  program
    .command('evaluate')
    .description("how well last week's model would have ranked what your readers liked; reads only")
    .option(
      '--weeks <count>',
      'the last so many weeks, each by the model before it',
      parseNumber,
      4,
    )
    .action((options: { weeks: number }) => execute('evaluate', options));
  addOperatorCommands(program, execute);
  addPaging(program.command('audit'), 'before')
    .description('what was changed, by whom and when; the newest first')
    .option('--actor <actor>', 'by one, such as operator:ada or cli')
    .option('--action <action>', 'of one kind, such as resend')
    .option('--subject <subject>', 'of one thing, such as "delivery 12"')
    .action((options: Record<string, unknown>) => execute('audit', pageOf(options)));
}

interface Rights {
  readonly role: string;
  readonly resendAll?: boolean;
}

function addOperatorCommands(program: Command, execute: Execute): void {
  const operators = program
    .command('operators')
    .description('who may sign in at /admin, and what they may do there');
  operators
    .command('add <name>')
    .description('make an operator; the password is asked for, or read from standard input')
    .option('--role <role>', 'look or operate', 'operate')
    .option('--resend-all', 'they may send an edition to everyone once more')
    .option('--address <address>', 'where to reach them')
    .action((name: string, options: Rights & { address?: string }) =>
      execute('operators add', async () => ({ name, ...options, password: await askPassword() })),
    );
  operators
    .command('list')
    .description('who may sign in')
    .action(() => execute('operators list', {}));
  operators
    .command('password <name>')
    .description('give an operator a new password, which signs them out everywhere')
    .action((name: string) =>
      execute('operators password', async () => ({ name, password: await askPassword() })),
    );
  operators
    .command('role <name> <role>')
    .description('change what an operator may do, at once: look or operate')
    .option('--resend-all', 'they may send an edition to everyone once more')
    .action((name: string, role: string, { resendAll }: { resendAll?: boolean }) =>
      execute('operators role', { name, role, resendAll }),
    );
  operators
    .command('remove <name>')
    .description('remove an operator with their sessions and keys')
    .action((name: string) => execute('operators remove', { name }));
  operators
    .command('sign-out <name>')
    .description('end every session of an operator')
    .action((name: string) => execute('operators sign-out', { name }));
  const factor = operators
    .command('factor')
    .description('the second factor of an operator: an app for codes, and passkeys');
  factor
    .command('add <name>')
    .description('give an operator an app; the secret and recovery codes are shown once')
    .action((name: string) => execute('operators factor add', { name }));
  factor
    .command('remove <name>')
    .description('take all of it off from who lost it, and sign them out everywhere')
    .action((name: string) => execute('operators factor remove', { name }));
  addKeyCommands(operators, execute);
}

function addKeyCommands(operators: Command, execute: Execute): void {
  const key = operators.command('key').description('keys by which scripts use /api/v1');
  key
    .command('add <key>')
    .description('make a key that acts for an operator; it is shown once')
    .requiredOption('--operator <name>', 'for whom it acts')
    .option('--role <role>', 'look or operate, and never more than the operator may', 'look')
    .action((name: string, options: { operator: string; role: string }) =>
      execute('operators key add', { key: name, ...options }),
    );
  key
    .command('list')
    .description('the keys, without what they say')
    .action(() => execute('operators key list', {}));
  key
    .command('revoke <key>')
    .description('end a key at once')
    .action((name: string) => execute('operators key revoke', { key: name }));
}
