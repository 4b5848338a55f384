import { hashAddress } from '../../core/reader/keys.ts';
import { REMIND_AFTER_MS } from '../../core/reader/sign-up.ts';
import type { Outside } from '../steps.ts';
import { DAY_MS } from './limit.ts';
import { remind } from './remind.ts';

const CHUNK = 100;
/** Links and counts are of no use after this long. */
const FORGET_AFTER_MS = 30 * DAY_MS;

/**
 * Reminds once of what waits for its confirmation, deletes what was never confirmed, and
 * forgets where consents came from after the configured time. In small steps: the planner
 * comes again.
 */
export async function tendUnconfirmed(
  outside: Pick<
    Outside,
    'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
  >,
): Promise<void> {
  const { store, config, now } = outside;
  const at = now();
  const before = (ms: number) => new Date(at.getTime() - ms);
  await store.transaction(async (tx) => {
    const asked = before(REMIND_AFTER_MS);
    for (const { id, ...reader } of await tx.consents.listToRemind({ asked, expires: at }, CHUNK)) {
      await remind({ ...outside, store: tx }, id, reader);
    }
  });
  await store.transaction(async (tx) => {
    for (const expired of await tx.consents.listExpired(at, CHUNK)) {
      await forget({ ...outside, store: tx }, expired);
    }
  });
  await store.consents.forgetOrigins(before(config.readers.consentIpMs));
  await store.mailedLinks.removeExpired(before(FORGET_AFTER_MS));
  await store.readerSessions.removeExpired(at);
  await store.limits.removeBefore(before(2 * DAY_MS));
  await store.imports.removeBefore(before(DAY_MS));
}

/** One who had left before has left again; of anyone else nothing is kept. */
async function forget(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  expired: { subscriberId: number; subscriptionId: number; hadEnded: boolean },
): Promise<void> {
  const { subscriberId, subscriptionId, hadEnded } = expired;
  if (hadEnded) {
    await store.consents.removeUnconfirmed(subscriberId);
    await store.subscribers.recordStillEnded(subscriptionId);
    return;
  }
  const reader = await store.subscribers.find(subscriptionId);
  const key = reader?.address.toLowerCase() ?? '';
  await store.erasures.eraseSubscriber(subscriberId, hashAddress(keys, key));
}
