import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { registerCircles } from '../circles/circles.ts';
import { refuseForeignForms } from '../guard.ts';
import type { Site } from '../site.ts';
import { registerFollowing } from './follow.ts';
import { registerMyPapers } from './my-papers.ts';
import { registerProposing } from './propose.ts';
import { registerShelf } from './shelf.ts';
import { registerSession, registerSignIn } from './sign-in.ts';
import { registerWebVotes } from './vote.ts';

/**
 * The pages of a reader's session, in a language: what they do is seen by others or lasts, so no link of a
 * digest opens them. Pages that are the same for all link and post here, and know of no session themselves.
 */
export function registerActing(app: FastifyInstance, site: Site): void {
  app.register((own, _options, done) => {
    own.register(cookie);
    own.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    });
    refuseForeignForms(own, site);
    registerSignIn(own, site);
    // The mail speaks the reader's own language, whichever page asked for it.
    if (site.prefix === '') registerSession(own, site);
    registerWebVotes(own, site);
    registerProposing(own, site);
    registerMyPapers(own, site);
    registerShelf(own, site);
    registerFollowing(own, site);
    registerCircles(own, site);
    done();
  });
}
