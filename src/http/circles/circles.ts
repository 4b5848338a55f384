import type { FastifyInstance, FastifyReply } from 'fastify';
import { MOST_MEMBERS } from '../../core/circles/circle.ts';
import { maskAddress } from '../../core/reader/address.ts';
import { openCircle } from '../../steps/circles/join.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { OwnCircle } from '../../store/readers/circles.ts';
import { refuseVisitor } from '../acting/refused.ts';
import { actingOf, askToSignIn, formTokenFor, isOwnForm, visitorOf } from '../acting/visitor.ts';
import { textOf } from '../forms/address.ts';
import { replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { registerCircle } from './circle.ts';
import { registerJoining } from './join.ts';
import { registerMarking } from './mark.ts';

interface Typed {
  readonly name: string;
  readonly as: string;
  readonly error?: string;
}
type OpenRoute = { Body: { name?: unknown; as?: unknown } | undefined };

/** `/circles`: where readers read together. */
export function registerCircles(app: FastifyInstance, site: Site): void {
  const { outside, prefix } = site;

  app.get('/circles', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, '/circles');
    return show(reply, site, visitor, { name: '', as: '' });
  });

  app.post<OpenRoute>('/circles', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, '/circles');
    const typed = { name: textOf(request.body?.name), as: textOf(request.body?.as) };
    if (!isOwnForm(request, visitor)) return show(reply, site, visitor, typed);
    const refused = await refuseVisitor(site, request, reply, visitor);
    if (refused) return refused;
    const made = await openCircle(outside, actingOf(visitor, request), typed);
    if ('wait' in made) return replyTooOften(reply, site, made.wait);
    if ('fault' in made) return show(reply, site, visitor, { ...typed, error: made.fault });
    return reply.redirect(`${prefix}/circles/${made.id}`, 303);
  });

  registerMarking(app, site);
  registerCircle(app, site);
  registerJoining(app, site);
}

const LONGEST_TYPED = 200;

async function show(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  { error, ...typed }: Typed,
): Promise<FastifyReply> {
  const { reader } = visitor;
  const site = speakTo(unspoken, reader);
  const { words } = site;
  const own = await site.outside.store.circles.listOf(reader.subscriberId);
  const view = {
    circles: own.filter(({ leftAt }) => leftAt === null).map((circle) => viewLine(site, circle)),
    name: typed.name.slice(0, LONGEST_TYPED),
    as: typed.as.slice(0, LONGEST_TYPED),
    ...(error ? { error: words.translate(error) } : {}),
    formToken: formTokenFor(visitor),
    maskedAddress: maskAddress(reader.address),
    mostMembers: MOST_MEMBERS,
  };
  const title = words.say('circles.title');
  return replyWithPage(reply, site, { page: 'circles', title, view, status: error ? 400 : 200 });
}

function viewLine({ words, prefix }: Site, circle: OwnCircle) {
  const { id, name, as, members: count, closedAt } = circle;
  const said = closedAt ? words.say('circles.closed') : words.say('circles.line', { count, as });
  return { name, link: `${prefix}/circles/${id}`, said };
}
