/** The most messages that may begin within any second, and within any hour. */
export interface Rate {
  readonly perSecond?: number;
  readonly perHour?: number;
}

/**
 * A turn that is taken later than this is given up for another: what bunches up behind a
 * process that was held up would go over the limit.
 */
export const LATE_TURN_MS = 20;
const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/**
 * Milliseconds from one message to the next, so that they go out evenly: the generic cell
 * rate algorithm (ITU-T I.371, annex A) without burst. Wide enough that with each message up to
 * `LATE_TURN_MS` late no window holds more than the limit and one; some two per cent of a
 * limit per second are given for that. Undefined where nothing is limited.
 */
export function intervalOf({ perSecond, perHour }: Rate): number | undefined {
  const intervals = [
    ...(perSecond ? [(SECOND_MS + LATE_TURN_MS) / perSecond] : []),
    ...(perHour ? [(HOUR_MS + LATE_TURN_MS) / perHour] : []),
  ];
  return intervals.length > 0 ? Math.max(...intervals) : undefined;
}

/** Reads `20/s`, `5000/h` or both by a comma. Throws a sentence that says what is wrong. */
export function parseRate(text: string): Rate {
  const rate: { perSecond?: number; perHour?: number } = {};
  for (const part of text.split(',')) {
    const [, number = '', unit] = /^(\d+(?:\.\d+)?)\/([sh])$/.exec(part.trim()) ?? [];
    const key = unit === 's' ? 'perSecond' : 'perHour';
    if (!(Number(number) > 0) || rate[key] !== undefined) {
      throw new Error(`"${text}" must be a rate such as 20/s, 5000/h or 20/s,5000/h`);
    }
    rate[key] = Number(number);
  }
  return rate;
}

/** What a message needs a turn in, and how much later the next may begin. */
export interface PaceAsk {
  /** Such as `relay mx.example.org:25` or `domain google.com`. */
  readonly name: string;
  readonly intervalMs: number;
}

/** Rates of groups of recipients by name, `*` for all others. */
export type DomainRates = ReadonlyMap<string, Rate>;

/**
 * Reads `google.com=20/s,5000/h outlook.com=5/s *=50/s`. Throws a sentence that says what is
 * wrong.
 */
export function parseDomainRates(text: string): DomainRates {
  const rates = new Map<string, Rate>();
  for (const entry of text.trim().split(/\s+/)) {
    const [, name = '', rate = ''] = /^([^=\s]+)=(\S+)$/.exec(entry) ?? [];
    if (!/^(\*|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i.test(name)) {
      throw new Error(`"${entry}" must be a domain and a rate such as google.com=20/s`);
    }
    if (rates.has(name.toLowerCase())) throw new Error(`names ${name} twice`);
    rates.set(name.toLowerCase(), parseRate(rate));
  }
  return rates;
}
