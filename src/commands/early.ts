import type { z } from 'zod';
import { parseAddress } from '../core/reader/address.ts';
import { tellEarly } from '../core/reader/early.ts';
import { dateForPeople, timeIn } from '../core/reader/schedule.ts';
import { exclusions, type Subscription } from '../core/reader/subscription.ts';
import { countEarly, makeEveryoneDue, makeOneDue } from '../steps/digests/early.ts';
import { planWork } from '../steps/plan.ts';
import { findFreeDue } from '../steps/readers/subscribe.ts';
import type { Outside } from '../steps/steps.ts';
import { recordChange } from './audit.ts';
import { type Answer, type Caller, CommandError } from './command.ts';
import type { outcomeCount } from './shapes/delivery.ts';
import { describeDelivery, waitUntil } from './waiting.ts';

/** What a run answers with. */
export interface RunData {
  readonly outcomes: readonly z.infer<typeof outcomeCount>[];
  readonly isDone: boolean;
}

/**
 * Makes everyone due at once who waits for their day or hour. On a service that takes a yes to
 * how many there are: without it nothing is changed, and the refusal counts them.
 */
export async function hurryEveryone(
  outside: Outside,
  { yes, actor }: { readonly yes: boolean; readonly actor: string },
): Promise<void> {
  const count = await countEarly(outside);
  if (outside.config.mode === 'service' && count.readers > 0 && !yes) {
    throw new CommandError(
      `${tellEarly(count)} Nothing was sent.\nIf you want that, say --yes; for one reader: paperround deliveries run --to ADDRESS`,
    );
  }
  const readers = await makeEveryoneDue(outside);
  await recordChange(outside, { actor, action: 'run', subject: 'deliveries', detail: { readers } });
}

/** Sends one reader what is there for their date of today, and says what became of it. */
export async function runForOne(
  outside: Outside,
  to: string,
  caller: Caller,
): Promise<Answer<RunData>> {
  const { store } = outside;
  const reader = await store.subscribers.findByAddress(parseAddress(to).key);
  if (reader?.state !== 'active') throw new CommandError(`${to} is not subscribed`, 'missing');
  const { id, schedule, address } = reader;
  const isDue = await makeOneDue(outside, { id, zone: schedule.zone });
  const [newest] = await store.rounds.listOfSubscription(id);
  if (!isDue || !newest) throw new CommandError(tellHad(address, newest?.localDate), 'conflict');
  const subject = `subscription ${id}`;
  await recordChange(outside, { actor: caller.actor, action: 'run', subject });
  const find = () => store.rounds.findOutcome(id, newest.localDate);
  await waitUntil(async () => {
    await planWork(outside);
    const outcome = await find();
    return outcome?.exclusion !== null || outcome.deliveryId !== null;
  }, caller.isHasty);
  const answer = await tellOutcome(outside, { reader, date: newest.localDate }, caller);
  return { ...answer, lines: [...answer.lines, await tellNext(outside, reader)] };
}

/** When a reader's next digest is due, where they are. */
export async function tellNext(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { id, schedule }: Pick<Subscription, 'id' | 'schedule'>,
): Promise<string> {
  const { zone } = schedule;
  const { date, at } = await findFreeDue(store, id, { schedule, at: now() });
  return `their next digest is due on ${dateForPeople(date)}, at ${timeIn(zone, at)} in ${zone}`;
}

function tellHad(address: string, date: string | undefined): string {
  const had = `${address} has had a digest today, or a reason for none`;
  return date === undefined ? had : `${had}: paperround why ${address} ${date}`;
}

async function tellOutcome(
  outside: Outside,
  { reader, date }: { readonly reader: Subscription; readonly date: string },
  caller: Caller,
): Promise<Answer<RunData>> {
  const outcome = await outside.store.rounds.findOutcome(reader.id, date);
  const exclusion = outcome?.exclusion ?? null;
  const tell = (state: RunData['outcomes'][number]['state'], isDone: boolean) => ({
    data: { outcomes: [{ state, exclusion, count: 1 }], isDone },
    goesOn: !isDone,
  });
  if (exclusion) {
    return {
      lines: [`${reader.address} gets no digest: ${exclusions[exclusion]}`],
      ...tell(null, true),
    };
  }
  if (!outcome?.deliveryId) {
    const line = 'still going on: is a "paperround workers" process running?';
    return { lines: [line], ...tell(null, false) };
  }
  const what = `the digest to ${reader.address}`;
  const { lines, goesOn = false } = await describeDelivery(
    outside,
    { id: outcome.deliveryId, what },
    caller,
  );
  const delivery = await outside.store.deliveries.find(outcome.deliveryId);
  return { lines, ...tell(delivery?.state ?? null, !goesOn) };
}
