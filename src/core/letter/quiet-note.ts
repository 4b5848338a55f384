import { groupFeeds } from '../feed/feed-state.ts';
import { type LookedAt, type RoundFeed, tellHidden } from '../reader/outcome.ts';
import type { Exclusion } from '../reader/subscription.ts';
import { type Language, type Words, wordsOf } from '../words/words.ts';
import type { NoticeContent } from './notice.ts';

/** One date without a digest, as its note tells it. */
export interface QuietDate {
  /** The reader's local date. */
  readonly date: string;
  readonly exclusion: Exclusion;
  readonly lookedAt?: LookedAt | undefined;
  readonly feeds?: readonly RoundFeed[];
  /** In which language it is told; absent where an older version froze it, in English. */
  readonly language?: Language;
  /** Whose it is, for a link to their preferences; absent where an older version froze it. */
  readonly subscription?: number;
}

/** What is frozen of such a note; `buildQuietNote` puts it into words. */
export interface CodedNote {
  readonly quiet: QuietDate;
}

/** Exclusions that are about the papers of the day: a reader who asked for a note gets one. */
const noted: readonly Exclusion[] = [
  'nothing_new',
  'quiet',
  'feeds_failed',
  'held',
  'nothing_matched',
  'nothing_named',
];

/** Whether a reader who asked for notes gets one for an exclusion. */
export function mayNote(exclusion: Exclusion): boolean {
  return noted.includes(exclusion);
}

/** Of a date, what its note is made of. */
export function codeQuietNote(noted: QuietDate): CodedNote {
  const { date, exclusion, lookedAt, feeds, subscription, language } = noted;
  const isOfFeeds = exclusion === 'quiet' || exclusion === 'feeds_failed';
  const isOfPapers = exclusion === 'nothing_matched';
  return {
    quiet: {
      date,
      exclusion,
      ...(isOfPapers && lookedAt ? { lookedAt } : {}),
      ...(isOfFeeds && feeds ? { feeds } : {}),
      ...(subscription === undefined ? {} : { subscription }),
      ...(language === undefined ? {} : { language }),
    },
  };
}

/** The short note on a date without a digest: that there is none, and why. */
export function buildQuietNote(quiet: QuietDate): NoticeContent {
  const words = wordsOf(quiet.language ?? 'en');
  return {
    subject: words.say('quiet.subject', { date: words.date(quiet.date) }),
    paragraphs: [...tellReason(quiet, words), words.say('quiet.asked')],
    ...wayOn(quiet, words),
    isSubscribed: true,
  };
}

/** Where papers came and none was theirs, their topics and the papers are what helps. */
function wayOn(
  { exclusion, subscription }: QuietDate,
  words: Words,
): Pick<NoticeContent, 'button' | 'more'> {
  const isUnmatched = exclusion === 'nothing_matched';
  const label = words.say(isUnmatched ? 'quiet.topics' : 'notice.preferences');
  return {
    ...(subscription === undefined
      ? {}
      : { button: { label, right: 'preferences', row: subscription } }),
    ...(isUnmatched ? { more: { label: words.say('notice.newest'), path: '/' } } : {}),
  };
}

function tellReason({ exclusion, lookedAt, feeds = [] }: QuietDate, words: Words): string[] {
  const said = { feeds: groupFeeds(feeds, words).join(' ') };
  switch (exclusion) {
    case 'quiet':
      return [words.say('quiet.none', said)];
    case 'feeds_failed':
      return [words.say('quiet.unread', said), words.say('quiet.notLost')];
    case 'nothing_matched': {
      const count = lookedAt?.papers ?? 0;
      const hidden = tellHidden(lookedAt?.hidden ?? [], words);
      return [
        hidden
          ? words.say('quiet.unmatchedHidden', { count, hidden })
          : words.say('quiet.unmatched', { count }),
      ];
    }
    case 'nothing_named':
      return [words.say('quiet.nothingNamed')];
    default:
      return [words.say(exclusion === 'held' ? 'quiet.held' : 'quiet.nothingNew')];
  }
}
