import {
  writeAddressChanged,
  writeAddressConfirmation,
  writeAddressTaken,
} from '../../core/letter/notices.ts';
import { type Address, parseAddress } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { MAILED_LINK_MS } from '../../core/reader/sign-up.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { askForMail } from './ask-for-mail.ts';
import { from as noticesFrom } from './language.ts';
import { liftByOwner } from './suppress.ts';

type AddressOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** Where a reader wants to move. */
interface Move {
  readonly reader: Subscription;
  readonly to: Address;
}

/**
 * Asks the owner of a new mailbox whether a reader's digests may go there. Who asks learns
 * nothing of the new address; a suppressed one gets no mail. Seconds to wait where the reader, the
 * place they ask from (an IP address) or the domain had too many.
 */
export async function askNewAddress(
  outside: AddressOutside,
  { reader, to }: Move,
  from: string,
): Promise<number | undefined> {
  const at = outside.now();
  const tooMuch = await askForMail(outside, 'address', { to, from, readerId: reader.id });
  if (tooMuch) return tooMuch.bound === 'mailbox' ? undefined : tooMuch.seconds;
  await outside.store.transaction(async (tx) => {
    await tx.subscribers.lock(reader.id);
    const other = await tx.subscribers.findByAddress(to.key);
    const isGone = (await tx.subscribers.find(reader.id)) === undefined;
    if (isGone || other?.id === reader.id) return;
    const inside = { ...outside, store: tx };
    if (other?.state === 'active') await tellTaken(inside, to, at);
    else await sendConfirmation(inside, { reader, to, from, at });
  });
  await planSending(outside);
  return undefined;
}

async function tellTaken(outside: AddressOutside, to: Address, at: Date): Promise<void> {
  const { keys } = outside;
  const key = `taken-${hashAddress(keys, to.key).slice(0, 16)}-${dateIn('Etc/UTC', at)}`;
  const content = writeAddressTaken(noticesFrom(outside));
  const notice = { notice: 'taken', key, address: to.address, subscriberId: null, content };
  await recordNotice(outside, notice, at);
}

async function sendConfirmation(
  outside: AddressOutside,
  { reader, to, from, at }: Move & { from: string; at: Date },
): Promise<void> {
  const link = await outside.store.mailedLinks.insert({
    subscriptionId: reader.id,
    purpose: 'address',
    address: to.address,
    next: null,
    createdAt: at,
    expiresAt: new Date(at.getTime() + MAILED_LINK_MS),
  });
  const notice = {
    notice: 'address',
    key: `address-${link.id}`,
    address: to.address,
    subscriberId: reader.subscriberId,
    language: reader.profile.language,
    content: writeAddressConfirmation(noticesFrom(outside, reader), link.id),
    typedFrom: from,
  };
  await recordNotice(outside, notice, at);
  const addressHash = hashAddress(outside.keys, to.key);
  await outside.store.records.recordSpared(addressHash, notice.key, ['left_elsewhere']);
}

/**
 * Moves a reader to the address whose mailbox confirmed it: links to the old one end,
 * digests that wait go to the new one with the next, and the old mailbox is told. One who
 * left long ago with the new address is forgotten for it. False where the link is used up,
 * its time is over, or the address has an active subscription of its own by now.
 */
export async function confirmNewAddress(outside: AddressOutside, linkId: number): Promise<boolean> {
  const at = outside.now();
  const isMoved = await outside.store.transaction(async (tx) => {
    const link = await tx.mailedLinks.findGood(linkId, 'address', at);
    if (!link?.address) return false;
    // The reader before what is theirs, as in every change.
    await tx.subscribers.lock(link.subscriptionId);
    if (!(await tx.mailedLinks.recordUsed(linkId, at))) return false;
    const reader = await tx.subscribers.find(link.subscriptionId);
    if (reader?.state !== 'active') return false;
    return move({ ...outside, store: tx }, { reader, to: parseAddress(link.address), at });
  });
  if (isMoved) await planSending(outside);
  return isMoved;
}

async function move(
  outside: AddressOutside,
  { reader, to, at }: Move & { at: Date },
): Promise<boolean> {
  const { store, keys, config } = outside;
  const { id, subscriberId, address } = reader;
  const { language } = reader.profile;
  const other = await store.subscribers.findByAddress(to.key);
  if (other && other.id !== id) {
    if (other.state === 'active') return false;
    await store.subscribers.lock(other.id);
    await store.erasures.eraseSubscriber(other.subscriberId, hashAddress(keys, to.key));
  }
  await store.deliveries.failOfReader(subscriberId, at);
  if (!(await store.subscribers.changeAddress(subscriberId, to))) return false;
  await store.mailedLinks.endAll(id, at);
  await store.readerSessions.endAll(id);
  await liftByOwner(outside, to.key, at);
  await store.records.recordAudit({
    at,
    actor: 'reader',
    action: 'change address',
    subject: `subscription ${id}`,
    detail: {},
  });
  const content = writeAddressChanged(noticesFrom(outside, reader), config.site.contact);
  const key = `moved-${id}-${at.toISOString()}`;
  await recordNotice(
    outside,
    { notice: 'moved', key, address, subscriberId, language, content },
    at,
  );
  return true;
}
