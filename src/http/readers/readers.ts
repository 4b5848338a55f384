import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { registerCirclePrograms } from '../circles/programs.ts';
import { refuseForeignForms } from '../guard.ts';
import type { Site } from '../site.ts';
import { registerAddress } from './address.ts';
import { registerAlerts } from './alerts.ts';
import { registerCited } from './cited.ts';
import { registerConfirming } from './confirm.ts';
import { registerKeeping } from './keep.ts';
import { registerEndingAnnouncements, registerLeaving, registerReturning } from './leave.ts';
import { registerPreferences } from './preferences.ts';
import { registerPrivate } from './private.ts';
import { registerTaste } from './taste.ts';
import { registerView } from './view.ts';
import { registerVotes } from './vote.ts';

/** The pages behind the links of a mail. A GET changes nothing, and nobody keeps what they show. */
export function registerReaderRoutes(app: FastifyInstance, site: Site): void {
  app.register((signed, _options, done) => {
    signed.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    });
    registerLeaving(signed, site);
    registerEndingAnnouncements(signed, site);
    registerView(signed, site);
    registerCirclePrograms(signed, site);
    // One-click comes from mail providers; everything else only from our own pages.
    signed.register((own, _options, ready) => {
      own.register(cookie);
      refuseForeignForms(own, site);
      registerReturning(own, site);
      registerConfirming(own, site);
      registerPreferences(own, site);
      registerAddress(own, site);
      registerPrivate(own, site);
      registerAlerts(own, site);
      registerVotes(own, site);
      registerKeeping(own, site);
      registerTaste(own, site);
      registerCited(own, site);
      ready();
    });
    done();
  });
}
