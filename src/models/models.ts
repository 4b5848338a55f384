import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { ModelError } from '../core/reading/model-error.ts';
import type { Prompt } from '../core/reading/model-words.ts';
import { readEmbeddings, readSaid } from './answers.ts';
import type { ModelAnswer } from './model-answer.ts';

/** An endpoint that speaks as OpenAI's does: its base, and the key that it asks for. */
export interface Endpoint {
  readonly url: string;
  readonly key: string | undefined;
}

/** The one way to models elsewhere. Both reject with a ModelError alone. */
export interface Models {
  /** A vector a text, in their order, all of one length. */
  embed(
    model: string,
    texts: readonly string[],
    withinMs: number,
  ): Promise<ModelAnswer<Float32Array[]>>;
  /** What a chat model answers. */
  say(model: string, prompt: Prompt, withinMs: number): Promise<ModelAnswer<string>>;
  close(): Promise<void>;
}

const MOST_BYTES = 16 * 1024 * 1024;
/** A summary is far below; it bounds what an answer may cost. */
const MOST_TOKENS = 400;
/** Who asks for a longer rest is not asked again now. */
const LONGEST_REST_MS = 10_000;
/** It will not do it at all: the key, the model or the path is wrong. */
const REFUSALS = new Set([400, 401, 402, 403, 404, 405, 422]);

/** Opens nothing before the first question. Redirects are not followed, so the key stays with its host. */
export function createModels({ url, key }: Endpoint): Models {
  const agent = new Agent({ connections: 4, maxResponseSize: MOST_BYTES, pipelining: 0 });
  const base = url.replace(/\/+$/, '');
  const ask = async (path: string, body: unknown, withinMs: number): Promise<unknown> => {
    const until = performance.now() + withinMs;
    try {
      return await askOnce({ agent, url: base + path, key, body, withinMs });
    } catch (error) {
      const rest = error instanceof Busy ? error.restMs : Number.POSITIVE_INFINITY;
      const left = until - performance.now() - rest;
      if (rest > LONGEST_REST_MS || left <= 0) throw error;
      await wait(rest);
      return askOnce({ agent, url: base + path, key, body, withinMs: left });
    }
  };
  return {
    async embed(model, texts, withinMs) {
      const body = { model, input: texts, encoding_format: 'float' };
      return readEmbeddings(await ask('/embeddings', body, withinMs), texts.length);
    },
    async say(model, { system, user }, withinMs) {
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ];
      const body = { model, messages, max_tokens: MOST_TOKENS };
      return readSaid(await ask('/chat/completions', body, withinMs));
    },
    // What is under way is broken off: the texts have our own words as well.
    close: () => agent.destroy(),
  };
}

class Busy extends ModelError {
  readonly restMs: number;

  constructor(status: number, retryAfter: unknown) {
    super('busy', `HTTP ${status}`);
    const seconds = typeof retryAfter === 'string' ? Number(retryAfter) : Number.NaN;
    this.restMs = seconds >= 0 ? seconds * 1000 : 1000;
  }
}

async function askOnce(given: {
  agent: Agent;
  url: string;
  key: string | undefined;
  body: unknown;
  withinMs: number;
}): Promise<unknown> {
  const { agent, url, key, body, withinMs } = given;
  try {
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(withinMs))),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'paperround',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(body),
    });
    const { statusCode, headers } = answer;
    if (statusCode === 200) return JSON.parse(await answer.body.text()) as unknown;
    await answer.body.dump({ limit: 64 * 1024 }).catch(() => undefined);
    if (statusCode === 429 || statusCode >= 500) throw new Busy(statusCode, headers['retry-after']);
    throw new ModelError(REFUSALS.has(statusCode) ? 'refused' : 'wrong', `HTTP ${statusCode}`);
  } catch (error) {
    throw toModelError(error, withinMs);
  }
}

/** The address may hold a secret: an error is told by its code alone. */
function toModelError(error: unknown, withinMs: number): ModelError {
  if (error instanceof ModelError) return error;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  if (name === 'TimeoutError') {
    return new ModelError('late', `no answer within ${Math.round(withinMs / 1000)} s`);
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new ModelError('wrong', 'a huge answer');
  if (name === 'SyntaxError' || name === 'RangeError') return new ModelError('wrong', 'no JSON');
  return new ModelError('gone', typeof code === 'string' ? code : 'it could not be asked');
}
