import { groupFeeds } from '../feed/feed-state.ts';
import { type LookedAt, type RoundFeed, tellHidden } from '../reader/outcome.ts';
import { dateForPeople } from '../reader/schedule.ts';
import { type Exclusion, exclusions } from '../reader/subscription.ts';
import { countOf } from '../text/words.ts';
import type { NoticeContent } from './notice.ts';

/** One date without a digest, as its note tells it. */
export interface QuietDate {
  /** The reader's local date. */
  readonly date: string;
  readonly exclusion: Exclusion;
  readonly lookedAt?: LookedAt | undefined;
  readonly feeds?: readonly RoundFeed[];
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
];

/** Whether a reader who asked for notes gets one for an exclusion. */
export function mayNote(exclusion: Exclusion): boolean {
  return noted.includes(exclusion);
}

/** Of a date, what its note is made of. */
export function codeQuietNote(noted: QuietDate): CodedNote {
  const { date, exclusion, lookedAt, feeds, subscription } = noted;
  const isOfFeeds = exclusion === 'quiet' || exclusion === 'feeds_failed';
  const isOfPapers = exclusion === 'nothing_matched';
  return {
    quiet: {
      date,
      exclusion,
      ...(isOfPapers && lookedAt ? { lookedAt } : {}),
      ...(isOfFeeds && feeds ? { feeds } : {}),
      ...(subscription === undefined ? {} : { subscription }),
    },
  };
}

/** The short note on a date without a digest: that there is none, and why. */
export function buildQuietNote(quiet: QuietDate): NoticeContent {
  return {
    subject: `No papers for you on ${dateForPeople(quiet.date)}`,
    paragraphs: [...tellReason(quiet), 'You get this note because you asked for one on such days.'],
    ...wayOn(quiet),
    isSubscribed: true,
  };
}

/** Where papers came and none was theirs, their topics and the papers are what helps. */
function wayOn({ exclusion, subscription }: QuietDate): Pick<NoticeContent, 'button' | 'more'> {
  const isUnmatched = exclusion === 'nothing_matched';
  const label = isUnmatched ? 'Change my topics' : 'My preferences';
  return {
    ...(subscription === undefined
      ? {}
      : { button: { label, right: 'preferences', row: subscription } }),
    ...(isUnmatched ? { more: { label: 'The newest papers on the web', path: '/' } } : {}),
  };
}

function tellReason({ exclusion, lookedAt, feeds = [] }: QuietDate): string[] {
  switch (exclusion) {
    case 'quiet':
      return [`There were no new papers. ${groupFeeds(feeds).join(' ')}`];
    case 'feeds_failed':
      return [
        `There were no new papers, because not every feed could be read. ${groupFeeds(feeds).join(' ')}`,
        'Nothing is lost: what is missing comes with your next digest.',
      ];
    case 'nothing_matched': {
      const hidden = tellHidden(lookedAt?.hidden ?? []);
      const looked = countOf(lookedAt?.papers ?? 0, 'paper');
      return [`${looked} came, and none matched what you follow${hidden ? `; ${hidden}` : ''}.`];
    }
    default: {
      const words = exclusions[exclusion];
      return [`${words[0]?.toUpperCase()}${words.slice(1)}.`];
    }
  }
}
