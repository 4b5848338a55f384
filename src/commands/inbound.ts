import { z } from 'zod';
import { verdictWords } from '../core/feedback/verdict-words.ts';
import { createInboundView, finishInbound } from '../steps/feedback/inbox.ts';
import type { Inbound } from '../store/feedback/inbound.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { inboundCount, inbound as inboundShape, wholeInbound } from './shapes/desk.ts';

const list = 'inbound';

export const inboundList = defineCommand({
  right: 'look',
  args: z.object({
    after: rowId.optional(),
    ...pageArgs(list),
    verdict: z
      .string()
      .refine((name) => Object.hasOwn(verdictWords, name), {
        error: `must be one of ${Object.keys(verdictWords).join(', ')}`,
      })
      .optional(),
  }),
  answers: pageOf(inboundShape).extend({ counts: z.array(inboundCount) }),
  async run(outside, { after, limit, cursor, verdict }, caller) {
    const { store } = outside;
    const view = createInboundView(outside, caller.rights !== undefined);
    const afterId = idAt(cursor, after) ?? 0;
    const order = { afterId, most: limit + 1, verdict: verdict ?? null };
    const found = (await store.inbound.list(order)).map(view.row);
    const page = cutPage(found, {
      list,
      limit,
      placeOf: ({ id }) => [id],
    });
    const rows = page.items.map((each) => [
      String(each.id),
      each.receivedAt.toISOString().slice(0, 16).replace('T', ' '),
      each.sender ?? '',
      each.subject?.slice(0, 60) ?? '',
      [verdictWords[each.verdict ?? ''] ?? each.verdict, each.reason].filter(Boolean).join(': '),
    ]);
    const counts = await store.inbound.countByVerdict();
    const told = counts.map(
      ({ state, verdict: name, count }) => `${count} ${[name, state].filter(Boolean).join(' ')}`,
    );
    const none = verdict ? 'There is none of it.' : 'Nothing waits for a person.';
    const lines = buildTable(['ID', 'ARRIVED', 'FROM', 'SUBJECT', 'WHAT'], rows, none);
    if (told.length > 0) lines.push('', `In all: ${told.join(', ')}`);
    return { lines: [...lines, ...tellMore(page)], data: { ...page, counts } };
  },
});

export const inboundShow = defineCommand({
  right: 'look',
  args: z.object({
    id: rowId,
    raw: z.boolean().default(false).describe('With it, the whole of it byte for byte.'),
  }),
  answers: wholeInbound,
  async run(outside, { id, raw }, caller) {
    const view = createInboundView(outside, caller.rights !== undefined);
    const found = await outside.store.inbound.find(id);
    if (!found) throw new CommandError(`there is no inbound mail ${id}`, 'missing');
    const { raw: bytes, ...rest } = view.row(found);
    const whole = Buffer.from(bytes).toString('utf8');
    const text = (await view.text(found)) || '(no text: see --raw)';
    const lines = raw ? [whole] : [...tellHead(view.row(found)), '', text];
    return { lines, data: { ...rest, text, ...(raw ? { raw: whole } : {}) } };
  },
});

function tellHead(inbound: Inbound): string[] {
  const { receivedAt, source, mailFrom, rcptTo, state, verdict, reason, deliveryId } = inbound;
  return [
    `arrived  ${receivedAt.toISOString()} by ${source}`,
    `from     ${mailFrom === '' ? '(null sender)' : (mailFrom ?? inbound.sender ?? '')}`,
    `to       ${rcptTo.join(', ')}`,
    `is       ${state}: ${verdictWords[verdict ?? ''] ?? verdict ?? 'not read yet'}${reason ? ` (${reason})` : ''}`,
    ...(deliveryId === null ? [] : [`about    delivery ${deliveryId}`]),
    ...(inbound.subject ? [`subject  ${inbound.subject}`] : []),
  ];
}

export const inboundDone = defineCommand({
  right: 'operate',
  args: z.object({ id: rowId }),
  answers: z.object({ done: z.boolean() }),
  async run(outside, { id }, { actor }) {
    const isDone = await finishInbound(outside, { id, actor });
    if (!isDone)
      throw new CommandError(`inbound mail ${id} does not wait for a person`, 'conflict');
    return { lines: [`${id} is done; it is removed with its age.`], data: { done: true } };
  },
});
