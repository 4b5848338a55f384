import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readBrevo } from '../../core/feedback/vendors/brevo.ts';
import { readMailgun } from '../../core/feedback/vendors/mailgun.ts';
import { readPostmark } from '../../core/feedback/vendors/postmark.ts';
import { readSendgrid } from '../../core/feedback/vendors/sendgrid.ts';
import { readSes } from '../../core/feedback/vendors/ses.ts';
import { readSparkpost } from '../../core/feedback/vendors/sparkpost.ts';
import type { Reading } from '../../core/feedback/vendors/told.ts';
import { takeArrival } from '../../steps/feedback/take.ts';
import type { Site } from '../site.ts';
import { type Asked, isAuthorized, isOfMailgun, isOfSendgrid } from './signatures.ts';
import { createSns, type ReadText, readFromAmazon } from './sns.ts';

/** What a request is: believed, refused, or understood and over. */
type Judged = 'ours' | 'forged' | 'over';

interface Vendor {
  readonly secret: string | undefined;
  readonly judge: (asked: Asked, secret: string, now: Date) => Judged | Promise<Judged>;
  readonly read: (body: unknown) => Reading;
}

const LARGEST_BODY = 8 * 1024 * 1024;
/** Of one event list, as `POST /hooks/feedback` takes it. */
const MOST_EVENTS = 1000;

const byCheck =
  (isOurs: (asked: Asked, secret: string, now: Date) => boolean) =>
  (asked: Asked, secret: string, now: Date): Judged =>
    isOurs(asked, secret, now) ? 'ours' : 'forged';

/**
 * `POST /hooks/postmark` and its kin: what vendors of relays tell of our messages, each by its own
 * signature, into the step that reads reports. A route is there where its secret is configured.
 * Once it is answered, nothing is lost; the same again does nothing; where it cannot be kept now the
 * answer is 429, which is the only one that all of them take for "again".
 */
export function registerVendorHooks(
  app: FastifyInstance,
  site: Site,
  readText: ReadText = readFromAmazon,
): void {
  const { vendors } = site.outside.config.inbound;
  const judgeSns = createSns(vendors.ses?.split(',').map((topic) => topic.trim()) ?? [], readText);
  const table: Readonly<Record<string, Vendor>> = {
    ses: {
      secret: vendors.ses,
      read: readSes,
      judge: async ({ json }, _secret, now) => {
        const verdict = await judgeSns(json, now);
        if (verdict === 'ended') site.log.warn('Amazon SNS ended the subscription of our webhook');
        return verdict === 'notification' ? 'ours' : verdict === 'forged' ? 'forged' : 'over';
      },
    },
    postmark: { secret: vendors.postmark, read: readPostmark, judge: byCheck(isAuthorized) },
    sparkpost: { secret: vendors.sparkpost, read: readSparkpost, judge: byCheck(isAuthorized) },
    brevo: { secret: vendors.brevo, read: readBrevo, judge: byCheck(isAuthorized) },
    mailgun: { secret: vendors.mailgun, read: readMailgun, judge: byCheck(isOfMailgun) },
    sendgrid: { secret: vendors.sendgrid, read: readSendgrid, judge: byCheck(isOfSendgrid) },
  };
  app.register((hooks, _options, done) => {
    // What is signed are the bytes, whatever their type is said to be.
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    hooks.setErrorHandler((error, request, reply) => {
      site.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
      return answer(reply.header('retry-after', '60'), 429, 'Please send it again later.');
    });
    for (const [name, vendor] of Object.entries(table)) {
      const { secret, judge, read } = vendor;
      if (secret === undefined) continue;
      hooks.post(`/hooks/${name}`, { bodyLimit: LARGEST_BODY }, async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const asked = { headers: request.headers, body, json: parse(body) };
        const verdict = await judge(asked, secret, site.outside.now());
        if (verdict === 'forged') return refuse(reply);
        if (verdict === 'ours') await keep(site, name, read(asked.json));
        return answer(reply, 200, 'taken');
      });
    }
    done();
  });
}

/** A browser's question for a name would be of no use, but a vendor that sends its own only then needs it. */
function refuse(reply: FastifyReply) {
  return answer(reply.header('www-authenticate', 'Basic'), 401, 'The signature is not good.');
}

async function keep(
  { outside }: Site,
  vendor: string,
  { key, events: all }: Reading,
): Promise<void> {
  // Vendors tell of every letter; without a webhook of ours that is told so, nobody asks.
  const isOften = all.some(({ type }) => type === 'delivered');
  const isTold = isOften && (await outside.store.webhooks.isTold('delivered'));
  const events = isTold ? all : all.filter(({ type }) => type !== 'delivered');
  for (let from = 0; from < events.length; from += MOST_EVENTS) {
    await takeArrival(outside, {
      source: 'webhook',
      key: `webhook:${vendor}:${hash(key)}:${from}`,
      mailFrom: null,
      rcptTo: [],
      raw: Buffer.from(JSON.stringify(events.slice(from, from + MOST_EVENTS))),
    });
  }
}

function hash(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function answer(reply: FastifyReply, status: number, title: string) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  const body = status < 400 ? { status: title } : { type: 'about:blank', status, title };
  return reply.code(status).type(type).send(JSON.stringify(body));
}
