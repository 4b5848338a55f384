import { randomUUID } from 'node:crypto';
import { writePreferencesLink } from '../../core/letter/notices.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { from } from './language.ts';
import { countToLimit, DAY_MS } from './limit.ts';

type LinkOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Mails a reader the link to their preferences because an operator says so, recorded. Seconds to wait
 * where their address got too many such mails today: what people type counts with it.
 */
export async function mailLink(
  outside: LinkOutside,
  reader: Subscription,
  actor: string,
): Promise<number | undefined> {
  const { store, config, now } = outside;
  const key = reader.address.toLowerCase();
  const limit = { name: 'mail on request', key, windowMs: DAY_MS };
  const at = now();
  const wait = await store.transaction(async (tx) => {
    const inside = { ...outside, store: tx };
    const seconds = await countToLimit(inside, { ...limit, most: config.readers.perAddressDay });
    if (seconds !== undefined) return seconds;
    const { address, subscriberId } = reader;
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
