import { z } from 'zod';
import { type Address, parseAddress } from '../core/reader/address.ts';
import { hashAddress } from '../core/reader/keys.ts';
import { clockOf, isZone } from '../core/reader/schedule.ts';
import { emptyProfile, MOST_PAPERS, readerDefaults } from '../core/reader/subscription.ts';
import { addSubscriber } from '../steps/readers/subscribe.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

export const subscribersAdd = defineCommand({
  args: z.object({
    address: z.string(),
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
      .default('Etc/UTC'),
    papers: z
      .number()
      .int()
      .refine((count) => count >= 1 && count <= MOST_PAPERS, `must be from 1 to ${MOST_PAPERS}`)
      .default(readerDefaults.papersPerDigest),
  }),
  async run(outside, args, { actor }) {
    const { topics, exclude, authors, days, hour, zone, papers } = args;
    const minuteOfDay = Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3));
    const subscription = await addSubscriber(outside, {
      address: parseAddress(args.address),
      wishes: {
        profile: { ...emptyProfile, topics, exclude, authors },
        papersPerDigest: papers,
        schedule: { days, minuteOfDay, zone },
      },
      actor,
    });
    if (!subscription) throw new CommandError(`${args.address} is subscribed already`);
    const suppression = await findSuppression(outside, parseAddress(args.address));
    return {
      lines: [
        `subscribed ${subscription.address}: ${hour} in ${zone}, up to ${papers} papers`,
        suppression
          ? `but nothing is sent to it: it is suppressed since ${suppression.at.toISOString().slice(0, 10)} (${suppression.reason}). If its owner asked for mail: paperround suppressions lift ${subscription.address} --reason "…"`
          : 'send what is there without waiting for the hour: paperround deliveries run --everyone',
      ],
      data: { id: subscription.id, suppression: suppression ?? null },
    };
  },
});

function findSuppression({ store, keys }: Pick<Outside, 'store' | 'keys'>, address: Address) {
  return store.records.findSuppression(hashAddress(keys, address.key));
}

export const subscribersList = defineCommand({
  args: z.object({
    after: z.number().int().default(0),
    most: z
      .number()
      .int()
      .refine((count) => count >= 1 && count <= 1000, 'must be from 1 to 1000')
      .default(100),
  }),
  async run({ store }, { after, most }) {
    const subscriptions = await store.subscribers.list({ afterId: after, most });
    const rows = subscriptions.map(({ id, address, state, schedule, profile, isSample }) => [
      String(id),
      address,
      isSample ? `${state} (sample)` : state,
      `${clockOf(schedule.minuteOfDay)} ${schedule.zone}`,
      profile.topics.join(', '),
    ]);
    const none = 'There are no subscribers. Add one: paperround subscribers add name@example.org';
    return {
      lines: buildTable(['ID', 'ADDRESS', 'STATE', 'HOUR', 'TOPICS'], rows, none),
      data: subscriptions,
    };
  },
});
