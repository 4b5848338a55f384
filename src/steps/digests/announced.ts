import { daysOfAnnounced, firstStep, turnsOf } from '../../core/letter/warm-up.ts';
import { addDays } from '../../core/reader/schedule.ts';
import type { WarmUpDayRow, WarmUpRow } from '../../store/ledger/warm-ups.ts';
import type { Outside } from '../steps.ts';
import { giveAnnounced, groupAnnounced } from './give-announced.ts';
import { nameProviders } from './name-providers.ts';
import { byProvider, type Day, planMissing, todayOf, type WarmUpOutside } from './warm-up.ts';

/**
 * Gives announced mails that wait their turns of today where a provider has no plan for it yet, and
 * lets all of them go where no warm-up goes on. Doing it again changes nothing.
 */
export async function planAnnounced(outside: WarmUpOutside): Promise<void> {
  const { store, now } = outside;
  if (!(await store.warmUps.hasAnnounced())) return;
  const run = await findRun(outside);
  if (!run) await store.warmUps.freeAnnounced(now());
  else await planAll(outside, todayOf(outside, run));
}

/** The same for what was just released, which also gets what today has left at providers that have their plan. */
export async function startAnnounced(outside: WarmUpOutside): Promise<void> {
  const run = await findRun(outside);
  if (!run) return planAnnounced(outside);
  const today = todayOf(outside, run);
  const planned = await outside.store.warmUps.listDays(run.id, today.day);
  const providers = await planAll(outside, today);
  await giveRest(outside, today, { providers, planned });
}

async function findRun({ store, now }: Pick<Outside, 'store' | 'now'>) {
  const run = await store.warmUps.find(now());
  return run?.endedAt === null ? run : undefined;
}

async function planAll(outside: WarmUpOutside, today: Day): Promise<ReadonlyMap<string, string>> {
  const waiting = await outside.store.warmUps.listAnnounced();
  const providers = await nameProviders(outside, waiting);
  await planMissing(outside, today, [...providers.values()]);
  return providers;
}

/** What neither went today nor is wanted by whoever is still due goes to announced mails. */
async function giveRest(
  outside: WarmUpOutside,
  { run, day, from, to }: Day,
  known: {
    readonly providers: ReadonlyMap<string, string>;
    readonly planned: readonly WarmUpDayRow[];
  },
): Promise<void> {
  const due = await outside.store.warmUps.listDomainsDue(outside.now(), to);
  const providers = new Map([...(await nameProviders(outside, due)), ...known.providers]);
  const providerOf = (domain: string) => providers.get(domain);
  const dueOf = groupAnnounced(due, providerOf);
  const names = known.planned.map(({ provider }) => provider);
  await outside.store.transaction(async (store) => {
    const announced = groupAnnounced(await store.warmUps.listAnnounced(), providerOf);
    const rows = await store.warmUps.lockDays(run.id, day, names);
    const beside = byProvider(await store.warmUps.countBeside(from));
    const changed = [];
    for (const row of rows) {
      const { domains, count } = announced.get(row.provider) ?? { domains: [], count: 0 };
      const room = turnsOf({ ...row, beside: beside.get(row.provider) ?? 0 });
      const wanted = Math.max(row.outstanding, dueOf.get(row.provider)?.count ?? 0);
      const some = { domains, count: Math.min(count, Math.max(0, room - wanted)) };
      changed.push(await giveAnnounced({ store, now: outside.now }, row, some));
    }
    await store.warmUps.recordDays(run.id, day, changed);
  });
}

/** On about which date the last of an announcement's mails goes. */
export interface Foretold {
  readonly lastOn: string;
  /** Where that is. */
  readonly provider: string;
}

/**
 * When the last of so many more announced mails would go, beside those that wait already, if nothing
 * slows the warm-up; undefined where none goes on or nothing waits.
 */
export async function foretellAnnounced(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  more: readonly { readonly provider: string; readonly count: number }[],
): Promise<Foretold | undefined> {
  const run = await findRun(outside);
  if (!run) return undefined;
  const waiting = await outside.store.warmUps.listAnnounced();
  const counts = new Map<string, number>();
  const count = (provider: string, many: number) =>
    counts.set(provider, (counts.get(provider) ?? 0) + many);
  for (const { domain, provider, count: many } of waiting) count(provider ?? domain, many);
  for (const { provider, count: many } of more) count(provider, many);
  const { day } = todayOf(outside, run);
  const stepOf = await readSteps(outside, run, day);
  const [last] = [...counts]
    .map(([provider, many]) => {
      const { step, inDays } = stepOf(provider);
      return { provider, days: inDays + daysOfAnnounced(provider, step, many) };
    })
    .sort((a, b) => b.days - a.days || a.provider.localeCompare(b.provider));
  return last && { provider: last.provider, lastOn: addDays(day, last.days) };
}

/** Where each provider will stand on the next day that has a plan to come, and in how many days that is. */
async function readSteps({ store }: Pick<Outside, 'store'>, run: WarmUpRow, day: string) {
  const last = await store.warmUps.listLastDays(run.id, addDays(day, 1));
  const rows = new Map(last.map((row) => [row.provider, row]));
  return (provider: string) => {
    const row = rows.get(provider);
    if (!row) return { step: firstStep(provider, run.stage), inDays: 0 };
    return { step: row.step + 1, inDays: row.day === day ? 1 : 0 };
  };
}
