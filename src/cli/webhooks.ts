import type { Command } from 'commander';
import { pageOf, parseNumber } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of who else is told what happens. */
export function addWebhookCommands(program: Command, execute: Execute): void {
  const webhooks = program
    .command('webhooks')
    .description('addresses elsewhere that are told what happens, see docs/webhooks.md');
  webhooks
    .command('add <name> <url>')
    .description('tell an address what happens from now on; its secret is shown once')
    .option('--events <events>', 'these alone, such as subscribed,left (else all)')
    .option('--addresses', 'name readers by their address, too')
    .action((name: string, url: string, options: { events?: string; addresses?: boolean }) =>
      execute('webhooks add', { name, url, ...readOptions(options) }),
    );
  webhooks
    .command('list')
    .description('who is told what, and how it goes')
    .action(() => execute('webhooks list', {}));
  webhooks
    .command('log [name]')
    .description('what was told when, and every answer; the newest first')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((name: string | undefined, options: Record<string, unknown>) =>
      execute('webhooks log', { name, ...pageOf(options) }),
    );
  webhooks
    .command('resend <batch>')
    .description('send a batch of the log now, again under the same key')
    .action((batch: string) => execute('webhooks resend', { batch: Number(batch) }));
  webhooks
    .command('on <name>')
    .description('let a webhook that is off go on where it stood')
    .option('--from-now', 'tell nobody what happened meanwhile')
    .action((name: string, options: { fromNow?: boolean }) =>
      execute('webhooks on', { name, ...options }),
    );
  const named = [
    ['test', 'send a signed batch without events now; ends with 1 where it is not taken'],
    ['skip', 'tell the batch that waits to nobody, so that what came after it goes on'],
    ['off', 'tell a webhook nothing; its place is kept'],
    ['secret', 'give it a new secret, shown once; the old one signs, too, for a day'],
    ['remove', 'remove a webhook with its log'],
  ] as const;
  for (const [verb, description] of named) {
    webhooks
      .command(`${verb} <name>`)
      .description(description)
      .action((name: string) => execute(`webhooks ${verb}`, { name }));
  }
}

function readOptions({ events, addresses }: { events?: string; addresses?: boolean }) {
  return {
    ...(events === undefined ? {} : { events: events.split(',').map((each) => each.trim()) }),
    ...(addresses ? { withAddresses: true } : {}),
  };
}
