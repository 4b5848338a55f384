import { type Address, domainOf } from '../../core/reader/address.ts';
import {
  type Bound,
  bounds,
  foldDomain,
  foldMailbox,
  type MailForm,
  type MailFormName,
  mailForms,
} from '../../core/reader/mail-forms.ts';
import { originOf } from '../../core/reader/origin.ts';
import type { Outside } from '../steps.ts';
import { countToLimit, DAY_MS, HOUR_MS } from './limit.ts';

/** Who asks for a mail, and whom it goes to. */
export interface Asking {
  readonly to: Address;
  /** IP address; needed where the form counts by place. */
  readonly from?: string;
  /** The subscription behind a link; needed where the form counts by reader. */
  readonly readerId?: number;
}

/** What was too much, and the seconds until it is allowed again. */
export interface TooMuch {
  readonly bound: Bound;
  readonly seconds: number;
}

type LimitOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

/**
 * Counts one mail that somebody asks for, by place, reader, domain and mailbox, as its form says; each
 * form that causes mail asks here first. Undefined where it may go. Throws where the form counts by
 * what was not given.
 */
export async function askForMail(
  outside: LimitOutside,
  form: MailFormName,
  asking: Asking,
): Promise<TooMuch | undefined> {
  const { counters }: MailForm = mailForms[form];
  for (const bound of bounds) {
    const counter = counters[bound];
    if (counter === undefined) continue;
    const limit = { ...limitOf(outside, bound), name: `mail ${counter} by ${bound}` };
    const seconds = await countToLimit(outside, { ...limit, key: keyOf(asking, bound) });
    if (seconds !== undefined) return { bound, seconds };
  }
  return undefined;
}

function limitOf({ config }: Pick<Outside, 'config'>, bound: Bound) {
  const { perOriginHour, perDomainHour, perAddressDay } = config.readers;
  if (bound === 'place') return { most: perOriginHour, windowMs: HOUR_MS };
  if (bound === 'domain') return { most: perDomainHour, windowMs: HOUR_MS };
  return { most: perAddressDay, windowMs: DAY_MS };
}

function keyOf({ to, from, readerId }: Asking, bound: Bound): string {
  if (bound === 'domain') return foldDomain(domainOf(to.key));
  if (bound === 'mailbox') return foldMailbox(to.key);
  const key = bound === 'place' ? from && originOf(from) : readerId?.toString();
  if (key === undefined) throw new Error(`mail is counted by ${bound} here, and none was given`);
  return key;
}
