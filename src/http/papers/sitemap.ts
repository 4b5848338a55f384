import type { FastifyInstance } from 'fastify';
import { paperPath } from '../../core/paper/paper-link.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { answerTold } from './answer.ts';

/** Addresses of one file; the protocol allows 50,000 (sitemaps.org, 0.90). */
const A_FILE = 10_000;
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';
const XML = 'application/xml; charset=utf-8';

/** What only a link from a mail opens, what operators use, and pages without end. */
const PRIVATE = [
  ...[
    '/admin',
    '/api/',
    '/outbox',
    '/private/',
    '/preferences/',
    '/taste/',
    '/cited/',
    '/vote/',
    '/view/',
  ],
  ...['/votes/', '/my-papers', '/sign-in', '/session/', '/follow'].flatMap((path) => [
    path,
    `/*${path}`,
  ]),
  ...[
    '/unsubscribe/',
    '/announcements/',
    '/return/',
    '/confirm/',
    '/address/',
    '/keep/',
    '/feed/',
    '/kept/',
    '/read/',
    '/search',
  ],
];

/** An address of ours, and when it was last changed. */
interface Entry {
  readonly path: string;
  readonly at?: Date;
}

/** `/robots.txt`: what machines may look at; nothing of a site for members only. */
export function registerRobots(app: FastifyInstance, site: Site): void {
  const { publicUrl, isForMembers } = site.outside.config.http;
  const all = [
    ...PRIVATE.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${publicUrl}/sitemap.xml`,
  ];
  const lines = ['User-agent: *', ...(isForMembers ? ['Disallow: /'] : all), ''];
  app.get('/robots.txt', (request, reply) =>
    answerTold(request, reply, { type: 'text/plain; charset=utf-8', text: lines.join('\n') }),
  );
}

/** The list of all that everybody may read, in files of ten thousand addresses. */
export function registerSitemap(app: FastifyInstance, site: Site): void {
  const { store, config } = site.outside;
  const { publicUrl } = config.http;
  const write = (root: string, element: string, entries: readonly Entry[]) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${NAMESPACE}>\n${entries
      .map(({ path, at }) => {
        const changed = at ? `<lastmod>${at.toISOString().slice(0, 10)}</lastmod>` : '';
        // Paths of ours are ASCII without signs of XML.
        return `<${element}><loc>${publicUrl}${path}</loc>${changed}</${element}>\n`;
      })
      .join('')}</${root}>\n`;

  app.get('/sitemap.xml', async (request, reply) => {
    const ends = await store.publicPapers.listPathPages(A_FILE);
    const files = [0, ...ends].map((after) => ({ path: `/sitemaps/papers-${after}.xml` }));
    const all = [{ path: '/sitemaps/editions.xml' }, ...files];
    return answerTold(request, reply, { type: XML, text: write('sitemapindex', 'sitemap', all) });
  });
  app.get('/sitemaps/editions.xml', async (request, reply) => {
    const editions = await store.publicPapers.listEditionPaths(A_FILE);
    const entries = editions.map(({ name, at }) => ({ path: `/editions/${name}`, at }));
    const text = write('urlset', 'url', [{ path: '/' }, ...entries]);
    return answerTold(request, reply, { type: XML, text });
  });
  app.get<{ Params: { after: string } }>('/sitemaps/papers-:after.xml', async (request, reply) => {
    const after = /^\d{1,15}$/.test(request.params.after)
      ? Number(request.params.after)
      : undefined;
    if (after === undefined) return replyWithMessage(reply, site, 404);
    const papers = await store.publicPapers.listPaths(after, A_FILE);
    const entries = papers.map(({ id, title, releasedAt }) => ({
      path: paperPath(id, title),
      at: releasedAt,
    }));
    return answerTold(request, reply, { type: XML, text: write('urlset', 'url', entries) });
  });
}
