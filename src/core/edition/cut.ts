import { isResearch } from '../paper/kind.ts';
import type { Paper } from '../paper/paper.ts';
import { findDuplicates } from '../reading/duplicates.ts';
import { groupPapers } from '../reading/groups.ts';
import type { Space } from '../reading/space.ts';
import { summarisePaper } from '../reading/summary.ts';
import type { Work } from '../reading/work.ts';
import { shortenText } from '../text/text.ts';
import { groupBehind } from './behind.ts';
import type { EditionGroup, PlacedPaper } from './edition.ts';
import type { PaperMark } from './marks.ts';

/** A stored paper with its id. */
export type StoredPaper = Paper & { readonly id: number };

/**
 * So much of an abstract is read, in code points: more than any of 19,000 real ones had. What
 * is beyond is kept, and costs the cut no time.
 */
const MOST_READ = 4_000;

/** About so often `buildEdition` pauses for each paper, by which it is told how far it is. */
export const PAUSES_A_PAPER = 17;

/**
 * Decides what an edition shows: what editors hid is left out, near-duplicates are merged into
 * the fullest of them, the rest is grouped, each group in its own order, each paper with its
 * summary; what is no research stands behind, by kind. A pick counts for the paper that it is merged into. Pure and deterministic: the
 * same papers and marks give the same edition.
 */
export function* buildEdition(
  all: readonly StoredPaper[],
  marks: readonly PaperMark[] = [],
  space?: Space,
): Work<{
  groups: EditionGroup[];
  entries: PlacedPaper[];
}> {
  const isHidden = new Set(
    marks.flatMap(({ paperId, mark }) => (mark === 'hidden' ? paperId : [])),
  );
  const papers = all
    .filter(({ id }) => !isHidden.has(id))
    .map((paper) => ({ ...paper, abstract: shortenText(paper.abstract, MOST_READ) }));
  const sameAs = yield* findDuplicates(papers);
  const picks = findPicks(papers, sameAs, marks);
  const shown = papers.filter((_, index) => sameAs[index] === index);
  const research = shown.filter(({ kind }) => isResearch(kind));
  const groups = [
    ...(yield* groupPapers(research, space)).map((group) => ({
      ...group,
      members: group.members.flatMap((member) => research[member] ?? []),
    })),
    ...groupBehind(shown),
  ];
  const entries: PlacedPaper[] = [];
  for (const [number, group] of groups.entries()) {
    for (const paper of group.members) {
      const place = { position: entries.length, groupNumber: number };
      entries.push({ ...entryOf(paper, place), pick: picks.get(paper.id) ?? null });
      yield;
    }
  }
  for (const [index, paper] of papers.entries()) {
    const main = papers[sameAs[index] ?? index];
    const into = main !== paper && entries.find((entry) => entry.paperId === main?.id);
    if (!into) continue;
    const place = { position: entries.length, groupNumber: into.groupNumber };
    entries.push({ ...entryOf(paper, place), sameAs: into.paperId });
    yield;
  }
  return {
    groups: groups.map(({ label, overview }, number) => ({ number, label, overview })),
    entries,
  };
}

/** The place of each picked paper that is shown, whichever of its duplicates was picked. */
function findPicks(
  papers: readonly StoredPaper[],
  sameAs: readonly number[],
  marks: readonly PaperMark[],
): Map<number, number> {
  const picks = new Map<number, number>();
  for (const { paperId, place } of marks) {
    const at = papers.findIndex(({ id }) => id === paperId);
    const main = papers[sameAs[at] ?? -1];
    if (!main || place === null) continue;
    picks.set(main.id, Math.min(place, picks.get(main.id) ?? place));
  }
  return picks;
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
    pick: null,
  };
}
