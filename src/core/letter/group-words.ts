import type { EditionGroup, EditionTexts } from '../edition/edition.ts';
import type { GroupAbout, OverviewFacts } from '../reading/overview.ts';
import { countOf, joinWords } from '../text/words.ts';

/** A group in words. */
export interface SaidGroup {
  readonly number: number;
  readonly label: string;
  readonly overview: string;
}

/** The labels of groups that no theme names. */
const labels = { others: 'And also', day: 'New papers' } as const;

/** Says what a group is called and about: the one place that its language comes from. */
export function sayGroup({ number, label, overview }: EditionGroup): SaidGroup {
  if (typeof overview === 'string') return { number, label, overview };
  const { code } = overview.about;
  const named = code === 'others' || code === 'day' ? labels[code] : label;
  return { number, label: named, overview: sayOverview(overview, label) };
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

const unnamed: readonly string[] = [...Object.values(labels), 'Other papers', ''];

/** An edition with its groups in words, as older versions freeze and read it. */
export function spellTexts(texts: EditionTexts): EditionTexts {
  return { ...texts, groups: texts.groups.map(sayGroup) };
}

/** The title that it was made with comes right after it, so it is not said. */
function sayOverview({ about, papers }: OverviewFacts, label: string): string {
  return `${countOf(papers, 'paper')}${sayAbout(about, label)}.`;
}

/** Nothing where the label says it all. */
function sayAbout(about: GroupAbout, label: string): string {
  if (about.code === 'day') return '';
  if (about.code === 'others') return ' on other subjects';
  const { code, themes } = about;
  if (themes.length === 1 && themes[0]?.toLowerCase() === label.toLowerCase()) return '';
  return `${opening[code]}${joinWords(themes)}`;
}

const opening = { all: ' on ', most: ', most of them on ', some: ', some on ' } as const;
