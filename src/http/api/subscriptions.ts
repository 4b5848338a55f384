import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { english } from '../../core/words/words.ts';
import { previewWishes } from '../../steps/digests/preview.ts';
import { requestSubscription } from '../../steps/readers/request.ts';
import { readAddress } from '../forms/address.ts';
import { PREVIEWED } from '../forms/preview.ts';
import { parseSomeWishes, type WishFault } from '../forms/wishes.ts';
import type { Site } from '../site.ts';
import { replyWithProblem } from './problem.ts';

type Json = { Body: Record<string, unknown> | undefined };

/**
 * `/api/v1/subscriptions` and `/api/v1/previews`: what the front page does, for a form of
 * the operator's own. It knows no cookie, so every site may call it.
 */
export function registerSubscriptionApi(app: FastifyInstance, site: Site): void {
  app.register((api, _options, done) => {
    api.register(cors, { origin: '*', methods: ['POST'], strictPreflight: false });
    api.post<Json>('/subscriptions', async (request, reply) => {
      const read = readAddress(request.body?.['address']);
      const parsed = parseSomeWishes(request.body);
      const faults = [
        ...('error' in read ? [{ field: 'address', message: read.error }] : []),
        ...('errors' in parsed ? parsed.errors : []),
      ];
      if ('error' in read || 'errors' in parsed) return replyWithFaults(reply, faults);
      const wait = await requestSubscription(site.outside, {
        address: read.address,
        wishes: parsed.wishes,
        form: 'api',
        from: request.ip,
      });
      if (wait !== undefined) return replyTooOften(reply, wait);
      const message = 'A mail to this address asks its owner to confirm.';
      return reply.code(202).send({ status: 'asked', message });
    });

    api.post<Json>('/previews', async (request, reply) => {
      const parsed = parseSomeWishes(request.body);
      if ('errors' in parsed) return replyWithFaults(reply, parsed.errors);
      return {
        digests: await previewWishes(site.editions, parsed.wishes, {
          editions: PREVIEWED,
          words: english,
        }),
      };
    });
    done();
  });
}

function replyWithFaults(reply: FastifyReply, errors: readonly WishFault[]): FastifyReply {
  return replyWithProblem(reply, { status: 400, title: 'Some fields cannot be used.', errors });
}

function replyTooOften(reply: FastifyReply, seconds: number): FastifyReply {
  const detail = `Try again in ${seconds} seconds.`;
  return replyWithProblem(reply.header('retry-after', seconds), {
    status: 429,
    title: 'Too many requests from this place or for this domain.',
    detail,
  });
}
