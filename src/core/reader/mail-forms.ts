import { getDomain } from 'tldts';
import validator from 'validator';

/** What mails of one form are counted by. */
export const bounds = ['place', 'reader', 'domain', 'mailbox'] as const;

/** One of them: where it was typed, who asked by a link of theirs, where the mail goes. */
export type Bound = (typeof bounds)[number];

/** A way by which somebody who is no operator, or one by hand, has us mail somebody. */
export interface MailForm {
  /** Method and path, or the command. */
  readonly doors: readonly string[];
  readonly asker: string;
  /** The notices that may come of it. */
  readonly mails: readonly string[];
  /** The counter for each bound; forms that name the same one share it. */
  readonly counters: Readonly<Partial<Record<Bound, string>>>;
}

/** Whoever types an address that need not be theirs takes from what all strangers may ask for. */
const typed = { place: 'typed', domain: 'typed', mailbox: 'typed' } as const;

/**
 * Every form that causes mail. What is asked for behind a signed link has counters of its own: a
 * stranger who types a reader's address uses up nothing of it.
 */
export const mailForms = {
  subscribe: {
    doors: ['POST /subscribe', 'POST /api/v1/subscriptions'],
    asker: 'anybody',
    mails: ['confirmation', 'reminder', 'known'],
    counters: typed,
  },
  link: { doors: ['POST /link'], asker: 'anybody', mails: ['link'], counters: typed },
  session: { doors: ['POST /sign-in'], asker: 'anybody', mails: ['session'], counters: typed },
  return: {
    doors: ['POST /return/:token'],
    asker: 'who left, by a link of ours',
    mails: ['confirmation', 'reminder'],
    counters: { reader: 'return', mailbox: 'return' },
  },
  private: {
    doors: ['POST /preferences/:token/private'],
    asker: 'a reader, by a link of a mail',
    mails: ['private'],
    counters: { reader: 'private', mailbox: 'private' },
  },
  address: {
    doors: ['POST /private/:token/address'],
    asker: 'a reader, by a fresh link',
    mails: ['address', 'taken'],
    counters: { ...typed, reader: 'address' },
  },
  circles: {
    doors: ['circles make'],
    asker: 'an operator',
    mails: ['circle', 'confirmation', 'reminder'],
    counters: { mailbox: 'circles' },
  },
  desk: {
    doors: ['subscribers link'],
    asker: 'an operator',
    mails: ['link'],
    counters: { mailbox: 'desk' },
  },
} as const satisfies Record<string, MailForm>;

/** The name of a form that causes mail. */
export type MailFormName = keyof typeof mailForms;

/**
 * A mailbox as limits count it: whatever stands behind a plus is cut off everywhere, and what the large
 * providers ignore (dots at Gmail, words behind a hyphen at Yahoo, Yandex's domains) as well.
 */
export function foldMailbox(addressKey: string): string {
  const at = addressKey.lastIndexOf('@');
  const local = addressKey.slice(0, at);
  const plus = local.indexOf('+', 1);
  const plain = `${plus < 0 ? local : local.slice(0, plus)}${addressKey.slice(at)}`;
  const folded = validator.normalizeEmail(plain);
  return folded === false ? plain : folded;
}

/** A domain as limits count it: the one that somebody registered, since its names below cost nothing. */
export function foldDomain(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}
