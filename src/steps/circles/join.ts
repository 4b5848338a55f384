import {
  foldName,
  invitationFrom,
  isOpen,
  MOST_CIRCLES,
  MOST_MEMBERS,
  OPENED_A_DAY,
  readName,
} from '../../core/circles/circle.ts';
import type { Circle } from '../../store/readers/circles.ts';
import type { Store } from '../../store/store.ts';
import { countToLimit, DAY_MS } from '../readers/limit.ts';
import type { Acting, Refusal } from '../readers/propose.ts';
import type { Outside } from '../steps.ts';
import { recordChange } from './enter.ts';

type CircleOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

const TAKEN = 'Somebody in this circle has that name. Choose another.';

/** Opens a circle that its reader owns, with an invitation; or says what is wrong. */
export async function openCircle(
  outside: CircleOutside,
  by: Acting,
  typed: { readonly name: string; readonly as: string },
): Promise<Refusal | { readonly id: number }> {
  const { store, now } = outside;
  const name = readName(typed.name);
  if ('fault' in name) return name;
  const as = readName(typed.as);
  if ('fault' in as) return as;
  const { subscriberId } = by;
  const many = await refuseMany(store, subscriberId);
  if (many) return many;
  const limit = { name: 'circle by reader', key: String(subscriberId), windowMs: DAY_MS };
  if ((await countToLimit(outside, { ...limit, most: OPENED_A_DAY })) !== undefined) {
    return { fault: `${OPENED_A_DAY} circles a day are the most. Come back tomorrow.` };
  }
  const at = now();
  const id = await store.transaction(async (tx) => {
    const circleId = await tx.circles.insert({ name: name.name, byOperator: false, at });
    await tx.circles.admit({ circleId, subscriberId, ...nameOf(as), at });
    await tx.circles.invite(circleId, invitationFrom(at));
    await recordChange(tx, { circleId, ...by, action: 'open_circle', at });
    return circleId;
  });
  return { id };
}

function nameOf({ name }: { readonly name: string }) {
  return { name, nameKey: foldName(name) };
}

async function refuseMany(
  store: Store,
  subscriberId: number,
): Promise<{ readonly fault: string } | undefined> {
  const own = await store.circles.listOf(subscriberId);
  const open = own.filter(({ leftAt, closedAt }) => leftAt === null && closedAt === null);
  return open.length >= MOST_CIRCLES
    ? { fault: `One reader is in ${MOST_CIRCLES} circles at most. Leave one first.` }
    : undefined;
}

/** What an invitation leads to now; undefined where it ended, or its circle closed. */
export async function findInvited(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  invitationId: number,
): Promise<Circle | undefined> {
  const invitation = await store.circles.findInvitation(invitationId);
  if (!invitation || !isOpen(invitation, now())) return undefined;
  const circle = await store.circles.find(invitation.circleId);
  return circle?.closedAt === null ? circle : undefined;
}

const ENDED = 'This invitation has ended. Ask whoever gave it to you for a new one.';

/** Lets a reader into a circle by an invitation, under a name of their own; or says why not. */
export async function joinCircle(
  outside: CircleOutside,
  by: Acting,
  { invitationId, as: typed }: { readonly invitationId: number; readonly as: string },
): Promise<{ readonly fault: string } | { readonly id: number }> {
  const { store, now } = outside;
  const as = readName(typed);
  if ('fault' in as) return as;
  const at = now();
  const { subscriberId } = by;
  return store.transaction(async (tx) => {
    const before = await tx.circles.findInvitation(invitationId);
    if (!before) return { fault: ENDED };
    const { circleId } = before;
    await tx.circles.lock(circleId);
    const known = await tx.circles.findMember(circleId, subscriberId);
    if (known && known.leftAt === null) return { id: circleId };
    if (!(await findInvited({ store: tx, now }, invitationId))) return { fault: ENDED };
    if (known?.isOut) return { fault: 'The owner of this circle took you out of it.' };
    if ((await tx.circles.countMembers(circleId)) >= MOST_MEMBERS) {
      return { fault: `A circle has at most ${MOST_MEMBERS} members.` };
    }
    const many = await refuseMany(tx, subscriberId);
    if (many) return many;
    const joined = await tx.circles.admit({ circleId, subscriberId, ...nameOf(as), at });
    if (joined === undefined) return { fault: TAKEN };
    await tx.circles.useInvitation(invitationId);
    await recordChange(tx, { circleId, ...by, action: 'join_circle', at });
    return { id: circleId };
  });
}
