import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayGroup } from '../../src/core/letter/group-words.ts';
import { parsePaperList } from '../../src/core/paper/paper-list.ts';
import { groupPapers } from '../../src/core/reading/groups.ts';
import { finish } from '../../src/core/reading/work.ts';
import { english } from '../../src/core/words/words.ts';
import { findFile, readRows, writeRows } from './files.ts';
import { score } from './score.ts';
import type { Options, Subject } from './subject.ts';

interface Paper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

interface Day {
  readonly day: string;
  readonly papers: readonly Paper[];
}

/** How the papers of a day are grouped, and what the groups are called. */
export const groups: Subject = {
  predict({ input, output }) {
    writeRows(output, predictDays(readRows<Day>(input)));
  },
  measure(options) {
    const { data, split, show } = options;
    const file = findFile(join(data, split), 'groups.days.jsonl');
    const days = file ? readRows<Day>(file) : [];
    if (show !== undefined) return showDay(show, days);
    if (days.length > 0) measureDays(days, options);
  },
};

function predictDays(days: readonly Day[]) {
  return days.map(({ day, papers }) => ({ day, groups: groupDay(papers) }));
}

function measureDays(days: readonly Day[], options: Options): void {
  score('score-groups.js', predictDays(days), options);
  tellStability(days);
  const all = days.flatMap(({ papers }) => papers);
  for (const count of [300, 1000, all.length]) {
    const seconds = cpuSeconds(() => groupDay(all.slice(0, count)));
    console.log(`${count} papers: ${seconds.toFixed(2)} s of the processor`);
  }
}

/** A day's groups with the titles in them, of the bundled sample too. */
function showDay(name: string, days: readonly Day[]): void {
  const sample = () =>
    readFileSync(join(import.meta.dirname, '../../sample/2025-05-07.txt'), 'utf8');
  const papers =
    name === 'sample'
      ? parsePaperList(sample()).map((paper, at) => ({ ...paper, id: String(at) }))
      : (days.find(({ day }) => day === name)?.papers ?? []);
  const titles = new Map(papers.map(({ id, title }) => [id, title]));
  for (const { label, ids } of groupDay(papers)) {
    console.log([`${label} (${ids.length})`, ...ids.map((id) => `  ${titles.get(id)}`)].join('\n'));
  }
}

/** The groups of a day with their labels as readers see them. */
function groupDay(papers: readonly Paper[]): { label: string; ids: string[] }[] {
  return finish(groupPapers(papers.map(({ title, abstract }) => ({ title, abstract })))).map(
    (group, number) => ({
      label: sayGroup({ ...group, number }, english).label,
      ids: group.members.flatMap((member) => papers[member]?.id ?? []),
    }),
  );
}

function cpuSeconds(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}

/** The share of pairs that two groupings agree on beyond chance (Hubert and Arabie 1985). */
function adjustedRand(a: readonly string[], b: readonly string[]): number {
  const pairs = (labels: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const [one, two, both] = [pairs(a), pairs(b), pairs(a.map((label, i) => `${label}\n${b[i]}`))];
  const chance = (one * two) / ((a.length * (a.length - 1)) / 2);
  return (both - chance) / ((one + two) / 2 - chance || 1);
}

/** How alike a day's groups and labels are with and without one paper, three times a day. */
function tellStability(days: readonly Day[]): void {
  const rands: number[] = [];
  const kept: number[] = [];
  for (const { papers } of days) {
    const before = labelsOf(papers);
    for (const share of [1, 3, 5]) {
      const gone = Math.floor((share * papers.length) / 6);
      const rest = papers.filter((_, at) => at !== gone);
      const after = labelsOf(rest);
      const of = (labels: ReadonlyMap<string, string>) =>
        rest.map(({ id }) => labels.get(id) ?? '');
      rands.push(adjustedRand(of(before), of(after)));
      const [old, now] = [new Set(before.values()), new Set(after.values())];
      kept.push([...old].filter((label) => now.has(label)).length / old.size);
    }
  }
  console.log(`one paper less: ARI ${mean(rands)} (median ${median(rands)}), labels ${mean(kept)}`);
}

function labelsOf(papers: readonly Paper[]): Map<string, string> {
  return new Map(groupDay(papers).flatMap(({ label, ids }) => ids.map((id) => [id, label])));
}

const mean = (xs: readonly number[]) => (xs.reduce((a, b) => a + b, 0) / xs.length).toFixed(3);
const median = (xs: readonly number[]) => [...xs].sort((a, b) => a - b)[xs.length >> 1]?.toFixed(3);
