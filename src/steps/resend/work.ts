import type { DigestContent } from '../../core/letter/digest-content.ts';
import { isDigest } from '../../core/letter/digest-content.ts';
import { decideResend, type Fate, isDone, type Target } from '../../core/letter/resend.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { ItemEnd, Press, PressItem } from '../../store/desk/presses.ts';
import type { NewDelivery } from '../../store/ledger/deliveries.ts';
import type { AuditEntry } from '../../store/ledger/records.ts';
import { doubtQuietMs } from '../deliveries/resolve.ts';
import { decideDigest, loadEdition } from '../digests/choose.ts';
import { digestFor, type FreezeOutside } from '../digests/freeze.ts';
import { planSending } from '../plan.ts';
import { wordsFor } from '../readers/language.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { type PressState, readPress } from './press.ts';
import { subjectOf } from './scope.ts';

const CHUNK = 200;

/**
 * Does what a press is about, a few at a time, each in one transaction with its audit. Several
 * may work on one press, and one that died is gone on with: every item is done once.
 */
export async function workPress(outside: FreezeOutside, pressId: number): Promise<PressState> {
  const { store, now } = outside;
  const press = await store.presses.find(pressId);
  if (!press || press.endedAt) return readPress(outside, pressId);
  for (;;) {
    const count = await store.transaction((tx) => workChunk({ ...outside, store: tx }, press));
    if (count === 0) break;
    await planSending(outside);
  }
  const state = await readPress(outside, pressId);
  const { fates } = state;
  const isEnded = await store.transaction(async (tx) => {
    if (!(await tx.presses.recordEnded(pressId, now()))) return false;
    const { actor, scope, reason } = press;
    const detail = { press: pressId, reason, fates };
    const subject = subjectOf(scope);
    await tx.records.recordAudit({ at: now(), actor, action: 'press_end', subject, detail });
    return true;
  });
  return { ...state, isEnded: isEnded || state.isEnded };
}

async function workChunk(outside: FreezeOutside, press: Press): Promise<number> {
  const { store, config } = outside;
  const items = await store.presses.lockItems(press.id, CHUNK);
  if (items.length === 0) return 0;
  const ids = items.flatMap(({ deliveryId }) => deliveryId ?? []);
  const looking = { asOf: press.asOf, quietMs: doubtQuietMs(config) };
  const found = await store.presses.listTargets(ids, looking);
  const subscribers = [...found, ...items].flatMap(({ subscriberId }) => subscriberId ?? []);
  // Two presses at once, or one while a round is composed, go one after the other.
  await store.presses.lockReaders(subscribers);
  const { bySubscriber } = await store.deliveries.lockHistory(subscribers);
  const targets = await store.presses.listTargets(ids, looking);
  const copiesOf = (subscriberId: number | null) => bySubscriber.get(subscriberId ?? 0)?.copies;
  const work = { press, items, targets, copiesOf };
  const ends = [...(await endTargets(outside, work)), ...(await endFirsts(outside, work))];
  await store.presses.recordItems(press.id, ends);
  await store.audit.insert(ends.flatMap((end) => auditOf(outside, { press, items, end })));
  return items.length;
}

interface Work {
  readonly press: Press;
  readonly items: readonly PressItem[];
  readonly targets: readonly Target[];
  copiesOf(subscriberId: number | null): ReadonlyMap<number, number> | undefined;
}

/** Decides and does what becomes of deliveries that are there. */
async function endTargets(outside: FreezeOutside, work: Work): Promise<ItemEnd[]> {
  const { store, now } = outside;
  const { press, items, targets } = work;
  const { kind } = press.scope;
  const byId = new Map(targets.map((target) => [target.id, target]));
  const decided = items.flatMap(({ number, deliveryId, state }) => {
    if (deliveryId === null) return [];
    const target = byId.get(deliveryId);
    const pressing = { kind, allowsCopies: press.allowsCopies, frozen: state ?? 'failed' };
    const fate: Fate = target ? decideResend(target, pressing) : 'gone';
    return [{ number, fate, deliveryId, target }];
  });
  const idsOf = (fate: Fate) =>
    decided.filter((one) => one.fate === fate).map(({ deliveryId }) => deliveryId);
  await store.presses.reopen(idsOf('reopen'), now());
  await store.presses.retry(idsOf('retry'), now());
  await store.presses.hurry(idsOf('hurry'), now());
  const copied = decided.flatMap(({ fate, target }) => (fate === 'copy' && target ? [target] : []));
  const copies = await copyTargets(outside, work, copied);
  return decided.map(({ number, fate, deliveryId }) => {
    if (fate !== 'copy') return { number, fate, madeId: isDone(fate) ? deliveryId : null };
    const madeId = copies.get(deliveryId) ?? null;
    return { number, fate: madeId === null ? 'gone' : fate, madeId };
  });
}

