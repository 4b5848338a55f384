import { EventEmitter, on } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import fastify, { type FastifyInstance } from 'fastify';
import { tellSize } from '../core/letter/digest.ts';
import { forceScheme } from '../core/letter/scheme.ts';

/** A digest by the templates as they are now, and what is wrong with them in words. */
export interface Watched {
  readonly faults: readonly string[];
  /** Absent where a fault keeps it from being rendered. */
  readonly mail?: { readonly subject: string; readonly html: string; readonly text: string };
}

const LOOK_EVERY_MS = 300;
const files = {
  '/': { file: 'index.html', type: 'text/html' },
  '/watch.css': { file: 'watch.css', type: 'text/css' },
  '/watch.js': { file: 'watch.js', type: 'text/javascript' },
};
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:";
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
const THIS_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The pages of `paperround preview --watch`, for this machine alone: the digest and its text,
 * which follow `look` while it gives another object than before. The caller lets it listen.
 */
export async function createWatch(
  folder: string,
  look: () => Promise<Watched>,
): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true });
  const changes = new EventEmitter().setMaxListeners(0);
  const ending = new AbortController();
  let now = await look();
  const follow = async () => {
    while (!ending.signal.aborted) {
      const next = await look();
      if (next !== now) {
        now = next;
        changes.emit('change', next);
      }
      await wait(LOOK_EVERY_MS, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  app.addHook('onReady', async () => void follow());
  app.addHook('preClose', async () => ending.abort());
  // A name that somebody points to this machine must not read what it shows.
  app.addHook('onRequest', async ({ headers }, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (!THIS_MACHINE.test(headers.host ?? '')) return reply.code(421).send('not this machine');
  });
  for (const [path, { file, type }] of Object.entries(files)) {
    const text = await readFile(join(folder, file), 'utf8');
    app.get(path, (_request, reply) =>
      reply.type(type).header('content-security-policy', PAGE_POLICY).send(text),
    );
  }
  app.get<{ Querystring: { scheme?: string } }>('/mail', ({ query }, reply) => {
    const html = now.mail?.html ?? '<!doctype html><title>Nothing yet</title>';
    const scheme = query.scheme === 'dark' ? 'dark' : 'light';
    return reply
      .type('text/html')
      .header('content-security-policy', MAIL_POLICY)
      .send(forceScheme(html, scheme).replace(/<head>/i, '<head><base target="_blank">'));
  });
  app.get('/events', (request, reply) => {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([ending.signal, gone.signal]);
    async function* tellChanges() {
      yield tell(now);
      try {
        for await (const [next] of on(changes, 'change', { signal })) yield tell(next as Watched);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
    return reply.type('text/event-stream').send(Readable.from(tellChanges()));
  });
  return app;
}

function tell({ faults, mail }: Watched): string {
  const size = mail && tellSize(mail.html);
  const state = { faults, ...(mail ? { subject: mail.subject, text: mail.text, size } : {}) };
  return `event: state\ndata: ${JSON.stringify(state)}\n\n`;
}
