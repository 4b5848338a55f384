import { invitationFrom } from '../../core/circles/circle.ts';
import type { Store } from '../../store/store.ts';
import type { Acting } from '../readers/propose.ts';
import type { Outside } from '../steps.ts';
import { changeCircle, type Entered, enterCircle, recordChange } from './enter.ts';

/** What a member does in a circle by one press. */
export type CircleAct =
  | { readonly act: 'leave' | 'forget' | 'come_back' | 'renew_feed' }
  /** Needs the owner. */
  | { readonly act: 'invite' | 'end_invitation' | 'close' }
  /** The same, to another member. */
  | { readonly act: 'hand' | 'take_out'; readonly member: number }
  | { readonly act: 'mute' | 'unmute'; readonly member: number }
  | { readonly act: 'take_back' | 'report' | 'take_down'; readonly note: number };

type Fault = { readonly fault: string };
type Change = (tx: Store, entered: Entered, at: Date) => Promise<Fault | undefined>;

const owning: readonly CircleAct['act'][] = [
  'invite',
  'end_invitation',
  'close',
  'hand',
  'take_out',
  'take_down',
];
/** What the audit tells of; who muted or reported whom is nobody's to read. */
const recorded: Partial<Record<CircleAct['act'], string>> = {
  close: 'close_circle',
  hand: 'hand_circle',
  take_out: 'take_out_of_circle',
};

/** Does in a circle what one of its members wants; why not, where they may not. */
export async function actInCircle(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  by: Acting & { readonly circleId: number },
  wanted: CircleAct,
): Promise<Fault | undefined> {
  const at = now();
  const { subscriberId, circleId } = by;
  const { act } = wanted;
  if (act === 'come_back' || act === 'leave' || act === 'forget') {
    return answerForSelf(store, by, { act, at });
  }
  const needsOwner = owning.includes(act);
  return changeCircle(store, { circleId, subscriberId, needsOwner }, async (tx, entered) => {
    const fault = await changeOf(wanted)(tx, entered, at);
    const action = recorded[act];
    if (!fault && action) await recordChange(tx, { ...by, action, at });
    return fault;
  });
}

/** What needs nobody's leave, also in a circle that is closed or after a restore. */
function answerForSelf(
  store: Store,
  by: Acting & { readonly circleId: number },
  { act, at }: { act: 'leave' | 'forget' | 'come_back'; at: Date },
): Promise<Fault | undefined> {
  return store.transaction(async (tx) => {
    await tx.circles.lock(by.circleId);
    const entered = await enterCircle(tx, by.circleId, by.subscriberId);
    if (!entered) return undefined;
    const { member } = entered;
    if (act === 'come_back') {
      await tx.circles.comeBack(member.id);
      return undefined;
    }
    if (act === 'forget') await tx.circleNotes.removeOf(member.id);
    await tx.circles.leave({ ...member, isOut: false, at });
    await recordChange(tx, { ...by, action: 'leave_circle', at });
    return undefined;
  });
}

function changeOf(wanted: CircleAct): Change {
  switch (wanted.act) {
    case 'renew_feed':
      return async (tx, { member }, at) => {
        await tx.circles.renewFeed(member.id, at);
        return undefined;
      };
    case 'invite':
      return async (tx, { circle }, at) => {
        await tx.circles.invite(circle.id, invitationFrom(at));
        return undefined;
      };
    case 'end_invitation':
      return async (tx, { circle }, at) => {
        await tx.circles.endInvitations(circle.id, at);
        return undefined;
      };
    case 'close':
      return async (tx, { circle }, at) => {
        await tx.circles.close(circle.id, 'owner', at);
        return undefined;
      };
    case 'hand':
    case 'take_out':
    case 'mute':
    case 'unmute':
      return changeMember(wanted.act, wanted.member);
    case 'take_back':
    case 'report':
    case 'take_down':
      return changeNote(wanted.act, wanted.note);
    default:
      throw new Error(`"${wanted.act}" is no change of an open circle`);
  }
}

function changeMember(act: 'hand' | 'take_out' | 'mute' | 'unmute', id: number): Change {
  return async (tx, { circle, member }, at) => {
    const other = (await tx.circles.listMembers(circle.id)).find((each) => each.id === id);
    const by = { memberId: member.id, mutedId: id };
    if (act === 'unmute') await tx.circleNotes.unmute(by);
    if (act === 'unmute') return undefined;
    if (!other || other.id === member.id)
      return { fault: 'Nobody else of that name is in this circle.' };
    if (act === 'hand') await tx.circles.handTo(other);
    if (act === 'take_out') await tx.circles.leave({ ...other, isOut: true, at });
    if (act === 'mute') await tx.circleNotes.mute({ ...by, at });
    return undefined;
  };
}

function changeNote(act: 'take_back' | 'report' | 'take_down', id: number): Change {
  return async (tx, { circle, member }, at) => {
    const note = await tx.circleNotes.find(circle.id, id);
    if (!note) return undefined;
    if (act === 'report') {
      await tx.circleNotes.report({ note: id, memberId: member.id, at });
      return undefined;
    }
    if (act === 'take_back' && note.memberId !== member.id) {
      return { fault: 'It is for whoever wrote it to take it back.' };
    }
    await tx.circleNotes.remove(id);
    return undefined;
  };
}
