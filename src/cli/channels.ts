import type { Command } from 'commander';
import { serviceNames } from '../core/channels/place.ts';
import { pageOf, parseNumber, readSource } from './arguments.ts';
import type { Execute } from './run.ts';
import { addWishes, type WishOptions, wishesOf } from './wishes.ts';

type AddOptions = WishOptions & { readonly keyFile?: string };

/** What the CLI knows of channels of a team that editions are posted to. */
export function addChannelCommands(program: Command, execute: Execute): void {
  const channels = program
    .command('channels')
    .description('channels of a team that editions are posted to, see docs/channels.md');
  addWishes(channels.command('add <name> <service> <address>'))
    .description(`post editions to one of ${serviceNames.join(', ')}; "-" reads its address`)
    .option('--user <user>', 'zulip: the mail address of the bot that posts')
    .option('--key-file <file>', 'zulip: the key of the bot; matrix: the token ("-": typed in)')
    .option('--room <room>', 'zulip: the channel; matrix: the id of the room')
    .option('--topic-name <topic>', 'zulip: the topic')
    .action((name: string, service: string, address: string, options: AddOptions) =>
      execute('channels add', () => readAdded({ name, service, address }, options)),
    );
  addWishes(channels.command('change <name>'))
    .description('change what a channel is brought, and when')
    .action((name: string, options: WishOptions) =>
      execute('channels change', { name, ...wishesOf(options) }),
    );
  channels
    .command('list')
    .description('which channels are posted to, and how it goes')
    .action(() => execute('channels list', {}));
  channels
    .command('log <name>')
    .description('what was posted there, and the last answer; the newest first')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((name: string, options: Record<string, unknown>) =>
      execute('channels log', { name, ...pageOf(options) }),
    );
  channels
    .command('why <name> <date>')
    .description('why a date of its brought a channel something or nothing, such as 2026-11-20')
    .action((name: string, date: string) => execute('channels why', { name, date }));
  channels
    .command('resend <name> [edition]')
    .description('post an edition once more: one that failed')
    .option('--copies', 'also one that stands there, or of which nobody knows')
    .action((name: string, edition: string | undefined, options: { copies?: boolean }) =>
      execute('channels resend', { name, edition, ...options }),
    );
  const named = [
    ['test', 'post a test now; ends with 1 where it is not taken'],
    ['pause', 'post nothing there'],
    ['resume', 'let it go on'],
    ['remove', 'remove it, with its address'],
  ] as const;
  for (const [verb, description] of named) {
    channels
      .command(`${verb} <name>`)
      .description(description)
      .action((name: string) => execute(`channels ${verb}`, { name }));
  }
}

/** Keys come from a file: what stands on a command line is seen by everybody on the machine. */
async function readAdded(
  { address, ...named }: { name: string; service: string; address: string },
  { keyFile, user, room, topicName, ...options }: AddOptions,
): Promise<Record<string, unknown>> {
  const url = address === '-' ? (await readSource(address)).trim() : address;
  const key = keyFile === undefined ? {} : { key: (await readSource(keyFile)).trim() };
  return { ...named, url, ...key, user, room, topic: topicName, ...wishesOf(options) };
}