/** Writes second copies, each under a new Message-ID that refers to the first; their ids by what they copy. */
async function copyTargets(
  outside: FreezeOutside,
  { press, copiesOf }: Work,
  targets: readonly Target[],
): Promise<Map<number, number>> {
  const { store, now } = outside;
  const { scope } = press;
  const contents = await store.presses.listContents(targets.map(({ id }) => id));
  const correction = scope.kind === 'correction' ? { correction: scope.note } : {};
  const form = { isLong: await store.senders.hasOlder(), editions: [], words: wordsFor(outside) };
  const ids = await store.deliveries.takeIds(targets.length);
  const made = targets.flatMap((target, place) => {
    const content = contents.find(({ id }) => id === target.id)?.content;
    const { subscriberId, address, addressHash, language } = target;
    if (!content || !isDigest(content) || subscriberId === null || !address) return [];
    // What is copied may be a correction itself, and corrects nothing once more.
    const { correction: _, ...original } = content;
    const delivery: NewDelivery = {
      ...digestFor(outside, {
        id: ids[place] ?? 0,
        reader: { subscriberId, address, profile: language ? { language } : {} },
        addressHash,
        content: { ...original, ...correction },
        copies: copiesOf(subscriberId),
        at: now(),
        roundId: null,
        form,
      }),
      refersTo: target.messageId,
    };
    return [{ of: target.id, delivery }];
  });
  await store.deliveries.insert(made.map(({ delivery }) => delivery));
  await store.items.recordCopied(made.map(({ of, delivery }) => ({ of, id: delivery.id })));
  return new Map(made.map(({ of, delivery }) => [of, delivery.id]));
}

/** Makes the digest of an edition for a reader who never had one of it. */
async function endFirsts(outside: FreezeOutside, work: Work): Promise<ItemEnd[]> {
  const { press, items, copiesOf } = work;
  const { scope } = press;
  const ends: ItemEnd[] = [];
  for (const { number, subscriberId, deliveryId } of items) {
    if (deliveryId !== null || subscriberId === null || scope.kind !== 'reader') continue;
    const order = { subscriberId, editionId: scope.editionId, copies: copiesOf(subscriberId) };
    ends.push({ number, ...(await makeFirst(outside, order)) });
  }
  return ends;
}

async function makeFirst(
  outside: FreezeOutside,
  order: {
    subscriberId: number;
    editionId: number;
    copies: ReadonlyMap<number, number> | undefined;
  },
): Promise<Omit<ItemEnd, 'number'>> {
  const { store, keys, now } = outside;
  const { subscriberId, editionId, copies } = order;
  const no = (fate: Fate) => ({ fate, madeId: null });
  const reader = await store.subscribers.findBySubscriber(subscriberId);
  if (reader?.state !== 'active') return no('unsubscribed');
  // Somebody else may have made it, or a round, since this press was fixed.
  const since = await store.deliveries.listOfReader(editionId, subscriberId);
  if (since.length > 0) return no('sent_since');
  const addressHash = hashAddress(keys, reader.address.toLowerCase());
  if (await store.records.isSuppressed(addressHash)) return no('suppressed');
  const at = now();
  const editions = await loadEdition(store, editionId);
  const taste = (await findTastes(outside, [subscriberId])).get(subscriberId);
  const covers = { editions: [editionId], leftOut: 0 };
  const decision = decideDigest({ ...reader, taste }, editions, covers);
  if ('exclusion' in decision) return no('nothing_matched');
  const content: DigestContent = decision.content;
  const form = {
    isLong: await store.senders.hasOlder(),
    editions: [...editions.texts.values()],
    words: wordsFor(outside, reader),
  };
  const [id = 0] = await store.deliveries.takeIds(1);
  const copy = { id, reader, addressHash, content, copies, at, roundId: null, form };
  await store.deliveries.insert([digestFor(outside, copy)]);
  return { fate: 'first', madeId: id };
}

/** Who, when and why, by the delivery that goes out. */
function auditOf(
  { now }: Pick<Outside, 'now'>,
  { press, items, end }: { press: Press; items: readonly PressItem[]; end: ItemEnd },
): AuditEntry[] {
  if (end.madeId === null) return [];
  const of = items.find(({ number }) => number === end.number)?.deliveryId ?? null;
  const { id, actor, reason } = press;
  const detail = { press: id, fate: end.fate, of, reason };
  const subject = `delivery ${end.madeId}`;
  return [{ at: now(), actor, action: 'resend', subject, detail }];
}
