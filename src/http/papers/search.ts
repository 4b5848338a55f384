import type { FastifyInstance } from 'fastify';
import type { FoundPaper, SearchPage } from '../../core/letter/paper-pages.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { excerptMarked, markWords } from '../../core/search/mark.ts';
import { readSearch, type SearchMarks, type SearchQuery } from '../../core/search/query.ts';
import type { ListedPaper } from '../../store/papers/public-papers.ts';
import type { Hit } from '../../store/papers/search.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { answerTold, tellPage } from './answer.ts';
import { PAGE, readAfter, writeAfter } from './list.ts';
import { linkFeeds } from './out-feeds.ts';
import { amendedOf, namesOf, sayExtent } from './view.ts';

const LONGEST_EXCERPT = 280;

/** What is asked for in the address of a search. */
interface Asked {
  readonly typed: string;
  readonly isNewest: boolean;
  readonly after: Hit | undefined;
}

type SearchRoute = { Querystring: { q?: string; order?: string; after?: string } };

/** `/search`: a form, and what was found; the same for everybody who asks the same. */
export function registerSearch(app: FastifyInstance, site: Site): void {
  const { words } = site;
  app.get<SearchRoute>('/search', async (request, reply) => {
    const typed = textOf(request.query.q).trim();
    const isNewest = textOf(request.query.order) === 'newest';
    const after = readAfter(listName(isNewest), textOf(request.query.after));
    const view = await viewSearch(site, { typed, isNewest, after });
    const told = tellPage(site, {
      page: 'search',
      title:
        typed === '' ? words.say('search.title') : words.say('search.titleOf', { query: typed }),
      path: pathOf(site, { q: typed }),
      description: words.say('search.described'),
      head: {
        metas: [{ name: 'robots', content: 'noindex, follow' }],
        feeds: view.found ? linkFeeds(typed, 'search', { q: typed }).head : [],
      },
      view,
    });
    return answerTold(request, reply.code(view.fault ? 400 : 200), told);
  });
}

async function viewSearch(site: Site, asked: Asked): Promise<SearchPage> {
  if (asked.typed === '') return { typed: '' };
  const query = readSearch(asked.typed);
  if ('fault' in query) return { typed: asked.typed, fault: site.words.translate(query.fault) };
  return { typed: asked.typed, found: await viewFound(site, asked, query) };
}

async function viewFound(
  site: Site,
  { typed, isNewest, after }: Asked,
  query: SearchQuery,
): Promise<NonNullable<SearchPage['found']>> {
  const { words } = site;
  const { search, publicPapers } = site.outside.store;
  const { order, ...wanted } = query;
  const asked = isNewest || order === undefined ? wanted : { ...wanted, order };
  const { hits, count } = await search.find(asked, { after, most: PAGE });
  const papers = await publicPapers.listByIds(hits.map(({ id }) => id));
  const last = hits.length === PAGE ? hits.at(-1) : undefined;
  const own = { q: typed, ...(isNewest && { order: 'newest' }) };
  return {
    extent: sayExtent(count, site.words),
    papers: papers.map((paper) => viewFoundPaper(site, paper, query.marks)),
    order: isNewest
      ? { label: words.say('search.best'), link: pathOf(site, { q: typed }) }
      : { label: words.say('search.newest'), link: pathOf(site, { q: typed, order: 'newest' }) },
    ...(last && { next: pathOf(site, { ...own, after: writeAfter(listName(isNewest), last) }) }),
    ...(query.topic && {
      follow: `${site.prefix}/subscribe?${new URLSearchParams({ topics: query.topic })}`,
    }),
    feeds: linkFeeds(typed, 'search', { q: typed }).ways,
  };
}

function viewFoundPaper(
  { words, prefix }: Site,
  paper: ListedPaper,
  marks: SearchMarks,
): FoundPaper {
  const authors = namesOf(paper, words);
  return {
    link: `${prefix}${paperPath(paper.id, paper.title)}`,
    title: markWords(paper.title, marks),
    ...(authors && { authors }),
    excerpt: excerptMarked(paper.abstract, marks, LONGEST_EXCERPT),
    date: words.shortDate(paper.date),
    ...amendedOf(paper, words),
  };
}

function listName(isNewest: boolean): string {
  return isNewest ? 'newest' : 'best';
}

function pathOf({ prefix }: Site, query: Record<string, string>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return `${prefix}/search${given.length === 0 ? '' : `?${new URLSearchParams(given)}`}`;
}
