import type { Words } from '../words/words.ts';
import type { DigestView, GroupView, PaperView } from './digest-view.ts';
import { rememberByObject } from './remember.ts';

const MOST_THEMES = 3;
/** Words a minute, of prose that is looked through rather than studied. */
const READING_SPEED = 240;

type Shown = Omit<DigestView, 'day'>;

/** What kind of day it is, in one sentence: `Today: translation, retrieval, GNNs; 12 of 400 papers chosen; 3 minutes.` */
export function sayDay(view: Shown, themes: readonly string[], words: Words): string {
  const { items = [], chosen, picked = [], paperCount } = view;
  const said = [...new Set(themes)].slice(0, MOST_THEMES).join(', ');
  const count = chosen.length + picked.length;
  const papers = words.say('papers', { count: paperCount });
  const parts = [
    said,
    ...items.map(({ kind, papers: some, moreCount }) =>
      words.say(`items.${kind}.count`, { count: some.length + moreCount }),
    ),
    paperCount === 0 ? '' : count > 0 ? words.say('day.chosen', { count, papers }) : papers,
    words.say('minutes', { count: countMinutes(view) }),
  ];
  return words.say('day.today', { parts: parts.filter(Boolean).join('; ') });
}

function countMinutes({ items = [], chosen, picked = [], rising = [], groups }: Shown): number {
  let words = 0;
  for (const group of items) for (const paper of group.papers) words += wordsOfPaper(paper);
  for (const paper of [...picked, ...chosen, ...rising]) words += wordsOfPaper(paper);
  for (const group of groups) words += wordsOfGroup(group);
  return Math.max(1, Math.round(words / READING_SPEED));
}

const wordsOfPaper = rememberByObject(({ title, summary = '', reason = '' }: PaperView) =>
  countWords(`${title} ${summary} ${reason}`),
);

const wordsOfGroup = rememberByObject(({ label, overview = '', papers }: GroupView) =>
  countWords([label, overview, ...papers.map(({ title }) => title)].join(' ')),
);

function countWords(text: string): number {
  let words = 0;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words += 1;
  return words + 1;
}
