import { setTimeout as wait } from 'node:timers/promises';
import { SWALLOWS_MS } from '../../core/alerts/alert-address.ts';
import { isPruneTime } from '../../core/edition/prune-time.ts';
import type { Prunable } from '../../store/ledger/pruning.ts';
import { tendCircles } from '../circles/tend.ts';
import { ONCE_MS } from '../desk/once.ts';
import type { Outside } from '../steps.ts';

/** How many rows of each kind were removed. */
export type PruneReport = Record<Prunable, number>;

const DAY_MS = 24 * 3_600_000;
const BATCH = 500;
/** Longer than a confirmation is tried (`GIVE_UP_AFTER_MS`). */
const TYPED_DAYS = 5;
/** A proposal that nobody took, and one that its reader has read the answer to. */
const SHOWN_DAYS = 30;
const REFUSED_DAYS = 7;
/** An answer of a model serves while its edition may be cut again. */
const ANSWER_DAYS = 14;
/** What a source was asked, by the hour, is looked at for so many days. */
const KEPT_USES = 7;
/** Between two batches, others have their turn. */
const REST_MS = 20;
const SETTING = 'pruned_at';
/** Whether the night's pruning is due: once a day, in the second hour after the cut. */
export async function isPruneDue({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>): Promise<boolean> {
  const last = await store.records.findSetting<string>(SETTING);
  return isPruneTime(now(), last === undefined ? undefined : new Date(last), config.cut);
}

/**
 * Removes what is older than the configured ages, a few rows at a time. What is open or in
 * doubt stays, and so does the right to leave, which hangs on no delivery.
 */
export async function pruneLedger({
  store,
  config,
  now,
}: Pick<Outside, 'store' | 'config' | 'now'>): Promise<PruneReport> {
  const { attempts, digests, deliveries, inbound } = config.keepDays;
  // An outcome that names a delivery goes before it.
  const days: PruneReport = {
    attempts,
    digests,
    inbound,
    feedback: deliveries,
    outcomes: deliveries,
    items: deliveries,
    deliveries,
  };
  const report: PruneReport = {
    attempts: 0,
    digests: 0,
    inbound: 0,
    feedback: 0,
    outcomes: 0,
    items: 0,
    deliveries: 0,
  };
  await store.works.removeUnnamed();
  await store.citedWorks.removeUnnamed();
  await store.askedAuthors.removeBefore(new Date(now().getTime() - SHOWN_DAYS * DAY_MS));
  await store.citationTurns.removeUsesBefore(new Date(now().getTime() - KEPT_USES * DAY_MS));
  const ago = (days: number) => new Date(now().getTime() - days * DAY_MS);
  await store.transaction((tx) =>
    tx.proposals.removeOld({ shown: ago(SHOWN_DAYS), refused: ago(REFUSED_DAYS) }),
  );
  await tendCircles({ store, now });
  for (const what of Object.keys(days) as Prunable[]) {
    const before = new Date(now().getTime() - days[what] * DAY_MS);
    for (let gone = BATCH; gone === BATCH; ) {
      gone = await store.pruning.prune(what, before, BATCH);
      report[what] += gone;
      if (gone > 0) await wait(REST_MS);
    }
  }
  await store.alertMails.removeBefore(ago(config.keepDays.alerts));
  await store.alertAddresses.removeEnded(new Date(now().getTime() - SWALLOWS_MS));
  await store.slowdowns.removeBefore(new Date(now().getTime() - TYPED_DAYS * DAY_MS));
  await store.paces.removeBefore(new Date(now().getTime() - DAY_MS));
  const kept = new Date(now().getTime() - deliveries * DAY_MS);
  await store.alarms.removeBefore(kept);
  await store.beacons.removeBefore(kept);
  const tried = new Date(now().getTime() - attempts * DAY_MS);
  await store.batches.removeBefore(tried);
  await store.events.removeBefore(tried);
  await store.once.removeBefore(new Date(now().getTime() - ONCE_MS));
  await store.modelAnswers.removeUnused(new Date(now().getTime() - ANSWER_DAYS * DAY_MS));
  await store.modelAnswers.removeUses(kept.toISOString().slice(0, 10));
  await store.pruning.vacuum();
  await store.records.recordSetting(SETTING, now().toISOString());
  return report;
}
