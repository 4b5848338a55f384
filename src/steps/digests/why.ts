import { sayFeed } from '../../core/feed/feed-reason.ts';
import { tellExtent } from '../../core/letter/digest.ts';
import { type DigestContent, isDigest } from '../../core/letter/digest-content.ts';
import { stops, tellStandstill } from '../../core/letter/standstill.ts';
import type { DateFacts, LetterFact, OutcomeFact } from '../../core/letter/why.ts';
import type { Address } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { boundsOfDate, dueOn } from '../../core/reader/schedule.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { english } from '../../core/words/words.ts';
import type { StoredLetter } from '../../store/ledger/deliveries.ts';
import type { Pause } from '../../store/ledger/pauses.ts';
import type { StoredOutcome } from '../../store/ledger/rounds.ts';
import { readProviderDay } from '../deliveries/warm-up.ts';
import type { Outside } from '../steps.ts';

type WhyOutside = Pick<Outside, 'store' | 'config' | 'keys' | 'now'>;
type Editions = ReadonlyMap<number, { readonly name: string; readonly papers: number }>;

/** Gathers what is recorded of a reader and one of their local dates: the data of `explainDate`. */
export async function gatherDate(
  outside: WhyOutside,
  asked: { address: Address; date: string },
): Promise<DateFacts> {
  const { store, keys, now } = outside;
  const { address, date } = asked;
  const found = await store.subscribers.findByAddress(address.key);
  const suppression = await store.records.findSuppression(hashAddress(keys, address.key));
  const unknown = { address: address.address, date, now: now(), suppression };
  if (!found) {
    const nothing = { subscription: undefined, dueAt: undefined, outcome: undefined };
    return { ...unknown, ...nothing, others: [] };
  }
  return {
    ...unknown,
    subscription: found,
    dueAt: dueOn(found.schedule, date),
    ...(await gatherLetters(outside, found, date)),
  };
}

async function gatherLetters(
  outside: WhyOutside,
  reader: Subscription,
  date: string,
): Promise<Pick<DateFacts, 'outcome' | 'others'>> {
  const { store } = outside;
  const outcome = await store.rounds.findOutcome(reader.id, date);
  const id = outcome?.deliveryId ?? null;
  const day = boundsOfDate(reader.schedule.zone, date);
  const letters = await store.deliveries.listLetters({
    id,
    subscriberId: reader.subscriberId,
    ...day,
  });
  const ids = [...letters.flatMap(({ covers }) => covers), ...(outcome?.lookedAt?.editions ?? [])];
  const names = await store.editions.listNames([...new Set(ids)]);
  const editions: Editions = new Map(names.map((edition) => [edition.id, edition]));
  const pauses = await store.pauses.listActive();
  const facts = letters.map((letter) => toLetterFact(letter, editions, pauses));
  const warmUp =
    outcome?.exclusion === 'warm_up'
      ? await readProviderDay(outside, reader.address, outcome.dueAt)
      : undefined;
  return {
    outcome: outcome && { ...toOutcomeFact(outcome, facts, editions), warmUp },
    others: facts.filter(({ delivery }) => delivery !== id),
  };
}

function toOutcomeFact(
  outcome: StoredOutcome,
  letters: readonly LetterFact[],
  editions: Editions,
): OutcomeFact {
  const { dueAt, roundId: round, exclusion, lookedAt, feeds } = outcome;
  return {
    dueAt,
    round,
    exclusion,
    lookedAt,
    lookedAtEditions: nameEditions(lookedAt?.editions ?? [], editions),
    feeds: feeds.map(sayFeed),
    letter: letters.find(({ delivery }) => delivery === outcome.deliveryId),
  };
}

function toLetterFact(
  { content, ...letter }: StoredLetter,
  editions: Editions,
  pauses: readonly Pause[],
): LetterFact {
  const { id, kind, notice, resend, covers, state, cause } = letter;
  return {
    delivery: id,
    kind,
    notice,
    resend,
    editions: nameEditions(covers, editions),
    ...(content !== null && isDigest(content)
      ? { extent: tellExtent(content, countPapers(content, editions), english) }
      : {}),
    state,
    cause,
    composedAt: letter.composedAt,
    acceptedAt: letter.acceptedAt,
    nextAt: letter.nextAt,
    stops: pauses.filter((pause) => isInItsWay(pause, letter)).map(tellStandstill),
    feedback: letter.feedback.map(({ at, ...rest }) => ({ at: new Date(at), ...rest })),
    attempts: letter.attempts.map(({ startedAt, relay, outcome, code, reply }) => ({
      at: new Date(startedAt),
      relay,
      outcome,
      reply: [code, reply].filter((part) => part !== null).join(' ') || null,
    })),
  };
}

/** Whether a pause keeps a letter from going out, or the one that cancelled it still lasts. */
function isInItsWay(pause: Pause, letter: Omit<StoredLetter, 'content'>): boolean {
  const isOpen = letter.state === 'ready' || letter.state === 'deferred';
  const isCancelled = letter.cause === 'cancelled' && pause.cancels;
  return (isOpen || isCancelled) && stops(pause, letter);
}

function countPapers({ editions: ids }: DigestContent, editions: Editions): number {
  return ids.reduce((sum, id) => sum + (editions.get(id)?.papers ?? 0), 0);
}

function nameEditions(ids: readonly number[], editions: Editions): string[] {
  return ids.flatMap((id) => editions.get(id)?.name ?? []);
}
