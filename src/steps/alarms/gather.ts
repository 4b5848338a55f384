import type { AlarmFacts, CutFacts, DueFacts } from '../../core/alarms/find.ts';
import { lastCut, publicationDate } from '../../core/reader/schedule.ts';
import { listTroubled } from '../channels/troubled.ts';
import { checkLedger } from '../deliveries/check-ledger.ts';
import { longestSilence } from '../deliveries/health.ts';
import { judgeFeeds } from '../feeds/judge-feeds.ts';
import { listBusyLoops } from '../signals/loop.ts';
import type { Outside } from '../steps.ts';
import { listStopped } from '../webhooks/stopped.ts';

type GatherOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/** Reads everything that alarms are found in. */
export async function gatherAlarmFacts(outside: GatherOutside): Promise<AlarmFacts> {
  const { store, config, now } = outside;
  const cut = await gatherCut(outside);
  return {
    at: now(),
    ledger: await checkLedger(outside),
    workers: await store.senders.listAlive(),
    longestSilenceSeconds: longestSilence(config),
    loops: await listBusyLoops(outside),
    cut,
    morning: await gatherDue(outside),
    feeds: await judgeFeeds(outside, lastCutDate(outside, cut.dueAt)),
    channels: await listTroubled(outside),
    webhooks: await listStopped(outside),
  };
}

/** The day that was cut last: while a cut is due, the one before it. Its feeds are told of. */
function lastCutDate({ config, now }: GatherOutside, dueAt: Date | null): string {
  const isPending = dueAt !== null && dueAt <= now();
  return publicationDate(config.cut, isPending ? new Date(dueAt.getTime() - 1) : now());
}

async function gatherCut({ store, config }: GatherOutside): Promise<CutFacts> {
  const draft = await store.editions.findDraft();
  const unwritten = await store.editions.listUnwritten();
  return {
    dueAt: draft?.cutDueAt ?? null,
    waitMs: config.cut.waitMinutes * 60_000,
    unwritten: unwritten.flatMap(({ name, cutAt }) => (name && cutAt ? { name, cutAt } : [])),
  };
}

async function gatherDue({ store, config, now }: GatherOutside): Promise<DueFacts> {
  const firstDue = await store.subscribers.findFirstDue(new Date(0));
  return {
    dueSince: firstDue && firstDue <= now() ? firstDue : undefined,
    silentSince: await store.checks.findUnaccepted(lastCut(config.cut, now())),
    patienceMs: config.process.stalledAfterMs,
  };
}
