import type { Address } from '../../core/reader/address.ts';
import { announcementsText, consentText } from '../../core/reader/sign-up.ts';
import type { Wishes } from '../../core/reader/subscription.ts';
import type { ReaderRequest } from '../../store/readers/requests.ts';
import type { Outside } from '../steps.ts';
import { askForMail } from './ask-for-mail.ts';
import { wordsFor } from './language.ts';

/** What somebody typed, and where. */
export interface Typed {
  readonly address: Address;
  readonly form: 'page' | 'form' | 'api' | 'return';
  /** IP address of whoever typed it. */
  readonly from: string;
  /** The subscription of one who asks back by a link. */
  readonly readerId?: number;
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
  const { wishes } = typed;
  const { name } = outside.config.site;
  const words = wordsFor(outside, wishes);
  const more = wishes.announcements === 'all' ? ` ${announcementsText(name, words)}` : '';
  return record(outside, typed, {
    kind: 'subscribe',
    wishes,
    consentText: `${consentText(name, words)}${more}`,
    next: null,
  });
}

/** Takes a "send me my link", in the same way. */
export function requestLink(outside: RequestOutside, typed: Typed): Promise<number | undefined> {
  return record(outside, typed, { kind: 'link', wishes: null, consentText: null, next: null });
}

/** Takes a "let me sign in", in the same way; whoever does goes on to a path of ours. */
export function requestSession(
  outside: RequestOutside,
  typed: Omit<Typed, 'form'> & { readonly next: string },
): Promise<number | undefined> {
  return record(
    outside,
    { ...typed, form: 'page' },
    { kind: 'link', wishes: null, consentText: null, next: typed.next },
  );
}

async function record(
  outside: RequestOutside,
  { address, form, from, readerId }: Typed,
  request: Pick<ReaderRequest, 'kind' | 'wishes' | 'consentText' | 'next'>,
): Promise<number | undefined> {
  const { store, queue, now } = outside;
  const kind = request.next === null ? request.kind : 'session';
  const by = form === 'return' ? form : kind;
  const asking = { to: address, from, ...(readerId === undefined ? {} : { readerId }) };
  const tooMuch = await askForMail(outside, by, asking);
  // That a mailbox got enough is its owner's to know: who typed it hears what everybody hears.
  if (tooMuch) return tooMuch.bound === 'mailbox' ? undefined : tooMuch.seconds;
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
