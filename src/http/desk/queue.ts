import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { BoardRequest } from '../../queue/board.ts';
import type { Site } from '../site.ts';

const BASE = '/admin/queue';
/** As for every page of ours, but for a base of its own: the board's script builds its links on it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

/** `/admin/queue`: Bull Board over our queues, to look at; its jobs carry ids only. */
export function registerQueue(desk: FastifyInstance, { outside }: Site): void {
  const board = outside.queue.openBoard();
  desk.register(fastifyStatic, { root: board.folder, prefix: `${BASE}/static/`, index: false });
  for (const path of board.pagePaths) {
    desk.get(`${BASE}${path === '/' ? '' : path}`, (_request, reply) =>
      reply
        .header('content-security-policy', POLICY)
        .type('text/html')
        .send(board.page(`${BASE}/`)),
    );
  }
  for (const { path, answer } of board.routes) {
    desk.get(`${BASE}${path}`, async (request, reply) => {
      const { status, body } = await answer(request as BoardRequest);
      return reply.code(status).send(body);
    });
  }
}
