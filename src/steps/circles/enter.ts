import { refuseOwning } from '../../core/circles/circle.ts';
import type { Circle, Member } from '../../store/readers/circles.ts';
import type { Store } from '../../store/store.ts';

/** A circle as one of its members sees it. */
export interface Entered {
  readonly circle: Circle;
  readonly member: Member;
}

/** The circle of a member; undefined where there is none, or the reader is not in. */
export async function enterCircle(
  store: Store,
  circleId: number,
  subscriberId: number,
): Promise<Entered | undefined> {
  const circle = await store.circles.find(circleId);
  const member = circle && (await store.circles.findMember(circleId, subscriberId));
  return circle && member && member.leftAt === null ? { circle, member } : undefined;
}

type Fault = { readonly fault: string };
const GONE = { fault: 'You are not in this circle.' };
const CLOSED = { fault: 'This circle is closed.' };
const ASIDE = { fault: 'Say first whether you are still in this circle.' };

/**
 * Does something in a circle for one of its members, one change of it after the other; why not,
 * where the circle is closed or they may not. In one transaction.
 */
export function changeCircle<Done>(
  store: Store,
  by: { readonly circleId: number; readonly subscriberId: number; readonly needsOwner?: boolean },
  change: (tx: Store, entered: Entered) => Promise<Done | Fault>,
): Promise<Done | Fault> {
  return store.transaction(async (tx) => {
    await tx.circles.lock(by.circleId);
    const entered = await enterCircle(tx, by.circleId, by.subscriberId);
    if (!entered) return GONE;
    if (entered.circle.closedAt) return CLOSED;
    if (entered.member.setAsideAt) return ASIDE;
    const fault = by.needsOwner ? refuseOwning({ ...entered.member, isIn: true }) : undefined;
    return fault ? { fault } : change(tx, entered);
  });
}

/** Notes in the audit that a reader changed a circle; never what was said there, or of which paper. */
export function recordChange(
  tx: Store,
  change: { circleId: number; subscriptionId: number; action: string; at: Date },
): Promise<unknown> {
  const { circleId, subscriptionId, action, at } = change;
  const subject = `circle ${circleId}`;
  const detail = { by: `subscription ${subscriptionId}` };
  return tx.records.recordAudit({ at, actor: 'reader', action, subject, detail });
}
