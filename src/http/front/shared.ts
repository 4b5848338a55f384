/**
 * Pages that are the same for all. Each is made once a change, compressed, and served ready; its
 * maker is given path and query alone, never a cookie, a token or a language. What may be seen
 * has one version, which each server looks at once a second.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding, encode, matchesTag, tagOf } from '../encoding.ts';

/** A page as it is served. */
interface Ready {
  readonly etag: string;
  readonly type: string;
  readonly madeAt: number;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** How a page is made that is not at hand. */
export interface Recipe {
  /** Of all that the page depends on: its path, and of its query what it reads. */
  readonly key: string;
  /** Undefined where there is no such page, which is not remembered. */
  readonly make: () => Promise<string | undefined>;
  readonly type?: string;
  /** Made anew after so long, too; absent where only a change makes it anew. */
  readonly freshMs?: number;
}

/** The pages of one process. */
export interface SharedPages {
  /** Answers with the page, or that it is not changed; false where there is none. */
  answer(request: FastifyRequest, reply: FastifyReply, recipe: Recipe): Promise<boolean>;
}

const LOOK_EVERY_MS = 1000;
const MOST_BYTES = 64 * 1024 * 1024;

/** Remembers pages for as long as `findVersion` says the same, and of them at most `mostBytes`. */
export function createSharedPages(
  findVersion: () => Promise<string>,
  mostBytes: number = MOST_BYTES,
): SharedPages {
  const kept = new Map<string, Promise<Ready | undefined>>();
  const sizes = new Map<string, number>();
  let version: string | undefined;
  let looked: Promise<void> | undefined;
  let lookedAt = 0;

  const forget = (key: string) => {
    kept.delete(key);
    sizes.delete(key);
  };
  const look = async () => {
    const now = performance.now();
    if (looked === undefined || now - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now;
      looked = findVersion().then((found) => {
        if (found !== version) for (const key of [...kept.keys()]) forget(key);
        version = found;
      });
      looked.catch(() => {
        looked = undefined;
      });
    }
    await looked;
  };
  const keep = (key: string, making: Promise<Ready | undefined>) => {
    kept.set(key, making);
    making.then(
      (ready) => {
        // Another may stand there by now, of a newer version.
        if (kept.get(key) !== making) return;
        if (!ready) return forget(key);
        sizes.set(key, ready.plain.length + ready.br.length + ready.gzip.length);
        let bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
        for (const [oldest, size] of sizes) {
          if (bytes <= mostBytes) break;
          bytes -= size;
          forget(oldest);
        }
      },
      () => kept.get(key) === making && forget(key),
    );
    return making;
  };
  const find = async (recipe: Recipe): Promise<Ready | undefined> => {
    await look();
    const { key, freshMs = Number.POSITIVE_INFINITY } = recipe;
    for (;;) {
      const known = kept.get(key);
      if (!known) return keep(key, prepare(recipe));
      const ready = await known;
      if (!ready || performance.now() - ready.madeAt < freshMs) return ready;
      // Whoever comes first makes it anew for all.
      if (kept.get(key) === known) return keep(key, prepare(recipe));
    }
  };

  return {
    async answer(request, reply, recipe) {
      const ready = await find(recipe);
      if (!ready) return false;
      send(request, reply, ready);
      return true;
    },
  };
}

async function prepare({ make, type = 'text/html; charset=utf-8' }: Recipe) {
  const madeAt = performance.now();
  const text = await make();
  if (text === undefined) return undefined;
  const plain = Buffer.from(text);
  const [br, gzip] = await Promise.all([encode(plain, 'br'), encode(plain, 'gzip')]);
  return { etag: tagOf(plain), type, madeAt, plain, br, gzip };
}

function send({ headers }: FastifyRequest, reply: FastifyReply, ready: Ready): void {
  reply.header('etag', ready.etag).header('vary', 'accept-encoding');
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  if (matchesTag(headers['if-none-match'], ready.etag)) {
    reply.code(304).send();
    return;
  }
  const encoding = chooseEncoding(headers['accept-encoding']);
  if (encoding) reply.header('content-encoding', encoding);
  reply.type(ready.type).send(ready[encoding ?? 'plain']);
}
