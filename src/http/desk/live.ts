import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { findSignedIn } from '../../steps/desk/sign-in.ts';
import type { Site } from '../site.ts';
import { visitOf } from './guard.ts';

export const LOOK_EVERY_MS = 2_000;
/** A browser asks again by itself: no stream is held open for ever. */
const LONGEST_STREAM_MS = 10 * 60_000;

/** A part of a page as it is now. */
export interface LivePart {
  readonly html: string;
  readonly isRunning: boolean;
}

/** What is followed, and where. */
export interface LiveRoute {
  readonly path: string;
  readonly options?: RouteShorthandOptions;
  /** Undefined where it is gone. */
  look(request: FastifyRequest): Promise<LivePart | undefined>;
}

/** Gives a part of a page as server-sent events, while something runs and the session is good. */
export function followLive(
  desk: FastifyInstance,
  { outside }: Site,
  { path, options = {}, look }: LiveRoute,
): void {
  const ending = new AbortController();
  // Open streams would keep the server from closing.
  desk.addHook('preClose', async () => ending.abort());

  desk.get(path, options, async (request, reply) => {
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
        const part = (await findSignedIn(outside, token)) ? await look(request) : undefined;
        if (part) yield `event: progress\ndata: ${JSON.stringify(part.html)}\n\n`;
        if (!part?.isRunning) break;
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
