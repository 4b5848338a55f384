import { z } from 'zod';
import { tellCount } from '../core/desk/counted.ts';
import { tellStandstill } from '../core/letter/standstill.ts';
import { countOf } from '../core/text/words.ts';
import { readHealth } from '../steps/deliveries/health.ts';
import {
  cancelSending,
  countCancellable,
  pauseSending,
  resumeSending,
} from '../steps/deliveries/pause.ts';
import { listRelays } from '../steps/deliveries/relays.ts';
import { resolveDoubt } from '../steps/deliveries/resolve.ts';
import { reviewRefused } from '../steps/deliveries/review.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import {
  doubt,
  heldSuppression,
  pause,
  slowdownCount,
  stateCount,
  usedRelay,
} from './shapes/delivery.ts';
import { health as healthShape, inboundCount } from './shapes/desk.ts';
import { boundedCount, count as countShape } from './shapes/shape.ts';

const what = z.string().min(1);

export const deliveriesPause = defineCommand({
  right: 'operate',
  args: z.object({ what, reason: z.string().default('by hand') }),
  answers: z.object({ isNew: z.boolean() }),
  async run(outside, order, { actor }) {
    const isNew = await pauseSending(outside, { ...order, actor });
    const line = isNew
      ? `${order.what} is paused: no message begins until "paperround deliveries resume ${order.what}".`
      : `${order.what} was paused already.`;
    return { lines: [line], data: { isNew } };
  },
});

export const deliveriesResume = defineCommand({
  right: 'operate',
  args: z.object({ what }),
  answers: z.object({ isEnded: z.boolean() }),
  async run(outside, order, { actor }) {
    const isEnded = await resumeSending(outside, { ...order, actor });
    const others = await outside.store.pauses.listActive();
    const lines = [
      isEnded ? `${order.what} goes on.` : `${order.what} was not paused.`,
      ...others.map((pause) => `Still: ${tellStandstill(pause)}`),
    ];
    return { lines, data: { isEnded } };
  },
});

export const deliveriesCancel = defineCommand({
  right: 'operate',
  args: z.object({
    what,
    yes: z.boolean().default(false).describe('That you want it: counts are told without it.'),
  }),
  answers: z.object({ cancelled: countShape }),
  async run(outside, { yes, ...order }, { actor }) {
    if (!yes) {
      const waiting = await countCancellable(outside, order.what);
      const later = order.what === 'all' ? '' : ', and all that would still be composed of it';
      throw new CommandError(
        `this would cancel ${waiting === 1 ? '1 delivery' : `${tellCount(waiting)} deliveries`} of ${order.what}${later}: their readers get none of it. With --yes it is done`,
        'conflict',
      );
    }
    const cancelled = await cancelSending(outside, { ...order, actor });
    const later = order.what === 'all' ? '' : ', and what would still be composed of it';
    const count = cancelled === 1 ? '1 delivery was' : `${cancelled} deliveries were`;
    return {
      lines: [`${count} cancelled${later}; what had begun its body goes on.`],
      data: { cancelled },
    };
  },
});

export const deliveriesStatus = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({
    health: healthShape,
    pauses: z.array(pause),
    slowed: z.array(slowdownCount),
    counts: z.array(stateCount.extend({ count: boundedCount })),
    inbound: z.array(inboundCount),
    relays: z.array(usedRelay),
  }),
  async run(outside) {
    const health = await readHealth(outside);
    const pauses = await outside.store.pauses.listActive();
    const counts = await outside.store.deliveries.countByState();
    const slowed = await outside.store.slowdowns.listActive(outside.now());
    const relays = await listRelays(outside);
    const inbound = await outside.store.inbound.countByVerdict();
    const kept = inbound.filter(({ state }) => state === 'kept');
    const keptCount = kept.reduce((sum, { count }) => sum + count, 0);
    const lines = [
      health.isHealthy ? 'healthy' : 'not healthy:',
      ...health.reasons.map((reason) => `  ${reason}`),
      `${countOf(health.workers, 'worker')}, ${tellCount(health.open)} ${health.open === 1 ? 'delivery' : 'deliveries'} open`,
      ...counts.map(
        ({ state, cause, count }) =>
          `  ${state.replace('_', ' ')}${cause ? ` (${cause})` : ''}: ${tellCount(count)}`,
      ),
      ...(keptCount > 0
        ? [`came back and waits for a person: ${keptCount} (paperround inbound list)`]
        : []),
      ...pauses.map(tellStandstill),
      ...slowed.map(tellSlowed),
      ...relays.map(({ name, by, state }) => `${name}: ${state}${by ? ` (${by})` : ''}`),
    ];
    return { lines, data: { health, pauses, slowed, counts, inbound, relays } };
  },
});

