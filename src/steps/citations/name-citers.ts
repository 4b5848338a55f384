import type { CitedAnswer, Citer, UnnamedCiter } from '../../core/citations/asked.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import { workKeys } from '../../core/citations/work.ts';
import { FeedError } from '../../core/feed/feed.ts';
import type { LookUpScheme } from '../../core/feed/look-ups.ts';
import type { Outside } from '../steps.ts';

/** Of one answer; more new ones at once are old ones that were added late, which are only counted. */
const MOST_NAMED = 20;

/**
 * An answer with the titles of what a source newly names by ids alone, asked of Crossref and PubMed.
 * What nobody knows yet is left out, so that it is new again next time; of a first answer nothing is
 * asked, since it is no news.
 */
export async function nameCiters(
  { store, feeds }: Pick<Outside, 'store' | 'feeds'>,
  source: CitationSource,
  answer: CitedAnswer,
): Promise<CitedAnswer> {
  const { unnamed = [], id, citers } = answer;
  const turn = unnamed.length > 0 ? await store.citationTurns.find(id, source) : undefined;
  if (!turn?.begunAt) return answer;
  const known = await store.citations.listKeys(id);
  const fresh = unnamed
    .filter(({ ids }) => !workKeys(ids).some((key) => known.has(key)))
    .toSorted((a, b) => (b.publishedAt?.getTime() ?? 0) - (a.publishedAt?.getTime() ?? 0));
  const asked = fresh.slice(0, MOST_NAMED);
  const named = [
    ...(await lookUp(feeds, 'doi', asked)),
    ...(await lookUp(
      feeds,
      'pmid',
      asked.filter(({ ids }) => ids.doi === undefined),
    )),
  ];
  return { ...answer, citers: [...citers, ...named], unnamed: fresh.slice(MOST_NAMED) };
}

async function lookUp(
  feeds: Outside['feeds'],
  scheme: LookUpScheme,
  citers: readonly UnnamedCiter[],
): Promise<Citer[]> {
  const ids = citers.flatMap((citer) => citer.ids[scheme] ?? []);
  if (ids.length === 0) return [];
  try {
    const papers = await feeds.lookUp(scheme, ids);
    return citers.flatMap(({ ids: own, publishedAt, isOwn }) => {
      const paper = papers.get(own[scheme] ?? '');
      if (!paper) return [];
      const dated = publishedAt ? { ...paper, publishedAt } : paper;
      const whole = { ...dated, ids: { ...own, ...paper.ids } };
      return [{ paper: whole, ...(isOwn !== undefined && { isOwn }) }];
    });
  } catch (error) {
    // Who gives titles is another than who gives citations: next time, then.
    if (error instanceof FeedError) return [];
    throw error;
  }
}
