import { FeedError } from '../../core/feed/feed.ts';
import { APIS, type ApiKind, SOURCES, type SourceKind } from '../../core/feed/sources.ts';
import type { Batch, FeedWindow, Source } from '../fetched.ts';
import { EmptyPage, type Page } from '../pages.ts';

/** One page of a list: which feed, which time, and where it begins. */
export interface Asked {
  readonly address: string;
  readonly window: FeedWindow;
  readonly start: number;
  /** What the source called that place. */
  readonly token?: string | undefined;
}

/** An adapter: asks for one page and reads it. */
export type FetchPage = (asked: Asked, source: Source) => Promise<Page>;

interface Question {
  readonly kind: ApiKind;
  readonly path: string;
  readonly params?: Readonly<Record<string, string | undefined>>;
  readonly accept?: string;
  /** What it means that the source knows no such thing (404). */
  readonly unknown?: string;
}

/**
 * Asks a source, with its key where one is set. Throws FeedError; where a key might have helped,
 * its message says which setting holds it.
 */
export async function askSource(
  { fetch, bases, keys }: Source,
  { kind, path, params = {}, accept = 'application/json', unknown }: Question,
): Promise<Uint8Array> {
  const { key, name } = APIS[kind];
  const url = new URL(bases[kind].replace(/\/+$/, '') + path);
  const own = { ...params, ...(key && 'parameter' in key && { [key.parameter]: keys[kind] }) };
  for (const [parameter, value] of Object.entries(own)) {
    if (value !== undefined) url.searchParams.set(parameter, value);
  }
  const secret = key && 'header' in key ? keys[kind] : undefined;
  const headers = key && 'header' in key && secret ? { [key.header]: secret } : {};
  try {
    const answer = await fetch({
      url: url.href,
      accept,
      headers,
      ...(unknown && { alsoStatus: 404 }),
    });
    if (answer.status !== 404) return answer.bytes;
  } catch (error) {
    throw keys[kind] === undefined ? tellKey(error, kind) : error;
  }
  throw new FeedError('status', `${name} knows no ${unknown}.`, { status: 404 });
}

/** Statuses of a source that wants to be paid or to know who asks. */
const WANTS_KEY = new Set([401, 402, 403, 429]);

function tellKey(error: unknown, kind: ApiKind): unknown {
  const { key, limits } = APIS[kind];
  const isAbout = error instanceof FeedError && WANTS_KEY.has(error.status ?? 0);
  if (!key || !isAbout) return error;
  const { code, status, retryAfterMs } = error;
  return new FeedError(code, `${error.message} ${key.setting} is not set: ${limits}.`, {
    cause: error,
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** The operator's address as sources take it; undefined where only a page is known. */
export function mailOf({ contact }: Pick<Source, 'contact'>): string | undefined {
  const mail = contact.replace(/^mailto:/, '');
  return mail.includes('@') ? mail : undefined;
}

/** The number of the page that begins at `start`, the first is 1. */
export function pageNumber(kind: SourceKind, start: number): string {
  return String(Math.floor(start / SOURCES[kind].pageSize) + 1);
}

/**
 * What was read as a page that says where the next begins. `step` is how far that is: the rows
 * received, or a whole page where pages have numbers. Throws EmptyPage where the list goes on.
 */
export function toPage(
  kind: SourceKind,
  batch: Batch,
  place: { readonly start: number; readonly count: number; total: number; readonly step?: number },
): Page {
  const { name, pageSize, mostItems } = SOURCES[kind];
  const { start, count, total, step = count } = place;
  const most = Math.min(total, mostItems);
  if (count === 0 && start < most) {
    const message = `${name} sent an empty page at ${start} of ${total} papers.`;
    throw new EmptyPage(message, { size: pageSize, total: most });
  }
  const next = start + step;
  if (next < most) return { ...batch, next };
  if (total <= next) return batch;
  const reason = `Of one search in ${name}, ${mostItems} papers are read at most.`;
  const cut = { item: `(papers ${next} to ${total})`, reason };
  return { ...batch, refusals: [...batch.refusals, cut] };
}

/** `2026-11-22`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
