import {
  writeConfirmation,
  writeKnown,
  writePreferencesLink,
  writeSessionLink,
} from '../../core/letter/notices.ts';
import { type Address, parseAddress } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { CONFIRM_WITHIN_MS, decideSignUp, MAILED_LINK_MS } from '../../core/reader/sign-up.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { ReaderRequest } from '../../store/readers/requests.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { from } from './language.ts';
import { remind } from './remind.ts';

type AnswerOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Answers what somebody typed into a form, by mail to the address or by nothing; the
 * request is gone with it. Answering it twice changes nothing.
 */
export async function answerRequest(outside: AnswerOutside, requestId: number): Promise<void> {
  await outside.store.transaction(async (tx) => {
    const request = await tx.requests.take(requestId);
    if (!request) return;
    const address = parseAddress(request.address);
    await tx.requests.lockAddress(address.key);
    const inside = { ...outside, store: tx };
    if (request.kind === 'link') await sendLink(inside, address, request);
    else await answerSignUp(inside, address, request);
  });
  await planSending(outside);
}

async function sendLink(
  outside: AnswerOutside,
  address: Address,
  request: ReaderRequest,
): Promise<void> {
  const { store } = outside;
  const reader = await store.subscribers.findByAddress(address.key);
  if (reader?.state !== 'active') return;
  if (request.next !== null) return sendSessionLink(outside, reader, request);
  const content = writePreferencesLink(from(outside, reader), reader.id);
  const key = `link-${request.id}`;
  await recordNotice(outside, { ...to(reader), notice: 'link', key, content }, outside.now());
}

/** Without an address or a place in the mail: the link is a row, and ends with its use. */
async function sendSessionLink(
  outside: AnswerOutside,
  reader: Subscription,
  { id, next }: ReaderRequest,
): Promise<void> {
  const { store, now } = outside;
  const at = now();
  const link = await store.mailedLinks.insert({
    subscriptionId: reader.id,
    purpose: 'session',
    address: null,
    next,
    createdAt: at,
    expiresAt: new Date(at.getTime() + MAILED_LINK_MS),
  });
  const content = writeSessionLink(from(outside, reader), link.id);
  const key = `session-${id}`;
  await recordNotice(outside, { ...to(reader), notice: 'session', key, content }, at);
}

async function answerSignUp(
  outside: AnswerOutside,
  address: Address,
  request: ReaderRequest,
): Promise<void> {
  const { store, keys, config, now } = outside;
  const reader = await store.subscribers.findByAddress(address.key);
  if (reader) await store.subscribers.lock(reader.id);
  const waiting = reader && (await store.consents.findWaiting(reader.subscriberId));
  const addressHash = hashAddress(keys, address.key);
  const suppression = await store.records.findSuppression(addressHash);
  const known = { state: reader?.state, waiting, suppression };
  const answer = decideSignUp(known, now(), config.readers.retryBouncedMs);
  if (answer.mail === 'known' && reader) await tellKnown(outside, reader);
  // What is asked for while nobody has confirmed yet is what will be confirmed.
  if (waiting && request.wishes) await store.consents.recordWishes(waiting.id, request.wishes);
  if (answer.mail === 'reminder' && waiting && reader) await remind(outside, waiting.id, reader);
  if (answer.mail === 'confirmation') {
    const key = await sendConfirmation(outside, address, request);
    if (key && answer.isSpared) await store.records.recordSpared(addressHash, key);
  }
}

async function tellKnown(outside: AnswerOutside, reader: Subscription): Promise<void> {
  const at = outside.now();
  const content = writeKnown(from(outside, reader), reader.id);
  const key = `known-${reader.id}-${dateIn('Etc/UTC', at)}`;
  await recordNotice(outside, { ...to(reader), notice: 'known', key, content }, at);
}

/** The key of the confirmation; undefined where the address became active meanwhile. */
async function sendConfirmation(
  outside: AnswerOutside,
  address: Address,
  request: ReaderRequest,
): Promise<string | undefined> {
  const { store, now } = outside;
  const at = now();
  const { form, askedFrom, wishes, consentText: text } = request;
  const reader = wishes && (await store.subscribers.ask(address, { ...wishes, at }));
  if (!reader) return undefined;
  const consentId = await store.consents.insert({
    subscriberId: reader.subscriberId,
    form,
    text,
    wishes,
    askedAt: request.at,
    askedFrom,
    expiresAt: new Date(at.getTime() + CONFIRM_WITHIN_MS),
    confirmedAt: null,
  });
  const content = writeConfirmation(from(outside, wishes), consentId);
  const key = `confirmation-${consentId}`;
  const said = { language: wishes.profile.language, content, typedFrom: askedFrom };
  const notice = { ...to(reader), notice: 'confirmation', key, ...said };
  await recordNotice(outside, notice, at);
  return key;
}

function to({
  address,
  subscriberId,
  profile,
}: Pick<Subscription, 'address' | 'subscriberId' | 'profile'>) {
  return { address, subscriberId, language: profile.language };
}
