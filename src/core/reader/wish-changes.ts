import { clockOf } from './schedule.ts';
import type { Subscription, Wishes } from './subscription.ts';

/** What a reader can wish for, as a change of it is named, and its value in words that compare. */
const wishNames: Readonly<Record<string, (wishes: Compared) => string>> = {
  fields: ({ profile }) => sorted(profile.fields),
  topics: ({ profile }) => sorted(profile.topics),
  'excluded words': ({ profile }) => sorted(profile.exclude),
  authors: ({ profile }) => sorted(profile.authors),
  'papers of a second category': ({ profile }) => String(profile.crossLists),
  'a paper from outside': ({ profile }) => String(profile.surprise),
  'a note on quiet days': ({ profile }) => String(profile.quietNote),
  language: ({ profile }) => profile.language ?? '',
  'papers a digest': ({ papersPerDigest }) => String(papersPerDigest),
  days: ({ schedule }) => sorted(schedule.days.map(String)),
  hour: ({ schedule }) => clockOf(schedule.minuteOfDay),
  zone: ({ schedule }) => schedule.zone,
  pause: ({ pausedUntil }) => pausedUntil ?? '',
  announcements: ({ announcements }) => announcements ?? '',
};

type Compared = Wishes & Pick<Subscription, 'pausedUntil'>;

/** Which wishes differ, by name: the audit outlives a reader, so it never holds what they read. */
export function listChangedWishes(before: Compared, after: Compared): string[] {
  const said = { ...after, announcements: after.announcements ?? before.announcements };
  return Object.entries(wishNames)
    .filter(([, read]) => read(before) !== read(said))
    .map(([name]) => name);
}

function sorted(values: readonly string[]): string {
  return JSON.stringify(values.toSorted());
}
