import type { Rate } from './rate.ts';

/** How one relay of a sending process is. */
export interface RelayStanding {
  readonly name: string;
  readonly connections: number;
  readonly restMs: number;
  /** Why it is left alone; absent where it is not. */
  readonly down?: 'away' | 'refused';
  /** What it said when it refused us. */
  readonly said?: string;
}

/** How a relay is used now, in half a sentence. */
export function tellRelay({ connections, restMs, down, said }: RelayStanding): string {
  if (down === 'away') return 'left alone for a while: it cannot be reached';
  if (down === 'refused') return `left alone for a while: it refuses us${said ? ` (${said})` : ''}`;
  const rest = restMs > 0 ? `, with a rest of ${Math.ceil(restMs / 1000)} s between two mails` : '';
  return `${connections === 1 ? '1 connection' : `${connections} connections`} at once${rest}`;
}

/** `at most 14 a second and 5000 an hour`; undefined where nothing is limited. */
export function tellRate({ perSecond, perHour }: Rate): string | undefined {
  const limits = [
    ...(perSecond ? [`${perSecond} a second`] : []),
    ...(perHour ? [`${perHour} an hour`] : []),
  ];
  return limits.length > 0 ? `at most ${limits.join(' and ')}` : undefined;
}
