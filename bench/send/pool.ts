/**
 * The loop of thirty lines: nodemailer's pool and one ready letter for everybody. A process of
 * its own, measured as a peer.
 */
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { PeerOrder } from './peers.ts';

const WARM_LETTERS = 200;
const order = JSON.parse(process.argv[2] ?? '{}') as PeerOrder;
const letter = JSON.parse(readFileSync(order.letterFile, 'utf8')) as { html: string; text: string };
const transport = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: order.smtpPort,
  maxConnections: order.connections,
  maxMessages: Number.POSITIVE_INFINITY,
});

/** Sends so many letters, two waiting for each connection. */
async function send(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await transport.sendMail({
        from: 'digest@papers.example.org',
        to: `reader${next}@readers.example`,
        subject: 'New papers for you',
        ...letter,
      });
    }
  };
  await Promise.all(Array.from({ length: 2 * order.connections }, lane));
}

await send(WARM_LETTERS);
process.send?.('begun');
const begun = performance.now();
await send(order.count);
process.send?.({ seconds: (performance.now() - begun) / 1000 });
