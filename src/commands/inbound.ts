import { z } from 'zod';
import { ignored } from '../core/feedback/classify.ts';
import { parseMail } from '../core/feedback/mail.ts';
import type { Inbound } from '../store/feedback/inbound.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

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

export const inboundList = defineCommand({
  args: z.object({
    after: z.number().int().min(0).default(0),
    most: z.number().int().min(1).max(1000).default(100),
    verdict: z
      .string()
      .refine((name) => Object.hasOwn(verdicts, name), {
        error: `must be one of ${Object.keys(verdicts).join(', ')}`,
      })
      .optional(),
  }),
  async run({ store }, { after, most, verdict }) {
    const listed = await store.inbound.list({ afterId: after, most, verdict: verdict ?? null });
    const rows = listed.map((each) => [
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
    return { lines, data: { listed, counts } };
  },
});

export const inboundShow = defineCommand({
  args: z.object({ id: z.number().int().min(1), raw: z.boolean().default(false) }),
  async run({ store }, { id, raw }) {
    const inbound = await store.inbound.find(id);
    if (!inbound) throw new CommandError(`there is no inbound mail ${id}`);
    const { raw: bytes, ...rest } = inbound;
    const whole = Buffer.from(bytes).toString('utf8');
    const lines = raw ? [whole] : [...tellHead(inbound), '', await tellText(inbound, whole)];
    return { lines, data: { ...rest, ...(raw ? { raw: whole } : {}) } };
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
  args: z.object({ id: z.number().int().min(1) }),
  async run({ store, now }, { id }, { actor }) {
    const isDone = await store.transaction(async (tx) => {
      if (!(await tx.inbound.recordDone(id))) return false;
      const entry = { at: now(), actor, action: 'review', subject: `inbound ${id}` };
      await tx.records.recordAudit({ ...entry, detail: {} });
      return true;
    });
    if (!isDone) throw new CommandError(`inbound mail ${id} does not wait for a person`);
    return { lines: [`${id} is done; it is removed with its age.`], data: { done: true } };
  },
});
