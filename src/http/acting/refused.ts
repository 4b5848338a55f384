import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseActing } from '../../steps/readers/propose.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import { replyTooOften } from '../guard.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { actingOf } from './visitor.ts';

/** Answers why something is not done for whoever is signed in. */
export function replyRefused(reply: FastifyReply, site: Site, fault: string): FastifyReply {
  const { words, prefix } = site;
  const title = words.say('refused.title');
  const next = { label: words.say('refused.next'), link: `${prefix}/` };
  const view = { title, text: words.translate(fault), next };
  return replyWithPage(reply, site, { page: 'message', title, view, status: 403 });
}

/** Answers a visitor who may not act now, by the bounds of all acts; undefined where they may. */
export async function refuseVisitor(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
): Promise<FastifyReply | undefined> {
  const refused = await refuseActing(site.outside, actingOf(visitor, request));
  if (!refused) return undefined;
  const spoken = speakTo(site, visitor.reader);
  return 'wait' in refused
    ? replyTooOften(reply, spoken, refused.wait)
    : replyRefused(reply, spoken, refused.fault);
}
