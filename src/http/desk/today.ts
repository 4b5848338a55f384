import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { PauseRefused, pauseSending, resumeSending } from '../../steps/deliveries/pause.ts';
import { reviewRefused } from '../../steps/deliveries/review.ts';
import { createDayMemory } from '../../steps/desk/days.ts';
import { findSignedIn } from '../../steps/desk/sign-in.ts';
import { gatherToday } from '../../steps/desk/today.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { isRunning, viewDays, viewEdition, viewNeeds, viewProgress } from './today-view.ts';

const LOOK_EVERY_MS = 2_000;
/** A browser asks again by itself: no stream is held open for ever. */
const LONGEST_STREAM_MS = 10 * 60_000;

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

  followLive(desk, site);
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

/** `/admin/live`: how far sending is, as server-sent events, while something runs and the session is good. */
function followLive(desk: FastifyInstance, { outside, renderPart }: Site): void {
  const latest = shareFor(LOOK_EVERY_MS / 2, () => gatherToday(outside));
  const ending = new AbortController();
  // Open streams would keep the server from closing.
  desk.addHook('preClose', async () => ending.abort());

  desk.get('/admin/live', async (request, reply) => {
    const { token } = visitOf(request);
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([
      ending.signal,
      gone.signal,
      AbortSignal.timeout(LONGEST_STREAM_MS),
    ]);
    async function* follow() {
      for (;;) {
        if (!(await findSignedIn(outside, token))) break;
        const today = await latest();
        const html = JSON.stringify(renderPart('progress', viewProgress(today)));
        yield `event: progress\ndata: ${html}\n\n`;
        if (!isRunning(today)) break;
        if (await isOver(signal)) return;
      }
      yield 'event: end\ndata: \n\n';
    }
    return reply
      .type('text/event-stream')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(follow()));
  });
}

/** Waits until the next look; true where nobody listens any more. */
function isOver(signal: AbortSignal): Promise<boolean> {
  return wait(LOOK_EVERY_MS, false, { signal }).catch(() => true);
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
