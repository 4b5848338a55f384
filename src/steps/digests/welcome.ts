import { type Unwelcome, writeWelcome } from '../../core/letter/notices.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { nextDue } from '../../core/reader/schedule.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import { from, wordsFor } from '../readers/language.ts';
import { findTastes } from '../readers/taste.ts';
import { type Decision, decideDigest, type LoadedEditions, loadEdition } from './choose.ts';
import { digestFor, type FreezeOutside } from './freeze.ts';

/**
 * Greets one who just confirmed with the newest edition, whatever its age, which it then
 * covers; where there is none, they had it, or nothing in it is theirs, with a letter that says so.
 * Once for each confirmation, however often it is asked.
 */
export async function composeWelcome(
  outside: FreezeOutside,
  subscriptionId: number,
): Promise<number | undefined> {
  const deliveryId = await outside.store.transaction(async (tx) => {
    const reader = await tx.subscribers.takeWelcome(subscriptionId);
    return reader && greet({ ...outside, store: tx }, reader);
  });
  if (deliveryId !== undefined) await planSending(outside);
  return deliveryId;
}

async function greet(outside: FreezeOutside, reader: Subscription): Promise<number | undefined> {
  const { store, keys, now } = outside;
  const at = now();
  const { subscriberId } = reader;
  const { bySubscriber } = await store.deliveries.lockHistory([subscriberId]);
  const history = bySubscriber.get(subscriberId);
  const [newest] = await store.editions.listShown(1);
  // One who came back may have it already.
  if (newest && history?.covered.includes(newest.id)) {
    return tellFirstDate(outside, reader, { at, because: 'had' });
  }
  const editions = newest && (await loadEdition(store, newest.id));
  const decision = await decideFirst(outside, reader, editions);
  if ('exclusion' in decision) {
    return tellFirstDate(outside, reader, { at, because: newest ? 'unmatched' : 'none' });
  }
  const [id = 0] = await store.deliveries.takeIds(1);
  const digest = digestFor(outside, {
    id,
    reader,
    addressHash: hashAddress(keys, reader.address.toLowerCase()),
    content: decision.content,
    copies: history?.copies,
    at,
    roundId: null,
    form: {
      isLong: await store.senders.hasOlder(),
      words: wordsFor(outside, reader),
      editions: [...(editions?.texts.values() ?? [])],
    },
  });
  await store.deliveries.insert([digest]);
  return id;
}

async function decideFirst(
  outside: Pick<FreezeOutside, 'store' | 'threads' | 'now'>,
  reader: Subscription,
  editions: LoadedEditions | undefined,
): Promise<Decision> {
  if (!editions) return { exclusion: 'nothing_new' };
  const taste = (await findTastes(outside, [reader.subscriberId])).get(reader.subscriberId);
  return decideDigest({ ...reader, taste }, editions, {
    editions: [...editions.texts.keys()],
    leftOut: 0,
  });
}

function tellFirstDate(
  outside: FreezeOutside,
  reader: Subscription,
  { at, because }: { at: Date; because: Unwelcome },
) {
  const firstDate = nextDue(reader.schedule, at).date;
  const { id, address, subscriberId } = reader;
  const welcome = { firstDate, because, subscription: id };
  const content = writeWelcome(from(outside, reader), welcome);
  const key = `welcome-${id}-${at.toISOString()}`;
  const to = { address, subscriberId, language: reader.profile.language };
  return recordNotice(outside, { notice: 'welcome', key, ...to, content }, at);
}
