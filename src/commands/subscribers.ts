import { z } from 'zod';
import { type Address, parseAddress } from '../core/reader/address.ts';
import { hashAddress } from '../core/reader/keys.ts';
import { clockOf } from '../core/reader/schedule.ts';
import { readerStandings } from '../core/reader/standing.ts';
import { freshWishes, type Wishes } from '../core/reader/subscription.ts';
import { countOf } from '../core/text/words.ts';
import { tellAsCsv } from '../steps/readers/export.ts';
import { mailLink } from '../steps/readers/mail-link.ts';
import { countReaders, searchReaders } from '../steps/readers/standing.ts';
import { addSubscriber, changeWishes } from '../steps/readers/subscribe.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { tellNext } from './early.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { standingSubscriber, subscriber, suppressed } from './shapes/reader.ts';
import { findReader } from './subscriber.ts';
import { mergeWishes, someWishes } from './wishes.ts';

export const subscribersAdd = defineCommand({
  right: 'operate',
  args: z.object({ address: z.string(), ...someWishes.shape }),
  answers: z.object({ id: z.int(), suppression: suppressed.nullable() }),
  async run(outside, args, { actor }) {
    const wishes = mergeWishes(freshWishes, args);
    const address = parseAddress(args.address);
    if ((await findSuppression(outside, address))?.reason === 'left_elsewhere') {
      const words = `${args.address} left elsewhere, as a file said that was imported: only they can come back, by the form`;
      throw new CommandError(words, 'conflict');
    }
    const subscription = await addSubscriber(outside, { address, wishes, actor });
    if (!subscription) {
      throw new CommandError(`${args.address} is subscribed already`, 'conflict');
    }
    const suppression = await findSuppression(outside, address);
    const hint =
      outside.config.mode === 'sandbox'
        ? [`without waiting for it: paperround deliveries run --to ${subscription.address}`]
        : [];
    return {
      lines: [
        `subscribed ${subscription.address}: ${tellTimes(wishes)}`,
        ...(suppression
          ? [
              `but nothing is sent to it: it is suppressed since ${suppression.at.toISOString().slice(0, 10)} (${suppression.reason}). If its owner asked for mail: paperround suppressions lift ${subscription.address} --reason "…"`,
            ]
          : [await tellNext(outside, subscription), ...hint]),
      ],
      data: { id: subscription.id, suppression: suppression ?? null },
    };
  },
});

/** `07:00 in Etc/UTC, up to 10 papers`. */
function tellTimes({ schedule, papersPerDigest }: Wishes): string {
  const { minuteOfDay, zone } = schedule;
  return `${clockOf(minuteOfDay)} in ${zone}, up to ${countOf(papersPerDigest, 'paper')}`;
}

export const subscribersChange = defineCommand({
  right: 'operate',
  args: z.object({
    address: z.string().describe('The address, or the number of the subscription.'),
    ...someWishes.shape,
  }),
  answers: subscriber,
  async run(outside, { address, ...said }, { actor }) {
    const reader = await findReader(outside, address);
    const wishes = mergeWishes(reader, said);
    const { pausedUntil } = reader;
    if (!(await changeWishes(outside, reader.id, { ...wishes, pausedUntil, actor }))) {
      throw new CommandError(`${reader.address} is not subscribed`, 'conflict');
    }
    const line = `changed ${reader.address}: ${tellTimes(wishes)}`;
    const { announcements } = reader;
    return { lines: [line], data: { ...reader, ...wishes, announcements } };
  },
});

export const subscribersLink = defineCommand({
  right: 'operate',
  args: z.object({
    address: z.string().describe('The address, or the number of the subscription.'),
  }),
  answers: z.object({ id: z.int() }),
  async run(outside, { address }, { actor }) {
    const reader = await findReader(outside, address);
    if (reader.state !== 'active') {
      throw new CommandError(`${reader.address} is not subscribed: there is nothing to change`);
    }
    const suppression = await findSuppression(outside, parseAddress(reader.address));
    if (suppression) {
      const words = `nothing is sent to ${reader.address}: it is suppressed (${suppression.reason})`;
      throw new CommandError(words, 'conflict');
    }
    const seconds = await mailLink(outside, reader, actor);
    if (seconds !== undefined) {
      const words = `${reader.address} got as many such mails today as it may (FORM_MAILS_PER_ADDRESS)`;
      throw new CommandError(words, 'conflict');
    }
    const line = `the link to their preferences goes to ${reader.address}`;
    return { lines: [line], data: { id: reader.id } };
  },
});

function findSuppression({ store, keys }: Pick<Outside, 'store' | 'keys'>, address: Address) {
  return store.records.findSuppression(hashAddress(keys, address.key));
}

const list = 'subscribers';

export const subscribersList = defineCommand({
  right: 'look',
  args: z.object({
    search: z.string().max(254).default('').describe('Letters that the address has in it.'),
    standing: z.enum(readerStandings).optional().describe('How they stand to the mail.'),
    after: rowId.optional(),
    ...pageArgs(list),
    csv: z.boolean().default(false),
  }),
  answers: pageOf(standingSubscriber),
  async run(outside, { search, standing = null, after, limit, cursor, csv }) {
    const afterId = idAt(cursor, after) ?? 0;
    const asked = { part: search.trim(), standing };
    const found = await searchReaders(outside, asked, { afterId, most: limit + 1 });
    const page = cutPage(found, { list, limit, placeOf: ({ id }) => [id] });
    if (csv) return { lines: [await tellAsCsv(page.items)], data: page };
    const rows = page.items.map(({ id, address, schedule, profile, isSample, ...reader }) => [
      String(id),
      address,
      isSample ? `${reader.standing} (sample)` : reader.standing,
      `${clockOf(schedule.minuteOfDay)} ${schedule.zone}`,
      [...profile.fields, ...profile.topics].join(', '),
    ]);
    const none =
      search || standing
        ? `There is no such reader${search ? ` whose address has ${search} in it` : ''}.`
        : 'There are no subscribers. Add one: paperround subscribers add name@example.org';
    const total = page.next ? await countReaders(outside, asked) : undefined;
    return {
      lines: [
        ...buildTable(['ID', 'ADDRESS', 'STATE', 'HOUR', 'FOLLOWS'], rows, none),
        ...tellMore(page, total),
      ],
      data: page,
    };
  },
});
