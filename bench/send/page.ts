import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownRoot } from './product.ts';

const PAGE = join(ownRoot, 'docs/performance.md');

/** What stands above the figures of a run, so that anybody can make them again. */
export interface Heading {
  readonly commit: string;
  readonly machine: readonly string[];
}

/** The lines above the figures: day, commit, command, machine. */
export function describeRun({ commit, machine }: Heading): string {
  const command = ['npm run bench -- send', ...process.argv.slice(2)].join(' ');
  const day = new Date().toISOString().slice(0, 10);
  return [`${day}, at commit ${commit}: \`${command}\``, ...machine]
    .map((line) => `- ${line}`)
    .join('\n');
}

/** Puts figures between the marks of a part of docs/performance.md. Throws where they are missing. */
export function writePart(part: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no part "${part}"`);
  const around = [page.slice(0, from + begin.length), page.slice(to)];
  writeFileSync(PAGE, around.join(`\n${text}\n`));
}
