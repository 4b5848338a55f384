import { STAGES } from '../../core/letter/warm-up-schedule.ts';
import type { ProviderDay } from '../../core/letter/warm-up-words.ts';
import { domainOf } from '../../core/reader/address.ts';
import { boundsOfDate, dateIn } from '../../core/reader/schedule.ts';
import type { WarmUpDayRow } from '../../store/ledger/warm-ups.ts';
import type { Outside } from '../steps.ts';

type WarmUpOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/** Where the warm-up stands. */
export interface WarmUpState {
  readonly startedAt: Date;
  readonly startedBy: string;
  /** The stage that it began on. */
  readonly stage: number;
  /** Counted from 1, the day that it was begun on. */
  readonly dayNumber: number;
  /** The date of the cut's zone that the numbers are of. */
  readonly day: string;
  /** Readers whose papers wait for their turn now. */
  readonly waiting: number;
  /** Until when the digests of that date leave, evenly; null where none waits for its moment. */
  readonly spreadUntil: Date | null;
  /** Providers that had a round on that date, those where most wait first. */
  readonly providers: readonly ProviderDay[];
}

const DAY_MS = 24 * 3_600_000;

/** Begins a warm-up on a stage of the schedule, from the next round on; false where one goes on. */
export async function startWarmUp(
  { store, now }: WarmUpOutside,
  order: { readonly stage: number; readonly actor: string },
): Promise<boolean> {
  const { stage, actor } = order;
  if (!STAGES[stage - 1]) throw new Error(`there is no stage ${stage}`);
  const at = now();
  return store.transaction(async (tx) => {
    const isNew = await tx.warmUps.insert({ stage, at, actor });
    const entry = { at, actor, action: 'start_warm_up', subject: `stage ${stage}`, detail: {} };
    if (isNew) await tx.records.recordAudit(entry);
    return isNew;
  });
}

/** Ends the warm-up: nobody waits any more, and what was spread over the day goes now: how much; undefined where there is none. */
export async function stopWarmUp(
  { store, now }: WarmUpOutside,
  actor: string,
): Promise<number | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    const freed = await tx.warmUps.recordEnd(at, actor);
    const entry = { at, actor, action: 'stop_warm_up', subject: 'the warm-up', detail: {} };
    if (freed !== undefined) await tx.records.recordAudit(entry);
    return freed;
  });
}

/** What the provider of an address was sent on the date of a moment; undefined where that was not planned. */
export async function readProviderDay(
  { store, config }: Pick<Outside, 'store' | 'config'>,
  address: string,
  at: Date,
): Promise<ProviderDay | undefined> {
  const provider = await store.warmUps.findProvider(domainOf(address.toLowerCase()));
  const day = dateIn(config.cut.zone, at);
  const row = provider === undefined ? undefined : await store.warmUps.findDay(provider, day);
  if (!row) return undefined;
  const { from, to } = boundsOfDate(config.cut.zone, day);
  return toProviderDay(row, await countBeside({ store }, from, to));
}

/** When the last digest of some providers may go; null where that is past. */
function findLast(rows: readonly WarmUpDayRow[], now: Date): Date | null {
  const last = Math.max(0, ...rows.map(({ nextAt }) => nextAt.getTime()));
  return last > now.getTime() ? new Date(last) : null;
}

async function countBeside({ store }: Pick<Outside, 'store'>, from: Date, to: Date) {
  const rows = await store.warmUps.countBeside(from, to);
  return new Map(rows.map(({ provider, count }) => [provider, count]));
}

function toProviderDay(row: WarmUpDayRow, beside: ReadonlyMap<string, number>): ProviderDay {
  const { provider, step, change, ceiling, given, waiting } = row;
  const used = given + (beside.get(provider) ?? 0);
  const { slowedBy: sign, slowedCount: count, slowedOf: of } = row;
  const slowed = sign && count !== null && of !== null ? { sign, count, of } : null;
  return { provider, step, change, ceiling, used, waiting, slowed };
}

/** How the warm-up stands today, or on the last date that had a round; undefined where none goes on. */
export async function readWarmUp(outside: WarmUpOutside): Promise<WarmUpState | undefined> {
  const { store, config, now } = outside;
  const run = await store.warmUps.find(now());
  if (!run) return undefined;
  const { zone } = config.cut;
  const day = (await store.warmUps.findLastDate(run.id)) ?? dateIn(zone, now());
  const { from, to } = boundsOfDate(zone, day);
  const beside = await countBeside({ store }, from, to);
  const rows = await store.warmUps.listDays(run.id, day);
  const providers = rows.map((row) => toProviderDay(row, beside));
  const begun = boundsOfDate(zone, dateIn(zone, run.startedAt)).from;
  return {
    startedAt: run.startedAt,
    startedBy: run.startedBy,
    stage: run.stage,
    dayNumber: Math.round((from.getTime() - begun.getTime()) / DAY_MS) + 1,
    day,
    waiting: await store.warmUps.countWaiting(),
    spreadUntil: findLast(rows, now()),
    providers: providers.sort(
      (a, b) => b.waiting - a.waiting || b.used - a.used || a.provider.localeCompare(b.provider),
    ),
  };
}
