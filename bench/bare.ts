/**
 * What pages and leaving are measured beside: a Fastify route with bytes that are ready, and one that
 * commits one row durably. Run by `web.ts` with a port, a file and a database.
 */
import { readFileSync } from 'node:fs';
import helmet from '@fastify/helmet';
import fastify from 'fastify';
import pg from 'pg';

const [port, file = '', databaseUrl] = process.argv.slice(2);
const bytes = readFileSync(file);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
await pool.query('create table public.bare (id bigint primary key, ended_at timestamptz)');
await pool.query('insert into public.bare select n from generate_series(1, 100000) n');

const app = fastify();
await app.register(helmet);
app.get('/ready', (_request, reply) =>
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-encoding', 'gzip')
    .header('cache-control', 'no-cache')
    .header('etag', '"ready"')
    .send(bytes),
);
// What leaving is asked with.
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => done(null, body),
);
app.post<{ Params: { id: string } }>('/commit/:id', async (request) => {
  await pool.query('update public.bare set ended_at = now() where id = $1', [request.params.id]);
  return 'done';
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
