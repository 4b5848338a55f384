import { intervalOf, parseRate } from './rate.ts';

/** Who signs what goes out by a relay: we do, or it does. */
export type Signer = 'we' | 'it';

/** One relay as it is configured. */
export interface RelaySettings {
  /** `smtp[s]://user:password@host:port`, without what follows a question mark. */
  readonly url: string;
  /** Its share of the mail beside the others' weights. */
  readonly weight: number;
  /** At once, at most, for each process; where it is not said, as many as for any relay. */
  readonly connections: number | undefined;
  /** Milliseconds from one message to the next, over all processes, where it is limited. */
  readonly intervalMs: number | undefined;
  /** Where it is not said, we sign if we have keys. */
  readonly signs: Signer | undefined;
}

const NUMBERS = ['weight', 'connections'] as const;
const KNOWN: readonly string[] = [...NUMBERS, 'rate', 'signs'];

/** Who signs what goes out by a relay, where we have keys or have none. */
export function signerOf({ signs }: Pick<RelaySettings, 'signs'>, hasKeys: boolean): Signer {
  return signs ?? (hasKeys ? 'we' : 'it');
}

/**
 * Reads one or more SMTP URLs separated by blanks, each with its own `weight`, `connections`,
 * `rate` and `signs` behind a question mark: `smtp://mx.example.org:587?weight=2&rate=14/s`.
 * Throws a sentence that says what is wrong, without the URL, which holds a password.
 */
export function parseRelays(text: string): RelaySettings[] {
  const relays = text.trim().split(/\s+/).map(parseRelay);
  const hosts = relays.map(({ url }) => new URL(url).host);
  const twice = hosts.find((host, at) => hosts.indexOf(host) !== at);
  if (twice) throw new Error(`names ${twice} twice`);
  return relays;
}

function parseRelay(text: string): RelaySettings {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname) {
    throw new Error('must look like smtp://user:password@host:587');
  }
  const { searchParams } = url;
  const unknown = [...searchParams.keys()].find((key) => !KNOWN.includes(key));
  if (unknown) {
    throw new Error(`${url.host} has "${unknown}", but only ${KNOWN.join(', ')} are known`);
  }
  const read = (name: (typeof NUMBERS)[number]) => {
    const given = searchParams.get(name);
    const value = Number(given);
    if (given === null) return undefined;
    if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
    throw new Error(`${name} of ${url.host} must be a whole number from 1 to 100`);
  };
  const rate = searchParams.get('rate');
  const settings = {
    weight: read('weight') ?? 1,
    connections: read('connections'),
    intervalMs: rate === null ? undefined : intervalOf(parseRate(rate)),
    signs: readSigner(url),
  };
  url.search = '';
  url.hash = '';
  return { url: url.href, ...settings };
}

function readSigner({ searchParams, host }: URL): Signer | undefined {
  const signs = searchParams.get('signs');
  if (signs === null) return undefined;
  if (signs === 'we' || signs === 'it') return signs;
  throw new Error(`signs of ${host} must be we or it`);
}
