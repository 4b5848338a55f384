import { decidePost } from '../../core/channels/outcome.ts';
import { countOf } from '../../core/text/words.ts';
import type { Held } from '../../store/ledger/claims.ts';
import type { ClaimedPost } from '../../store/ledger/posts.ts';
import type { Channel } from '../../store/readers/channels.ts';
import type { Lease } from '../deliveries/lease.ts';
import { OrderRefused } from '../order-refused.ts';
import { waitsForCut } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { audit, openPlace } from './channels.ts';
import { composeForChannel } from './compose.ts';
import { type Posted, postTo } from './post.ts';
import { writeEditionPost } from './write.ts';

export type BringOutside = Parameters<typeof composeForChannel>[0] & Pick<Outside, 'poster'>;

/**
 * The mark lets a post begin only while it is fresh: a process that was frozen behind it may wake
 * when somebody decided what became of it.
 */
const MARK_HOLDS_MS = 5_000;

/**
 * Brings a channel what it is due: composes it, unless an edition is about to come, and posts what
 * waits, one after the other. What it did in a line. Throws where an outcome could not be recorded:
 * the caller must then give up the lease.
 */
export async function bringEditions(
  outside: BringOutside,
  channelId: number,
  here: { readonly lease: Pick<Lease, 'current'>; readonly isStopping: () => boolean },
): Promise<string | undefined> {
  const { store, now } = outside;
  if (!(await waitsForCut(outside))) await composeForChannel(outside, channelId);
  const lines: string[] = [];
  let stood = 0;
  while (!here.isStopping()) {
    const channel = await store.channels.find(channelId);
    const senderId = here.lease.current().id;
    const claimed = channel && (await store.posts.claim(channelId, { senderId, now: now() }));
    if (!claimed) break;
    const posted = await postOne(outside, channel, { ...claimed, senderId });
    if (!posted) break;
    if (posted.verdict.kind === 'accepted') stood += 1;
    else lines.push(`channel ${channel.name}: ${posted.verdict.words}`);
  }
  if (stood > 0) lines.unshift(`a channel took ${countOf(stood, 'post')}`);
  return lines.length > 0 ? lines.join('; ') : undefined;
}

/** Posts one and records what came of it; undefined where it may not go out now, and was given back. */
async function postOne(
  outside: BringOutside,
  channel: Channel,
  claimed: ClaimedPost & Held,
): Promise<Posted | undefined> {
  const { store, now } = outside;
  const { id, fence, senderId, attempts } = claimed;
  const held = { id, fence, senderId };
  const startedAt = now();
  let bodyStartedAt: Date | null = null;
  const gate = async () => {
    const askedAt = performance.now();
    const isMarked = await store.posts.recordInFlight(held);
    if (!isMarked || performance.now() - askedAt >= MARK_HOLDS_MS) return false;
    bodyStartedAt = now();
    return true;
  };
  const posted = await send(outside, channel, { id, gate });
  if (!posted) {
    await store.posts.recordReturned(held);
    return undefined;
  }
  const { verdict, status: code } = posted;
  const endedAt = now();
  const outcome = decidePost(verdict, attempts, endedAt);
  const where = { held, channel: `channel ${channel.name}` };
  const ended = {
    ...where,
    startedAt,
    bodyStartedAt,
    endedAt,
    code,
    reply: verdict.words,
    outcome,
  };
  await store.transaction(async (tx) => {
    await tx.posts.recordEnded(ended);
    await heed({ store: tx, now }, channel, posted);
  });
  return posted;
}

/** A post that cannot be written costs that post only. */
async function send(
  outside: BringOutside,
  channel: Channel,
  { id, gate }: { id: number; gate: () => Promise<boolean> },
): Promise<Posted | undefined> {
  const unwritten = (words: string): Posted => ({
    verdict: { kind: 'refused', words, isGone: false },
    status: null,
  });
  const { store } = outside;
  const delivery = await store.deliveries.find(id);
  const post = delivery && (await writeEditionPost(outside, delivery));
  if (!post) return unwritten('what was in it was pruned or erased');
  try {
    const place = await openPlace(outside, channel);
    const name = { id: nameOf(delivery), at: delivery.date };
    return await postTo(outside, { service: channel.service, place }, { post, name }, gate);
  } catch (error) {
    if (error instanceof OrderRefused) return unwritten(error.message);
    throw error;
  }
}

/** What a receiver knows a post by, the same at every try. Standard Webhooks allows no full stop in it. */
function nameOf({ id, date }: { readonly id: number; readonly date: Date }): string {
  return `post-${id}-${date.getTime().toString(36)}`;
}

/** What an answer says of the channel as a whole: to wait, or that nothing posted there will stand. */
async function heed(
  outside: Pick<Outside, 'store' | 'now'>,
  { id, name }: Channel,
  { verdict }: Posted,
): Promise<void> {
  const { store, now } = outside;
  if (verdict.kind === 'later' && verdict.waitMs !== undefined) {
    await store.channels.recordWait(id, new Date(now().getTime() + verdict.waitMs));
  }
  if (verdict.kind !== 'refused' || !verdict.isGone) return;
  if (!(await store.channels.recordOff(id, 'gone', now()))) return;
  const detail = { because: 'gone', answer: verdict.words };
  await audit(outside, { name, actor: 'service', action: 'pause', detail });
}
