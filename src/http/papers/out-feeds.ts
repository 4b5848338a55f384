import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OutFeed, type OutItem, outForms } from '../../core/letter/out-feed.ts';
import type { HeadPart, WordedLink } from '../../core/letter/paper-pages.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { readSearch } from '../../core/search/query.ts';
import type { Words } from '../../core/words/words.ts';
import type { ListedPaper } from '../../store/papers/public-papers.ts';
import { linkKept } from '../acting/kept-list.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { findReader } from '../readers/token.ts';
import { type Site, speakTo } from '../site.ts';
import { answerTold } from './answer.ts';

const MOST_PAPERS = 50;
const MOST_EDITIONS = 30;
const MOST_DIGESTS = 14;

/** Programs of other sites may read what everybody may. */
const OPEN = ['cross-origin-resource-policy', 'cross-origin'] as const;

/** What of its query a feed reads. */
interface Asked {
  readonly q?: string;
  readonly label?: string;
}

type FeedRoute = { Params: { ending: string }; Querystring: Asked };
type OwnRoute = { Params: { ending: string; token: string }; Querystring: Asked };

/** What a feed is made of, but for its own address. */
type Made = Omit<OutFeed, 'self'>;

/** The feeds that are the same for everybody, by their names. */
const shared = {
  editions: makeEditions,
  group: (site: Site, { label }: Asked) => makeGroup(site, textOf(label)),
  search: (site: Site, { q }: Asked) => makeSearch(site, textOf(q)),
} as const;

/** `/feeds/…`: editions, groups and searches, in every form that programs follow. */
export function registerOutFeeds(app: FastifyInstance, site: Site): void {
  app.get<FeedRoute>('/feeds/editions.:ending', async (request, reply) =>
    answerReady(site, {
      request,
      reply,
      what: 'editions',
      query: '',
      make: () => makeEditions(site),
    }),
  );
  app.get<FeedRoute>('/feeds/group.:ending', async (request, reply) => {
    const label = textOf(request.query.label);
    const query = `?${new URLSearchParams({ label })}`;
    return answerReady(site, {
      request,
      reply,
      what: 'group',
      query,
      make: () => makeGroup(site, label),
    });
  });
  // What a search finds changes with the words that a job writes, not with what is shown.
  app.get<FeedRoute>('/feeds/search.:ending', async (request, reply) =>
    answer(site, { request, reply, make: () => makeSearch(site, textOf(request.query.q)) }),
  );
}

/** Answers with a feed that is made once a change, as pages for everybody are. */
async function answerReady(
  site: Site,
  { request, reply, make, what, query }: Wanted & { readonly what: string; readonly query: string },
): Promise<FastifyReply> {
  const form = outForms.find(({ ending }) => ending === request.params.ending);
  if (!form) return replyWithMessage(reply, site, 404);
  const key = `/feeds/${what}.${form.ending}${query}`;
  const self = `${site.outside.config.http.publicUrl}${key}`;
  reply.header(...OPEN);
  const write = async () => {
    const made = await make();
    return made && form.write({ ...made, self });
  };
  const recipe = { key, make: write, type: `${form.type}; charset=utf-8` };
  const isThere = await site.shared.answer(request, reply, recipe);
  return isThere ? reply : replyWithMessage(reply, site, 404);
}

/** `/feed/:token/…`, `/kept/:token/…`: a reader's own digests, what they keep, and the same feeds for programs, which hold no cookie. */
export function registerOwnFeeds(app: FastifyInstance, site: Site): void {
  const register = (
    name: string,
    make: (asked: Asked, reader: Subscription) => Promise<Made | undefined>,
    right: 'feed' | 'kept' = 'feed',
  ) => {
    app.get<OwnRoute>(`/${right}/:token/${name}.:ending`, async (request, reply) => {
      reply.header('x-robots-tag', 'noindex').header('cache-control', 'private, no-cache');
      const reader = await findReader(site, right, request.params.token);
      const isOpen = reader?.state === 'active';
      return answer(site, {
        request,
        reply,
        make: async () => (isOpen ? make(request.query, reader) : undefined),
      });
    });
  };
  register('digests', (_asked, reader) => makeOwn(site, reader));
  register('papers', (_asked, reader) => makeKept(site, reader), 'kept');
  for (const [name, make] of Object.entries(shared)) register(name, (asked) => make(site, asked));
}

/** The addresses of a feed in all its forms, for the head of a page and for people. */
export function linkFeeds(
  title: string,
  what: string,
  query: Record<string, string> = {},
): { head: HeadPart['feeds']; ways: WordedLink[] } {
  const given = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : '';
  const links = outForms.map((form) => ({
    ...form,
    link: `/feeds/${what}.${form.ending}${given}`,
  }));
  return {
    head: links.map(({ type, label, link }) => ({ type, title: `${title} (${label})`, link })),
    ways: links.map(({ label, link }) => ({ label, link })),
  };
}

interface Wanted {
  readonly request: FastifyRequest<{ Params: { ending: string } }>;
  readonly reply: FastifyReply;
  /** Undefined where there is no such feed. */
  readonly make: () => Promise<Made | undefined>;
}

