import { nameAnnouncement, parseAnnouncementName } from '../../core/letter/announcement.ts';
import type { PauseScope } from '../../store/ledger/pauses.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';

/** An order that names nothing that is there; the message says what to do. */
export class PauseRefused extends Error {
  override readonly name = 'PauseRefused';
}

/** Who stops, resumes or cancels what. */
export interface PauseOrder {
  /** `all`, `notices`, `items` (digests without an edition), the name of an edition, or of an announcement: `announcement-7`. */
  readonly what: string;
  readonly actor: string;
}

/**
 * Stops sending at once: no body begins after it, what is on the wire ends. False where it
 * stands still already. Throws PauseRefused for an edition that is not there.
 */
export async function pauseSending(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: PauseOrder & { reason: string },
): Promise<boolean> {
  const at = now();
  const scope = await findScope(store, order.what);
  return store.transaction(async (tx) => {
    const isNew = await tx.pauses.insert(scope, { ...order, at });
    if (isNew) await audit(tx, order, { action: 'pause', at, detail: { reason: order.reason } });
    return isNew;
  });
}

/** How many deliveries a cancelling would end now; of each state counting stops beyond `MOST_COUNTED`. Throws PauseRefused as cancelling does. */
export async function countCancellable(
  { store }: Pick<Outside, 'store'>,
  what: string,
): Promise<number> {
  const scope = await findScope(store, what);
  if (scope.kind === 'notices') throw cannotCancelNotices();
  const counts = await countIn(store, scope);
  return counts.reduce(
    (sum, { state, count }) => sum + (state === 'ready' || state === 'deferred' ? count : 0),
    0,
  );
}

function countIn({ deliveries, announcements }: Outside['store'], scope: PauseScope) {
  if (scope.kind === 'edition') return deliveries.countByStateOfEdition(scope.editionId);
  if (scope.kind === 'announcement') return announcements.countOutcomes(scope.announcementId);
  if (scope.kind === 'items') return deliveries.countByStateOfItems();
  return deliveries.countByState();
}

/** Lets sending go on at once. False where nothing was stopped; what another pause stops stays so. */
export async function resumeSending(
  outside: Pick<Outside, 'store' | 'queue' | 'now'>,
  order: PauseOrder,
): Promise<boolean> {
  const { store, now } = outside;
  const at = now();
  const scope = await findScope(store, order.what);
  const isEnded = await store.transaction(async (tx) => {
    const ended = await tx.pauses.recordEnd(scope, { actor: order.actor, at });
    if (ended) await audit(tx, order, { action: 'resume', at, detail: {} });
    return ended;
  });
  await planSending(outside);
  return isEnded;
}

/**
 * Cancels what has not begun its body: all of an edition, also what would still be composed
 * of it, or everything that waits now. How many were cancelled.
 */
export async function cancelSending(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: PauseOrder,
): Promise<number> {
  const at = now();
  const scope = await findScope(store, order.what);
  if (scope.kind === 'notices') throw cannotCancelNotices();
  return store.transaction(async (tx) => {
    const cancelled =
      scope.kind === 'all'
        ? await tx.deliveries.failAll(at)
        : await cancelScope(tx, { scope, actor: order.actor, at });
    await audit(tx, order, { action: 'cancel', at, detail: { cancelled: cancelled.length } });
    return cancelled.length;
  });
}

function cannotCancelNotices(): PauseRefused {
  return new PauseRefused(
    'notices can be paused but not cancelled: someone asked for each of them',
  );
}

async function cancelScope(
  tx: Outside['store'],
  order: { scope: PauseScope; actor: string; at: Date },
) {
  const { scope, actor, at } = order;
  await tx.pauses.insert(scope, { actor, reason: 'cancelled', at, cancels: true });
  await tx.pauses.recordCancelling(scope);
  if (scope.kind === 'edition') return tx.deliveries.failOfEdition(scope.editionId, at);
  if (scope.kind === 'items') return tx.deliveries.failOfItems(at);
  if (scope.kind !== 'announcement') return [];
  return tx.deliveries.failOfAnnouncement(scope.announcementId, at);
}

async function findScope(store: Outside['store'], what: string): Promise<PauseScope> {
  if (what === 'all' || what === 'notices' || what === 'items') return { kind: what };
  const announcementId = parseAnnouncementName(what);
  if (announcementId !== undefined) {
    const announcement = await store.announcements.find(announcementId);
    if (announcement?.releasedAt) return { kind: 'announcement', announcementId };
    throw new PauseRefused(
      `nothing of ${nameAnnouncement(announcementId)} was sent ("paperround announcements list" lists them)`,
    );
  }
  const edition = await store.editions.findByName(what);
  if (edition) return { kind: 'edition', editionId: edition.id };
  throw new PauseRefused(
    `there is no edition "${what}" ("paperround editions show" lists them); "all", "notices" and "items" can be paused, too`,
  );
}

function audit(
  tx: Outside['store'],
  { what, actor }: PauseOrder,
  entry: { action: string; at: Date; detail: Record<string, unknown> },
) {
  const subject = subjectOf(what);
  return tx.records.recordAudit({ ...entry, actor, subject });
}

function subjectOf(what: string): string {
  if (what === 'all' || what === 'notices' || what === 'items') return what;
  const announcementId = parseAnnouncementName(what);
  return announcementId === undefined ? `edition ${what}` : `announcement ${announcementId}`;
}
