/**
 * A small SMTP server on raw sockets that takes letters and forgets them, so that what sends is
 * seen and not `smtp-sink`. It knows PIPELINING and SIZE and nothing else. For the long run it
 * refuses and defers a share of the readers by their number, and where promises are judged it
 * keeps a log of what it took. A process of its own: asked `count`, it answers what it saw so far.
 */
import { appendFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';

export interface SinkOrder {
  readonly port: number;
  /** Of each hundred readers one is refused and one deferred once. */
  readonly isMoody: boolean;
  /** Gets a line for each letter: when its body began, to whom it went, and its Message-ID. */
  readonly log?: string;
}

export interface SinkCount {
  readonly accepted: number;
  readonly bytes: number;
  readonly refused: number;
  readonly deferred: number;
  /** Bodies of which a byte came. */
  readonly begun: number;
  /** Connections at this moment. */
  readonly open: number;
  /** Of each connection that ended without a goodbye, the last reader that it named. */
  readonly cut: readonly string[];
}

const END = Buffer.from('\r\n.\r\n');
const LOGGED_AT_ONCE = 1_000;
const OF = 100;
/** A signature or two stand before the headers, and less than this. */
const HEAD_BYTES = 4_096;
const order = JSON.parse(process.argv[2] ?? '{}') as SinkOrder;
const cut: string[] = [];
const count = { accepted: 0, bytes: 0, refused: 0, deferred: 0, begun: 0, open: 0, cut };
const deferred = new Set<string>();
let lines: string[] = [];

function flush(): void {
  if (order.log && lines.length > 0) appendFileSync(order.log, `${lines.join('\n')}\n`);
  lines = [];
}

/** What is said to RCPT; undefined where the reader is welcome. */
function refuse(to: string): string | undefined {
  const number = Number(/^reader(\d+)@/.exec(to)?.[1] ?? 0) % OF;
  if (!order.isMoody || number < OF - 2) return undefined;
  if (number === OF - 1) {
    count.refused += 1;
    return '550 5.1.1 nobody of that name';
  }
  if (deferred.has(to)) return undefined;
  deferred.add(to);
  count.deferred += 1;
  return '450 4.2.1 not now';
}

const idOf = (head: string) => /^Message-ID: *(\S+)/im.exec(head)?.[1];

/** One connection: commands by the line, then a body up to its dot, and again. */
function serve(socket: Socket): void {
  let unread = '';
  let to: string | undefined;
  let named: string | undefined;
  let isGone = false;
  let begunAt = 0;
  let head = '';
  let tail: Buffer | undefined;
  const obey = (line: string): string => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') return '250-small.sink\r\n250-PIPELINING\r\n250 SIZE 50000000';
    if (verb === 'QUIT') {
      isGone = true;
      return '221 2.0.0 bye';
    }
    if (verb === 'DATA') {
      if (to === undefined) return '503 5.5.1 to whom?';
      tail = Buffer.from('\r\n');
      begunAt = 0;
      head = '';
      return '354 go on';
    }
    if (verb !== 'RCPT') return '250 2.0.0 fine';
    const asked = /<(.*?)>/.exec(line)?.[1] ?? '';
    named = asked;
    const refusal = refuse(asked);
    to = refusal === undefined ? asked : undefined;
    return refusal ?? '250 2.1.5 fine';
  };
  /** Takes what belongs to the body; what stands behind its dot, or nothing. */
  const take = (chunk: Buffer, before: Buffer): Buffer | undefined => {
    if (begunAt === 0) count.begun += 1;
    begunAt ||= Date.now();
    if (order.log && head.length < HEAD_BYTES) head += chunk.toString('latin1', 0, HEAD_BYTES);
    const seam = Buffer.concat([before, chunk.subarray(0, END.length - 1)]);
    const inSeam = seam.indexOf(END);
    const at = inSeam >= 0 ? inSeam - before.length : chunk.indexOf(END);
    if (inSeam < 0 && at < 0) {
      tail = Buffer.concat([before, chunk.subarray(1 - END.length)]).subarray(1 - END.length);
      count.bytes += chunk.length;
      return undefined;
    }
    count.bytes += at + END.length;
    count.accepted += 1;
    if (order.log && lines.push(`${begunAt} ${to} ${idOf(head)}`) >= LOGGED_AT_ONCE) flush();
    tail = undefined;
    to = undefined;
    socket.write('250 2.0.0 taken\r\n');
    return chunk.subarray(at + END.length);
  };
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  count.open += 1;
  socket.on('close', () => {
    count.open -= 1;
    if (!isGone && named !== undefined) cut.push(named);
  });
  socket.write('220 small.sink ESMTP\r\n');
  socket.on('data', (chunk: Buffer) => {
    const rest = tail ? take(chunk, tail) : chunk;
    if (!rest || rest.length === 0) return;
    unread += rest.toString('latin1');
    const replies: string[] = [];
    for (let at = unread.indexOf('\r\n'); at >= 0; at = unread.indexOf('\r\n')) {
      replies.push(obey(unread.slice(0, at)));
      unread = unread.slice(at + 2);
      if (replies.at(-1)?.startsWith('221')) return void socket.end('221 2.0.0 bye\r\n');
    }
    if (replies.length > 0) socket.write(`${replies.join('\r\n')}\r\n`);
  });
}

if (process.send) {
  createServer(serve).listen(order.port, '127.0.0.1', 1_024);
  process.on('message', () => {
    flush();
    process.send?.(count);
  });
  process.on('disconnect', () => process.exit());
}
