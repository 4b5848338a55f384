import { invitationFrom, MOST_MEMBERS, readName } from '../../core/circles/circle.ts';
import { writeCircleInvitation } from '../../core/letter/notices.ts';
import { type Address, parseAddress } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { consentText } from '../../core/reader/sign-up.ts';
import { freshWishes, type Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import { askForMail } from '../readers/ask-for-mail.ts';
import { from, wordsFor } from '../readers/language.ts';
import type { Outside } from '../steps.ts';

type MakeOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** What became of the addresses of a list. */
export interface MadeCircle {
  readonly id: number;
  /** Readers, who were mailed the invitation. */
  readonly invited: number;
  /** Others, who were mailed a confirmation, and are invited once they have pressed it. */
  readonly asked: number;
  /** Who left, wants no mail, or got too many of these today. */
  readonly passed: number;
  /** Lines that are no address. */
  readonly unread: readonly number[];
}

/**
 * Makes a circle for those on an operator's list, a line an address: nobody is in before a press.
 * What is wrong, where it has no good name or names too many.
 */
export async function makeCircle(
  outside: MakeOutside,
  given: { readonly name: string; readonly addresses: string },
  actor: string,
): Promise<MadeCircle | { readonly fault: string }> {
  const named = readName(given.name);
  if ('fault' in named) return named;
  const { addresses, unread } = readList(given.addresses);
  if (addresses.length === 0) return { fault: 'No line of the list is an address.' };
  if (addresses.length > MOST_MEMBERS) {
    return {
      fault: `A circle has at most ${MOST_MEMBERS} members, and the list names ${addresses.length}.`,
    };
  }
  const at = outside.now();
  const made = await outside.store.transaction(async (tx) => {
    const inside = { ...outside, store: tx };
    const id = await tx.circles.insert({ name: named.name, byOperator: true, at });
    await tx.circles.invite(id, invitationFrom(at, MOST_MEMBERS));
    const fates: ('invited' | 'asked' | 'passed')[] = [];
    for (const address of addresses) fates.push(await inviteAddress(inside, id, address));
    const count = (fate: string) => fates.filter((each) => each === fate).length;
    const counts = { invited: count('invited'), asked: count('asked'), passed: count('passed') };
    const entry = { at, actor, action: 'make_circle', subject: `circle ${id}`, detail: counts };
    await tx.records.recordAudit(entry);
    return { id, ...counts, unread };
  });
  await planSending(outside);
  return made;
}

function readList(text: string) {
  const found = new Map<string, Address>();
  const unread: number[] = [];
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    try {
      const address = parseAddress(line.trim());
      found.set(address.key, address);
    } catch {
      unread.push(at + 1);
    }
  }
  return { addresses: [...found.values()], unread };
}

async function inviteAddress(
  outside: MakeOutside,
  circleId: number,
  address: Address,
): Promise<'invited' | 'asked' | 'passed'> {
  const { store, keys, now } = outside;
  const hash = hashAddress(keys, address.key);
  const reader = await store.subscribers.findByAddress(address.key);
  const isUnwanted = reader?.state === 'ended' || (await store.records.findSuppression(hash));
  if (isUnwanted || (await askForMail(outside, 'circles', { to: address }))) return 'passed';
  if (reader?.state === 'active') {
    await inviteReader(outside, circleId, reader);
    return 'invited';
  }
  await store.circleGuests.name(circleId, hash, now());
  if (!reader) await askToConfirm(outside, address);
  return 'asked';
}

/** Has the step `answer` ask the owner of a mailbox, as it asks everybody. */
function askToConfirm({ store, config, now }: MakeOutside, { address }: Address) {
  const words = wordsFor({ config }, freshWishes);
  return store.requests.insert({
    kind: 'subscribe',
    address,
    wishes: freshWishes,
    form: 'circle',
    askedFrom: null,
    consentText: consentText(config.site.name, words),
    next: null,
    at: now(),
  });
}

async function inviteReader(
  outside: Pick<
    Outside,
    'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
  >,
  circleId: number,
  reader: Subscription,
): Promise<void> {
  const { store, now } = outside;
  const circle = await store.circles.find(circleId);
  const invitation = await store.circles.findLastInvitation(circleId);
  if (!circle || circle.closedAt || !invitation) return;
  const content = writeCircleInvitation(from(outside, reader), {
    circle: circle.name,
    invitation: invitation.id,
  });
  const { address, subscriberId, profile } = reader;
  const key = `circle-${circleId}-${reader.id}`;
  const to = { address, subscriberId, language: profile.language };
  await recordNotice(outside, { notice: 'circle', key, ...to, content }, now());
}

/** Invites who has just confirmed an address to the circles whose lists named it. */
export async function inviteConfirmed(
  outside: Parameters<typeof inviteReader>[0],
  reader: Subscription,
): Promise<void> {
  const hash = hashAddress(outside.keys, reader.address.toLowerCase());
  for (const circleId of await outside.store.circleGuests.take(hash)) {
    await inviteReader(outside, circleId, reader);
  }
}
