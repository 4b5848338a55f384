import { z } from 'zod';
import { type Address, parseAddress } from '../core/reader/address.ts';
import { fields as allFields, findField } from '../core/reader/fields.ts';
import { hashAddress } from '../core/reader/keys.ts';
import { clockOf } from '../core/reader/schedule.ts';
import { emptyProfile, MOST_PAPERS, readerDefaults } from '../core/reader/subscription.ts';
import { canonicalZone, isZone } from '../core/reader/zones.ts';
import { tellAsCsv } from '../steps/readers/export.ts';
import { addSubscriber } from '../steps/readers/subscribe.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { tellNext } from './early.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { subscriber, suppressed } from './shapes/reader.ts';

const papersRange = `must be from 1 to ${MOST_PAPERS}`;

export const subscribersAdd = defineCommand({
  right: 'operate',
  args: z.object({
    address: z.string(),
    fields: z
      .array(
        z.string().refine(findField, `must be one of ${allFields.map(({ id }) => id).join(', ')}`),
      )
      .default([])
      .describe('Ready-made fields by their ids.'),
    topics: z.array(z.string().min(1)).default([]),
    exclude: z.array(z.string().min(1)).default([]),
    authors: z.array(z.string().min(1)).default([]),
    days: z
      .array(z.literal([1, 2, 3, 4, 5, 6, 7], 'must be weekdays from 1 (Monday) to 7'))
      .min(1)
      .default([...readerDefaults.days]),
    hour: z
      .string()
      .regex(/^([01]\d|2[0-3]):(00|15|30|45)$/, 'must be a quarter of an hour such as 07:15')
      .default('07:00'),
    zone: z
      .string()
      .refine(isZone, 'must be an IANA time zone such as Europe/Berlin')
      .transform(canonicalZone)
      .default('Etc/UTC'),
    papers: z
      .number()
      .int()
      .min(1, papersRange)
      .max(MOST_PAPERS, papersRange)
      .default(readerDefaults.papersPerDigest),
  }),
  answers: z.object({ id: z.int(), suppression: suppressed.nullable() }),
  async run(outside, args, { actor }) {
    const { fields, topics, exclude, authors, days, hour, zone, papers } = args;
    const minuteOfDay = Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));
    const address = parseAddress(args.address);
    if ((await findSuppression(outside, address))?.reason === 'left_elsewhere') {
      const words = `${args.address} left elsewhere, as a file said that was imported: only they can come back, by the form`;
      throw new CommandError(words, 'conflict');
    }
    const subscription = await addSubscriber(outside, {
      address,
      wishes: {
        profile: { ...emptyProfile, fields, topics, exclude, authors },
        papersPerDigest: papers,
        schedule: { days, minuteOfDay, zone },
      },
      actor,
    });
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
        `subscribed ${subscription.address}: ${hour} in ${zone}, up to ${papers} papers`,
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

function findSuppression({ store, keys }: Pick<Outside, 'store' | 'keys'>, address: Address) {
  return store.records.findSuppression(hashAddress(keys, address.key));
}

const list = 'subscribers';

export const subscribersList = defineCommand({
  right: 'look',
  args: z.object({
    search: z.string().max(254).default('').describe('Letters that the address has in it.'),
    after: rowId.optional(),
    ...pageArgs(list),
    csv: z.boolean().default(false),
  }),
  answers: pageOf(subscriber),
  async run({ store }, { search, after, limit, cursor, csv }) {
    const afterId = idAt(cursor, after) ?? 0;
    const found = await store.subscribers.search(search.trim(), { afterId, most: limit + 1 });
    const page = cutPage(found, { list, limit, placeOf: ({ id }) => [id] });
    if (csv) return { lines: [await tellAsCsv(page.items)], data: page };
    const rows = page.items.map(({ id, address, state, schedule, profile, isSample }) => [
      String(id),
      address,
      isSample ? `${state} (sample)` : state,
      `${clockOf(schedule.minuteOfDay)} ${schedule.zone}`,
      [...profile.fields, ...profile.topics].join(', '),
    ]);
    const none = search
      ? `No address has ${search} in it.`
      : 'There are no subscribers. Add one: paperround subscribers add name@example.org';
    const total = page.next ? await store.subscribers.countFound(search.trim()) : undefined;
    return {
      lines: [
        ...buildTable(['ID', 'ADDRESS', 'STATE', 'HOUR', 'FOLLOWS'], rows, none),
        ...tellMore(page, total),
      ],
      data: page,
    };
  },
});
