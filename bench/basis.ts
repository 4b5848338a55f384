/**
 * Learns the basis that comes with the program from the public dev data beside the repository
 * (`../shared/bench`), but for the texts that groups are measured on, and writes it to
 * `src/core/reading/first-basis.ts`: numbers of terms and directions, no text. Run with
 * `npx tsx bench/basis.ts`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foldTitle } from '../src/core/paper/paper.ts';
import { learnBasis } from '../src/core/reading/learn-basis.ts';
import { packBasis } from '../src/core/reading/vectors.ts';
import { finish } from '../src/core/reading/work.ts';
import { hasData, readLines } from './data.ts';

interface Text {
  readonly title: string;
  readonly abstract: string;
}

if (hasData()) {
  const days = readLines<{ papers: Text[] }>('groups.days.jsonl.gz');
  const measured = new Set(
    days.flatMap(({ papers }) => papers.map(({ title }) => foldTitle(title))),
  );
  const texts = ['authors.papers.jsonl.gz', 'scitldr.input.jsonl.gz']
    .flatMap((file) => readLines<Text>(file))
    .filter(({ title }) => !measured.has(foldTitle(title)))
    .map(({ title, abstract }) => `${title}. ${abstract}`);
  const basis = finish(learnBasis(texts, 'first'));
  if (basis) {
    writeFileSync(
      join(import.meta.dirname, '../src/core/reading/first-basis.ts'),
      `/** Directions of meaning, learned by \`bench/basis.ts\` from ${texts.length} texts of science. */
export const firstBasis = ${JSON.stringify(packBasis(basis))};
`,
    );
    console.log(`${texts.length} texts, ${basis.rows.size} terms`);
  }
}
