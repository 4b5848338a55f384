/**
 * The words of every notice to a reader. Each is a plain letter with at most one button; as it is
 * HTML and text at once, it speaks of a link.
 */
import type { Words } from '../words/words.ts';
import type { NoticeContent } from './notice.ts';

/**
 * The notices that a pause by the breaker holds: they go to many by themselves, or to addresses
 * that nobody has confirmed. All others go out, for somebody waits for each, or they are alarms.
 */
export const heldByBreaker = ['confirmation', 'reminder', 'welcome', 'quiet'] as const;

/** Whose notice it is, and in which language it is said. */
export interface From {
  readonly site: string;
  readonly words: Words;
}

/** Asks the owner of a mailbox whether they want it. Row: the consent. */
export function writeConfirmation({ site, words }: From, consent: number): NoticeContent {
  return {
    subject: words.say('confirmation.subject', { site }),
    paragraphs: [
      words.say('confirmation.asked', { site }),
      words.say('confirmation.open'),
      words.say('notice.ignore'),
    ],
    button: { label: words.say('confirmation.button'), right: 'confirm', row: consent },
    isSubscribed: false,
  };
}

/** The same once more, and never again. Row: the consent. */
export function writeReminder(from: From, consent: number): NoticeContent {
  const { site, words } = from;
  return {
    ...writeConfirmation(from, consent),
    subject: words.say('reminder.subject', { site }),
    paragraphs: [
      words.say('reminder.asked', { site }),
      words.say('reminder.only'),
      words.say('notice.ignore'),
    ],
  };
}

/** For one who signed up again. Row: the subscription. */
export function writeKnown({ site, words }: From, subscription: number): NoticeContent {
  return {
    subject: words.say('known.subject', { site }),
    paragraphs: [words.say('known.asked', { site }), words.say('known.behind')],
    button: toPreferences(words, subscription),
    isSubscribed: true,
  };
}

/** Invites a reader to a circle that an operator made: they are in only after a press. Row: the invitation. */
export function writeCircleInvitation(
  { site, words }: From,
  { circle, invitation }: { readonly circle: string; readonly invitation: number },
): NoticeContent {
  return {
    subject: words.say('circleInvitation.subject', { circle }),
    paragraphs: [
      words.say('circleInvitation.lead', { circle, site }),
      words.say('join.shown'),
      words.say('circleInvitation.ignore'),
    ],
    button: { label: words.say('join.button'), right: 'join', row: invitation },
    isSubscribed: true,
  };
}

/** The link that was asked for. Row: the subscription. */
export function writePreferencesLink({ site, words }: From, subscription: number): NoticeContent {
  return {
    subject: words.say('preferencesLink.subject', { site }),
    paragraphs: [words.say('preferencesLink.here'), words.say('notice.ignore')],
    button: toPreferences(words, subscription),
    isSubscribed: true,
  };
}

function toPreferences(words: Words, subscription: number) {
  const label = words.say('notice.preferences');
  return { label, right: 'preferences', row: subscription } as const;
}

/** The link that a forwarded digest must not give. Row: the mailed link. */
export function writePrivateLink({ site, words }: From, link: number): NoticeContent {
  return {
    subject: words.say('privateLink.subject', { site }),
    paragraphs: [
      words.say('privateLink.here'),
      words.say('privateLink.works'),
      words.say('notice.ignore'),
    ],
    button: { label: words.say('privateLink.button'), right: 'private', row: link },
    isSubscribed: true,
  };
}

/** The link to act on the web, which a digest must not give: it may be forwarded. Row: the mailed link. */
export function writeSessionLink({ site, words }: From, link: number): NoticeContent {
  return {
    subject: words.say('session.subject', { site }),
    paragraphs: [words.say('session.can'), words.say('session.once'), words.say('notice.ignore')],
    button: { label: words.say('session.button'), right: 'session', row: link },
    isSubscribed: true,
  };
}

/** To the new mailbox: is it theirs, and do they want it? Row: the mailed link. */
export function writeAddressConfirmation({ site, words }: From, link: number): NoticeContent {
  return {
    subject: words.say('newAddress.subject', { site }),
    paragraphs: [
      words.say('newAddress.asked', { site }),
      words.say('newAddress.open'),
      words.say('notice.ignore'),
    ],
    button: { label: words.say('newAddress.button'), right: 'address', row: link },
    isSubscribed: false,
  };
}

/** To a mailbox that has a subscription of its own, which cannot be two. */
export function writeAddressTaken({ site, words }: From): NoticeContent {
  return {
    subject: words.say('takenAddress.subject', { site }),
    paragraphs: [words.say('takenAddress.asked', { site }), words.say('takenAddress.leave')],
    isSubscribed: false,
  };
}

/** To the old mailbox, after the move. */
export function writeAddressChanged({ site, words }: From, contact: string): NoticeContent {
  return {
    subject: words.say('changedAddress.subject', { site }),
    paragraphs: [
      words.say('changedAddress.confirmed'),
      words.say('changedAddress.write', { contact }),
    ],
    isSubscribed: false,
  };
}

/** Why there is no first digest to send: no edition yet, nothing in it is theirs, or they had it. */
export type Unwelcome = 'none' | 'unmatched' | 'had';

/** Instead of a first digest, where there is none to send. Row: the subscription. */
export function writeWelcome(
  { site, words }: From,
  welcome: { firstDate: string; because: Unwelcome; subscription: number },
): NoticeContent {
  const { firstDate, because, subscription } = welcome;
  const more = { label: words.say('notice.newest'), path: '/' };
  return {
    subject: words.say('welcome.subject', { site }),
    paragraphs: [
      words.say(`welcome.${because}`, { date: words.date(firstDate) }),
      words.say('welcome.learns'),
      ...(because === 'unmatched' ? [words.say('welcome.quiet')] : []),
    ],
    button: { label: words.say('welcome.button'), right: 'preferences', row: subscription },
    ...(because === 'none' ? {} : { more }),
    isSubscribed: true,
  };
}

/**
 * To whoever owns an address for alerts: a service asks to confirm something about it. What it is to
 * confirm by stands on their page alone. Row: the mailed link.
 */
export function writeAlertConfirmation(
  { site, words }: From,
  asked: {
    readonly by: string;
    readonly requestedBy?: string;
    /** Somebody else's mailbox asks. */
    readonly isOthers: boolean;
    readonly link: number;
  },
): NoticeContent {
  const { by, requestedBy, isOthers, link } = asked;
  const who = requestedBy
    ? words.say('alertConfirmation.asked', { by, mailbox: requestedBy })
    : words.say('alertConfirmation.askedBy', { by });
  return {
    subject: words.say('alertConfirmation.subject', { by, site }),
    paragraphs: [
      who,
      words.say(isOthers ? 'alertConfirmation.others' : 'alertConfirmation.open'),
      words.say('privateLink.works'),
    ],
    button: {
      label: words.say('alertConfirmation.button'),
      right: 'private',
      row: link,
      path: '/alerts',
    },
    isSubscribed: true,
  };
}
