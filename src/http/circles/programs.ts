import type { FastifyInstance, FastifyReply } from 'fastify';
import { writeCalendar } from '../../core/circles/calendar.ts';
import { weekOf } from '../../core/circles/week.ts';
import { sayListedNotes } from '../../core/letter/item-words.ts';
import { type OutFeed, outForms } from '../../core/letter/out-feed.ts';
import { parseToken } from '../../core/reader/keys.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import type { Circle } from '../../store/readers/circles.ts';
import { replyWithMessage } from '../errors.ts';
import { pathOf, type TokenRoute } from '../readers/token.ts';
import { type Site, speakTo } from '../site.ts';
import { viewPaper } from './view.ts';
import { type Reading, showWeek } from './week.ts';

const MOST_PAPERS = 50;
const MOST_MEETINGS = 100;
/** Calendars keep what was; a year is enough to bring one up to date. */
const MEETINGS_SINCE_MS = 365 * 24 * 3_600_000;
const EVER = { from: new Date(0), to: new Date('9999-01-01'), most: MOST_PAPERS };

type WeekRoute = { Params: { token: string; week: string } };
type FeedRoute = { Params: { token: string; ending: string } };

/** `/circle/:token`: what a circle says, for programs and browsers of one member that are not signed in. */
export function registerCirclePrograms(app: FastifyInstance, unspoken: Site): void {
  app.get<TokenRoute>('/circle/:token', async (request, reply) => {
    const found = await findReading(unspoken, request.params.token);
    if (!found) return replyWithMessage(reply, unspoken, 410);
    const week = weekOf(dateIn(found.zone, unspoken.outside.now()));
    return showWeek(reply, found.site, found, { week, base: `${found.begin}/weeks` });
  });

  app.get<WeekRoute>('/circle/:token/weeks/:week', async (request, reply) => {
    const found = await findReading(unspoken, request.params.token);
    if (!found) return replyWithMessage(reply, unspoken, 410);
    const { week } = request.params;
    return showWeek(reply, found.site, found, { week, base: `${found.begin}/weeks` });
  });

  app.get<FeedRoute>('/circle/:token/papers.:ending', async (request, reply) => {
    const form = outForms.find(({ ending }) => ending === request.params.ending);
    const found = form && (await findReading(unspoken, request.params.token));
    if (!form || !found) return replyWithMessage(reply, unspoken, form ? 410 : 404);
    const self = `${unspoken.outside.config.http.publicUrl}${found.begin}/papers.${form.ending}`;
    const text = form.write({ ...(await makeFeed(found)), self });
    return reply.type(`${form.type}; charset=utf-8`).send(text);
  });

  app.get<TokenRoute>('/circle/:token/meetings.ics', async (request, reply) => {
    const found = await findReading(unspoken, request.params.token);
    if (!found) return replyWithMessage(reply, unspoken, 410);
    return sendCalendar(reply, found.site, found.circle);
  });
}

type Found = Reading & { readonly site: Site; readonly begin: string };

/** Whose a link is; undefined where it was renewed, or they left, or the circle is closed. */
async function findReading(unspoken: Site, token: string): Promise<Found | undefined> {
  const { store, keys } = unspoken.outside;
  const id = parseToken(keys, 'circle', token);
  const member = id === undefined ? undefined : await store.circles.findFeedMember(id);
  const circle = member && (await store.circles.find(member.circleId));
  const reader = member && (await store.subscribers.findBySubscriber(member.subscriberId));
  if (id === undefined || !member || circle?.closedAt !== null) return undefined;
  if (reader?.state !== 'active') return undefined;
  const site = speakTo(unspoken, reader);
  return { site, circle, member, zone: reader.schedule.zone, begin: pathOf(site, 'circle', id) };
}

async function makeFeed({
  site,
  circle,
  member,
  zone,
  begin,
}: Found): Promise<Omit<OutFeed, 'self'>> {
  const { words, outside } = site;
  const { publicUrl } = outside.config.http;
  const memberId = member.id;
  const papers = await outside.store.circleNotes.list({ circleId: circle.id, memberId }, EVER);
  const looking = { site, zone, memberId, isOwner: false, muted: new Set<number>() };
  return {
    title: circle.name,
    description: words.say('feed.circle', { circle: circle.name }),
    page: `${publicUrl}${begin}`,
    items: papers.map((paper) => {
      const { title, link = begin } = viewPaper(paper, looking);
      return {
        id: `${publicUrl}/circles/${circle.id}/papers/${paper.id}`,
        title,
        link: link.startsWith('/') ? `${publicUrl}${link}` : link,
        at: paper.notes.at(-1)?.at ?? circle.openedAt,
        authors: [...new Set(paper.notes.map(({ by }) => by))],
        text: sayListedNotes(paper.notes, words),
      };
    }),
  };
}

/** Answers with the meetings of a circle as a file for calendars. */
export async function sendCalendar(
  reply: FastifyReply,
  { words, outside }: Site,
  circle: Circle,
): Promise<FastifyReply> {
  const { publicUrl } = outside.config.http;
  const since = new Date(outside.now().getTime() - MEETINGS_SINCE_MS);
  const meetings = await outside.store.circleMeetings.list(circle.id, since, MOST_MEETINGS);
  const link = `${publicUrl}/circles/${circle.id}`;
  const events = meetings.map(({ id, title, by, ...meeting }) => ({
    ...meeting,
    uid: `circle-meeting-${id}@${new URL(publicUrl).hostname}`,
    summary: words.say('meeting.summary', { circle: circle.name, title }),
    description: [title, by === null ? '' : words.say('meeting.setBy', { by }), link]
      .filter(Boolean)
      .join('\n'),
    link,
  }));
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', 'attachment; filename="meetings.ics"')
    .send(writeCalendar(circle.name, events));
}
