import { join } from 'node:path';
import { summarisePaper } from '../../src/core/reading/summary.ts';
import { findFile, readRows, writeRows } from './files.ts';
import { score } from './score.ts';
import type { Subject } from './subject.ts';

interface Paper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
}

/** What is said of a paper beside its title. */
export const summaries: Subject = {
  predict({ input, output }) {
    writeRows(output, summariseAll(readRows<Paper>(input)));
  },
  measure(options) {
    const file = findFile(join(options.data, options.split), 'scitldr.input.jsonl');
    if (file) score('score-summary.js', summariseAll(readRows<Paper>(file)), options);
  },
};

function summariseAll(papers: readonly Paper[]) {
  return papers.map((paper) => ({ id: paper.id, summary: summarisePaper(paper) }));
}
