import type { FastifyInstance } from 'fastify';
import { parseToken } from '../../core/reader/keys.ts';
import { renderWebView } from '../../steps/digests/view.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import type { TokenRoute } from './token.ts';

/** `/view/:token`: the digest in the browser, without anything that is its reader's. */
export function registerView(app: FastifyInstance, site: Site): void {
  const { outside } = site;
  app.get<TokenRoute>('/view/:token', async (request, reply) => {
    const id = parseToken(outside.keys, 'view', request.params.token);
    if (!id) return replyWithMessage(reply, site, 404);
    const html = await renderWebView(outside, id);
    if (!html) return replyWithMessage(reply, site, 410);
    return reply
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .type('text/html')
      .send(html);
  });
}
