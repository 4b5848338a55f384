import { z } from 'zod';
import { ignored } from '../core/feedback/classify.ts';
import { parseMail } from '../core/feedback/mail.ts';
import { withoutRights } from '../core/letter/shown.ts';
import type { Outside } from '../steps/steps.ts';
import type { Inbound } from '../store/feedback/inbound.ts';
import { buildTable, type Caller, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
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
  async run({ store, config }, { after, limit, cursor, verdict }, caller) {
    const afterId = idAt(cursor, after) ?? 0;
    const order = { afterId, most: limit + 1, verdict: verdict ?? null };
    const found = (await store.inbound.list(order)).map(createView(config, caller));
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
      [verdicts[each.verdict ?? ''] ?? each.verdict, each.reason].filter(Boolean).join(': '),
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
  async run({ store, config }, { id, raw }, caller) {
    const view = createView(config, caller);
    const found = await store.inbound.find(id);
    const inbound = found && view(found);
    if (!inbound) throw new CommandError(`there is no inbound mail ${id}`, 'missing');
    const { raw: bytes, ...rest } = inbound;
    const whole = Buffer.from(bytes).toString('utf8');
    const told = await tellText(inbound, whole);
    const text = caller.rights ? withoutRights(told, config.http.publicUrl) : told;
    const lines = raw ? [whole] : [...tellHead(inbound), '', text];
    return { lines, data: { ...rest, text, ...(raw ? { raw: whole } : {}) } };
  },
});

/** How a caller sees what came: from afar without what acts for a reader, be it quoted or written to. */
function createView({ http }: Pick<Outside['config'], 'http'>, { rights }: Caller) {
  const hide = (text: string) => withoutRights(text, http.publicUrl);
  return <Row extends Omit<Inbound, 'raw'>>(row: Row): Row => {
    if (!rights) return row;
    const { subject, mailFrom, rcptTo } = row;
    return {
      ...row,
      subject: subject && hide(subject),
      mailFrom: mailFrom && hide(mailFrom),
      rcptTo: rcptTo.map(hide),
    };
  };
}

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
