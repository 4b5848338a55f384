import type { Context } from '../src/process/context.ts';
import { SILENT_CANARIES } from '../src/steps/deliveries/health.ts';
import type { Lease } from '../src/steps/deliveries/lease.ts';

/** A watch on the queue of this process. */
export interface QueueWatch {
  stop(): void;
}

/**
 * Sends a canary through this process's own queue again and again. What comes back is noted
 * with the sender, which is its health; where the backend took canaries and none comes back,
 * the workers are wedged, and an error that nobody catches ends the process with code 1, so that
 * it is started anew. A
 * backend that is away takes none: then there is nothing to do but wait for it.
 */
export async function watchQueue({ outside, log }: Context, lease: Lease): Promise<QueueWatch> {
  const everyMs = outside.config.process.canaryEveryMs;
  let waitingSince: number | undefined;
  const canary = await outside.queue.openCanary(() => {
    waitingSince = undefined;
    outside.store.senders
      .recordCanary(lease.current().id)
      .catch((error: Error) => log.warn({ err: error }, 'the canary could not be noted'));
  });
  const timer = setInterval(async () => {
    const sentAt = performance.now();
    if (waitingSince !== undefined && sentAt - waitingSince >= everyMs * SILENT_CANARIES) {
      clearInterval(timer);
      throw new Error(
        `nothing came back through the queue for ${(everyMs * SILENT_CANARIES) / 1000} s`,
      );
    }
    if (await canary.send()) waitingSince ??= sentAt;
    else waitingSince = undefined;
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      canary.close().catch((error: Error) => log.warn({ err: error }, 'the canary stays behind'));
    },
  };
}
