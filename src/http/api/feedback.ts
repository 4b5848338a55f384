import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { Webhook } from 'standardwebhooks';
import { feedbackEvents } from '../../core/feedback/events.ts';
import { takeArrival } from '../../steps/feedback/take.ts';
import type { Site } from '../site.ts';

/** A whole mail in base64 fits, and a thousand small events. */
const LARGEST_BODY = 8 * 1024 * 1024;
/** Each is kept in an index, whose rows are small. */
const LONGEST_ID = 256;

/**
 * `POST /hooks/feedback`: what a mail provider or a script knows of our messages, signed as
 * Standard Webhooks says (https://www.standardwebhooks.com). Without secrets it is not there.
 * The same id again is answered alike and does nothing.
 */
export function registerFeedbackHook(app: FastifyInstance, site: Site): void {
  const secrets = site.outside.config.inbound.webhookSecrets;
  if (secrets.length === 0) return;
  const hooks = secrets.map((secret) => new Webhook(secret));
  app.register((api, _options, done) => {
    // What is signed are the bytes.
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    api.setErrorHandler((error: FastifyError, request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500)
        site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
      return problem(reply, status, status >= 500 ? 'Please send it again later.' : error.message);
    });
    api.post('/hooks/feedback', { bodyLimit: LARGEST_BODY }, async (request, reply) => {
      const { body, headers } = request;
      if (!Buffer.isBuffer(body) || !isSigned(hooks, body, headers)) {
        return problem(reply, 401, 'The signature, its id or its time is not good.');
      }
      const id = String(headers['webhook-id']);
      if (id.length > LONGEST_ID) return problem(reply, 400, 'The webhook-id is too long.');
      const faults = findFaults(body);
      if (faults) return problem(reply, 400, 'The events cannot be read.', faults);
      await takeArrival(site.outside, {
        source: 'webhook',
        key: `webhook:${id}`,
        mailFrom: null,
        rcptTo: [],
        raw: body,
      });
      return { status: 'taken' };
    });
    done();
  });
}

function isSigned(
  hooks: readonly Webhook[],
  body: Buffer,
  headers: Record<string, string | string[] | undefined>,
): boolean {
  const given = Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
      name,
      String(headers[name] ?? ''),
    ]),
  );
  return hooks.some((hook) => {
    try {
      hook.verify(body, given, { jsonParse: false });
      return true;
    } catch {
      // Whatever it does not like of it: it is not signed by this secret.
      return false;
    }
  });
}

/** What is wrong with the events, each with its place; undefined where nothing is. */
function findFaults(body: Buffer): string[] | undefined {
  try {
    const parsed = feedbackEvents.safeParse(JSON.parse(body.toString('utf8')));
    return parsed.error?.issues
      .slice(0, 20)
      .map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  } catch {
    return ['the body is not JSON'];
  }
}

function problem(reply: FastifyReply, status: number, title: string, errors?: readonly string[]) {
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title, ...(errors ? { errors } : {}) }));
}