async function answer(site: Site, { request, reply, make }: Wanted): Promise<FastifyReply> {
  const form = outForms.find(({ ending }) => ending === request.params.ending);
  const made = form && (await make());
  if (!made) return replyWithMessage(reply, site, 404);
  const self = `${site.outside.config.http.publicUrl}${request.url}`;
  const type = `${form.type}; charset=utf-8`;
  reply.header(...OPEN);
  return answerTold(request, reply, { type, text: form.write({ ...made, self }) });
}

async function makeEditions({ words, outside: { store, config } }: Site): Promise<Made> {
  const { publicUrl } = config.http;
  const shown = await store.editions.listShown(MOST_EDITIONS);
  const texts = await store.editions.listTexts(shown.map(({ id }) => id));
  const moments = new Map(
    (await store.publicPapers.listMoments(shown.map(({ id }) => id))).map((row) => [
      row.id,
      row.at,
    ]),
  );
  return {
    title: config.site.name,
    description: words.say('feed.editions', { site: config.site.name }),
    page: `${publicUrl}/`,
    items: shown.map(({ id, name, date, paperCount }) => ({
      id: `${publicUrl}/editions/${name}`,
      title: `${words.date(date)}: ${words.say('papers', { count: paperCount })}`,
      link: `${publicUrl}/editions/${name}`,
      at: moments.get(id) ?? new Date(0),
      authors: [],
      text: tellGroups(texts.find((edition) => edition.id === id)?.groups ?? [], words),
    })),
  };
}

function tellGroups(groups: readonly { readonly label: string }[], words: Words): string {
  const labels = groups.map(({ label }) => label).filter(Boolean);
  return labels.length > 0
    ? words.say('feed.on', { groups: labels.join('; ') })
    : words.say('feed.new');
}

async function makeGroup(site: Site, label: string): Promise<Made | undefined> {
  const { store, config } = site.outside;
  const ids = label === '' ? [] : await store.publicPapers.listOfLabel(label, MOST_PAPERS);
  if (ids.length === 0) return undefined;
  return {
    title: `${label}: ${config.site.name}`,
    description: site.words.say('feed.group', { group: label }),
    page: `${config.http.publicUrl}/`,
    items: await itemsOf(site, ids),
  };
}

async function makeSearch(site: Site, typed: string): Promise<Made | undefined> {
  const { store, config } = site.outside;
  const query = readSearch(typed);
  if ('fault' in query) return undefined;
  const { order: _, ...newest } = query;
  const { hits } = await store.search.find(newest, { most: MOST_PAPERS });
  return {
    title: `${typed}: ${config.site.name}`,
    description: site.words.say('feed.search', { query: typed }),
    page: `${config.http.publicUrl}/search?${new URLSearchParams({ q: typed })}`,
    items: await itemsOf(
      site,
      hits.map(({ id }) => id),
    ),
  };
}

async function makeOwn(site: Site, reader: Subscription): Promise<Made> {
  const { store, config } = site.outside;
  const digests = await store.keptDigests.list(reader.subscriberId, MOST_DIGESTS);
  const momentOf = new Map(
    digests
      .toReversed()
      .flatMap(({ papers, acceptedAt }) => papers.map((one) => [one, acceptedAt])),
  );
  const items = await itemsOf(
    site,
    digests.flatMap(({ papers }) => papers),
  );
  return {
    title: site.words.say('feed.own', { site: config.site.name }),
    description: site.words.say('feed.ownNote'),
    page: `${config.http.publicUrl}/`,
    items: items.map((item) => ({ ...item, at: momentOf.get(item.paperId) ?? item.at })),
  };
}

async function makeKept(unspoken: Site, reader: Subscription): Promise<Made> {
  const site = speakTo(unspoken, reader);
  const { store, config } = site.outside;
  const { publicUrl } = config.http;
  const begin = `${publicUrl}${site.prefix}`;
  const asked = { subscriberId: reader.subscriberId, words: [] };
  const kept = await store.kept.list(asked, MOST_PAPERS);
  return {
    title: site.words.say('feed.kept', { site: config.site.name }),
    description: site.words.say('feed.keptNote'),
    page: `${begin}/my-papers`,
    items: kept.map((paper) => ({
      id: `${publicUrl}/papers/${paper.paperId}`,
      title: paper.title,
      link: linkKept(paper, begin) ?? `${begin}/my-papers/${paper.paperId}`,
      at: paper.keptAt,
      authors: paper.authors.map(({ name }) => name),
      text: paper.abstract || paper.title,
    })),
  };
}

async function itemsOf(
  { outside: { store, config } }: Site,
  ids: readonly number[],
): Promise<(OutItem & { paperId: number })[]> {
  const papers = await store.publicPapers.listByIds([...new Set(ids)]);
  return papers.map((paper) => ({ paperId: paper.id, ...itemOf(paper, config.http.publicUrl) }));
}

function itemOf({ id, title, authors, abstract, summary, releasedAt }: ListedPaper, url: string) {
  return {
    id: `${url}/papers/${id}`,
    title,
    link: `${url}${paperPath(id, title)}`,
    at: releasedAt,
    authors: authors.map(({ name }) => name),
    text: abstract || summary || title,
  };
}
