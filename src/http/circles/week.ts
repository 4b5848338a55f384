import type { FastifyReply } from 'fastify';
import { daysOfWeek, weekOf } from '../../core/circles/week.ts';
import { addDays, dateIn, startOfDate } from '../../core/reader/schedule.ts';
import type { Entered } from '../../steps/circles/enter.ts';
import { replyWithMessage } from '../errors.ts';
import { replyWithPage, type Site } from '../site.ts';
import { viewPaper } from './view.ts';

const MOST_PAPERS = 200;

/** A member with the zone by whose calendar weeks begin. */
export type Reading = Entered & { readonly zone: string };

/** Answers with what a circle said in a week, as one of its members sees it. */
export async function showWeek(
  reply: FastifyReply,
  site: Site,
  { circle, member, zone }: Reading,
  { week, base }: { readonly week: string; readonly base: string },
): Promise<FastifyReply> {
  const { words, outside } = site;
  const days = daysOfWeek(week);
  if (!days || member.setAsideAt) return replyWithMessage(reply, site, 404);
  const bounds = {
    from: startOfDate(zone, days.from),
    to: startOfDate(zone, addDays(days.to, 1)),
    most: MOST_PAPERS,
  };
  const memberId = member.id;
  const of = { circleId: circle.id, memberId };
  const papers = await outside.store.circleNotes.list(of, bounds);
  const looking = { site, zone, memberId, isOwner: false, muted: new Set<number>() };
  const heading = words.say('week.title', {
    circle: circle.name,
    date: words.shortDate(days.from),
  });
  const isFirst = weekOf(dateIn(zone, circle.openedAt)) >= week;
  const isLast = weekOf(dateIn(zone, outside.now())) <= week;
  const view = {
    heading,
    papers: papers.map((paper) => viewPaper(paper, looking)),
    ...(isFirst ? {} : { earlier: `${base}/${weekOf(addDays(days.from, -7))}` }),
    ...(isLast ? {} : { later: `${base}/${weekOf(addDays(days.from, 7))}` }),
  };
  return replyWithPage(reply, site, { page: 'circle-week', title: heading, view });
}
