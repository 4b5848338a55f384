import { z } from 'zod';
import { deliveryStates, failureCauses } from '../core/letter/delivery-filter.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

export const deliveriesList = defineCommand({
  args: z.object({
    state: z.enum(deliveryStates).optional(),
    cause: z.enum(failureCauses).optional(),
    edition: z.string().optional(),
    domain: z.string().optional(),
    address: z.string().optional(),
    before: z.number().int().min(1).optional(),
    most: z.number().int().min(1).max(1_000).default(50),
  }),
  async run({ store }, { edition, before, most, ...filter }) {
    const of = edition === undefined ? undefined : await store.editions.findByName(edition);
    if (edition !== undefined && !of) throw new CommandError(`there is no edition "${edition}"`);
    const page = { beforeId: before, most };
    const found = await store.overview.listDeliveries({ ...filter, editionId: of?.id }, page);
    const rows = found.map((delivery) => [
      String(delivery.id),
      delivery.address ?? '(erased)',
      delivery.edition ?? delivery.notice ?? '',
      delivery.resend > 0 ? String(delivery.resend + 1) : '',
      `${delivery.state}${delivery.cause ? ` (${delivery.cause})` : ''}`,
      String(delivery.attempts),
      delivery.lastReply ?? '',
    ]);
    const head = ['delivery', 'address', 'edition', 'copy', 'state', 'tries', 'last words'];
    return { lines: buildTable(head, rows, 'There is no such delivery.'), data: found };
  },
});

export const deliveriesShow = defineCommand({
  args: z.object({ delivery: z.number().int().min(1) }),
  async run({ store }, { delivery: id }) {
    const delivery = await store.overview.findDelivery(id);
    if (!delivery) throw new CommandError(`there is no delivery ${id}`);
    const attempts = await store.overview.listAttempts(id);
    const { state, cause, address, edition, notice, messageId, refersTo } = delivery;
    const rows = attempts.map((attempt) => [
      attempt.startedAt.toISOString().slice(0, 19),
      attempt.relay,
      attempt.outcome,
      [attempt.code, attempt.enhancedCode, attempt.reply].filter(Boolean).join(' '),
    ]);
    const lines = [
      `delivery ${id} to ${address ?? '(erased)'}: ${state}${cause ? ` (${cause})` : ''}`,
      edition ? `edition ${edition}, copy ${delivery.resend + 1}` : `notice: ${notice}`,
      `Message-ID: ${messageId}`,
      ...(refersTo ? [`refers to:  ${refersTo}`] : []),
      ...(delivery.nextAt ? [`next try:   ${delivery.nextAt.toISOString()}`] : []),
      '',
      ...buildTable(['when', 'relay', 'outcome', 'the server said'], rows, 'It was not tried yet.'),
    ];
    return { lines, data: { ...delivery, attempts } };
  },
});
