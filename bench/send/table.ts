import { type Part, parts } from './meter.ts';
import type { Figures, Phase, Result } from './result.ts';

/** All runs of one contestant, each with the wire's rate beside it. */
export interface Series {
  readonly id: string;
  readonly name: string;
  readonly results: readonly { readonly result: Result; readonly wire: number }[];
}

const phaseNames: Readonly<Record<Phase, string>> = {
  composing: 'composing',
  sending: 'sending',
  whole: 'whole',
};
const phases: readonly Phase[] = ['composing', 'sending', 'whole'];
const MIB = 2 ** 20;
/** A number, with others behind it or none; or nothing. */
const NUMBERS = /^[\d.,]*( \([^)]*\)|, [\d.,]+)?$/;

/** The one in the middle, of an even number the mean of the two there. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2;
}

/** Three digits that count, as people read them. */
export function show(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '';
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', {
    minimumFractionDigits: Math.min(digits, 3),
    maximumFractionDigits: Math.min(digits, 3),
  });
}

/** The heads of `buildRows`. */
export const rateHead = [
  'who',
  'what',
  'of',
  'a second: median (least to most)',
  'of the wire',
  ...parts.map((part) => `${part} us`),
  'statements',
  'commits',
];

/** The table of all contestants: medians over the runs. */
export function buildRows(series: readonly Series[]): string[][] {
  return series.flatMap((each) =>
    phases.flatMap((phase) => {
      const runs = each.results.flatMap(({ result, wire }) => {
        const figures = result.phases[phase];
        return figures ? [{ figures, wire }] : [];
      });
      return runs.length === 0 ? [] : [rowOf(each.name, phaseNames[phase], runs)];
    }),
  );
}

function rowOf(
  name: string,
  what: string,
  runs: readonly { readonly figures: Figures; readonly wire: number }[],
): string[] {
  const rates = runs.map(({ figures }) => figures.rate);
  const median = (of: (figures: Figures) => number | undefined) => {
    const known = runs.flatMap(({ figures }) => of(figures) ?? []);
    return known.length === 0 ? '' : show(medianOf(known));
  };
  const cpu = (part: Part) => median(({ cpuUs }) => cpuUs[part] || undefined);
  return [
    name,
    what,
    show(runs[0]?.figures.count),
    `${show(medianOf(rates))} (${show(Math.min(...rates))} to ${show(Math.max(...rates))})`,
    show(medianOf(runs.map(({ figures, wire }) => figures.rate / wire))),
    ...parts.map(cpu),
    median(({ statements }) => statements),
    median(({ commits }) => commits),
  ];
}

/** Memory and sizes, of those who have them. */
export function buildSizeRows(series: readonly Series[]): string[][] {
  return series.flatMap(({ name, results }) => {
    const known = results.flatMap(
      ({
        result: {
          memory,
          sizes,
          phases: { sending },
        },
      }) => (memory && sizes ? [{ memory, sizes, letters: sending?.count ?? 0 }] : []),
    );
    if (known.length === 0) return [];
    const median = (of: (one: (typeof known)[number]) => number) => medianOf(known.map(of));
    return [
      [
        name,
        show(known[0]?.letters),
        show(median(({ memory }) => memory.idle / MIB)),
        show(median(({ memory }) => memory.most / MIB)),
        show(median(({ sizes }) => sizes.redis / MIB)),
        show(median(({ sizes }) => sizes.database / MIB)),
      ],
    ];
  });
}

/** The heads of `buildSizeRows`. */
export const sizeHead = [
  'who',
  'letters',
  'worker idle MB',
  'worker at most MB',
  'Redis MB',
  'database MB',
];

/** A table as Markdown, in columns that also read well on a terminal; numbers stand to the right. */
export function toMarkdown(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = names.map((name, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const width = Math.max(3, name.length, ...cells.map((cell) => cell.length));
    return { width, isRight: cells.every((cell) => NUMBERS.test(cell)) };
  });
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ width, isRight }, at) =>
      isRight ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = columns.map(({ width, isRight }) =>
    isRight ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [line(names), line(rule), ...rows.map(line)].join('\n');
}
