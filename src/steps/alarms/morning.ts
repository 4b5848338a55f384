import { isGoodMorning, type MorningFacts } from '../../core/alarms/good-morning.ts';
import { lastCut, nextCut, publicationDate } from '../../core/reader/schedule.ts';
import { sumStates } from '../desk/today.ts';
import type { Outside } from '../steps.ts';
import { listAlarmNames } from './tell.ts';

type MorningOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/**
 * Makes the heartbeat of a day of publication once it is done and was good, over all
 * processes; its date then. A bad day has none, so that its silence is noticed elsewhere.
 */
export async function recordGoodMorning(outside: MorningOutside): Promise<string | undefined> {
  const { store, config, now } = outside;
  if (!config.alarms.heartbeatUrl) return undefined;
  const date = publicationDate(config.cut, now());
  const key = `heartbeat-${date}`;
  if (await store.beacons.has(key)) return undefined;
  const facts = await gatherMorning(outside);
  if (!facts || !isGoodMorning(facts)) return undefined;
  const beacon = { key, kind: 'heartbeat', body: null, at: now() } as const;
  return (await store.beacons.insert(beacon)) ? date : undefined;
}

/** Reads how the day stands; undefined, with nothing counted, while somebody is still to come. */
async function gatherMorning({
  store,
  config,
  now,
}: MorningOutside): Promise<MorningFacts | undefined> {
  const at = now();
  const since = lastCut(config.cut, at);
  const draft = await store.editions.findDraft();
  const unwritten = await store.editions.listUnwritten();
  const isCutPending = (draft?.cutDueAt ?? nextCut(config.cut, at)) <= at || unwritten.length > 0;
  const firstDue = await store.subscribers.findFirstDue(new Date(0));
  const isReaderDue = firstDue !== undefined && firstDue < nextCut(config.cut, at);
  if (isCutPending || isReaderDue) return undefined;
  const { open: openRounds, ...sums } = await store.overview.sumRounds(since);
  return {
    ...sums,
    openRounds,
    isCutPending,
    isReaderDue,
    isHeld: (await store.editions.listHeld()).length > 0,
    states: sumStates(await store.overview.countStates(since)),
    alarms: await listAlarmNames({ store }),
  };
}
