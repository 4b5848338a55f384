import { type Address, domainOf } from '../../core/reader/address.ts';
import { originOf } from '../../core/reader/origin.ts';
import { consentText } from '../../core/reader/sign-up.ts';
import type { Wishes } from '../../core/reader/subscription.ts';
import type { Outside } from '../steps.ts';
import { wordsFor } from './language.ts';
import { countToLimit, HOUR_MS } from './limit.ts';

/** What somebody typed, and where. */
export interface Typed {
  readonly address: Address;
  readonly form: 'page' | 'form' | 'api' | 'return';
  /** IP address of whoever typed it. */
  readonly from: string;
}

type RequestOutside = Pick<Outside, 'store' | 'queue' | 'keys' | 'config' | 'now'>;

/**
 * Takes a sign-up, whatever the address: the owner of its mailbox learns the rest by mail.
 * It does the same work for every address, so that neither the answer nor its time tells.
 * Seconds to wait where there were too many from one place or for one domain.
 */
export function requestSubscription(
  outside: RequestOutside,
  typed: Typed & { readonly wishes: Wishes },
): Promise<number | undefined> {
  const text = consentText(outside.config.site.name, wordsFor(outside, typed.wishes));
  return record(outside, typed, { kind: 'subscribe', wishes: typed.wishes, consentText: text });
}

/** Takes a "send me my link", in the same way. */
export function requestLink(outside: RequestOutside, typed: Typed): Promise<number | undefined> {
  return record(outside, typed, { kind: 'link', wishes: null, consentText: null });
}

async function record(
  outside: RequestOutside,
  { address, form, from }: Typed,
  request: { kind: 'subscribe' | 'link'; wishes: Wishes | null; consentText: string | null },
): Promise<number | undefined> {
  const { store, queue, config, now } = outside;
  const { perOriginHour, perDomainHour } = config.readers;
  const hourly = { windowMs: HOUR_MS };
  const wait =
    (await countToLimit(outside, {
      ...hourly,
      name: 'request by origin',
      key: originOf(from),
      most: perOriginHour,
    })) ??
    (await countToLimit(outside, {
      ...hourly,
      name: 'request by domain',
      key: domainOf(address.key),
      most: perDomainHour,
    }));
  if (wait !== undefined) return wait;
  const at = now();
  const { id } = await store.requests.insert({
    ...request,
    address: address.address,
    form,
    askedFrom: from,
    at,
  });
  await queue.enqueue('answer', { requestId: id });
  return undefined;
}
