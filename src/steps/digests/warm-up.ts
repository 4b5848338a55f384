import {
  ceilingOf,
  createTurns,
  firstStep,
  nextStep,
  reserveFor,
  turnsOf,
} from '../../core/letter/warm-up.ts';
import { domainOf } from '../../core/reader/address.ts';
import { boundsOfDate, dateIn } from '../../core/reader/schedule.ts';
import type { WarmUpDayRow, WarmUpRow } from '../../store/ledger/warm-ups.ts';
import type { Outside } from '../steps.ts';
import { LONGEST_WINDOW_MS } from './choose.ts';
import { type Announced, giveAnnounced, groupAnnounced } from './give-announced.ts';
import { nameProviders } from './name-providers.ts';

export type WarmUpOutside = Pick<Outside, 'store' | 'config' | 'mxGroups' | 'now'>;

/** The warm-up as it is for one round. */
export interface OpenWarmUp {
  readonly id: number;
  /** The date in the cut's zone, and when it began. */
  readonly day: string;
  readonly from: Date;
  /** True where it has ended: nobody is held back any more, and what waited is still given. */
  readonly isOver: boolean;
  /** Who takes an address's mail; undefined where that was not looked up. */
  providerOf(address: string): string | undefined;
}

/** A date of the cut's zone in a warm-up. */
export interface Day {
  readonly run: WarmUpRow;
  readonly day: string;
  readonly from: Date;
  readonly to: Date;
}

const PAGE = 10_000;

/**
 * What a round must know of the warm-up, with the day of each of its providers planned; undefined
 * where there is none, which one small statement says.
 */
export async function openWarmUp(
  outside: WarmUpOutside,
  roundId: number,
): Promise<OpenWarmUp | undefined> {
  const { store, config, now } = outside;
  const run = await store.warmUps.find(new Date(now().getTime() - LONGEST_WINDOW_MS));
  if (!run) return undefined;
  const today = todayOf({ config, now }, run);
  const { day, from } = today;
  const open = { id: run.id, day, from };
  if (run.endedAt) return { ...open, isOver: true, providerOf: () => undefined };
  const named = await store.warmUps.listDomainsOf(roundId, from);
  const providers = await nameProviders(outside, named);
  await planMissing(outside, today, [...providers.values()]);
  const providerOf = (address: string) => providers.get(domainOf(address.toLowerCase()));
  return { ...open, isOver: false, providerOf };
}

/** The date that it is in the cut's zone. */
export function todayOf(
  { config, now }: Pick<WarmUpOutside, 'config' | 'now'>,
  run: WarmUpRow,
): Day {
  const day = dateIn(config.cut.zone, now());
  return { run, day, ...boundsOfDate(config.cut.zone, day) };
}

/** Plans today for every provider that has readers due or announced mails and no plan yet, once for all processes. */
export async function planMissing(
  outside: WarmUpOutside,
  day: Day,
  wanted: readonly string[],
): Promise<void> {
  const { store, now } = outside;
  const isPlanned = async (tx: Outside['store']) => {
    const rows = await tx.warmUps.listDays(day.run.id, day.day);
    return new Set(rows.map(({ provider }) => provider));
  };
  const planned = await isPlanned(store);
  if (wanted.every((provider) => planned.has(provider))) return;
  const due = await nameProviders(outside, [
    ...(await store.warmUps.listDomainsDue(now(), day.to)),
    ...(await store.warmUps.listAnnounced()),
  ]);
  const providers = new Set([...wanted, ...due.values()]);
  await store.transaction(async (tx) => {
    await tx.warmUps.lock(day.run.id);
    const known = await isPlanned(tx);
    const missing = [...providers].filter((provider) => !known.has(provider)).sort();
    const providerOf = (domain: string) => due.get(domain);
    await planDays({ ...outside, store: tx }, { ...day, missing, providerOf });
  });
}

interface Plan extends Day {
  readonly missing: readonly string[];
  providerOf(domain: string): string | undefined;
}

async function planDays(outside: WarmUpOutside, plan: Plan): Promise<void> {
  const { store, now } = outside;
  const { run, day, from } = plan;
  const at = now();
  const steps = await findSteps(outside, plan);
  const given = byProvider(await store.warmUps.countGiven(from));
  const beside = byProvider(await store.warmUps.countBeside(from));
  const rows = plan.missing.map((provider): WarmUpDayRow => {
    const { besideLastDay, ...step } = steps(provider);
    const ceiling = ceilingOf(provider, step.step) ?? null;
    return {
      ...step,
      provider,
      day,
      ceiling,
      reserve: ceiling === null ? 0 : reserveFor(ceiling, besideLastDay),
      given: given.get(provider) ?? 0,
      outstanding: 0,
      waiting: 0,
      nextAt: at,
    };
  });
  const announced = groupAnnounced(await store.warmUps.listAnnounced(), plan.providerOf);
  const planned = await giveTurns({ store, now }, { ...plan, rows, beside, announced });
  await store.warmUps.insertDays(run.id, planned);
  for (const row of planned) await tellSlowed({ store }, row, at);
}

