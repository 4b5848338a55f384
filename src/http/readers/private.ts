import type { FastifyInstance, FastifyReply } from 'fastify';
import { writeBibtex } from '../../core/paper/bibtex.ts';
import { toCited } from '../../core/paper/citations.ts';
import { maskAddress } from '../../core/reader/address.ts';
import { askNewAddress } from '../../steps/readers/change-address.ts';
import { listHistory, listNamed } from '../../steps/readers/history.ts';
import { eraseReader, exportReader } from '../../steps/readers/private.ts';
import { beginSessionOf } from '../../steps/readers/session.ts';
import { enterSession } from '../acting/visitor.ts';
import { replyWithMessage } from '../errors.ts';
import { readAddress, textOf } from '../forms/address.ts';
import { answerInTurn, replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { changeFollowed, follow, type Said, viewFollowed } from './followed.ts';
import { pathOf, type TokenRoute } from './token.ts';
import { findVisit, timeOf, type Visit } from './visit.ts';

const LONGEST_QUERY = 200;
const MOST_CITED = 500;

/** `/private/:token`: what is kept of a reader, for whoever has just got the link at their address. */
export function registerPrivate(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  const enter = (token: string) => findVisit(site, token);

  app.get<TokenRoute & { Querystring: { q?: string } }>(
    '/private/:token',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const query = textOf(request.query.q).slice(0, LONGEST_QUERY);
      return show(reply, site, visit, { query });
    },
  );

  app.get<TokenRoute & { Querystring: { paper?: string | string[] } }>(
    '/private/:token/bibtex',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const ids = [request.query.paper ?? []].flat().map(Number).filter(Number.isSafeInteger);
      const { subscriberId } = visit.reader;
      const chosen = [...new Set(ids)].slice(0, MOST_CITED);
      const papers = await outside.store.keptDigests.listPapers(subscriberId, chosen);
      if (papers.length === 0) {
        return show(reply, site, visit, {
          error: speakTo(site, visit.reader).words.say('private.tickFirst'),
        });
      }
      const bibtex = writeBibtex(papers.map(toCited));
      return sendFile(reply, 'papers.bib', 'application/x-bibtex', bibtex);
    },
  );

  app.get<TokenRoute>('/private/:token/export', async (request, reply) => {
    const visit = await enter(request.params.token);
    if (!visit) return replyWithMessage(reply, site, 410);
    const { id, subscriberId } = visit.reader;
    return answerInTurn(site, { request, reply, subscriberId }, async () => {
      const data = await exportReader(outside, id);
      if (!data) return replyWithMessage(reply, site, 410);
      return sendFile(reply, 'my-data.json', 'application/json', JSON.stringify(data, null, 2));
    });
  });

  app.post<TokenRoute & { Body: { address?: string } | undefined }>(
    '/private/:token/address',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const { words } = speakTo(site, visit.reader);
      const newAddress = textOf(request.body?.address);
      const parsed = readAddress(newAddress);
      if ('error' in parsed)
        return show(reply, site, visit, { newAddress, error: words.translate(parsed.error) });
      if (parsed.address.key === visit.reader.address.toLowerCase()) {
        return show(reply, site, visit, { newAddress, error: words.say('private.same') });
      }
      const { reader } = visit;
      const wait = await askNewAddress(outside, { reader, to: parsed.address }, request.ip);
      if (wait !== undefined) return replyTooOften(reply, speakTo(site, reader), wait);
      const { address } = parsed.address;
      const status = words.say('private.sent', { address });
      return show(reply, site, visit, { status });
    },
  );

  app.post<TokenRoute & { Body: { library?: string; key?: string } | undefined }>(
    '/private/:token/follow',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      return show(
        reply,
        site,
        visit,
        await follow(speakTo(site, visit.reader), visit.reader, request.body),
      );
    },
  );

  app.post<TokenRoute & { Body: { id?: string; act?: string } | undefined }>(
    '/private/:token/followed',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const { subscriberId } = visit.reader;
      return answerInTurn(site, { request, reply, subscriberId }, async () =>
        show(
          reply,
          site,
          visit,
          await changeFollowed(speakTo(site, visit.reader), subscriberId, request.body),
        ),
      );
    },
  );

  app.post<TokenRoute & { Body: { session?: string } | undefined }>(
    '/private/:token/sessions',
    async (request, reply) => {
      const visit = await enter(request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const asked = textOf(request.body?.session);
      if (asked === 'here') {
        const begun = await beginSessionOf(outside, visit.reader);
        return begun ? enterSession(reply, site, begun) : replyWithMessage(reply, site, 410);
      }
      const { id: subscriptionId } = visit.reader;
      const { readerSessions } = outside.store;
      if (asked === 'all') await readerSessions.endAll(subscriptionId);
      else if (/^\d{1,15}$/.test(asked)) {
        await readerSessions.end({ id: Number(asked), subscriptionId });
      }
      const status = speakTo(site, visit.reader).words.say('sessions.ended');
      return show(reply, site, visit, { status });
    },
  );

  app.get<TokenRoute>('/private/:token/erase', async (request, reply) => {
    const visit = await enter(request.params.token);
    if (!visit) return replyWithMessage(reply, site, 410);
    return showErase(reply, speakTo(site, visit.reader), {
      action: `${visit.here}/erase`,
      back: visit.here,
    });
  });

  app.post<TokenRoute>('/private/:token/erase', async (request, reply) => {
    const visit = await enter(request.params.token);
    const isErased = visit && (await eraseReader(outside, visit.reader.id, 'reader'));
    return isErased
      ? showErase(reply, speakTo(site, visit.reader), {})
      : replyWithMessage(reply, site, 410);
  });
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  { reader, link, here }: Visit,
  said: Said & { query?: string; newAddress?: string },
): Promise<FastifyReply> {
  const site = speakTo(unspoken, reader);
  const { query = '', newAddress = '', newLibrary = '', ...rest } = said;
  const { lists, hasMore } = await listHistory(
    site.outside,
    { subscriberId: reader.subscriberId, query, words: site.words },
    (deliveryId, paperId) => `${pathOf(site, 'vote', deliveryId)}/${paperId}`,
  );
  const goodUntil = timeOf(link.expiresAt);
  const maskedAddress = maskAddress(reader.address);
  const sessions = (
    await site.outside.store.readerSessions.list(reader.id, site.outside.now())
  ).map(({ id, createdAt, expiresAt }) => ({
    id,
    since: timeOf(createdAt),
    until: timeOf(expiresAt),
  }));
  const named = query === '' ? await listNamed(site.outside, reader.subscriberId, site.words) : [];
  const followed = await viewFollowed(site, reader.subscriberId);
  const typed = { query, newAddress, newLibrary };
  const isActive = reader.state === 'active';
  const feeds = isActive ? viewFeeds(site, reader.id) : {};
  const view = {
    ...feeds,
    ...(site.outside.config.inbound.domain ? { alerts: `${here}/alerts` } : {}),
    goodUntil,
    here,
    maskedAddress,
    lists,
    hasMore,
    ...(named.length > 0 ? { named } : {}),
    followed,
    sessions,
    ...typed,
    ...rest,
  };
  const status = said.error ? 400 : 200;
  return replyWithPage(reply, site, {
    page: 'private',
    title: site.words.say('private.title'),
    view,
    status,
  });
}

/** A program holds no cookie: on a site for members only it reads by the address. */
function viewFeeds(site: Site, id: number) {
  const begin = pathOf(site, 'feed', id);
  return {
    feed: `${begin}/digests.atom`,
    ...(site.outside.config.http.isForMembers ? { allFeed: `${begin}/editions.atom` } : {}),
  };
}

function showErase(reply: FastifyReply, site: Site, at: { action?: string; back?: string }) {
  const view = { siteName: site.outside.config.site.name, ...at };
  const title = site.words.say(at.action ? 'erase.heading' : 'erase.done');
  return replyWithPage(reply, site, { page: 'erase', title, view });
}

function sendFile(reply: FastifyReply, name: string, type: string, text: string): FastifyReply {
  return reply
    .type(`${type}; charset=utf-8`)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(text);
}
