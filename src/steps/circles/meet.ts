import { readMeeting } from '../../core/circles/meeting.ts';
import type { Acting } from '../readers/propose.ts';
import type { Outside } from '../steps.ts';
import { changeCircle } from './enter.ts';
import { refuseMoreLines } from './say.ts';

type Fault = { readonly fault: string };
type MeetOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** The next meeting as a member types it. */
export interface TypedMeeting {
  /** Of the circle. */
  readonly paper: number;
  readonly date: string;
  readonly time: string;
  readonly place: string;
}

/**
 * Has a circle meet next over one of its papers; the others are told with their next digest, which
 * counts as a line. Another meeting that was set is moved there. Why not, where they may not.
 */
export async function setMeeting(
  outside: MeetOutside,
  by: Acting & { readonly circleId: number; readonly zone: string },
  typed: TypedMeeting,
): Promise<Fault | undefined> {
  const { store, now } = outside;
  const { circleId, zone, subscriberId } = by;
  const at = now();
  const time = readMeeting(typed, zone, at);
  if ('fault' in time) return time;
  return changeCircle(store, { circleId, subscriberId }, async (tx, { member }) => {
    const { paper } = typed;
    if (!(await tx.circleNotes.hasPaper(circleId, paper))) {
      return { fault: 'This paper is not in the circle any more.' };
    }
    const full = await refuseMoreLines({ ...outside, store: tx }, by);
    if (full) return full;
    const memberId = member.id;
    const meetingId = await tx.circleMeetings.set({ circleId, memberId, paper }, time, at);
    await tx.circleNotes.say({ paper, memberId, text: '', meetingId, at });
    return undefined;
  });
}

/** Calls the next meeting off, and tells the others so. */
export function cancelMeeting(
  outside: MeetOutside,
  by: Acting & { readonly circleId: number },
): Promise<Fault | undefined> {
  const { store, now } = outside;
  const { circleId, subscriberId } = by;
  const at = now();
  return changeCircle(store, { circleId, subscriberId }, async (tx, { member }) => {
    const next = await tx.circleMeetings.findNext(circleId, at);
    if (!next) return undefined;
    const full = await refuseMoreLines({ ...outside, store: tx }, by);
    if (full) return full;
    const { id: meetingId, paper } = next;
    await tx.circleMeetings.cancel(meetingId, at);
    await tx.circleNotes.say({ paper, memberId: member.id, text: '', meetingId, at });
    return undefined;
  });
}
