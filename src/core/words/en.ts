import type { Text } from './catalogue.ts';

/**
 * What readers are told in English. Every other language has the same keys with the same slots;
 * docs/languages.md says how to add one.
 */
export const en = {
  language: 'en',
  /** From none to twelve, as they begin a sentence. */
  numerals: 'no one two three four five six seven eight nine ten eleven twelve',

  // What is counted.
  papers: { one: '{count} paper', other: '{count} papers' },
  newPapers: { one: '{count} new paper', other: '{count} new papers' },
  minutes: { one: '{count} minute', other: '{count} minutes' },
  hours: { one: '{count} hour', other: '{count} hours' },
  days: { one: '{count} day', other: '{count} days' },
  upvotes: { one: '{count} upvote', other: '{count} upvotes' },
  andMore: '{names} and {count} more',

  // Every mail.
  'mail.preferences': 'Preferences',
  'mail.unsubscribe': 'Unsubscribe',
  'mail.imprint': 'Imprint',
  'mail.privacy': 'Privacy',

  // The digest.
  'digest.view': 'View in browser',
  'digest.change': 'Change preferences',
  'digest.sample': 'Sample.',
  'digest.sampleNote':
    'These papers came with the software for trying it out. They are not today’s.',
  'digest.correction': 'Correction.',
  'digest.picked': 'Picked by the editors',
  'digest.chosen': 'Chosen papers',
  'digest.own': 'For you',
  'digest.outside': 'Outside your usual',
  'digest.more': 'More like this',
  'digest.less': 'Less',
  'digest.amended': 'Corrected or retracted',
  'digest.amendedNote': 'Papers that were in your mail before.',
  'digest.rising': 'Rising',
  'digest.risingNote': 'Of the days before, and not in your mail until now.',
  'digest.rest': 'The rest of the day',
  'digest.groups': 'The day in groups',
  'digest.moreOfGroup': '{count} more',
  'digest.moreOnWeb': '{count} more on the web',
  'digest.whole': 'The whole edition on the web',
  'digest.getByMail': 'Get papers like these by mail',
  'digest.forwarded': 'Forwarded to you?',
  'digest.subscribe': 'Subscribe',
  'digest.subscribeTo': 'Subscribe to {site}',
  'digest.because': 'You get this mail because this address is subscribed to {site}.',
  'digest.questions': 'Questions',
  'digest.answer': 'A question, or a wish? Answer this mail: it goes to <a>{contact}</a>.',
  'digest.votes': 'More or less like these',
  'digest.votesNote': 'Each link opens a page on which you say which.',

  // The day in a sentence, and why a digest is as long as it is.
  'day.today': 'Today: {parts}.',
  'day.chosen': '{count} of {papers} chosen',
  'extent.today': '{papers} today',
  'extent.several': '{papers} in {editions} editions',
  'extent.own': '{count} for you',
  'extent.picked': '{count} picked by the editors',
  'extent.rising': '{count} rising',
  'extent.amended': '{count} corrected or retracted',
  'hidden.first': '{count} hidden by ‘{word}’',
  'hidden.firstUnnamed': '{count} hidden by your words',
  'hidden.next': '{count} by ‘{word}’',
  'hidden.nextUnnamed': '{count} by your words',
  'hidden.others': '{count} by other words',
  'note.test': 'This is a test: nobody else got it.',
  'note.correction': 'This corrects the digest that you got before: {correction}',
  'note.several': 'This digest covers the {count} editions since your last one.',
  'note.leftOut': {
    one: 'An older edition is too old to be included; the web has them.',
    other: '{count} older editions are too old to be included; the web has them.',
  },

  // Subjects.
  'subject.test': '[Test] ',
  'subject.sample': '[Sample] ',
  'subject.correction': 'Correction: ',
  'subject.counts': '{count} of {papers} papers for you',

  // Why a paper is there.
  'reason.topics': { one: 'You follow {names}.', other: 'You follow {names}.' },
  'reason.near': {
    one: 'Close to {names}, which you follow.',
    other: 'Close to {names}, which you follow.',
  },
  'reason.field': 'You follow the field {field}.',
  'reason.library': {
    one: 'Like {count} paper in your library.',
    other: 'Like {count} papers in your library.',
  },
  'reason.like': 'Like “{title}”, which you voted for.',
  'reason.liked': 'Like papers that you voted for.',
  'reason.authors': {
    one: 'By {names}, whom you follow.',
    other: 'By {names}, whom you follow.',
  },
  'reason.maybeAuthor': 'By {printed}; you follow {followed}.',
  'reason.popular': 'Popular today.',
  'reason.upvotes': '{upvotes} on Hugging Face.',
  'reason.readers': {
    one: '{Number} reader here voted for it.',
    other: '{Number} readers here voted for it.',
  },
  'reason.votes': { one: 'It has {count} vote.', other: 'It has {count} votes.' },
  'reason.leads': 'Leads today’s group “{group}”.',
  'reason.group': 'High up in today’s group “{group}”.',
  'reason.outside': 'Outside your usual.',
  'reason.rising': '{upvotes} on Hugging Face, {gained} of them since {date}.',

  // Groups.
  'group.others': 'And also',
  'group.day': 'New papers',
  'overview.papers': '{papers}.',
  'overview.others': '{papers} on other subjects.',
  'overview.all': '{papers} on {themes}.',
  'overview.most': '{papers}, most of them on {themes}.',
  'overview.some': '{papers}, some on {themes}.',

  // What became of a paper.
  'amended.retracted': 'Retracted',
  'amended.corrected': 'Corrected',
  'amended.withdrawn': 'Withdrawn or retracted',

  // Notices.
  'notice.openAddress': 'Or open this address: {url}',
  'notice.answer': 'A question? Answer this mail: it goes to <a>{contact}</a>.',
  'notice.ignore': 'If you did not ask for this, do nothing: nothing happens.',
  'notice.preferences': 'My preferences',
  'notice.newest': 'The newest papers on the web',
  'confirmation.subject': 'Please confirm: new papers from {site}',
  'confirmation.asked':
    'Somebody, most likely you, asked {site} to send new science papers to this address.',
  'confirmation.open':
    'Open the link below and confirm on its page. It works for seven days; without a yes this address is forgotten.',
  'confirmation.button': 'Confirm my subscription',
  'reminder.subject': 'Reminder: confirm your papers from {site}',
  'reminder.asked':
    'A few days ago somebody, most likely you, asked {site} to send new science papers to this address, and nobody has confirmed it yet.',
  'reminder.only':
    'This is the only reminder. Without a confirmation within seven days of the first mail this address is forgotten.',
  'known.subject': 'You are subscribed to {site} already',
  'known.asked':
    'Somebody, most likely you, filled in the form of {site} with this address. It is subscribed already, and nothing was changed.',
  'known.behind': 'Your topics, days and hour are behind the link below.',
  'preferencesLink.subject': 'Your link to {site}',
  'preferencesLink.here': 'Here you see and change what you get, when, and how much of it.',
  'privateLink.subject': 'Your private page at {site}',
  'privateLink.here':
    'On this page you find the digests you got, and you can take your data with you, erase it or move to another address.',
  'privateLink.works':
    'The link works for 24 hours. Do not forward this mail: whoever has it can do all of that for you.',
  'privateLink.button': 'My private page',
  'newAddress.subject': 'Please confirm this address for {site}',
  'newAddress.asked': 'A reader of {site} asked to get their digests at this address from now on.',
  'newAddress.open': 'Open the link below and confirm on its page. It works for 24 hours.',
  'newAddress.button': 'Use this address',
  'takenAddress.subject': 'This address is subscribed to {site} already',
  'takenAddress.asked':
    'A reader of {site} asked to get their digests at this address. It has a subscription of its own, so nothing was changed.',
  'takenAddress.leave':
    'If that was you: leave with one of the two addresses first, by the link in any digest to it.',
  'changedAddress.subject': 'Your digests from {site} go to another address now',
  'changedAddress.confirmed':
    'The new address was confirmed from its mailbox. This one gets nothing more.',
  'changedAddress.write': 'If that was not you, write to {contact} at once.',
  'welcome.subject': 'Welcome to {site}',
  'welcome.none':
    'You are subscribed, and need do nothing more. No edition has come out yet, so your first digest comes later: you are due next on {date}, and get mail on your days whenever there are papers for you.',
  'welcome.unmatched':
    'You are subscribed, and need do nothing more. Nothing in the newest edition matches what you follow, so your first digest comes later: you are due next on {date}, and get mail on your days whenever there are papers for you.',
  'welcome.had':
    'You are subscribed, and need do nothing more. You had the newest edition before, so your first digest comes later: you are due next on {date}, and get mail on your days whenever there are papers for you.',
  'welcome.learns':
    'Under each paper you can ask for more like it, or less: the digest learns from that.',
  'welcome.quiet': 'If it stays quiet, follow a field, or topics in more and shorter words.',
  'welcome.button': 'My topics, days and hour',

  // A day without a digest.
  'quiet.subject': 'No papers for you on {date}',
  'quiet.asked': 'You get this note because you asked for one on such days.',
  'quiet.topics': 'Change my topics',
  'quiet.none': 'There were no new papers. {feeds}',
  'quiet.unread': 'There were no new papers, because not every feed could be read. {feeds}',
  'quiet.notLost': 'Nothing is lost: what is missing comes with your next digest.',
  'quiet.unmatched': {
    one: '{count} paper came, and none matched what you follow.',
    other: '{count} papers came, and none matched what you follow.',
  },
  'quiet.unmatchedHidden': {
    one: '{count} paper came, and none matched what you follow; {hidden}.',
    other: '{count} papers came, and none matched what you follow; {hidden}.',
  },
  'quiet.nothingNew': 'No edition was cut since the last digest.',
  'quiet.held': 'The edition waits for an operator.',

  // How a feed was.
  'feed.line': '{names}: {state} ({reason}).',
  'feed.broken': 'broken',
  'feed.stale': 'stale',
  'feed.partial': 'partial',
  'feed.fresh': 'fresh',
  'feed.quiet': 'quiet',
  'feedReason.papers': { one: 'it brought {count} paper', other: 'it brought {count} papers' },
  'feedReason.unread': {
    one: '{count} item could not be read',
    other: '{count} items could not be read',
  },
  'feedReason.oldList': 'it still had the list of {date}',
  'feedReason.noList': 'it still had no dated list',
  'feedReason.failed': 'it could not be read',
  'feedReason.nothing': 'it had nothing new',
  'feedReason.weekend': 'nothing is announced on a weekend',
  'feedReason.holiday': 'nothing is announced on a holiday of arXiv',
  'feedReason.askedSoon': 'it is asked soon',
  'feedReason.notAsked': 'it was not asked',
  'feedReason.notWhole': 'it was not read to the end',

  // The site.
  'site.tagline': 'New science papers, every morning',

  // What a reader looks back on.
  'history.found': 'With “{query}”',
  'history.voted': 'Papers you voted on',
} as const satisfies Readonly<Record<string, Text>>;

/** What a text is asked for by. */
export type WordKey = keyof typeof en;
