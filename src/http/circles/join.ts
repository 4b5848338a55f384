import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import { findInvited, joinCircle } from '../../steps/circles/join.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { Circle } from '../../store/readers/circles.ts';
import { refuseVisitor } from '../acting/refused.ts';
import { actingOf, askToSignIn, formTokenFor, isOwnForm, visitorOf } from '../acting/visitor.ts';
import { textOf } from '../forms/address.ts';
import type { TokenRoute } from '../readers/token.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';

type JoinRoute = TokenRoute & { Body: { as?: unknown } | undefined };

/** `/join/:token`: an invitation to a circle. Whoever opens it is in only after a press. */
export function registerJoining(app: FastifyInstance, site: Site): void {
  const { outside, prefix } = site;
  const invitedBy = (token: string) => parseToken(outside.keys, 'join', token);

  app.get<TokenRoute>('/join/:token', async (request, reply) => {
    const { token } = request.params;
    const id = invitedBy(token);
    const circle = id === undefined ? undefined : await findInvited(outside, id);
    if (!circle) return replyEnded(reply, site);
    const visitor = await visitorOf(site, request);
    if (!visitor) return invite(reply, site, { circle, token });
    const { subscriberId } = visitor.reader;
    const known = await outside.store.circles.findMember(circle.id, subscriberId);
    if (known && known.leftAt === null)
      return reply.redirect(`${prefix}/circles/${circle.id}`, 303);
    return ask(reply, site, visitor, { circle, token, as: known?.name ?? '' });
  });

  app.post<JoinRoute>('/join/:token', async (request, reply) => {
    const { token } = request.params;
    const id = invitedBy(token);
    const circle = id === undefined ? undefined : await findInvited(outside, id);
    if (id === undefined || !circle) return replyEnded(reply, site);
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/join/${token}`);
    const as = textOf(request.body?.as);
    if (!isOwnForm(request, visitor)) return ask(reply, site, visitor, { circle, token, as });
    const refused = await refuseVisitor(site, request, reply, visitor);
    if (refused) return refused;
    const joined = await joinCircle(outside, actingOf(visitor, request), { invitationId: id, as });
    if ('fault' in joined) {
      return ask(reply, site, visitor, { circle, token, as, error: joined.fault });
    }
    return reply.redirect(`${prefix}/circles/${joined.id}`, 303);
  });
}

interface Invited {
  readonly circle: Circle;
  readonly token: string;
}

function invite(reply: FastifyReply, site: Site, { circle, token }: Invited): FastifyReply {
  const { words, prefix, outside } = site;
  const action = `${prefix}/join/${token}`;
  const view = {
    siteName: outside.config.site.name,
    circle: circle.name,
    action,
    as: '',
    signIn: `${prefix}/sign-in?${new URLSearchParams({ next: action })}`,
  };
  return replyWithPage(reply, site, { page: 'circle-join', title: words.say('join.button'), view });
}

const LONGEST_TYPED = 200;

function ask(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  { circle, token, as, error }: Invited & { as: string; error?: string },
): FastifyReply {
  const site = speakTo(unspoken, visitor.reader);
  const { words, prefix, outside } = site;
  const view = {
    siteName: outside.config.site.name,
    circle: circle.name,
    action: `${prefix}/join/${token}`,
    as: as.slice(0, LONGEST_TYPED),
    ...(error ? { error: words.translate(error) } : {}),
    asked: {
      formToken: formTokenFor(visitor),
      maskedAddress: maskAddress(visitor.reader.address),
    },
  };
  const title = words.say('join.button');
  const status = error ? 400 : 200;
  return replyWithPage(reply, site, { page: 'circle-join', title, view, status });
}

/** Answers that an invitation lets nobody in any more. */
function replyEnded(reply: FastifyReply, site: Site): FastifyReply {
  const { words, prefix } = site;
  const title = words.say('join.gone');
  const next = { label: words.say('mark.all'), link: `${prefix}/circles` };
  const view = { title, text: words.say('join.goneNote'), next };
  return replyWithPage(reply, site, { page: 'message', title, view, status: 410 });
}
