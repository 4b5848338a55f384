import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { refuseForeignForms } from '../guard.ts';
import type { Site } from '../site.ts';
import { registerAnnouncements } from './announcements.ts';
import { registerAudit } from './audit.ts';
import { registerChannels } from './channels.ts';
import { registerDeliveries } from './deliveries.ts';
import { registerDraft } from './draft.ts';
import { registerEditions } from './editions.ts';
import { registerFactor } from './factor.ts';
import { registerFeeds } from './feeds.ts';
import { guardDesk } from './guard.ts';
import { registerImport } from './import.ts';
import { registerInbox } from './inbox.ts';
import { registerPasskeys } from './passkeys.ts';
import { registerDeskProposals } from './proposals.ts';
import { registerQueue } from './queue.ts';
import { registerResend } from './resend.ts';
import { registerSettings } from './settings.ts';
import { registerSessions, registerSignIn } from './sign-in.ts';
import { registerSubscribers } from './subscribers.ts';
import { registerSuppressions } from './suppressions.ts';
import { registerTemplates } from './templates.ts';
import { registerToday } from './today.ts';
import { registerWebhooks } from './webhooks.ts';

/** `/admin`: the operator's desk. All of it but its door stands behind the guard. */
export function registerDesk(app: FastifyInstance, site: Site): void {
  app.register((house, _options, done) => {
    house.register(cookie);
    house.decorateRequest('visit', undefined);
    house.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
    });
    refuseForeignForms(house, site);
    registerSignIn(house, site);
    house.register((desk, _options, ready) => {
      guardDesk(desk, site);
      registerToday(desk, site);
      registerEditions(desk, site);
      registerDraft(desk, site);
      registerDeskProposals(desk, site);
      registerDeliveries(desk, site);
      registerResend(desk, site);
      registerAnnouncements(desk, site);
      registerFeeds(desk, site);
      registerQueue(desk, site);
      registerTemplates(desk, site);
      registerAudit(desk, site);
      registerSettings(desk, site);
      registerSessions(desk, site);
      registerFactor(desk, site);
      registerPasskeys(desk, site);
      registerSubscribers(desk, site);
      registerImport(desk, site);
      registerSuppressions(desk, site);
      registerInbox(desk, site);
      registerChannels(desk, site);
      registerWebhooks(desk, site);
      ready();
    });
    done();
  });
}
