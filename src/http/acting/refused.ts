import type { FastifyReply } from 'fastify';
import { replyWithPage, type Site } from '../site.ts';

/** Answers why something is not done for whoever is signed in. */
export function replyRefused(reply: FastifyReply, site: Site, text: string): FastifyReply {
  const title = 'That was not done';
  const view = { title, text, next: { label: 'Today’s paper', link: '/' } };
  return replyWithPage(reply, site, { page: 'message', title, view, status: 403 });
}