/** Each provider's place in its schedule, by what its last day came to. */
async function findSteps({ store, config }: WarmUpOutside, { run, day, from, missing }: Plan) {
  const last = await store.warmUps.listLastDays(run.id, day);
  const ofProvider = new Map(last.map((row) => [row.provider, row]));
  const days = new Set(missing.flatMap((provider) => ofProvider.get(provider)?.day ?? []));
  const cameOf = new Map<string, Awaited<ReturnType<typeof countDay>>>();
  for (const each of days) {
    const bounds = boundsOfDate(config.cut.zone, each);
    cameOf.set(each, await countDay(store, { ...bounds, until: from }));
  }
  const unslowed = { slowedBy: null, slowedCount: null, slowedOf: null };
  return (provider: string) => {
    const before = ofProvider.get(provider);
    if (!before) {
      const step = firstStep(provider, run.stage);
      return { step, change: 'begun' as const, ...unslowed, besideLastDay: 0 };
    }
    const came = cameOf.get(before.day);
    const besideLastDay = came?.beside.get(provider) ?? 0;
    const { bounces = 0, complaints = 0 } = came?.returned.get(provider) ?? {};
    const used = before.given + besideLastDay;
    const { slowed, ...next } = nextStep(provider, { ...before, used, bounces, complaints });
    const why = slowed && {
      slowedBy: slowed.sign,
      slowedCount: slowed.count,
      slowedOf: slowed.of,
    };
    return { ...next, ...unslowed, ...why, besideLastDay };
  };
}

/** What went beside rounds on a date, and what came back from its beginning until today. */
async function countDay(
  { warmUps }: Outside['store'],
  { from, to, until }: { from: Date; to: Date; until: Date },
) {
  const beside = byProvider(await warmUps.countBeside(from, to));
  const returned = await warmUps.countReturned(from, until);
  return { beside, returned: new Map(returned.map((row) => [row.provider, row])) };
}

/** Gives as many readers and announced mails of each provider a turn as its ceiling has room for, where not all have. */
async function giveTurns(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  plan: Plan & {
    rows: readonly WarmUpDayRow[];
    beside: ReadonlyMap<string, number>;
    announced: ReadonlyMap<string, Announced>;
  },
): Promise<WarmUpDayRow[]> {
  const { rows, beside, announced, day, to } = plan;
  const limited = rows.filter(({ ceiling }) => ceiling !== null);
  const turns = new Map(
    limited.map((row) => {
      const room = { ...row, beside: beside.get(row.provider) ?? 0 };
      const waiting = announced.get(row.provider)?.count ?? 0;
      return [row.provider, createTurns(turnsOf(room), waiting)];
    }),
  );
  const due = { now: now(), until: to };
  for (let afterId = 0; turns.size > 0; ) {
    const page = await store.warmUps.listDue(due, { afterId, most: PAGE });
    for (const { domain, confirmedAt, ...reader } of page) {
      const provider = plan.providerOf(domain) ?? '';
      turns.get(provider)?.offer({ ...reader, since: confirmedAt.getTime() });
    }
    if (page.length < PAGE) break;
    afterId = page.at(-1)?.id ?? 0;
  }
  const planned: WarmUpDayRow[] = [];
  for (const row of rows) {
    const { domains, count } = announced.get(row.provider) ?? { domains: [], count: 0 };
    const taken = turns.get(row.provider);
    const ids = taken?.pick();
    if (ids) await store.warmUps.giveTurns(ids, day, 0);
    const waits = { domains, count: taken?.announced() ?? count };
    const given = await giveAnnounced({ store, now }, row, waits);
    planned.push({ ...given, outstanding: ids?.length ?? 0 });
  }
  return planned;
}

/** A schedule that is slowed stands in the audit. */
async function tellSlowed(
  { store }: Pick<Outside, 'store'>,
  { provider, change, slowedBy, slowedCount, slowedOf, ceiling }: WarmUpDayRow,
  at: Date,
): Promise<void> {
  if (slowedBy === null) return;
  const schedule = change === 'back' ? 'back by a stage' : 'held for a day';
  const detail = { schedule, [slowedBy]: slowedCount, of: slowedOf, ceiling };
  const entry = { at, actor: 'warm-up', action: 'slow_warm_up', subject: `mail to ${provider}` };
  await store.records.recordAudit({ ...entry, detail });
}

/** Counts by provider, to be asked for one. */
export function byProvider(
  rows: readonly { provider: string; count: number }[],
): Map<string, number> {
  return new Map(rows.map(({ provider, count }) => [provider, count]));
}
