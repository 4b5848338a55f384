import { Gauge, type Registry } from 'prom-client';
import type { Measures } from '../../steps/signals/measure.ts';

type Labels = Readonly<Record<string, string>>;
type Reading = readonly [value: number | undefined, labels?: Labels];

interface Measured {
  readonly help: string;
  readonly labels?: readonly string[];
  readonly read: (measures: Measures) => readonly Reading[];
}

const listOf = (counts: ReadonlyMap<string, number>, label: string): Reading[] =>
  [...counts].map(([name, count]) => [count, { [label]: name }]);

/**
 * What is read from the database, each a gauge: rows are pruned and change their state, so that
 * none of these only grows. Labels are states, kinds of jobs and the operator's own names of feeds.
 */
export const measured: Readonly<Record<string, Measured>> = {
  paperround_edition_age_seconds: {
    help: 'Since the newest edition was cut',
    read: ({ editionAge }) => [[editionAge]],
  },
  paperround_cut_overdue_seconds: {
    help: 'Since the open draft should have been cut; 0 before',
    read: ({ cutOverdue }) => [[cutOverdue]],
  },
  paperround_draft_papers: {
    help: 'Papers in the open draft',
    read: ({ draftPapers }) => [[draftPapers]],
  },
  paperround_editions_held: {
    help: 'Editions that wait for an operator',
    read: ({ held }) => [[held]],
  },
  paperround_feed_state: {
    help: '1 for the state of each feed today',
    labels: ['feed', 'state'],
    read: ({ feeds }) => feeds.map(({ name, state }) => [1, { feed: name, state }]),
  },
  paperround_feed_answer_age_seconds: {
    help: 'Since a feed was last read; absent before the first time',
    labels: ['feed'],
    read: ({ feeds }) => feeds.map(({ name, answerAge }) => [answerAge, { feed: name }]),
  },
  paperround_deliveries_open: {
    help: 'Deliveries and notices that have not ended, by state (ready, deferred, sending, in_doubt)',
    labels: ['state'],
    read: ({ open }) => open.map(({ state, count }) => [count, { state }]),
  },
  paperround_edition_deliveries: {
    help: 'Deliveries of the newest edition by state, of those that failed by cause',
    labels: ['state', 'cause'],
    read: ({ ofEdition }) =>
      ofEdition.map(({ state, cause, count }) => [count, { state, cause: cause ?? '' }]),
  },
  paperround_round_candidates: {
    help: 'Readers who fell due since the newest cut',
    read: ({ round }) => [[round?.candidates]],
  },
  paperround_round_deliveries: {
    help: 'Digests made for them',
    read: ({ round }) => [[round?.deliveries]],
  },
  paperround_round_exclusions: {
    help: 'Readers among them who get none, by reason',
    labels: ['reason'],
    read: ({ round }) =>
      (round?.excluded ?? []).map(({ exclusion, count }) => [count, { reason: exclusion }]),
  },
  paperround_rounds_open: {
    help: 'Rounds that are still composed',
    read: ({ round }) => [[round?.open]],
  },
  paperround_delivery_overdue_seconds: {
    help: 'Since the longest waiting delivery could go out; pauses are not taken off',
    read: ({ overdue }) => [[overdue]],
  },
  paperround_attempts_recent: {
    help: 'What servers said in the last five minutes, by outcome',
    labels: ['outcome'],
    read: ({ attempts }) => attempts.map(({ outcome, count }) => [count, { outcome }]),
  },
  paperround_alarms: {
    help: 'Alarms that last, by name',
    labels: ['name'],
    read: ({ alarms }) => listOf(alarms, 'name'),
  },
  paperround_pauses: {
    help: 'Pauses that last, by what they stop',
    labels: ['scope'],
    read: ({ pauses }) => listOf(pauses, 'scope'),
  },
  paperround_warm_up_waiting: {
    help: 'Readers whose papers wait for their turn of the warm-up; absent where none goes on',
    read: ({ warmUp }) => [[warmUp?.waiting]],
  },
  paperround_warm_up_messages: {
    help: 'Messages of the day of a warm-up, by group of providers',
    labels: ['group'],
    read: ({ warmUp }) => (warmUp?.groups ?? []).map(({ group, used }) => [used, { group }]),
  },
  paperround_warm_up_ceiling: {
    help: 'The most of them, over the providers of the group that had a round and are not warm',
    labels: ['group'],
    read: ({ warmUp }) => (warmUp?.groups ?? []).map(({ group, ceiling }) => [ceiling, { group }]),
  },
  paperround_warm_up_slowed: {
    help: 'Providers whose schedule was held or put back for bounces or complaints',
    labels: ['group'],
    read: ({ warmUp }) => (warmUp?.groups ?? []).map(({ group, slowed }) => [slowed, { group }]),
  },
  paperround_workers: {
    help: 'Worker processes that keep their lease',
    read: ({ workers }) => [[workers]],
  },
  paperround_worker_silence_seconds: {
    help: 'The longest that nothing came through the queue of a worker',
    read: ({ workerSilence }) => [[workerSilence]],
  },
  paperround_queue_jobs: {
    help: 'Jobs in the queue by kind and state',
    labels: ['kind', 'state'],
    read: ({ jobs }) => jobs.map(({ job, state, count }) => [count, { kind: job, state }]),
  },
};

/** Puts the gauges into a registry; what it gives sets them, and with undefined takes them away. */
export function registerGauges(registry: Registry): (measures: Measures | undefined) => void {
  const gauges = Object.entries(measured).map(([name, { help, labels = [], read }]) => ({
    gauge: new Gauge({ name, help, labelNames: [...labels], registers: [registry] }),
    hasLabels: labels.length > 0,
    read,
  }));
  return (measures) => {
    for (const { gauge, hasLabels, read } of gauges) {
      gauge.reset();
      // Without labels a reset gauge shows 0: what is not known must not look like a number.
      if (!hasLabels) gauge.remove({});
      for (const [value, labels = {}] of measures ? read(measures) : []) {
        if (value !== undefined) gauge.set(labels, value);
      }
    }
  };
}
