import { setTimeout as wait } from 'node:timers/promises';
import type { Paper } from '../../src/core/paper/paper.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { emptyProfile, type Profile } from '../../src/core/reader/subscription.ts';
import type { Lease } from '../../src/steps/deliveries/lease.ts';
import { type SendReport, sendShard } from '../../src/steps/deliveries/send.ts';
import { type ComposeReport, composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { addSubscriber } from '../../src/steps/readers/subscribe.ts';
import type { Outside } from '../../src/steps/steps.ts';

/** Subscribes an address; seven days a week at 07:00 UTC unless told otherwise. */
export async function subscribe(
  outside: Outside,
  address: string,
  wishes: { profile?: Partial<Profile>; days?: number[]; zone?: string; papers?: number } = {},
) {
  const subscription = await addSubscriber(outside, {
    address: parseAddress(address),
    wishes: {
      // The place outside of a reader's habits would fill what a test counts.
      profile: { ...emptyProfile, surprise: false, ...wishes.profile },
      papersPerDigest: wishes.papers ?? 10,
      schedule: {
        days: wishes.days ?? [1, 2, 3, 4, 5, 6, 7],
        minuteOfDay: 420,
        zone: wishes.zone ?? 'Etc/UTC',
      },
    },
    actor: 'test',
  });
  if (!subscription) throw new Error(`${address} is subscribed already`);
  return subscription;
}

/** Puts papers into the draft and cuts it now; the edition's name. */
export async function cutWith(outside: Outside, papers: readonly Paper[]): Promise<string> {
  await outside.store.transaction((tx) =>
    storePapers(tx, papers, { cut: outside.config.cut, at: outside.now() }),
  );
  const report = await cutNow(outside);
  if (report.kind !== 'released') throw new Error(`the cut came to ${report.kind}`);
  return report.name;
}

/** Composes for everyone who is due now; undefined where nobody is. */
export async function compose(outside: Outside): Promise<ComposeReport | undefined> {
  const roundId = await openRound(outside);
  return roundId === undefined ? undefined : composeRound(outside, roundId);
}

/**
 * Sends everything that may go out now, as a worker would: again where a lease ran out on
 * a machine that is busy with other tests.
 */
export async function send(outside: Outside, lease: Lease): Promise<SendReport> {
  const total = { accepted: 0, deferred: 0, failed: 0, inDoubt: 0 };
  for (let tries = 0; tries < 50; tries += 1) {
    const report = await sendShard(outside, lease.current(), () => false);
    for (const key of Object.keys(total) as (keyof SendReport)[]) total[key] += report[key];
    if ((await outside.store.deliveries.countReady(outside.now(), 1)) === 0) break;
    await wait(100);
  }
  return total;
}
