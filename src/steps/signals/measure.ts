import type { FeedState } from '../../core/feed/feed-state.ts';
import { groupOfProvider } from '../../core/letter/warm-up.ts';
import { PROVIDER_GROUPS } from '../../core/letter/warm-up-schedule.ts';
import { readWarmUp, type WarmUpState } from '../deliveries/warm-up.ts';
import { judgeFeedsNow } from '../feeds/judge-feeds.ts';
import type { Outside } from '../steps.ts';

const ATTEMPTS_MS = 5 * 60_000;

/** How it stands, in numbers without a name of any reader. Ages are seconds. */
export type Measures = Awaited<ReturnType<typeof measureService>>;

/** Reads from the database and the queue what Prometheus is told. */
export async function measureService(outside: Pick<Outside, 'store' | 'queue' | 'config' | 'now'>) {
  const { store, queue, now } = outside;
  const { measures } = store;
  const [newest] = await store.editions.listCut(1);
  const draft = await store.editions.findDraft();
  const pauses = (await store.pauses.listActive()).filter(({ cancels }) => !cancels);
  const oldest = await measures.findOldestDue(now());
  const alarms = await store.checks.listAlarms();
  const workers = await store.senders.listAlive();
  return {
    editionAge: ageOf(newest?.cutAt, now()),
    cutOverdue: ageOf(draft?.cutDueAt, now()) ?? 0,
    draftPapers: draft ? await store.papers.countOfEdition(draft.id) : 0,
    held: (await store.editions.listHeld()).length,
    feeds: await measureFeeds(outside),
    open: await measures.countOpen(),
    ofEdition: newest ? await store.deliveries.countByStateOfEdition(newest.id) : [],
    round: newest?.cutAt ? await measureRounds(outside, newest.cutAt) : undefined,
    overdue: ageOf(oldest?.nextAt, now()) ?? 0,
    attempts: await measures.countAttempts(new Date(now().getTime() - ATTEMPTS_MS)),
    alarms: countBy(alarms.map(({ name }) => name)),
    pauses: countBy(pauses.map(({ scope }) => scope)),
    workers: workers.length,
    workerSilence: Math.max(0, ...workers.map(({ silentSeconds }) => silentSeconds)),
    jobs: await queue.countJobs(),
    warmUp: measureWarmUp(await readWarmUp(outside)),
  };
}

/** By groups of providers: the name of a small one may be a person's own. */
function measureWarmUp(state: WarmUpState | undefined) {
  if (!state) return undefined;
  const groups = PROVIDER_GROUPS.map(({ name }) => {
    const days = state.providers.filter((day) => groupOfProvider(day.provider).name === name);
    const sum = (count: (day: (typeof days)[number]) => number) =>
      days.reduce((total, day) => total + count(day), 0);
    return {
      group: name,
      used: sum(({ used }) => used),
      ceiling: sum(({ ceiling }) => ceiling ?? 0),
      slowed: sum(({ slowed }) => (slowed ? 1 : 0)),
    };
  });
  return { waiting: state.waiting, groups };
}

async function measureRounds({ store }: Pick<Outside, 'store'>, since: Date) {
  const sums = await store.overview.sumRounds(since);
  return { ...sums, excluded: await store.overview.countExclusions(since) };
}

async function measureFeeds(outside: Pick<Outside, 'store' | 'config' | 'now'>) {
  const { store, now } = outside;
  const judged = await judgeFeedsNow(outside);
  const stateByName = new Map<string, FeedState>(judged.map(({ name, state }) => [name, state]));
  return (await store.feeds.list()).map(({ name, lastAnswerAt }) => ({
    name,
    state: stateByName.get(name) ?? ('quiet' as const),
    answerAge: ageOf(lastAnswerAt, now()),
  }));
}

/** Seconds since a moment; 0 for one to come. */
function ageOf(moment: Date | null | undefined, now: Date): number | undefined {
  return moment ? Math.max(0, (now.getTime() - moment.getTime()) / 1000) : undefined;
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
