import type { LongReport } from './long.ts';
import { show, toMarkdown } from './table.ts';

const MIB = 2 ** 20;
const US = 1e6;

/** The summary of the long run, as Markdown. */
export function tellLong(report: LongReport): string {
  const promises = report.verdicts.map(({ promise, broken, seen }) => [
    promise,
    broken === 0 ? 'kept' : `BROKEN ${broken} times`,
    seen,
  ]);
  return [
    toMarkdown(['what', 'readers', 'measured'], figuresOf(report)),
    report.story.map((line) => `- ${line}`).join('\n'),
    toMarkdown(['promise', '', 'seen'], promises),
  ].join('\n\n');
}

function figuresOf({ readers, seconds, most, memory, sizes, reference }: LongReport): string[][] {
  const { composing, whole } = reference.phases;
  const few = show(whole?.count);
  const many = readers.toLocaleString('en');
  const each = (seconds.most * US) / (most * readers);
  const calm = US / (whole?.rate ?? Number.NaN);
  const { idle, most: top } = reference.memory ?? { idle: Number.NaN, most: Number.NaN };
  const calmGrowth = top - idle;
  return [
    ['composing, seconds', many, show(seconds.composing)],
    [`${most * 100} % of all letters accepted, seconds`, many, show(seconds.most)],
    ['the last letter accepted, seconds', many, show(seconds.last)],
    ['microseconds a reader, due to accepted', many, show(each)],
    ['the same, calm', few, show(calm)],
    ['the first of these to the second', '', show(each / calm)],
    ['composing, readers a second', many, show(readers / seconds.composing)],
    ['composing, readers a second', few, show(composing?.rate)],
    ["the worker's memory, idle, MB", many, show(memory.idle / MIB)],
    ["the worker's memory at most, over idle, MB", many, show((memory.most - memory.idle) / MIB)],
    ['the same, calm', few, show(calmGrowth / MIB)],
    ['Redis at most, MB', many, show(sizes.redis / MIB)],
    ['database, grown by deliveries, digests and attempts, MB', many, show(sizes.grown / MIB)],
    ['database with readers, votes and all, MB', many, show(sizes.database / MIB)],
  ];
}
