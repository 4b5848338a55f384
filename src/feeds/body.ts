import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { FeedError } from '../core/feed/feed.ts';

/**
 * A 304 has no body, but may tell the length and coding of the 200 that it stands for (RFC 9110
 * section 15.4.5): whatever becomes of it, the answer is complete.
 */
export async function dropBody(answer: Dispatcher.ResponseData): Promise<Uint8Array> {
  await answer.body.dump({ limit: 4096 }).catch(() => undefined);
  return new Uint8Array();
}

/** The body of an answer, unpacked. Throws FeedError `too-large` or `malformed`. */
export async function readBody(
  answer: Dispatcher.ResponseData,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  };
  const decoder = createDecoder(header(answer, 'content-encoding'));
  try {
    if (decoder) await pipeline(answer.body, decoder, collect, { signal });
    else await pipeline(answer.body, collect, { signal });
  } catch (cause) {
    // The pipeline reports that it was stopped, not why.
    throw size > maxBytes ? tooLarge(maxBytes) : cause;
  }
  return Buffer.concat(chunks);
}

function createDecoder(encoding = 'identity'): Duplex | undefined {
  const name = encoding.trim().toLowerCase();
  if (name === 'identity' || name === '') return undefined;
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'br') return createBrotliDecompress();
  if (name === 'deflate') return createInflate();
  throw new FeedError(
    'malformed',
    `The answer is packed as "${encoding}", which nobody asked for.`,
  );
}

/** The first value of a header field. */
export function header(answer: Dispatcher.ResponseData, name: string): string | undefined {
  return headerOf(answer.headers, name);
}

/** The fields of an answer, by their names in lower case. */
export type AnswerHeaders = Dispatcher.ResponseData['headers'];

/** The first value of a header field, of its fields alone. */
export function headerOf(headers: AnswerHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function tooLarge(maxBytes: number): FeedError {
  return new FeedError('too-large', `The answer is larger than ${maxBytes} bytes.`);
}
