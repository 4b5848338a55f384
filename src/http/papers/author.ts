import type { FastifyInstance } from 'fastify';
import { authorKey, authorPath } from '../../core/paper/author-link.ts';
import { authorPageMark } from '../../core/search/vector.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { answerTold, tellPage } from './answer.ts';
import { PAGE, readAfter, writeAfter } from './list.ts';
import { linkFeeds } from './out-feeds.ts';
import { sayExtent, viewListedPaper } from './view.ts';

const LIST = 'author';

type AuthorRoute = { Params: { key: string }; Querystring: { after?: string } };

/** `/authors/:key`: papers of everyone who writes their name so, the newest first. */
export function registerAuthor(app: FastifyInstance, site: Site): void {
  const { search, publicPapers } = site.outside.store;

  app.get<AuthorRoute>('/authors/:key', async (request, reply) => {
    const { key } = request.params;
    const asked = textOf(request.query.after);
    const after = asked === '' ? undefined : readAfter(LIST, asked);
    if (asked !== '' && !after) return replyWithMessage(reply, site, 404);
    const wanted = { match: `'${authorPageMark(key)}'`, dates: {} };
    const { hits, count } = await search.find(wanted, { after, most: PAGE });
    const papers = await publicPapers.listByIds(hits.map(({ id }) => id));
    const name = papers
      .flatMap(({ authors }) => authors)
      .find((author) => authorKey(author.name) === key)?.name;
    const own = name === undefined ? undefined : authorPath(name);
    const path = own && `${site.prefix}${own}`;
    if (name === undefined || path === undefined) return replyWithMessage(reply, site, 404);
    const last = hits.length === PAGE ? hits.at(-1) : undefined;
    const feeds = linkFeeds(name, 'search', { q: `author:"${name}"` });
    const extent = sayExtent(count, site.words);
    const told = tellPage(site, {
      page: 'author',
      title: name,
      path,
      description: site.words.say('author.described', { extent, name }),
      head: { metas: [], feeds: feeds.head },
      view: {
        name,
        extent,
        papers: papers.map((paper) => viewListedPaper(site, paper)),
        ...(last && {
          next: `${path}?after=${writeAfter(LIST, last)}`,
        }),
        feeds: feeds.ways,
      },
    });
    return answerTold(request, reply, told);
  });
}
