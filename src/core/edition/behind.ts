import { isResearch } from '../paper/kind.ts';
import type { PaperKind } from '../paper/kinds.ts';
import { countOf } from '../text/words.ts';

/** Texts that are no research, under one heading behind the papers of an edition. */
export interface GroupBehind<Text> {
  readonly label: string;
  readonly overview: string;
  readonly members: readonly Text[];
}

const HEADINGS: readonly {
  readonly label: string;
  readonly noun: string;
  readonly about: string;
  readonly kinds: readonly PaperKind[];
}[] = [
  {
    label: 'Corrections and retractions',
    noun: 'note',
    about: 'on earlier papers',
    kinds: ['correction', 'retraction'],
  },
  { label: 'Editorials and comment', noun: 'text', about: 'of opinion', kinds: ['editorial'] },
  { label: 'News and reports', noun: 'text', about: 'about science', kinds: ['news', 'matter'] },
];

/** Puts what is no research into groups by kind, in a fixed order; none that would be empty. */
export function groupBehind<Text extends { readonly kind?: PaperKind }>(
  texts: readonly Text[],
): GroupBehind<Text>[] {
  const others = texts.filter(({ kind }) => !isResearch(kind));
  return HEADINGS.flatMap(({ label, noun, about, kinds }) => {
    const members = others.filter(({ kind = 'paper' }) => kinds.includes(kind));
    if (members.length === 0) return [];
    const overview = `${countOf(members.length, noun)} ${about}.`;
    return [{ label, overview, members }];
  });
}
