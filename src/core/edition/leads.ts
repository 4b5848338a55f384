import type { EditionPaper, EditionTexts } from './edition.ts';

/** What the editors picked, in their order. */
export function picksOf<Paper extends EditionPaper>({
  papers,
}: {
  readonly papers: readonly Paper[];
}): Paper[] {
  return papers.filter(({ pick }) => pick !== null).sort((a, b) => (a.pick ?? 0) - (b.pick ?? 0));
}

/**
 * The papers that stand first on the front page: what the editors picked, then of each group its
 * first, the most voted for before, and what is left as the edition has it. A paper that says
 * nothing beyond its title leads only where no other is left.
 */
export function chooseLeads<Paper extends EditionPaper>(
  texts: Pick<EditionTexts, 'groups'> & { readonly papers: readonly Paper[] },
  most: number,
): Paper[] {
  const firsts = texts.groups
    .flatMap(({ number }) => texts.papers.find(({ groupNumber }) => groupNumber === number) ?? [])
    .sort((a, b) => b.upvotes - a.upvotes);
  const all = [...new Set([...picksOf(texts), ...firsts, ...texts.papers])];
  const isTelling = ({ pick, summary }: EditionPaper) => pick !== null || summary !== '';
  return [...all.filter(isTelling), ...all.filter((paper) => !isTelling(paper))].slice(0, most);
}
