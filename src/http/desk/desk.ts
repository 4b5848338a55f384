import cookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import { refuseForeignForms } from '../guard.ts';
import type { Site } from '../site.ts';
import { guardDesk } from './guard.ts';
import { registerSessions, registerSignIn } from './sign-in.ts';
import { registerSubscribers } from './subscribers.ts';

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
      desk.get('/admin', (_request, reply) => reply.redirect('/admin/subscribers', 303));
      registerSessions(desk, site);
      registerSubscribers(desk, site);
      ready();
    });
    done();
  });
}
