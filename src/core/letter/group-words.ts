import type { EditionGroup, EditionTexts } from '../edition/edition.ts';
import type { OverviewFacts } from '../reading/overview.ts';
import { english, type Words } from '../words/words.ts';

/** A group in words. */
export interface SaidGroup {
  readonly number: number;
  readonly label: string;
  readonly overview: string;
}

/** The labels of groups that no theme names. */
const labels = { others: 'group.others', day: 'group.day' } as const;

/** Says what a group is called and about; its themes are in the words of its papers. */
export function sayGroup({ number, label, overview }: EditionGroup, words: Words): SaidGroup {
  if (typeof overview === 'string') return { number, label, overview };
  const { code } = overview.about;
  const named = code === 'others' || code === 'day' ? words.say(labels[code]) : label;
  return { number, label: named, overview: sayOverview(overview, label, words) };
}

/** What a group is about, as it stands in a sentence; undefined where it is about many things. */
export function themeOf({ label, overview }: EditionGroup): string | undefined {
  // Older versions froze labels alone, of which some name no theme.
  if (typeof overview === 'string') return unnamed.includes(label) ? undefined : label;
  const { about } = overview;
  if (about.code === 'others' || about.code === 'day') return undefined;
  // A label begins with a capital; the theme that it was made of is written as in a sentence.
  return about.themes.find((theme) => theme.toLowerCase() === label.toLowerCase()) ?? label;
}

const unnamed: readonly string[] = [
  ...Object.values(labels).map((key) => english.say(key)),
  'Other papers',
  '',
];

/** An edition with its groups in words, as older versions freeze and read it. */
export function spellTexts(texts: EditionTexts, words: Words): EditionTexts {
  return { ...texts, groups: texts.groups.map((group) => sayGroup(group, words)) };
}

/** The title that it was made with comes right after it, so it is not said; nor what the label says. */
function sayOverview({ about, papers: count }: OverviewFacts, label: string, words: Words): string {
  const papers = words.say('papers', { count });
  if (about.code === 'others') return words.say('overview.others', { papers });
  const themes = about.code === 'day' ? [] : about.themes;
  const isSaid = themes.length === 1 && themes[0]?.toLowerCase() === label.toLowerCase();
  if (about.code === 'day' || isSaid) return words.say('overview.papers', { papers });
  return words.say(`overview.${about.code}`, { papers, themes: words.join(themes) });
}
