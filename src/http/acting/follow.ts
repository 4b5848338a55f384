import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Visitor } from '../../steps/readers/session.ts';
import { changeWishes } from '../../steps/readers/subscribe.ts';
import { textOf } from '../forms/address.ts';
import { parseSomeWishes } from '../forms/wishes.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { askToSignIn, formTokenFor, isOwnForm, visitorOf } from './visitor.ts';

const LONGEST_TOPIC = 80;

type FollowRoute = {
  Querystring: { topic?: unknown };
  Body: { topic?: unknown } | undefined;
};

/** `/follow`: makes what somebody searched for a topic of their digests. */
export function registerFollowing(app: FastifyInstance, site: Site): void {
  const { prefix } = site;
  app.get<FollowRoute>('/follow', async (request, reply) => {
    const topic = topicOf(request.query.topic);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, placeOf(topic));
    return show(reply, site, visitor, { topic });
  });

  app.post<FollowRoute>('/follow', async (request, reply) => {
    const topic = topicOf(request.body?.topic);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, placeOf(topic));
    if (!isOwnForm(request, visitor)) return reply.redirect(`${prefix}${placeOf(topic)}`, 303);
    const { reader } = visitor;
    const topics = [...reader.profile.topics, topic];
    const parsed = parseSomeWishes({ topics }, reader);
    if ('errors' in parsed) {
      const { words } = speakTo(site, reader);
      const error = parsed.errors.map(({ message }) => words.translate(message)).join(' ');
      return show(reply, site, visitor, { topic, error });
    }
    const { pausedUntil } = reader;
    await changeWishes(site.outside, reader.id, { ...parsed.wishes, pausedUntil });
    return reply.redirect(`${prefix}${placeOf(topic)}`, 303);
  });
}

function show(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  said: { topic: string; error?: string },
): FastifyReply {
  const site = speakTo(unspoken, visitor.reader);
  const { topics } = visitor.reader.profile;
  const view = { ...said, formToken: formTokenFor(visitor), isDone: topics.includes(said.topic) };
  const status = said.error ? 400 : 200;
  const title = site.words.say('follow.title');
  return replyWithPage(reply, site, { page: 'follow', title, view, status });
}

function topicOf(given: unknown): string {
  return textOf(given).replace(/\s+/g, ' ').trim().slice(0, LONGEST_TOPIC);
}

function placeOf(topic: string): string {
  return `/follow?${new URLSearchParams({ topic })}`;
}
