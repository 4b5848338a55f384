import { type SendResult, verdictOf } from '../../core/letter/delivery.ts';

/** How long the mail to one recipient's domain waits after its servers said, through a relay, that they are busy. */
export interface DomainRests {
  /** Milliseconds until one more may go there; none where it was not heard of. */
  left(domain: string): number;
  note(domain: string, result: SendResult): void;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** More domains than these are not busy at once; if they are, the oldest is forgotten. */
const MOST_DOMAINS = 1_000;

/**
 * A busy answer (4.7.x) behind RCPT is the domain's, not the relay's: each doubles the rest, each
 * good one halves it. Kept by each process for itself.
 */
export function createDomainRests(): DomainRests {
  const rests = new Map<string, { readonly ms: number; readonly until: number }>();
  return {
    left: (domain) => Math.max(0, (rests.get(domain)?.until ?? 0) - performance.now()),
    note(domain, result) {
      const known = rests.get(domain);
      if (result.kind === 'accepted' && known) {
        rests.delete(domain);
        const ms = known.ms / 2;
        if (ms >= FIRST_MS) rests.set(domain, { ms, until: performance.now() });
      }
      const isBusy =
        result.kind === 'refused' &&
        result.reply.code !== 421 &&
        ['rcpt', 'data', 'body'].includes(result.stage) &&
        verdictOf(result) === 'busy';
      // Nothing begins in a rest: whoever hears of it now had begun before.
      if (!isBusy || (known && known.until > performance.now())) return;
      const ms = Math.min(LONGEST_MS, Math.max(FIRST_MS, (known?.ms ?? 0) * 2));
      rests.delete(domain);
      rests.set(domain, { ms, until: performance.now() + ms });
      const [oldest] = rests.keys();
      if (rests.size > MOST_DOMAINS && oldest !== undefined) rests.delete(oldest);
    },
  };
}
