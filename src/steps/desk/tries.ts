import { countToLimit, HOUR_MS, type Limit } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';

const TRIES_WINDOW_MS = HOUR_MS / 4;
const TRIES_PER_NAME = 10;
const TRIES_PER_ORIGIN = 30;
const CODES_PER_NAME = 5;

type TriesOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/** What somebody shows at the door, and where: an IP address, or a /64. */
export interface Shown {
  readonly name: string;
  readonly password: string;
  readonly origin: string;
}

type Door = Pick<Shown, 'name' | 'origin'>;

/** What bounds tries with a password: a place that knows the operator has a count of its own. */
export function limitTries({ name, origin }: Door, isKnown: boolean): Limit[] {
  const windowMs = TRIES_WINDOW_MS;
  return [
    { name: 'sign-in-from', key: origin, most: TRIES_PER_ORIGIN, windowMs },
    isKnown
      ? { name: 'sign-in-known', key: `${origin} ${name}`, most: TRIES_PER_NAME, windowMs }
      : { name: 'sign-in-as', key: name, most: TRIES_PER_NAME, windowMs },
  ];
}

/** What bounds tries with a code, once the password was shown. */
export function limitCodes({ name, origin }: Door): Limit[] {
  const windowMs = TRIES_WINDOW_MS;
  return [
    { name: 'sign-in-from', key: origin, most: TRIES_PER_ORIGIN, windowMs },
    { name: 'code-as', key: name, most: CODES_PER_NAME, windowMs },
  ];
}

/** Counts a try by each limit, and puts on record that it is one too many. Seconds to wait then. */
export async function countTries(
  outside: TriesOutside,
  by: Door,
  limits: readonly Limit[],
): Promise<number | undefined> {
  for (const limit of limits) {
    const seconds = await countToLimit(outside, limit);
    if (seconds === undefined) continue;
    await recordRefused(outside, by);
    return seconds;
  }
  return undefined;
}

/** Counts a try with a code or a password of who is signed in; false where there were too many. */
export async function mayTryAgain(outside: TriesOutside, name: string): Promise<boolean> {
  const limit = { name: 'factor-of', key: name, most: CODES_PER_NAME, windowMs: TRIES_WINDOW_MS };
  return (await countToLimit(outside, limit)) === undefined;
}

/** So many refused sign-ins are on record in a quarter of an hour, one of each place: more say no more. */
const RECORDED = 20;

/**
 * Puts a refused sign-in on record, the first of its place in a while. A name that is no
 * operator's is left out: it may be a password in the wrong field.
 */
export async function recordRefused(outside: TriesOutside, { name, origin }: Door): Promise<void> {
  const { store, now } = outside;
  const window = { name: 'refused-sign-in', windowMs: TRIES_WINDOW_MS };
  for (const limit of [
    { ...window, key: origin, most: 1 },
    { ...window, key: 'all', most: RECORDED },
  ]) {
    if ((await countToLimit(outside, limit)) !== undefined) return;
  }
  const isKnown = (await store.access.findOperator(name)) !== undefined;
  const subject = isKnown ? `operator ${name}` : 'operators';
  const entry = { at: now(), actor: 'stranger', action: 'refused_sign_in', detail: {} };
  await store.records.recordAudit({ ...entry, subject });
}
