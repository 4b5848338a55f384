import type { Outside } from '../steps.ts';

/** What is known of what went out and is not recorded. */
export interface ReconcileOrder {
  /** Of messages that a relay took, by its log. */
  readonly messageIds: readonly string[];
  /** Whether everything else that is open is held in doubt, for it may have gone out as well. */
  readonly isHeld: boolean;
  readonly actor: string;
}

/** What an order comes to. */
export interface Reconciled {
  /** Open here, and taken by a relay: recorded as accepted. */
  readonly accepted: number;
  /** Of messages that the ledger has no row for: what was composed in the lost time. */
  readonly unknown: number;
  readonly held: number;
}

/** Counts what an order would come to, and changes nothing. */
export async function planReconciling(
  { store }: Pick<Outside, 'store'>,
  { messageIds, isHeld }: ReconcileOrder,
): Promise<Reconciled> {
  const { deliveries } = store;
  const known = await deliveries.listKnown(messageIds);
  const accepted = await deliveries.countUnrecorded(messageIds);
  const open = isHeld ? await deliveries.countOpenDigests() : 0;
  const unknown = new Set(messageIds).size - known.length;
  return { accepted, unknown, held: Math.max(0, open - accepted) };
}

/** Records what went out and was lost, and holds the rest where that is wanted; on record. */
export async function reconcile(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: ReconcileOrder,
): Promise<Reconciled> {
  const at = now();
  const { messageIds, isHeld, actor } = order;
  return store.transaction(async (tx) => {
    const known = await tx.deliveries.listKnown(messageIds);
    const accepted = await tx.deliveries.recordWentOut(messageIds, at);
    const held = isHeld ? await tx.deliveries.holdOpenDigests(at) : 0;
    const done = { accepted, unknown: new Set(messageIds).size - known.length, held };
    const entry = { at, actor, action: 'reconcile', subject: 'deliveries', detail: { ...done } };
    await tx.records.recordAudit(entry);
    return done;
  });
}
