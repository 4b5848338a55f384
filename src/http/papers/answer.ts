import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageViews } from '../../core/letter/pages.ts';
import type { HeadPart } from '../../core/letter/paper-pages.ts';
import { chooseEncoding, encode, matchesTag, tagOf } from '../encoding.ts';
import type { Site } from '../site.ts';

/** What a program asks for under an address that is the same for everybody. */
export interface Told {
  readonly text: string;
  readonly type: string;
}

/** A page that is the same for everybody. */
export interface ToldPage<Name extends keyof PageViews> {
  readonly page: Name;
  readonly title: string;
  readonly view: PageViews[Name];
  readonly head: HeadPart;
  /** Its one path, with what counts of its query. */
  readonly path: string;
  /** What it is, in a sentence. */
  readonly description: string;
  readonly isSample?: boolean;
}

export const HTML = 'text/html; charset=utf-8';

/** In bytes: one packet, compressed or not. */
const SMALL = 1000;

/** Answers with a text that may be kept, as long as it is asked whether it is the same (RFC 9110, 13.1.2). */
export async function answerTold(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { text, type }: Told,
): Promise<FastifyReply> {
  const bytes = Buffer.from(text);
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  reply.header('vary', 'accept-encoding').type(type);
  if (reply.statusCode < 400) {
    const etag = tagOf(bytes);
    reply.header('etag', etag);
    if (matchesTag(headers['if-none-match'], etag)) return reply.code(304).send();
  }
  const encoding = bytes.length < SMALL ? undefined : chooseEncoding(headers['accept-encoding']);
  if (!encoding) return reply.send(bytes);
  const encoded = await encode(bytes, encoding);
  return reply.header('content-encoding', encoding).send(encoded);
}

/** Writes a page that is the same for everybody. */
export function tellPage<Name extends keyof PageViews>(
  site: Site,
  { page, title, view, head, path, description, isSample = false }: ToldPage<Name>,
): Told {
  const frame = {
    ...site.frame(title, { isSample, shared: { path, description } }),
    head: site.renderPart('head', head),
  };
  return { type: HTML, text: site.renderPage(page, view, frame) };
}
