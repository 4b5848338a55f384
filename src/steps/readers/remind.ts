import { writeReminder } from '../../core/letter/notices.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import type { Outside } from '../steps.ts';
import { from } from './language.ts';

/** Sends the one reminder of a confirmation, unless it went out before. */
export async function remind(
  outside: Pick<
    Outside,
    'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
  >,
  consentId: number,
  reader: Pick<Subscription, 'address' | 'subscriberId'>,
): Promise<void> {
  const at = outside.now();
  if (!(await outside.store.consents.recordReminded(consentId, at))) return;
  const { address, subscriberId } = reader;
  const key = `reminder-${consentId}`;
  const consent = await outside.store.consents.find(consentId);
  const { askedFrom: typedFrom = null, wishes } = consent ?? {};
  const content = writeReminder(from(outside, wishes ?? undefined), consentId);
  const to = { address, subscriberId, language: wishes?.profile.language };
  const notice = { notice: 'reminder', key, ...to, content, typedFrom };
  await recordNotice(outside, notice, at);
  const addressHash = hashAddress(outside.keys, address.toLowerCase());
  await outside.store.records.recordSpared(addressHash, key, ['left_elsewhere']);
}
