import { type MessagePort, parentPort } from 'node:worker_threads';
import type { Work } from '../core/reading/work.ts';
import { type Order, type Reply, tasks } from './tasks.ts';

/** Between two words on how far the work is. */
const TELL_EVERY_MS = 100;

async function run(order: Order, say: (reply: Reply) => void): Promise<unknown> {
  // The order was typed where it was given; a copy of its arguments is what arrives.
  const start = tasks[order.name].run as (
    ...args: readonly unknown[]
  ) => Work<unknown> | Promise<unknown>;
  const work = start(...order.args);
  if (work instanceof Promise) return work;
  let toldAt = performance.now();
  for (let pauses = 0; ; pauses++) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = performance.now();
    say({ kind: 'pauses', pauses });
  }
}

function serve(port: MessagePort): void {
  const say = (reply: Reply) => port.postMessage(reply);
  port.on('message', (order: Order) => {
    run(order, say).then(
      (result) => say({ kind: 'result', result }),
      (error) => say({ kind: 'fault', error }),
    );
  });
}

if (parentPort) serve(parentPort);
