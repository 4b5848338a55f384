import { writePrivateLink } from '../../core/letter/notices.ts';
import { parseAddress } from '../../core/reader/address.ts';
import { MOST_KEPT } from '../../core/reader/kept.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { MAILED_LINK_MS } from '../../core/reader/sign-up.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { askForMail } from './ask-for-mail.ts';
import { from } from './language.ts';
import { describeAnew, findWords } from './taste.ts';

type PrivateOutside = Pick<
  Outside,
  'store' | 'queue' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Mails a reader the link to their private page, to the address they have now: a forwarded
 * digest must not give it. Seconds to wait where the address got too many mails today.
 */
export async function sendPrivateLink(
  outside: PrivateOutside,
  reader: Subscription,
): Promise<number | undefined> {
  const { id: subscriptionId, address, subscriberId } = reader;
  const { now } = outside;
  const to = parseAddress(address);
  const tooMuch = await askForMail(outside, 'private', { to, readerId: subscriptionId });
  if (tooMuch) return tooMuch.seconds;
  const at = now();
  await outside.store.transaction(async (tx) => {
    await tx.subscribers.lock(subscriptionId);
    if (!(await tx.subscribers.find(subscriptionId))) return;
    const link = await tx.mailedLinks.insert({
      subscriptionId,
      purpose: 'private',
      address: null,
      next: null,
      createdAt: at,
      expiresAt: new Date(at.getTime() + MAILED_LINK_MS),
    });
    const to = { address, subscriberId, language: reader.profile.language };
    const content = writePrivateLink(from(outside, reader), link.id);
    const notice = { notice: 'private', key: `private-${link.id}`, ...to, content };
    await recordNotice({ ...outside, store: tx }, notice, at);
  });
  await planSending(outside);
  return undefined;
}

/** Everything that is kept of a reader, as data of their own; undefined where there is no such reader. */
export async function exportReader(
  outside: Pick<Outside, 'store' | 'threads' | 'now'>,
  subscriptionId: number,
) {
  const { store, now } = outside;
  const reader = await store.subscribers.find(subscriptionId);
  if (!reader) return undefined;
  const { id: _, subscriberId, address, isSample: __, ...subscription } = reader;
  const consents = await store.consents.listOfSubscriber(subscriberId);
  const digests = await store.keptDigests.list(subscriberId, MOST_EXPORTED);
  const papers = await store.keptDigests.listPapers(
    subscriberId,
    digests.flatMap((digest) => digest.papers),
  );
  const votes = await store.votes.listExamples(subscriberId);
  const shelf = await store.shelves.find(subscriberId);
  const paperById = new Map(papers.map((paper) => [paper.id, paper]));
  return {
    exportedAt: now(),
    address,
    subscription,
    consents: consents.map(
      ({ id: _, subscriberId: __, subscriptionId: ___, textHash: ____, ...own }) => own,
    ),
    dates: await store.rounds.listOfSubscription(subscriptionId),
    deliveries: await store.deliveries.listOfSubscriber(subscriberId),
    feedback: await store.feedback.listOfSubscriber(subscriberId),
    inbound: await store.inbound.listOfSubscriber(subscriberId),
    votes: votes.map(({ paperId, kind, title, at }) => ({ paperId, way: kind, title, at })),
    kept: (await store.kept.listPlain({ subscriberId, words: [] }, MOST_KEPT)).map(
      ({ paperId, title, ids, link, keptAt }) => ({ paperId, title, ids, link, keptAt }),
    ),
    keptWeekly: await store.kept.isWeekly(subscriberId),
    shelf: shelf && {
      userId: shelf.userId,
      userName: shelf.userName,
      addedAt: shelf.addedAt,
      pushedAt: shelf.pushedAt,
      problem: shelf.problem,
    },
    proposals: (await store.proposals.listOfSubscriber(subscriberId, MOST_EXPORTED)).map(
      ({ key, named, state, reason, proposedAt }) => ({ key, named, state, reason, proposedAt }),
    ),
    proposalVotes: await store.proposals.listVotesOf(subscriberId),
    circles: (await store.circles.listOf(subscriberId)).map(
      ({ name, as, isOwner, joinedAt, leftAt }) => ({ name, as, isOwner, joinedAt, leftAt }),
    ),
    circleNotes: await store.circleNotes.listOf(subscriberId, MOST_EXPORTED),
    sessions: (await store.readerSessions.list(subscriptionId, now())).map(
      ({ createdAt, expiresAt }) => ({ createdAt, expiresAt }),
    ),
    named: await store.items.list(subscriberId, MOST_EXPORTED),
    library: await store.libraries.listOwn(subscriberId),
    followed: (await store.followed.list(subscriberId)).map(
      ({ place, addedAt, readAt, problem }) => ({ place, addedAt, readAt, problem }),
    ),
    works: (await store.ownWorks.list(subscriberId)).map(
      ({ ids, title, namedAt, citers, own }) => ({ ids, title, namedAt, citers, own }),
    ),
    askedAuthors: (await store.askedAuthors.list(subscriberId)).map(({ author, name }) => ({
      author,
      name,
    })),
    tellsOwnCitations: await store.ownWorks.tellsOwn(subscriberId),
    alertAddresses: (await store.alertAddresses.list(subscriberId)).map(
      ({ name, madeAt, endedAt }) => ({ name, madeAt, endedAt }),
    ),
    alertMails: (await store.alertMails.list(subscriberId, MOST_EXPORTED)).map(
      ({ id: _, confirmation: __, ...mail }) => mail,
    ),
    learned:
      (await findWords(outside, subscriberId)) ?? (await describeAnew(outside, subscriberId)),
    digests: digests.map(({ edition, date, acceptedAt, papers: ids }) => ({
      edition,
      date,
      acceptedAt,
      papers: ids.flatMap((id) => paperById.get(id) ?? []),
    })),
  };
}

const MOST_EXPORTED = 10_000;

/** Erases a reader with all that is kept of them; a suppressed address stays as its keyed hash. False where there is none. */
export function eraseReader(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  subscriptionId: number,
  actor: string,
): Promise<boolean> {
  return store.transaction(async (tx) => {
    await tx.subscribers.lock(subscriptionId);
    const reader = await tx.subscribers.find(subscriptionId);
    if (!reader) return false;
    const addressHash = hashAddress(keys, reader.address.toLowerCase());
    await tx.erasures.eraseSubscriber(reader.subscriberId, addressHash);
    const subject = `subscription ${subscriptionId}`;
    await tx.records.recordAudit({ at: now(), actor, action: 'erase', subject, detail: {} });
    return true;
  });
}
