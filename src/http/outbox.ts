import type { FastifyInstance } from 'fastify';
import type { CaughtMail, Outbox } from '../mail/outbox.ts';
import { replyWithMessage } from './errors.ts';
import { showLocally } from './guard.ts';
import type { Site } from './site.ts';

const LISTED = 200;

/** `/outbox`: what the sandbox caught, shown to this machine only. */
export function registerOutboxRoutes(app: FastifyInstance, site: Site & { outbox: Outbox }): void {
  const { outbox } = site;

  app.register((local, _options, done) => {
    showLocally(local, site);

    local.get('/outbox', async (_request, reply) => {
      const messages = (await outbox.list(LISTED)).map((caught) => ({
        link: `/outbox/${caught.id}`,
        to: caught.to,
        subject: caught.subject,
        ...sizeAndTime(caught),
      }));
      const page = site.renderPage('outbox', { messages }, site.frame('Outbox'));
      return reply.type('text/html').send(page);
    });

    local.get<{ Params: { id: string } }>('/outbox/:id', async (request, reply) => {
      const found = await outbox.find(request.params.id);
      if (!found) return replyWithMessage(reply, site, 404);
      const { caught, email } = found;
      const here = `/outbox/${caught.id}`;
      const view = {
        subject: caught.subject,
        headers: email.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
        ...(email.html ? { htmlLink: `${here}/html` } : {}),
        ...(email.text ? { text: email.text } : {}),
        sourceLink: `${here}/source`,
        outboxLink: '/outbox',
      };
      const page = site.renderPage('outbox-message', view, site.frame(caught.subject));
      return reply.type('text/html').send(page);
    });

    local.get<{ Params: { id: string } }>('/outbox/:id/html', async (request, reply) => {
      const found = await outbox.find(request.params.id);
      if (!found?.email.html) return replyWithMessage(reply, site, 404);
      return reply
        .removeHeader('x-frame-options')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        )
        .type('text/html')
        .send(found.email.html.replace(/<head>/i, '<head><base target="_blank">'));
    });

    local.get<{ Params: { id: string } }>('/outbox/:id/source', async (request, reply) => {
      const found = await outbox.find(request.params.id);
      if (!found) return replyWithMessage(reply, site, 404);
      return reply.type('text/plain').send(found.source.toString('latin1'));
    });
    done();
  });
}

function sizeAndTime({ size, caughtAt }: CaughtMail) {
  return {
    size: `${Math.max(1, Math.round(size / 1000))} kB`,
    time: `${caughtAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  };
}
