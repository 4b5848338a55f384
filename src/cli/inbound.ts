import type { Command } from 'commander';
import { addPaging, pageOf } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of what came back. */
export function addInboundCommands(program: Command, execute: Execute): void {
  const inbound = program.command('inbound').description('what came back and waits for a person');
  addPaging(inbound.command('list'), 'after')
    .description('what was not understood, and what people wrote that was not forwarded')
    .option('--verdict <verdict>', 'all of one kind instead, such as bounce or auto_reply')
    .action((options: Record<string, unknown>) => execute('inbound list', pageOf(options)));
  inbound
    .command('show <id>')
    .description('one of them')
    .option('--raw', 'byte for byte')
    .action((id: string, options: { raw?: boolean }) =>
      execute('inbound show', { id: Number(id), ...options }),
    );
  inbound
    .command('done <id>')
    .description('you have looked at it: it may go with its age')
    .action((id: string) => execute('inbound done', { id: Number(id) }));
}
