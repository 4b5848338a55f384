import type { FastifyReply } from 'fastify';
import { replyWithPage, type Site } from '../site.ts';

/** Answers why something is not done for whoever is signed in. */
export function replyRefused(reply: FastifyReply, site: Site, fault: string): FastifyReply {
  const { words, prefix } = site;
  const title = words.say('refused.title');
  const next = { label: words.say('refused.next'), link: `${prefix}/` };
  const view = { title, text: words.translate(fault), next };
  return replyWithPage(reply, site, { page: 'message', title, view, status: 403 });
}
