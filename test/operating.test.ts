import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addChannelCommands } from '../src/cli/channels.ts';
import { addDeliveryCommands } from '../src/cli/deliveries.ts';
import { addDeskCommands } from '../src/cli/desk.ts';
import { addDoctor } from '../src/cli/doctor.ts';
import { addEditionCommands } from '../src/cli/editions.ts';
import { addFeedCommands } from '../src/cli/feeds.ts';
import { addInboundCommands } from '../src/cli/inbound.ts';
import { addProcessCommands } from '../src/cli/processes.ts';
import { addSubscriberCommands } from '../src/cli/subscribers.ts';
import { addWarmUpCommands } from '../src/cli/warm-up.ts';
import { addWebhookCommands } from '../src/cli/webhooks.ts';

const page = readFileSync('docs/operating.md', 'utf8');

describe('docs/operating.md', () => {
  it('names only commands and options that there are', () => {
    const program = new Command('paperround').option('--json');
    const none = async () => {};
    addProcessCommands(program, none);
    addDoctor(program);
    for (const add of [
      addFeedCommands,
      addEditionCommands,
      addDeliveryCommands,
      addSubscriberCommands,
      addInboundCommands,
      addDeskCommands,
      addWarmUpCommands,
      addChannelCommands,
      addWebhookCommands,
    ]) {
      add(program, none);
    }
    const named = [...page.matchAll(/`paperround\s([^`]+)`/g)].map(([, text = '']) =>
      text.split(/\s+/).filter((word) => word !== '--json'),
    );
    expect(named.length).toBeGreaterThan(25);
    for (const words of named) {
      let command: Command = program;
      for (const word of words) {
        const next = command.commands.find((each) => each.name() === word);
        if (next) command = next;
        else if (word.startsWith('--')) {
          expect([words, command.options.map(({ long }) => long)]).toEqual([
            words,
            expect.arrayContaining([word]),
          ]);
        }
      }
      // A group alone does nothing.
      expect([words, command !== program && command.commands.length === 0]).toEqual([words, true]);
    }
  });

  it('has every place that it and the alert rules lead to', () => {
    const places = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    const alerts =
      'no-edition feed-broken nothing-accepted deliveries-overdue in-doubt paused ledger-alarm no-worker queue-silent held disk bounces';
    expect(places).toEqual(expect.arrayContaining([...links, ...alerts.split(' ')]));
  });
});
