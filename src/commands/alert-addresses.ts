import { z } from 'zod';
import { countOf } from '../core/text/words.ts';
import { endAlertAddress, findAlertAddress, openAlertAddress } from '../steps/alerts/address.ts';
import type { Outside } from '../steps/steps.ts';
import { CommandError, defineCommand } from './command.ts';
import { count } from './shapes/shape.ts';
import { findReader } from './subscriber.ts';

const reader = z.object({
  address: z.string().describe('The address, or the number of the subscription.'),
});
const answers = z.object({ alertAddress: z.string().nullable(), mails: count });

/** A reader's address for alerts, and how many mails came to it of late; nothing of what they say. */
export const alertsShow = defineCommand({
  right: 'operate',
  args: reader,
  answers,
  run: async (outside, { address }) => tell(outside, address),
});

/** Makes a reader's address for alerts, or another in its place. */
export const alertsMake = defineCommand({
  right: 'operate',
  args: reader,
  answers,
  async run(outside, { address }, { actor }) {
    const { subscriberId, state } = await findReader(outside, address);
    if (!outside.config.inbound.domain) {
      throw new CommandError('INBOUND_DOMAIN is not set: no mail comes in here', 'conflict');
    }
    if (state !== 'active') throw new CommandError(`${address} is not subscribed`, 'conflict');
    await openAlertAddress(outside, { subscriberId, actor });
    return tell(outside, address);
  },
});

/** Ends a reader's address for alerts. */
export const alertsEnd = defineCommand({
  right: 'operate',
  args: reader,
  answers,
  async run(outside, { address }, { actor }) {
    const { subscriberId } = await findReader(outside, address);
    if (!(await endAlertAddress(outside, { subscriberId, actor }))) {
      throw new CommandError(`${address} has no address for alerts`, 'missing');
    }
    return tell(outside, address);
  },
});

async function tell(outside: Pick<Outside, 'store' | 'config' | 'now'>, address: string) {
  const { subscriberId } = await findReader(outside, address);
  const alertAddress = (await findAlertAddress(outside, subscriberId)) ?? null;
  const mails = (await outside.store.alertMails.list(subscriberId, 1_000)).length;
  const has = alertAddress ?? 'no address for alerts';
  return {
    lines: [`${address} has ${has}; ${countOf(mails, 'mail')} came of late.`],
    data: { alertAddress, mails },
  };
}

/** Alert mails that nobody could read, by who sends them: a template that changed shows here. */
export const alertsUnread = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({
    unread: z.array(
      z.object({
        sender: z.string().describe('The domain in From.'),
        kind: z.string().nullable().describe('The kind that it says to be; null for none known.'),
        mails: count,
        readers: count,
      }),
    ),
  }),
  async run({ store }) {
    const unread = await store.alertMails.countUnread();
    const lines = unread.map(
      ({ sender, kind, mails, readers }) =>
        `${sender || 'no sender'}${kind ? ` (${kind})` : ''}: ${countOf(mails, 'mail')} of ${countOf(readers, 'reader')}`,
    );
    return { lines: lines.length > 0 ? lines : ['Every alert mail was read.'], data: { unread } };
  },
});
