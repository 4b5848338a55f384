import { buildMessageId } from '../../core/letter/message-id.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { Addressee } from '../../store/ledger/announcements.ts';
import type { NewDelivery } from '../../store/ledger/deliveries.ts';
import { startAnnounced } from '../digests/announced.ts';
import { freezeDigest } from '../digests/freeze.ts';
import { OrderRefused } from '../order-refused.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { audit, countReaders, findAnnouncement } from './write.ts';

type ReleaseOutside = Pick<
  Outside,
  | 'store'
  | 'config'
  | 'mxGroups'
  | 'queue'
  | 'keys'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'now'
>;

/** A yes to sending an announcement, and to how many. */
export interface ReleaseOrder {
  readonly id: number;
  /** The count that whoever said yes was shown. */
  readonly readers: number;
  readonly actor: string;
}

const BATCH = 1_000;

/**
 * Sends an announcement to those whom it is for at this moment: a delivery each, all of them in one
 * transaction or none. While a warm-up goes on they wait for turns under its ceilings. Throws OrderRefused where it was sent or put aside, where they are not
 * as many as was said yes to, or as long as a process of an older version could not leave it alone.
 */
export async function releaseAnnouncement(
  outside: ReleaseOutside,
  { id, readers, actor }: ReleaseOrder,
): Promise<void> {
  const at = outside.now();
  await countReaders(outside, await findAnnouncement(outside, id));
  await outside.store.transaction(async (store) => {
    await store.announcements.lock(id);
    const draft = await findAnnouncement({ store }, id);
    if (draft.releasedAt || draft.discardedAt) throw notADraft(id, draft.releasedAt !== null);
    if (await store.senders.hasOlder()) throw olderLives();
    const count = await insertDeliveries({ ...outside, store }, draft, at);
    if (count === 0) throw new OrderRefused('it is for nobody', 'conflict');
    if (count !== readers) throw isOther(id, count);
    await store.announcements.recordReleased(id, { at, by: actor, readers: count });
    await audit(store, { id, actor, action: 'announce', at, detail: { readers: count } });
  });
  await startAnnounced(outside);
  await planSending(outside);
}

/** How many were written. */
async function insertDeliveries(
  outside: ReleaseOutside,
  draft: Awaited<ReturnType<typeof findAnnouncement>>,
  at: Date,
): Promise<number> {
  const { announcements, deliveries, warmUps } = outside.store;
  const waits = (await warmUps.find(at))?.endedAt === null;
  let count = 0;
  for (let afterId = 0; ; ) {
    const page = await announcements.listAudience(draft, { now: at, afterId, most: BATCH });
    const last = page.at(-1);
    if (!last) return count;
    const ids = await deliveries.takeIds(page.length);
    const made = page.map((reader, place) =>
      deliveryFor(outside, reader, { id: ids[place] ?? 0, announcementId: draft.id, at, waits }),
    );
    count += (await deliveries.insert(made)).size;
    afterId = last.subscriptionId;
  }
}

function deliveryFor(
  outside: ReleaseOutside,
  { subscriptionId, subscriberId, address, addressHash, language }: Addressee,
  of: { id: number; announcementId: number; at: Date; waits: boolean },
): NewDelivery {
  const { id, announcementId, at, waits } = of;
  return {
    id,
    kind: 'announcement',
    announcementId,
    notice: null,
    // Whatever happens, nobody gets it twice.
    noticeKey: `announcement-${announcementId}-${subscriptionId}`,
    editionId: null,
    subscriberId,
    resend: 0,
    roundId: null,
    address,
    addressHash,
    messageId: buildMessageId(outside.keys, id, domainOf(outside.rendering.from)),
    covers: [],
    at,
    waits,
    digest: freezeDigest(
      outside,
      { announcement: announcementId },
      { at, language: language ?? undefined },
    ),
  };
}

function notADraft(id: number, isReleased: boolean): OrderRefused {
  const why = isReleased ? 'was sent already' : 'was put aside';
  return new OrderRefused(`announcement ${id} ${why}`, 'conflict');
}

function olderLives(): OrderRefused {
  return new OrderRefused(
    'a process of an older version still sends: announcements wait until it has ended',
    'conflict',
  );
}

function isOther(id: number, count: number): OrderRefused {
  return new OrderRefused(
    `announcement ${id} would go to ${count} now: look at it again`,
    'conflict',
  );
}
