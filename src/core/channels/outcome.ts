import type { AttemptVerdict, FailureCause } from '../letter/delivery.ts';
import type { PostVerdict } from './answer.ts';

/** What a try makes of its post. */
export interface PostOutcome {
  readonly state: 'accepted' | 'deferred' | 'failed' | 'in_doubt';
  readonly cause?: FailureCause;
  readonly verdict: AttemptVerdict;
  /** When it comes again. */
  readonly nextAt?: Date;
}

const MINUTE_MS = 60_000;
/** After each try, the last one from then on; a newer edition takes the place of what waits. */
const RETRY_MS = [1, 5, 15, 30, 60, 120].map((minutes) => minutes * MINUTE_MS);

/** Decides what becomes of a post by what was read. */
export function decidePost(verdict: PostVerdict, attempts: number, at: Date): PostOutcome {
  switch (verdict.kind) {
    case 'accepted':
      return { state: 'accepted', verdict: 'accepted' };
    case 'in_doubt':
      return { state: 'in_doubt', verdict: 'doubt' };
    case 'refused':
      return { state: 'failed', cause: 'permanent', verdict: 'message' };
    case 'later': {
      const usual = RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? MINUTE_MS;
      const waitMs = verdict.waitMs ?? usual;
      return { state: 'deferred', verdict: 'unsent', nextAt: new Date(at.getTime() + waitMs) };
    }
  }
}
