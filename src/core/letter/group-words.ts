import type { EditionGroup, EditionTexts } from '../edition/edition.ts';
import type { GroupAbout, OverviewFacts } from '../reading/overview.ts';
import { joinWords } from '../text/words.ts';

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
  return { number, label: named, overview: sayOverview(overview) };
}

/** An edition with its groups in words, as older versions freeze and read it. */
export function spellTexts(texts: EditionTexts): EditionTexts {
  return { ...texts, groups: texts.groups.map(sayGroup) };
}

function sayOverview({ about, papers, title }: OverviewFacts): string {
  return papers === 1
    ? `1 paper${sayAbout(about)}: “${title}”.`
    : `${papers} papers${sayAbout(about)}, among them “${title}”.`;
}

function sayAbout(about: GroupAbout): string {
  switch (about.code) {
    case 'all':
      return ` on ${joinWords(about.themes)}`;
    case 'most':
      return `, most of them on ${joinWords(about.themes)}`;
    case 'some':
      return `, some on ${joinWords(about.themes)}`;
    case 'others':
      return ' on other subjects';
    case 'day':
      return '';
  }
}
