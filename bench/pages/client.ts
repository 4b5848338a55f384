/**
 * Asks a server for one address as fast as it answers, some at a time, and writes how many answers a
 * second there were and what the slowest of twenty took in ms. Its arguments: address, times, at once.
 */
import { Pool } from 'undici';

const [address = '', times = '100', atOnce = '8'] = process.argv.slice(2);
const { origin, pathname, search } = new URL(address);
const pool = new Pool(origin, { connections: Number(atOnce) });
const headers = { 'accept-encoding': 'br' };
const taken: number[] = [];

const ask = async () => {
  const from = performance.now();
  const { statusCode, body } = await pool.request({
    method: 'GET',
    path: pathname + search,
    headers,
  });
  await body.arrayBuffer();
  if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`);
  return performance.now() - from;
};

let left = Number(times);
await ask();
const begun = performance.now();
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (; left > 0; ) {
      left -= 1;
      taken.push(await ask());
    }
  }),
);
const seconds = (performance.now() - begun) / 1000;
await pool.close();
const sorted = taken.toSorted((a, b) => a - b);
process.stdout.write(
  JSON.stringify({ rate: taken.length / seconds, p95: sorted[Math.floor(sorted.length * 0.95)] }),
);
