import { z } from 'zod';
import { parseAddress } from '../core/reader/address.ts';
import { tellConsent } from '../core/reader/consent-words.ts';
import { hashAddress } from '../core/reader/keys.ts';
import { clockOf } from '../core/reader/schedule.ts';
import { isPaused, type Subscription } from '../core/reader/subscription.ts';
import { countOf } from '../core/text/words.ts';
import { languages } from '../core/words/languages.ts';
import { pauseReader } from '../steps/desk/readers.ts';
import { eraseReader, exportReader } from '../steps/readers/private.ts';
import type { Outside } from '../steps/steps.ts';
import { recordChange } from './audit.ts';
import { CommandError, defineCommand } from './command.ts';
import { showTime } from './feed-show.ts';
import { suppressed as suppressedShape, wholeSubscriber } from './shapes/reader.ts';
import { date } from './shapes/shape.ts';

const args = z.object({
  address: z.string().describe('The address, or the number of the subscription.'),
});

export const subscribersShow = defineCommand({
  right: 'look',
  args,
  answers: z.union([wholeSubscriber, z.object({ suppression: suppressedShape })]),
  async run(outside, { address: asked }) {
    const { store, keys } = outside;
    const found = await lookFor(outside, asked);
    const { key, address } = parseAddress(found?.address ?? asked);
    const suppression = await store.records.findSuppression(hashAddress(keys, key));
    const suppressed = suppression
      ? [
          `Suppressed since ${showTime(suppression.at)} (${suppression.reason}): no digest is sent to it.`,
        ]
      : [];
    const reader = found;
    if (!reader) {
      if (!suppression) throw new CommandError(`${address} has no subscription`, 'missing');
      return { lines: suppressed, data: { suppression } };
    }
    const consents = await store.consents.listOfSubscriber(reader.subscriberId);
    const dates = await store.rounds.listOfSubscription(reader.id);
    const { schedule, profile, papersPerDigest } = reader;
    const lines = [
      `${reader.address}: ${tellState(reader, outside.now())}`,
      ...suppressed,
      `Days ${schedule.days.join(', ')} at ${clockOf(schedule.minuteOfDay)}, ${schedule.zone}; up to ${countOf(papersPerDigest, 'paper')}`,
      `Follows: ${[...profile.fields, ...profile.topics, ...profile.authors].join(', ') || 'the leading papers'}`,
      `Never: ${profile.exclude.join(', ') || 'nothing excluded'}`,
      ...(profile.language ? [`Language: ${languages[profile.language].name}`] : []),
      'Consent:',
      ...consents
        .map(tellConsent)
        .flatMap(({ said, words }) => [`  ${said}`, ...(words ? [`  ${words}`] : [])]),
      `Due so far: ${countOf(dates.length, 'date')}${dates[0] ? `, the last on ${dates[0].localDate}` : ''}`,
    ];
    return { lines, data: { ...reader, suppression: suppression ?? null, consents, dates } };
  },
});

export const subscribersExport = defineCommand({
  right: 'operate',
  args,
  answers: z.record(z.string(), z.unknown()),
  async run(outside, { address }, { actor }) {
    const reader = await findReader(outside, address);
    const data = await exportReader(outside, reader.id);
    if (!data) throw new CommandError(`${address} has no subscription`, 'missing');
    await recordChange(outside, { actor, action: 'export', subject: `subscription ${reader.id}` });
    return { lines: [JSON.stringify(data, null, 2)], data };
  },
});

export const subscribersErase = defineCommand({
  right: 'operate',
  args: args.extend({
    yes: z.boolean().default(false).describe('That you want it: it is for good.'),
  }),
  answers: z.object({ erased: z.boolean() }),
  async run(outside, { address, yes }, { actor }) {
    const reader = await findReader(outside, address);
    if (!yes) {
      throw new CommandError(
        `this erases ${reader.address} (${tellState(reader, outside.now())}) with their digests, votes, library and consent, for good; "paperround subscribers export ${reader.address}" shows what is kept. With --yes it is done`,
        'conflict',
      );
    }
    await eraseReader(outside, reader.id, actor);
    return {
      lines: [
        `erased ${address} with everything kept of it; a suppression, if any, stays as its hash`,
      ],
      data: { erased: true },
    };
  },
});

export const subscribersPause = defineCommand({
  right: 'operate',
  args: args.extend({ until: z.iso.date('must be a date such as 2026-12-24').optional() }),
  answers: z.object({ id: z.int(), until: date.nullable() }),
  async run(outside, { address, until = null }, { actor }) {
    const reader = await findReader(outside, address);
    if (!(await pauseReader(outside, { subscriptionId: reader.id, until, actor }))) {
      throw new CommandError(`${address} is not subscribed: there is nothing to pause`, 'conflict');
    }
    const line = until ? `${address} gets nothing before ${until}.` : `${address} is not paused.`;
    return { lines: [line], data: { id: reader.id, until } };
  },
});

/** The reader that an address or a number names. Throws CommandError where there is none. */
export async function findReader(outside: Pick<Outside, 'store'>, asked: string) {
  const reader = await lookFor(outside, asked);
  if (!reader) throw new CommandError(`${asked} has no subscription`, 'missing');
  return reader;
}

/** By the number of the subscription or by the address. */
function lookFor({ store }: Pick<Outside, 'store'>, asked: string) {
  return /^\d{1,15}$/.test(asked)
    ? store.subscribers.find(Number(asked))
    : store.subscribers.findByAddress(parseAddress(asked).key);
}

function tellState(reader: Subscription, now: Date): string {
  const { state, confirmedAt, endedAt, endReason, pausedUntil } = reader;
  switch (state) {
    case 'active': {
      const pause = isPaused(reader, now) ? `, paused until ${pausedUntil}` : '';
      return `active since ${confirmedAt ? showTime(confirmedAt) : 'unknown'}${pause}`;
    }
    case 'ended':
      return `left on ${endedAt ? showTime(endedAt) : 'unknown'}, by ${endReason ?? 'unknown'}`;
    default:
      return 'waits for its confirmation';
  }
}
