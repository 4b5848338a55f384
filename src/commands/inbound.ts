import { z } from 'zod';
import { ignored } from '../core/feedback/classify.ts';
import { parseMail } from '../core/feedback/mail.ts';
import type { Inbound } from '../store/feedback/inbound.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId } from './page.ts';
import { inboundCount, inbound as inboundShape, wholeInbound } from './shapes/desk.ts';

const LONGEST_SHOWN = 20_000;

/** Verdicts in words. */
const verdicts: Readonly<Record<string, string>> = {
  bounce: 'a message failed',
  complaint: 'a message was called spam',
  leave: 'a reader left',
  person: 'a person wrote',
  events: 'events of a webhook',
  unknown: 'not understood',
  ...ignored,
};

const list = 'inbound';

export const inboundList = defineCommand({
  right: 'look',
  args: z.object({
    after: rowId.optional(),
    ...pageArgs(list),
    verdict: z
      .string()
      .refine((name) => Object.hasOwn(verdicts, name), {
        error: `must be one of ${Object.keys(verdicts).join(', ')}`,
      })
      .optional(),
  }),
  answers: pageOf(inboundShape).extend({ counts: z.array(inboundCount) }),
  async run({ store }, { after, limit, cursor, verdict }) {
    const afterId = idAt(cursor, after) ?? 0;
    const order = { afterId, most: limit + 1, verdict: verdict ?? null };
    const page = cutPage(await store.inbound.list(order), {
      list,
      limit,
      placeOf: ({ id }) => [id],
    });
    const rows = page.items.map((each) => [
      String(each.id),
      each.receivedAt.toISOString().slice(0, 16).replace('T', ' '),
      each.sender ?? '',
      each.subject?.slice(0, 60) ?? '',
      [verdicts[each.verdict ?? ''] ?? each.verdict, each.reason].filter(Boolean).join(': '),
    ]);
    const counts = await store.inbound.countByVerdict();
    const told = counts.map(
      ({ state, verdict: name, count }) => `${count} ${[name, state].filter(Boolean).join(' ')}`,
    );
    const none = verdict ? 'There is none of it.' : 'Nothing waits for a person.';
    const lines = buildTable(['ID', 'ARRIVED', 'FROM', 'SUBJECT', 'WHAT'], rows, none);
    if (told.length > 0) lines.push('', `In all: ${told.join(', ')}`);
    return { lines, data: { ...page, counts } };
  },
});

export const inboundShow = defineCommand({
  right: 'look',
  args: z.object({
    id: rowId,
    raw: z.boolean().default(false).describe('With it, the whole of it byte for byte.'),
  }),
  answers: wholeInbound,
  async run({ store }, { id, raw }) {
    const inbound = await store.inbound.find(id);
    if (!inbound) throw new CommandError(`there is no inbound mail ${id}`, 'missing');
    const { raw: bytes, ...rest } = inbound;
    const whole = Buffer.from(bytes).toString('utf8');
    const text = await tellText(inbound, whole);
    const lines = raw ? [whole] : [...tellHead(inbound), '', text];
    return { lines, data: { ...rest, text, ...(raw ? { raw: whole } : {}) } };
  },
});

function tellHead(inbound: Inbound): string[] {
  const { receivedAt, source, mailFrom, rcptTo, state, verdict, reason, deliveryId } = inbound;
  return [
    `arrived  ${receivedAt.toISOString()} by ${source}`,
    `from     ${mailFrom === '' ? '(null sender)' : (mailFrom ?? inbound.sender ?? '')}`,
    `to       ${rcptTo.join(', ')}`,
    `is       ${state}: ${verdicts[verdict ?? ''] ?? verdict ?? 'not read yet'}${reason ? ` (${reason})` : ''}`,
    ...(deliveryId === null ? [] : [`about    delivery ${deliveryId}`]),
    ...(inbound.subject ? [`subject  ${inbound.subject}`] : []),
  ];
}

/** What a person reads of it; the whole is behind --raw. */
async function tellText({ source, raw }: Inbound, whole: string): Promise<string> {
  const text = source === 'webhook' ? whole : (await parseMail(raw, { from: '', to: [] })).text;
  // A terminal must not obey what a stranger wrote.
  return text.replace(/[^\P{Cc}\n\t]/gu, '').slice(0, LONGEST_SHOWN) || '(no text: see --raw)';
}

export const inboundDone = defineCommand({
  right: 'operate',
  args: z.object({ id: rowId }),
  answers: z.object({ done: z.boolean() }),
  async run({ store, now }, { id }, { actor }) {
    const isDone = await store.transaction(async (tx) => {
      if (!(await tx.inbound.recordDone(id))) return false;
      const entry = { at: now(), actor, action: 'review', subject: `inbound ${id}` };
      await tx.records.recordAudit({ ...entry, detail: {} });
      return true;
    });
    if (!isDone)
      throw new CommandError(`inbound mail ${id} does not wait for a person`, 'conflict');
    return { lines: [`${id} is done; it is removed with its age.`], data: { done: true } };
  },
});
