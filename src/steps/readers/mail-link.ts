import { randomUUID } from 'node:crypto';
import { writePreferencesLink } from '../../core/letter/notices.ts';
import { parseAddress } from '../../core/reader/address.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { askForMail } from './ask-for-mail.ts';
import { from } from './language.ts';

type LinkOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Mails a reader the link to their preferences because an operator says so, recorded. Seconds to wait
 * where their mailbox got too many of these today.
 */
export async function mailLink(
  outside: LinkOutside,
  reader: Subscription,
  actor: string,
): Promise<number | undefined> {
  const { store, now } = outside;
  const at = now();
  const wait = await store.transaction(async (tx) => {
    const inside = { ...outside, store: tx };
    const { address, subscriberId } = reader;
    const tooMuch = await askForMail(inside, 'desk', { to: parseAddress(address) });
    if (tooMuch) return tooMuch.seconds;
    const content = writePreferencesLink(from(outside, reader), reader.id);
    const sent = `link-${randomUUID()}`;
    const to = { address, subscriberId, language: reader.profile.language };
    await recordNotice(inside, { notice: 'link', key: sent, ...to, content }, at);
    const entry = { at, actor, action: 'mail_link', subject: `subscription ${reader.id}` };
    await tx.records.recordAudit({ ...entry, detail: {} });
    return undefined;
  });
  await planSending(outside);
  return wait;
}
