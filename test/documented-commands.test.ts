import { readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { createProgram } from '../src/cli/program.ts';

interface Line {
  readonly where: string;
  readonly words: readonly string[];
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'SECURITY.md',
  'UPGRADING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Command lines as somebody would copy them: those of shell blocks, and whole ones between backticks. */
function readLines(page: string): Line[] {
  const text = readFileSync(page, 'utf8');
  const blocks = [...text.matchAll(/^```(?:sh|bash|console)\n([\s\S]*?)^```/gm)].flatMap(
    ([, block = '']) => block.replace(/\\\n\s*/g, ' ').split('\n'),
  );
  const inline = [...text.matchAll(/`((?:npm run )?paperround [^`\n]+)`/g)].map(
    ([, line = '']) => line,
  );
  return [...blocks, ...inline].flatMap((line) => {
    const [, rest] =
      /(?:^|(?<!-\w)\s|\()(?:npm run (?:--silent )?paperround --|paperround)\s+(?=[a-z-])(.*)$/.exec(
        line,
      ) ?? [];
    if (rest === undefined || /^paperround(?::|-)/.test(line)) return [];
    const [command = ''] = rest.split(/\s#\s|\s{2,}|\s(?:[|>]|&&|;)\s?|\)|\s2>/);
    const words = command.match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
    return [
      {
        where: `${page}: ${line.trim()}`,
        words: words.map((word) => word.replace(/^["']|["']$/g, '')),
      },
    ];
  });
}

/** The first column of the table of commands: `show\|erase ADDRESS` stands for two lines. */
function readTable(program: Command): Line[] {
  const known = new Set(program.commands.map((each) => each.name()));
  const cells = [
    ...readFileSync('docs/commands.md', 'utf8').matchAll(/^\| (`[^|\n]*(?:\\\|[^|\n]*)*) \| /gm),
  ];
  const spans = cells.flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span.replaceAll('\\|', '|')),
  );
  return spans
    .filter((span) => known.has(span.split(/[ |]/)[0] ?? ''))
    .flatMap((span) =>
      expand(span.split(' ')).map((words) => ({
        where: `docs/commands.md, table: ${words.join(' ')}`,
        words,
      })),
    );
}

/** Each choice of words between bars, without what may be left out. */
function expand([word, ...rest]: readonly string[]): string[][] {
  if (word === undefined) return [[]];
  const isOptional = /^[[…]|[\]…]$/.test(word);
  return expand(rest).flatMap((tail) =>
    isOptional ? [tail] : word.split('|').map((choice) => [choice, ...tail]),
  );
}

/** What is wrong with a command line; undefined where the CLI would take it. */
function findFault(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  const rest = [...words];
  for (let next = rest[0]; next !== undefined && command.commands.length > 0; next = rest[0]) {
    if (next.startsWith('-')) {
      if (!program.options.some(({ long }) => long === next)) break;
      rest.shift();
      continue;
    }
    const found = command.commands.find((each) => each.name() === next);
    if (!found) return `there is no "${next}"`;
    command = found;
    rest.shift();
  }
  const { operands, unknown } = command.parseOptions(rest);
  const strange = unknown.filter(
    (word) => word.startsWith('--') && !program.options.some(({ long }) => long === word),
  );
  if (strange.length > 0) return `no option ${strange.join(' ')}`;
  const known = command.registeredArguments;
  const given = operands.length + unknown.filter((word) => !word.startsWith('-')).length;
  if (known.some(({ variadic }) => variadic)) return undefined;
  return given > known.length ? `too many words: ${operands.join(' ')}` : undefined;
}

describe('command lines of the documentation', () => {
  const program = createProgram();
  const lines = [...pages.flatMap(readLines), ...readTable(program)];

  it('are many', () => {
    expect(lines.length).toBeGreaterThan(150);
  });

  it('are such as the CLI takes', () => {
    const faults = lines.flatMap(({ where, words }) => {
      const fault = findFault(program, words);
      return fault ? [`${where}: ${fault}`] : [];
    });
    expect(faults).toEqual([]);
  });

  it.each([
    ['feeds export x.opml y.opml', /too many/],
    ['feeds exprt', /no "exprt"/],
    ['subscribers pause a@b.example --till 2026-12-24', /no option --till/],
    ['today --json', undefined],
  ])('would be found out: %s', (line, fault) => {
    const found = findFault(program, line.split(' '));
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeUndefined();
  });
});
