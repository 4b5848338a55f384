/**
 * The usual way: a BullMQ job a recipient, whose row is read, whose letter is rendered by a
 * compiled Handlebars template and sent by nodemailer's pool, and whose row is marked. A process
 * of its own, measured as a peer.
 */
import { readFileSync } from 'node:fs';
import { Queue, Worker } from 'bullmq';
import Handlebars from 'handlebars';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import type { PeerOrder } from './peers.ts';

const WARM_LETTERS = 200;
const JOBS_AT_ONCE = 1_000;
const order = JSON.parse(process.argv[2] ?? '{}') as PeerOrder;
const letter = JSON.parse(readFileSync(order.letterFile, 'utf8')) as { html: string; text: string };
/** What is the reader's own in a letter of ours: the tokens of its links. */
const slot = (text: string) => text.replace(/\d+\.\w+\.[\w-]{22}/g, '{{token}}');
const html = Handlebars.compile(slot(letter.html));
const text = Handlebars.compile(slot(letter.text), { noEscape: true });
const pool = new pg.Pool({ connectionString: order.databaseUrl, max: order.connections });
const connection = { url: order.redisUrl };
const queue = new Queue<{ id: number }>('letters', { connection });
const transport = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: order.smtpPort,
  maxConnections: order.connections,
  maxMessages: Number.POSITIVE_INFINITY,
});

await pool.query(
  'create table recipient (id int primary key, address text, token text, sent_at timestamptz)',
);
await pool.query(
  `insert into recipient select n, 'reader' || n || '@readers.example', left(md5(n::text), 26)
    from generate_series(1, $1) n`,
  [WARM_LETTERS + order.count],
);
let sent = 0;
let tellSent: () => void = () => undefined;
const worker = new Worker<{ id: number }>(
  'letters',
  async ({ data: { id } }) => {
    const { rows } = await pool.query<{ address: string; token: string }>(
      'select address, token from recipient where id = $1',
      [id],
    );
    const [row] = rows;
    await transport.sendMail({
      from: 'digest@papers.example.org',
      to: row?.address,
      subject: 'New papers for you',
      html: html(row),
      text: text(row),
    });
    await pool.query('update recipient set sent_at = now() where id = $1', [id]);
    sent += 1;
    tellSent();
  },
  { connection, concurrency: order.connections },
);
worker.on('failed', (_, error) => console.error(error.message));

/** Enqueues a job for each of some recipients and waits until all have their letter. */
async function send(from: number, count: number): Promise<void> {
  const goal = sent + count;
  const isDone = new Promise<void>((resolve) => {
    tellSent = () => {
      if (sent === goal) resolve();
    };
  });
  for (let at = 0; at < count; at += JOBS_AT_ONCE) {
    const ids = Array.from({ length: Math.min(JOBS_AT_ONCE, count - at) }, (_, n) => from + at + n);
    await queue.addBulk(
      ids.map((id) => ({ name: 'letter', data: { id }, opts: { removeOnComplete: true } })),
    );
  }
  await isDone;
}

await send(1, WARM_LETTERS);
process.send?.('begun');
const begun = performance.now();
await send(WARM_LETTERS + 1, order.count);
process.send?.({ seconds: (performance.now() - begun) / 1000 });
