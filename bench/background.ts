/**
 * Learns how common the terms of science are from the public dev data beside the repository
 * (`../shared/bench`) and writes the figures to `src/core/ranking/background-figures.ts`: numbers
 * of terms and how many texts use them, no text. Run with `npx tsx bench/background.ts`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countTerms } from '../src/core/ranking/terms.ts';
import { hasData, readLines } from './data.ts';

/** Terms of fewer texts are all alike: as rare as can be. */
const LEAST_TEXTS = 10;
/** Counts are kept in steps of a quarter: 10, 12.5, 15.6 … texts. */
const STEP = 1.25;
/** A title names a fraction of what its paper is about. */
const TITLE_COUNTS = 2;

interface Text {
  readonly title: string;
  readonly abstract?: string;
}

const textsByTerm = new Map<number, number>();
let texts = 0;

function learn(from: readonly Text[], counts: number, share: number): void {
  for (const { title, abstract = '' } of from) {
    texts += share;
    for (const term of countTerms(`${title}. ${abstract}`).keys()) {
      textsByTerm.set(term, (textsByTerm.get(term) ?? 0) + counts);
    }
  }
}

/** Per step, the numbers of its terms in ascending order, as hexadecimal digits of 32-bit integers: they spell no word. */
function toSteps(): string[] {
  const steps: number[][] = [];
  for (const [term, count] of textsByTerm) {
    if (count < LEAST_TEXTS) continue;
    const step = Math.round(Math.log(count / LEAST_TEXTS) / Math.log(STEP));
    steps[step] = [...(steps[step] ?? []), term];
  }
  return Array.from(steps, (terms = []) =>
    Buffer.from(Int32Array.from(terms).sort().buffer).toString('hex'),
  );
}

if (hasData()) {
  learn(readLines<Text>('authors.papers.jsonl.gz'), 1, 1);
  learn(readLines<Text>('scitldr.input.jsonl.gz'), 1, 1);
  learn(readLines<Text>('citeulike.items.jsonl.gz'), TITLE_COUNTS, TITLE_COUNTS / 2.5);
  const lines = toSteps().map((step) => `  '${step}',`);
  writeFileSync(
    join(import.meta.dirname, '../src/core/ranking/background-figures.ts'),
    `/**
 * How many of some texts of science use a term, learned by \`bench/background.ts\`. Entry n
 * holds the numbers (see \`numberOf\`) of the terms that \`least\` times \`step\` to the n use,
 * as hexadecimal digits of 32-bit integers, the lower byte first.
 */
export const backgroundFigures = {
  texts: ${Math.round(texts)},
  least: ${LEAST_TEXTS},
  step: ${STEP},
  terms: [
${lines.map((line) => `  ${line}`).join('\n')}
  ],
} as const;
`,
  );
  console.log(`${Math.round(texts)} texts`);
}