function tellSlowed({ scope, count, until }: z.infer<typeof slowdownCount>): string {
  const which = scope === 'all' ? 'all confirmations' : `confirmations of ${countOf(count, scope)}`;
  return `slowed down: ${which}, until ${until.toISOString()}`;
}

const doubtList = 'doubts';

export const deliveriesDoubt = defineCommand({
  right: 'look',
  args: z.object({ after: rowId.optional(), ...pageArgs(doubtList) }),
  answers: pageOf(doubt),
  async run({ store }, { after, limit, cursor }) {
    const afterId = idAt(cursor, after) ?? 0;
    const doubts = await store.deliveries.listInDoubt({ afterId, most: limit + 1 });
    const page = cutPage(doubts, { list: doubtList, limit, placeOf: ({ id }) => [id] });
    const rows = page.items.map(
      ({ id, address, kind, edition, inFlightAt, messageId, lastReply }) => [
        String(id),
        address ?? '(erased)',
        edition ?? kind,
        inFlightAt?.toISOString() ?? '',
        messageId,
        lastReply ?? '',
      ],
    );
    const head = ['delivery', 'address', 'edition', 'body begun', 'Message-ID', 'why'];
    const lines = buildTable(head, rows, 'Nothing is in doubt.');
    return { lines: [...lines, ...tellMore(page)], data: page };
  },
});

export const deliveriesResolve = defineCommand({
  right: 'operate',
  args: z.object({
    delivery: rowId,
    as: z.enum(['accepted', 'failed'], 'must be accepted or failed'),
  }),
  answers: z.object({ delivery: z.int(), state: z.enum(['accepted', 'failed']) }),
  async run(outside, { delivery, as }, { actor }) {
    const said = `an operator found that it was ${as}`;
    const order = { deliveryId: delivery, state: as, actor, said } as const;
    if (!(await resolveDoubt(outside, order))) {
      throw new CommandError(
        `delivery ${delivery} is not in doubt: "paperround deliveries doubt" lists those that are`,
        'conflict',
      );
    }
    return { lines: [`delivery ${delivery} is recorded as ${as}.`], data: { delivery, state: as } };
  },
});

export const deliveriesBounced = defineCommand({
  right: 'look',
  rightFor: ({ as }) => (as ? 'operate' : 'look'),
  args: z.object({
    what: what.optional(),
    as: z.enum(['suppress', 'spare'], 'must be suppress or spare').optional(),
  }),
  answers: z.union([
    z.object({ items: z.array(heldSuppression) }),
    z.object({ count: countShape }),
  ]),
  async run(outside, { what: name, as }, { actor }) {
    const { store } = outside;
    if (name && as) {
      const count = await reviewRefused(outside, { what: name, decision: as, actor });
      const fate = as === 'suppress' ? 'suppressed' : 'spared';
      return {
        lines: [`${countOf(count, 'refusal')} of ${name} decided: ${fate}.`],
        data: { count },
      };
    }
    const held = await store.pauses.listHeldSuppressions();
    const rows = held.map(({ address, edition, note }) => [
      address ?? '(erased)',
      edition ?? 'notices',
      note ?? '',
    ]);
    const none = 'No refused address waits for a decision.';
    return {
      lines: buildTable(['address', 'edition', 'the server said'], rows, none),
      data: { items: held },
    };
  },
});
