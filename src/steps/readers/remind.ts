import { writeReminder } from '../../core/letter/notices.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import type { Outside } from '../steps.ts';
import { from } from './language.ts';

/** Sends the one reminder of a confirmation, unless it went out before. */
export async function remind(
  outside: Pick<Outside, 'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'now'>,
  consentId: number,
  reader: Pick<Subscription, 'address' | 'subscriberId'>,
): Promise<void> {
  const at = outside.now();
  if (!(await outside.store.consents.recordReminded(consentId, at))) return;
  const content = writeReminder(from(outside), consentId);
  const { address, subscriberId } = reader;
  const key = `reminder-${consentId}`;
  const typedFrom = (await outside.store.consents.find(consentId))?.askedFrom ?? null;
  const notice = { notice: 'reminder', key, address, subscriberId, content, typedFrom };
  await recordNotice(outside, notice, at);
  const addressHash = hashAddress(outside.keys, address.toLowerCase());
  await outside.store.records.recordSpared(addressHash, key, ['left_elsewhere']);
}
