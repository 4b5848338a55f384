import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildToken, type Right } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { type Backend, type Clock, createClock, createPlace, openContext } from './context.ts';
import { encodeForm } from './live.ts';

/** The pages without workers: nothing is done but what a test does itself. */
export interface Still {
  readonly outside: Outside;
  readonly app: FastifyInstance;
  readonly clock: Clock;
  get(url: string): Promise<LightMyRequestResponse>;
  /** Sends a form as a browser on our own page does. */
  post(
    url: string,
    fields?: Record<string, string | readonly string[]>,
  ): Promise<LightMyRequestResponse>;
  /** The path of a page, signed for a row. */
  sign(right: Right, row: number): string;
  close(): Promise<void>;
}

/** Opens them in a place of their own, on a clock that stands. */
export async function openStill(
  backend: Backend,
  { now, env }: { readonly now: string; readonly env: Record<string, string> },
): Promise<Still> {
  const place = await createPlace(backend);
  const clock = createClock(now);
  const context = await openContext(place, clock, env);
  const app = await createApp(context);
  const { outside } = context;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'sec-fetch-site': 'same-origin',
  };
  return {
    outside,
    app,
    clock,
    get: (url) => app.inject({ method: 'GET', url }),
    post: (url, fields = {}) =>
      app.inject({ method: 'POST', url, headers, payload: encodeForm(fields) }),
    sign: (right, row) => `/${right}/${buildToken(outside.keys, right, row)}`,
    async close() {
      await app.close();
      await context.close();
      await place.remove();
    },
  };
}
