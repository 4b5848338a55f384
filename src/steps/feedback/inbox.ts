import { parseMail } from '../../core/feedback/mail.ts';
import { withoutRights } from '../../core/letter/shown.ts';
import type { Inbound } from '../../store/feedback/inbound.ts';
import type { Outside } from '../steps.ts';

const LONGEST_SHOWN = 20_000;

/**
 * How one looks at what came back. What acts for a reader, be it quoted or written to, is shown to
 * nobody but who has a shell on the machine.
 */
export function createInboundView({ config }: Pick<Outside, 'config'>, isFromAfar: boolean) {
  const hide = (text: string) => (isFromAfar ? withoutRights(text, config.http.publicUrl) : text);
  return {
    row<Row extends Omit<Inbound, 'raw'>>(row: Row): Row {
      const { subject, mailFrom, rcptTo } = row;
      return {
        ...row,
        subject: subject && hide(subject),
        mailFrom: mailFrom && hide(mailFrom),
        rcptTo: rcptTo.map(hide),
      };
    },
    /** What a person reads of it, without what a terminal would obey; empty where there is no text. */
    async text({ source, raw }: Inbound): Promise<string> {
      const text =
        source === 'webhook'
          ? Buffer.from(raw).toString('utf8')
          : (await parseMail(raw, { from: '', to: [] })).text;
      return hide(text.replace(/[^\P{Cc}\n\t]/gu, '').slice(0, LONGEST_SHOWN));
    },
  };
}

/** Somebody has looked at one that was kept for a person, on record; false where it does not wait for one. */
export async function finishInbound(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { id, actor }: { id: number; actor: string },
): Promise<boolean> {
  return store.transaction(async (tx) => {
    if (!(await tx.inbound.recordDone(id))) return false;
    const entry = { at: now(), actor, action: 'review', subject: `inbound ${id}` };
    await tx.records.recordAudit({ ...entry, detail: {} });
    return true;
  });
}
