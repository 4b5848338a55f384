import type { EditionPaper } from '../edition/edition.ts';
import { type AmendedPaper, translateAmendment } from '../paper/amendment.ts';
import type { Author } from '../paper/paper.ts';
import type { Choice } from '../ranking/choice.ts';
import type { KeptWeek } from '../reader/kept.ts';
import { shortenText } from '../text/text.ts';
import type { Language, Words } from '../words/words.ts';
import type { AmendedView, ChosenView, KeptView, PaperView } from './digest-view.ts';
import { type Saying, sayLabelledReason } from './reason-words.ts';
import { rememberByObject } from './remember.ts';

const LONGEST_SHOWN_TITLE = 300;
const LONGEST_LISTED_TITLE = 110;
const LONGEST_SHOWN_AUTHORS = 200;
const SHOWN_AUTHORS = 3;

/** Of one paper or group; more than there are ways to choose a few papers of a group. Then they are made anew. */
const MOST_VIEWS = 300;

/** A view made once for all who see the same, and kept among those of its paper or group. */
export function keepView<View>(views: Map<string, View>, key: string, make: () => View): View {
  const known = views.get(key);
  if (known !== undefined) return known;
  if (views.size >= MOST_VIEWS) views.clear();
  const view = make();
  views.set(key, view);
  return view;
}

/** Made once a paper: a thousand readers see the same line. */
export const viewListed = rememberByObject(({ title, link }: EditionPaper) => ({
  title: shortenText(title, LONGEST_LISTED_TITLE),
  ...(link ? { link } : {}),
}));

/** One paper as pages and mails show it, followed authors named whatever the length of the list. */
export function viewPaper(
  paper: EditionPaper,
  words: Words,
  followed: readonly string[] = [],
): PaperView {
  const longest = LONGEST_SHOWN_AUTHORS * (1 + followed.length);
  const authors = shortenText(nameAuthors(paper.authors, words, followed), longest);
  return {
    title: shortenText(paper.title, LONGEST_SHOWN_TITLE),
    ...(authors ? { authors } : {}),
    ...(paper.link ? { link: paper.link } : {}),
    ...(paper.summary ? { summary: paper.summary } : {}),
  };
}

/** What stands there for everybody, made once a paper in each language. */
export function viewForAll(paper: EditionPaper, words: Words): PaperView {
  const views = sharedViewsOf(paper);
  const view = views.get(words.language) ?? viewPaper(paper, words);
  views.set(words.language, view);
  return view;
}

const sharedViewsOf = rememberByObject((_paper: EditionPaper) => new Map<Language, PaperView>());

/** Readers get a paper for few reasons: each view is made once, whoever gets it. */
export function viewChosen(
  paper: EditionPaper,
  choice: Choice,
  { hasPage, ...saying }: Saying & { readonly hasPage: boolean },
): ChosenView {
  const isOutside = choice.place === 'outside';
  const reason = sayLabelledReason(choice, saying);
  const { words } = saying;
  const make = (): ChosenView => ({
    ...(choice.by ? viewPaper(paper, words, choice.by) : viewForAll(paper, words)),
    id: paper.paperId,
    ...(reason ? { reason } : {}),
    ...(isOutside ? { isOutside } : {}),
    ...(paper.pick ? { isPicked: true } : {}),
    // The number alone: it leads on to the whole address.
    ...(hasPage ? { page: `papers/${paper.paperId}` } : {}),
  });
  const marks = `${words.language}${isOutside ? '+' : ''}${hasPage ? '' : '-'}`;
  const key = `${marks}${choice.by?.join('\n') ?? ''}\n${reason}`;
  return keepView(chosenViewsOf(paper), key, make);
}

const chosenViewsOf = rememberByObject((_paper: EditionPaper) => new Map<string, ChosenView>());

/**
 * Names for a line of print, in their order, shortened with the count kept: `A, B, C and 9
 * more`. Those who are followed are always among the named.
 */
export function nameAuthors(
  authors: readonly Author[],
  words: Words,
  followed: readonly string[] = [],
): string {
  const names = authors.map(({ name }) => name);
  if (names.length <= SHOWN_AUTHORS + 1) return names.join(', ');
  const isFollowed = (name: string) => followed.includes(name);
  let free = Math.max(0, SHOWN_AUTHORS - names.filter(isFollowed).length);
  const shown = names.filter((name) => isFollowed(name) || free-- > 0);
  const left = names.length - shown.length;
  const line = shown.join(', ');
  return left > 0 ? words.say('andMore', { names: line, count: left }) : line;
}

/** What was kept in a week, as a mail lists it. */
export function viewKept({ count, papers }: KeptWeek): KeptView {
  return {
    papers: papers.map(({ title, link }) => ({
      title: shortenText(title, LONGEST_SHOWN_TITLE),
      ...(link ? { link } : {}),
    })),
    moreCount: count - papers.length,
  };
}

/** A paper that was corrected or retracted, with what is said of it. */
export function viewAmended({ title, said, link }: AmendedPaper, words: Words): AmendedView {
  return {
    title: shortenText(title, LONGEST_SHOWN_TITLE),
    said: shortenText(translateAmendment(said, words), LONGEST_LISTED_TITLE),
    ...(link ? { link } : {}),
  };
}
