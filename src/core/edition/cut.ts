import type { Paper } from '../paper/paper.ts';
import { findDuplicates } from '../reading/duplicates.ts';
import { groupPapers } from '../reading/groups.ts';
import { summarisePaper } from '../reading/summary.ts';
import type { EditionGroup, PlacedPaper } from './edition.ts';

/** A stored paper with its id. */
export type StoredPaper = Paper & { readonly id: number };

/**
 * Decides what an edition shows: near-duplicates merged into the fullest of them, the rest
 * grouped, each group in its own order, each paper with its summary. Pure and
 * deterministic: the same papers give the same edition.
 */
export function buildEdition(papers: readonly StoredPaper[]): {
  groups: EditionGroup[];
  entries: PlacedPaper[];
} {
  const sameAs = findDuplicates(papers);
  const shown = papers.filter((_, index) => sameAs[index] === index);
  const groups = groupPapers(shown);
  const entries: PlacedPaper[] = [];
  for (const [number, group] of groups.entries()) {
    for (const member of group.members) {
      const paper = shown[member];
      if (paper) entries.push(entryOf(paper, { position: entries.length, groupNumber: number }));
    }
  }
  for (const [index, paper] of papers.entries()) {
    const main = papers[sameAs[index] ?? index];
    const into = entries.find((entry) => entry.paperId === main?.id);
    if (main === paper || !into) continue;
    const place = { position: entries.length, groupNumber: into.groupNumber };
    entries.push({ ...entryOf(paper, place), sameAs: into.paperId });
  }
  return {
    groups: groups.map(({ label, overview }, number) => ({ number, label, overview })),
    entries,
  };
}

function entryOf(
  paper: StoredPaper,
  place: { position: number; groupNumber: number },
): PlacedPaper {
  return {
    paperId: paper.id,
    ...place,
    sameAs: null,
    title: paper.title,
    authors: paper.authors,
    link: paper.link ?? null,
    summary: summarisePaper(paper),
    upvotes: paper.upvotes ?? 0,
  };
}
