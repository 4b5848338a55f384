import type { LookUpScheme } from '../core/feed/look-ups.ts';
import { findNamed, type Named } from '../core/paper/named.ts';
import type { Paper } from '../core/paper/paper.ts';
import { fetchArxivIds } from './arxiv-query.ts';
import type { Source } from './fetched.ts';
import { fetchLike, fetchWorks } from './sources/crossref.ts';
import { fetchArticles } from './sources/pubmed.ts';

const SOURCES: Readonly<
  Record<LookUpScheme, (ids: readonly string[], source: Source) => Promise<readonly Paper[]>>
> = { arxiv: fetchArxivIds, doi: fetchWorks, pmid: fetchArticles };

/**
 * The papers that a source has under some ids of one kind, by those ids; what it does not know is
 * missing. Throws FeedError where it cannot be asked.
 */
export async function lookUpPapers(
  scheme: LookUpScheme,
  ids: readonly string[],
  source: Source,
): Promise<ReadonlyMap<string, Paper>> {
  const papers = await SOURCES[scheme](ids, source);
  const asked = new Set(ids);
  return new Map(
    papers.flatMap((paper) => {
      const id = paper.ids[scheme];
      return id !== undefined && asked.has(id) ? [[id, paper] as const] : [];
    }),
  );
}

/**
 * The paper that somebody names by its title and first author, as Crossref has it; undefined where
 * none is surely that one. Throws FeedError where it cannot be asked.
 */
export async function lookUpNamed(named: Named, source: Source): Promise<Paper | undefined> {
  const author = named.authors[0]?.name ?? '';
  return findNamed(named, await fetchLike({ title: named.title, author }, source));
}
