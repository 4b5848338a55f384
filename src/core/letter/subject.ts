import { shortenText } from '../text/text.ts';
import type { Words } from '../words/words.ts';
import type { DigestView } from './digest-view.ts';
import { nameInTitle, phraseOf } from './title-words.ts';

/** In characters: what a phone shows of a subject. */
export const LONGEST_SUBJECT = 45;
const MOST_NAMED = 3;

/**
 * What leads the day and how much more there is, in at most 45 characters: `bert2BERT, IrEne and 7
 * more`. What the editors picked comes first; no word is cut.
 */
export function buildSubject(view: DigestView, words: Words): string {
  const mark = [
    view.isTest ? words.say('subject.test') : '',
    view.isSample ? words.say('subject.sample') : '',
    view.isCorrection ? words.say('subject.correction') : '',
  ].join('');
  const titles = listLeads(view).map(({ title }) => title);
  const [lead] =
    titles.length > 0 ? titles : view.groups.flatMap(({ papers }) => papers[0]?.title ?? []);
  const count = titles.length > 0 ? titles.length : view.paperCount;
  const room = LONGEST_SUBJECT - mark.length;
  const said = { count, room, words };
  return `${mark}${sayNames(titles, said) ?? sayLead(lead ?? view.editionDate, said)}`;
}

/** The papers that are meant for this reader, as they stand in the letter. */
export function listLeads({
  items = [],
  picked = [],
  chosen,
}: Pick<DigestView, 'items' | 'picked' | 'chosen'>) {
  return [...items.flatMap(({ papers }) => papers), ...picked, ...chosen];
}

/** How many papers are said in which language, in how many characters. */
interface Said {
  readonly count: number;
  readonly room: number;
  readonly words: Words;
}

/** The names of the first two or three, where they have such; undefined where they have none. */
function sayNames(titles: readonly string[], { count, room, words }: Said): string | undefined {
  const names = titles.slice(0, MOST_NAMED).map(nameInTitle);
  if (names[0] === undefined || names[1] === undefined) return undefined;
  for (let named = names.length; named > 1; named -= 1) {
    const shown = names.slice(0, named).filter((name) => name !== undefined);
    const line = sayCount(shown, count, words);
    if (shown.length === named && lengthOf(line) <= room) return line;
  }
  return undefined;
}

/** Without the count where marks and it leave no room for the first word. */
function sayLead(title: string, { count, room, words }: Said): string {
  const left = room - lengthOf(sayCount([''], count, words));
  const isThere = lengthOf(title) <= left || lengthOf(firstWord(title)) < left;
  return isThere ? sayCount([phraseOf(title, left)], count, words) : phraseOf(title, room);
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function firstWord(title: string): string {
  const [first] = segmenter.segment(title);
  return first?.segment ?? '';
}

/** `bert2BERT, IrEne and 7 more`. */
function sayCount(names: readonly string[], count: number, words: Words): string {
  const more = count - names.length;
  return more > 0
    ? words.say('andMore', { names: names.join(', '), count: more })
    : words.join(names);
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** The line that inboxes show after the subject. */
export function buildPreheader(view: DigestView, words: Words): string {
  const leads = listLeads(view);
  const next = leads.slice(1, 3).map(({ title }) => shortenText(title, 60));
  const count = leads.length;
  const counts =
    view.paperCount === 0
      ? (view.extent ?? '')
      : words.say('subject.counts', { count, papers: view.paperCount });
  return next.length > 0 ? `${counts}: ${next.join('; ')}` : counts;
}
