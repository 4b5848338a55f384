import type { Outside } from '../steps.ts';
import { PauseRefused } from './pause.ts';

/** What an operator says of addresses that were refused while the server was in question. */
export interface Review {
  /** The name of an edition, or `notices`. */
  readonly what: string;
  /** `suppress`: the server was right. `spare`: they are mailed as before. */
  readonly decision: 'suppress' | 'spare';
  readonly actor: string;
}

/** Decides all that waits of an edition; how many addresses. Throws PauseRefused where the edition is not there. */
export async function reviewRefused(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { what, decision, actor }: Review,
): Promise<number> {
  return store.transaction(async (tx) => {
    const edition = what === 'notices' ? null : await tx.editions.findByName(what);
    if (edition === undefined) throw new PauseRefused(`there is no edition "${what}"`);
    const isRight = decision === 'suppress';
    const addresses = await tx.pauses.endHeldSuppressions(edition?.id ?? null, isRight);
    await tx.records.recordAudit({
      at: now(),
      actor,
      action: 'review',
      subject: edition ? `edition ${what}` : what,
      detail: { decision, addresses },
    });
    return addresses;
  });
}
