import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../core/desk/operator.ts';
import { STAGES } from '../../core/letter/warm-up-schedule.ts';
import { startWarmUp, stopWarmUp } from '../../steps/deliveries/warm-up.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { visitOf } from './guard.ts';

/** Begins and ends the warm-up; where that is so already, nothing changes. */
export function registerWarmUp(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.post<{ Body: { stage?: unknown } | undefined }>(
    '/admin/warm-up/start',
    async (request, reply) => {
      const stage = Number(textOf(request.body?.stage) || 1);
      if (!STAGES[stage - 1]) return replyWithMessage(reply, site, 400);
      await startWarmUp(outside, { stage, actor: actorOf(visitOf(request).operator) });
      return reply.redirect('/admin', 303);
    },
  );

  desk.post('/admin/warm-up/stop', async (request, reply) => {
    await stopWarmUp(outside, actorOf(visitOf(request).operator));
    return reply.redirect('/admin', 303);
  });
}
