import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { PauseRefused, pauseSending, resumeSending } from '../../steps/deliveries/pause.ts';
import { reviewRefused } from '../../steps/deliveries/review.ts';
import { createDayMemory } from '../../steps/desk/days.ts';
import { gatherToday } from '../../steps/desk/today.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { followLive, LOOK_EVERY_MS } from './live.ts';
import {
  isRunning,
  stages,
  viewDays,
  viewEdition,
  viewNeeds,
  viewProgress,
  viewUnfinished,
  viewWarmUp,
} from './today-view.ts';
import { registerWarmUp } from './warm-up.ts';

type Form = { Body: { what?: unknown; reason?: unknown } | undefined };

/** `/admin`: the morning on one screen, and what it can be told to do. */
export function registerToday(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const days = createDayMemory(outside);

  desk.get('/admin', async (request, reply) => {
    const today = await gatherToday(outside);
    const mayOperate = mayUse(visitOf(request).operator, 'operate');
    const pauses = await outside.store.pauses.listActive();
    const { edition } = today;
    const view = {
      formToken: formTokenFor(request),
      mayOperate,
      date: today.date,
      progressPart: site.renderPart('progress', viewProgress(today)),
      edition: viewEdition(today),
      needs: viewNeeds(today, mayOperate),
      unfinished: viewUnfinished(today),
      ...viewWarmUp(today),
      stages,
      feeds: today.feeds,
      charts: viewDays(await days.list()),
      isPaused: pauses.some(({ scope }) => scope === 'all'),
      ...(edition?.releasedAt ? { correct: edition.name } : {}),
    };
    const shown = { site, page: 'desk/today', title: 'Today', view } as const;
    return replyWithDesk(request, reply, { ...shown, script: '/desk.js' });
  });

  desk.post<Form>('/admin/pause', async (request, reply) => {
    const { what, reason } = { what: textOf(request.body?.what), ...reasonOf(request.body) };
    const order = { what, reason, actor: actorOf(visitOf(request).operator) };
    return answerOrder(reply, site, () => pauseSending(outside, order));
  });

  desk.post<Form>('/admin/resume', async (request, reply) => {
    const what = textOf(request.body?.what);
    const order = { what, actor: actorOf(visitOf(request).operator) };
    return answerOrder(reply, site, () => resumeSending(outside, order));
  });

  desk.post<{ Body: { what?: unknown; decision?: unknown } | undefined }>(
    '/admin/bounced',
    async (request, reply) => {
      const { body } = request;
      const decision = (['suppress', 'spare'] as const).find((one) => one === body?.decision);
      if (!decision) return replyWithMessage(reply, site, 400);
      const order = {
        what: textOf(body?.what),
        decision,
        actor: actorOf(visitOf(request).operator),
      };
      return answerOrder(reply, site, () => reviewRefused(outside, order));
    },
  );

  registerWarmUp(desk, site);

  const latest = shareFor(LOOK_EVERY_MS / 2, () => gatherToday(outside));
  followLive(desk, site, {
    path: '/admin/live',
    async look() {
      const today = await latest();
      const html = site.renderPart('progress', viewProgress(today));
      return { html, isRunning: isRunning(today) };
    },
  });
}

/** Goes back to Today after an order; what it names may be gone meanwhile. */
async function answerOrder(reply: FastifyReply, site: Site, give: () => Promise<unknown>) {
  try {
    await give();
    return reply.redirect('/admin', 303);
  } catch (error) {
    if (error instanceof PauseRefused) return replyWithMessage(reply, site, 404);
    throw error;
  }
}

function reasonOf(body: Form['Body']): { reason: string } {
  return { reason: textOf(body?.reason).trim().slice(0, 200) || 'by hand' };
}

/** One look serves everyone who asks within some time, so that many windows cost no more than one. */
function shareFor<Value>(ms: number, look: () => Promise<Value>): () => Promise<Value> {
  let last: { at: number; value: Promise<Value> } | undefined;
  return () => {
    const at = performance.now();
    if (!last || at - last.at > ms) last = { at, value: look() };
    return last.value;
  };
}
