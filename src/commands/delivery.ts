import { z } from 'zod';
import { deliveryStates, failureCauses } from '../core/letter/delivery-filter.ts';
import { listDeliveries } from '../steps/desk/list-deliveries.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { delivery as deliveryShape, wholeDelivery } from './shapes/delivery.ts';

const list = 'deliveries';

export const deliveriesList = defineCommand({
  right: 'look',
  args: z.object({
    state: z.enum(deliveryStates).optional(),
    cause: z.enum(failureCauses).optional(),
    edition: z.string().optional(),
    domain: z.string().optional(),
    address: z.string().optional(),
    before: rowId.optional(),
    ...pageArgs(list),
  }),
  answers: pageOf(deliveryShape),
  async run(outside, { edition, before, limit, cursor, ...filter }) {
    const { store } = outside;
    const of = edition === undefined ? undefined : await store.editions.findByName(edition);
    if (edition !== undefined && !of) {
      throw new CommandError(`there is no edition "${edition}"`, 'missing');
    }
    const beforeId = idAt(cursor, before);
    const { items, reachedId } = await listDeliveries(
      outside,
      { ...filter, editionId: of?.id },
      { beforeId, most: limit + 1 },
    );
    const reached = reachedId === undefined ? undefined : [reachedId];
    const page = cutPage(items, { list, limit, placeOf: ({ id }) => [id], reached });
    const rows = page.items.map((delivery) => [
      String(delivery.id),
      delivery.address ?? '(erased)',
      delivery.edition ?? delivery.notice ?? delivery.kind,
      delivery.resend > 0 ? String(delivery.resend + 1) : '',
      `${delivery.state}${delivery.cause ? ` (${delivery.cause})` : ''}`,
      String(delivery.attempts),
      delivery.lastReply ?? '',
    ]);
    const head = ['delivery', 'address', 'edition', 'copy', 'state', 'tries', 'last words'];
    const lines = buildTable(head, rows, 'There is no such delivery.');
    const more =
      reachedId === undefined
        ? tellMore(page)
        : ['', `Looked back to delivery ${reachedId}; for older ones: --before ${reachedId}`];
    return { lines: [...lines, ...more], data: page };
  },
});

export const deliveriesShow = defineCommand({
  right: 'look',
  args: z.object({ delivery: rowId }),
  answers: wholeDelivery,
  async run({ store }, { delivery: id }) {
    const delivery = await store.overview.findDelivery(id);
    if (!delivery) throw new CommandError(`there is no delivery ${id}`, 'missing');
    const tries = await store.overview.listAttempts(id);
    const { state, cause, address, edition, notice, messageId, refersTo } = delivery;
    const rows = tries.map((attempt) => [
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
    return { lines, data: { ...delivery, tries } };
  },
});
