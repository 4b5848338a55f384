/**
 * The words of every notice to a reader. Each is a plain letter with at most one button; as it is
 * HTML and text at once, it speaks of a link.
 */
import type { NoticeContent } from './notice.ts';

/**
 * The notices that a pause by the breaker holds: they go to many by themselves, or to addresses
 * that nobody has confirmed. All others go out, for somebody waits for each, or they are alarms.
 */
export const heldByBreaker = ['confirmation', 'reminder', 'welcome', 'quiet'] as const;

const ignore = 'If you did not ask for this, do nothing: nothing happens.';

/** Asks the owner of a mailbox whether they want it. Row: the consent. */
export function writeConfirmation(site: string, consent: number): NoticeContent {
  return {
    subject: `Please confirm: new papers from ${site}`,
    paragraphs: [
      `Somebody, most likely you, asked ${site} to send new science papers to this address.`,
      'Open the link below and confirm on its page. It works for seven days; without a yes this address is forgotten.',
      ignore,
    ],
    button: { label: 'Confirm my subscription', right: 'confirm', row: consent },
    isSubscribed: false,
  };
}

/** The same once more, and never again. Row: the consent. */
export function writeReminder(site: string, consent: number): NoticeContent {
  return {
    ...writeConfirmation(site, consent),
    subject: `Reminder: confirm your papers from ${site}`,
    paragraphs: [
      `A few days ago somebody, most likely you, asked ${site} to send new science papers to this address, and nobody has confirmed it yet.`,
      'This is the only reminder. Without a confirmation within seven days of the first mail this address is forgotten.',
      ignore,
    ],
  };
}

/** For one who signed up again. Row: the subscription. */
export function writeKnown(site: string, subscription: number): NoticeContent {
  return {
    subject: `You are subscribed to ${site} already`,
    paragraphs: [
      `Somebody, most likely you, filled in the form of ${site} with this address. It is subscribed already, and nothing was changed.`,
      'Your topics, days and hour are behind the link below.',
    ],
    button: { label: 'My preferences', right: 'preferences', row: subscription },
    isSubscribed: true,
  };
}

/** The link that was asked for. Row: the subscription. */
export function writePreferencesLink(site: string, subscription: number): NoticeContent {
  return {
    subject: `Your link to ${site}`,
    paragraphs: ['Here you see and change what you get, when, and how much of it.', ignore],
    button: { label: 'My preferences', right: 'preferences', row: subscription },
    isSubscribed: true,
  };
}

/** The link that a forwarded digest must not give. Row: the mailed link. */
export function writePrivateLink(site: string, link: number): NoticeContent {
  return {
    subject: `Your private page at ${site}`,
    paragraphs: [
      'On this page you find the digests you got, and you can take your data with you, erase it or move to another address.',
      'The link works for 24 hours. Do not forward this mail: whoever has it can do all of that for you.',
      ignore,
    ],
    button: { label: 'My private page', right: 'private', row: link },
    isSubscribed: true,
  };
}

/** The link to act on the web, which a digest must not give: it may be forwarded. Row: the mailed link. */
export function writeSessionLink(site: string, link: number): NoticeContent {
  return {
    subject: `Sign in at ${site}`,
    paragraphs: [
      'With this link you can vote for papers on the web and propose papers, in this browser, for 30 days.',
      'It works once, within 24 hours. Do not forward this mail: whoever opens it acts in your name.',
      ignore,
    ],
    button: { label: 'Sign in', right: 'session', row: link },
    isSubscribed: true,
  };
}

/** To the new mailbox: is it theirs, and do they want it? Row: the mailed link. */
export function writeAddressConfirmation(site: string, link: number): NoticeContent {
  return {
    subject: `Please confirm this address for ${site}`,
    paragraphs: [
      `A reader of ${site} asked to get their digests at this address from now on.`,
      'Open the link below and confirm on its page. It works for 24 hours.',
      ignore,
    ],
    button: { label: 'Use this address', right: 'address', row: link },
    isSubscribed: false,
  };
}

/** To a mailbox that has a subscription of its own, which cannot be two. */
export function writeAddressTaken(site: string): NoticeContent {
  return {
    subject: `This address is subscribed to ${site} already`,
    paragraphs: [
      `A reader of ${site} asked to get their digests at this address. It has a subscription of its own, so nothing was changed.`,
      'If that was you: leave with one of the two addresses first, by the link in any digest to it.',
    ],
    isSubscribed: false,
  };
}

/** To the old mailbox, after the move. */
export function writeAddressChanged(site: string, contact: string): NoticeContent {
  return {
    subject: `Your digests from ${site} go to another address now`,
    paragraphs: [
      'The new address was confirmed from its mailbox. This one gets nothing more.',
      `If that was not you, write to ${contact} at once.`,
    ],
    isSubscribed: false,
  };
}

/** Why there is no first digest to send. */
const unwelcome = {
  none: 'No edition has come out yet',
  unmatched: 'Nothing in the newest edition matches what you follow',
  had: 'You had the newest edition before',
} as const;

export type Unwelcome = keyof typeof unwelcome;

/** Instead of a first digest, where there is none to send. Row: the subscription. */
export function writeWelcome(
  site: string,
  welcome: { firstDate: string; because: Unwelcome; subscription: number },
): NoticeContent {
  const { firstDate, because, subscription } = welcome;
  return {
    subject: `Welcome to ${site}`,
    paragraphs: [
      `You are subscribed, and need do nothing more. ${unwelcome[because]}, so your first digest comes later: you are due next on ${firstDate}, and get mail on your days whenever there are papers for you.`,
      'Under each paper you can ask for more like it, or less: the digest learns from that.',
      ...(because === 'unmatched'
        ? ['If it stays quiet, follow a field, or topics in more and shorter words.']
        : []),
    ],
    button: { label: 'My topics, days and hour', right: 'preferences', row: subscription },
    ...(because === 'none' ? {} : { more: { label: 'The newest papers on the web', path: '/' } }),
    isSubscribed: true,
  };
}
