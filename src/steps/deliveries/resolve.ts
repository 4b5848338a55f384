import type { Config } from '../../process/config.ts';
import type { Outside } from '../steps.ts';

/** What became of a delivery in doubt after all, and who says so. */
export interface Resolution {
  readonly deliveryId: number;
  readonly state: 'accepted' | 'failed';
  /** `operator:NAME` or `cli`, or what brought the answer, such as `bounce`. */
  readonly actor: string;
  readonly said: string;
}

/**
 * Ends a doubt, recorded in the audit: as accepted it covers its papers, as failed they come
 * with the next digest. False where the delivery is not in doubt (any more).
 */
export async function resolveDoubt(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { deliveryId, state, actor, said }: Resolution,
): Promise<boolean> {
  const at = now();
  return store.transaction(async (tx) => {
    if (!(await tx.deliveries.recordResolved(deliveryId, state, at))) return false;
    await tx.records.recordAudit({
      at,
      actor,
      action: 'resolve',
      subject: `delivery ${deliveryId}`,
      detail: { state, said },
    });
    return true;
  });
}

/** What the process that held it may still need after its deadline. */
const MARGIN_MS = 30_000;

/** After its mark a delivery in doubt is left alone for so long: its sender may still be at it. */
export function doubtQuietMs({ sending }: Pick<Config, 'sending'>): number {
  // A deadline that tests have scaled scales the margin with it.
  return sending.afterDotMs + Math.min(MARGIN_MS, sending.afterDotMs);
}

/**
 * Where the configuration says so, tries once more what is in doubt for the first time: its
 * sender's lease is over or it has let go, and the deadline after the dot has passed. How many.
 */
export async function tryDoubtsAgain({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>): Promise<number> {
  if (config.sending.inDoubt !== 'resend') return 0;
  const at = now();
  return store.transaction(async (tx) => {
    const again = await tx.deliveries.recordTriedAgain(at, doubtQuietMs(config));
    for (const { id } of again) {
      await tx.records.recordAudit({
        at,
        actor: 'IN_DOUBT=resend',
        action: 'resend',
        subject: `delivery ${id}`,
        detail: { reason: 'in doubt' },
      });
    }
    return again.length;
  });
}
