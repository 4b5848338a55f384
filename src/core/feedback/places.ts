import type { KeyRing } from '../reader/keys.ts';
import { findReferences, type Reference } from '../reader/references.ts';
import { headerOf, type InboundMail } from './mail.ts';

/** Whom a mail that came back is about, as far as signed ids in it tell. */
export interface Pointers {
  /** Deliveries, of the best place that names one. */
  readonly deliveries: readonly number[];
  /** Message-IDs of our domain that stand in it: the ledger knows which are ours. */
  readonly messageIds: readonly string[];
  /** Subscriptions that some place names. */
  readonly subscriptions: readonly number[];
  /** Subscriptions whose address for leaving is a recipient. */
  readonly leaving: readonly number[];
  /** The same for ending announcements. */
  readonly ending: readonly number[];
  /** True where a top header of the mail itself is one that only we write. */
  readonly isOwn: boolean;
}

const MOST = 20;
const MOST_PROVEN = 500;
const LOOKS_SIGNED = /(?<![a-z0-9])[bun]\+[0-9a-z]{17,29}(?![a-z0-9])/gi;
const REFERENCE_HEADER = 'x-entity-ref-id';

/**
 * Finds signed ids wherever they stand: in the recipients (the VERP return path), the
 * envelope id, the returned headers, anywhere else, decoded or not. The place that can be
 * about this one message only counts first; what was not signed by this ring is not seen.
 */
export function findPointers(mail: InboundMail, keys: KeyRing, ownDomain: string): Pointers {
  const everything = [mail.raw, mail.text, ...mail.parts.map(({ text }) => text)].join('\n');
  const recipients = findReferences(keys, recipientsOf(mail));
  const places = [
    recipients,
    findReferences(keys, fieldsOf(everything, 'original-envelope-id')),
    findReferences(keys, fieldsOf(everything, REFERENCE_HEADER)),
    findReferences(keys, candidatesOf(everything)),
  ];
  const deliveries = places.map((found) => idsOf(found, 'bounce')).find(({ length }) => length > 0);
  return {
    deliveries: deliveries ?? [],
    messageIds: findMessageIds(everything, ownDomain),
    subscriptions: idsOf(places.flat(), 'leave'),
    leaving: idsOf(recipients, 'leave'),
    ending: idsOf(recipients, 'end_announcements'),
    isOwn: idsOf(findReferences(keys, headerOf(mail, REFERENCE_HEADER)), 'bounce').length > 0,
  };
}

/** The recipients, from the envelope, or where the way in has none from the headers that servers write. */
export function recipientsOf({ envelope, headers }: InboundMail): string {
  const told = ['delivered-to', 'x-original-to', 'envelope-to', 'to', 'cc'].map(
    (name) => headers.get(name) ?? '',
  );
  return [...envelope.to, ...(envelope.to.length > 0 ? [] : told)].join('\n');
}

/** What looks like a reference, each once: proving a signature costs far more than seeing its shape. */
function candidatesOf(text: string): string {
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(LOOKS_SIGNED)) {
    found.add(candidate);
    if (found.size === MOST_PROVEN) break;
  }
  return [...found].join(' ');
}

function fieldsOf(text: string, name: string): string {
  const line = new RegExp(`^[> \\t]*${name}:(.*(?:\\r?\\n[ \\t].*)?)`, 'gim');
  return Array.from(text.matchAll(line), ([, value = '']) => value)
    .slice(0, MOST)
    .join('\n');
}

function findMessageIds(text: string, domain: string): string[] {
  const written = new RegExp(`<[\\w.-]{1,80}@${domain.replaceAll('.', '\\.')}>`, 'gi');
  return [...new Set(text.match(written) ?? [])].slice(0, MOST);
}

function idsOf(references: readonly Reference[], purpose: Reference['purpose']): number[] {
  const ids = references.filter((each) => each.purpose === purpose).map(({ id }) => id);
  return [...new Set(ids)].slice(0, MOST);
}
