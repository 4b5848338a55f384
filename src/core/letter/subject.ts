import { shortenText } from '../text/text.ts';
import { joinWords } from '../text/words.ts';
import type { DigestView } from './digest-view.ts';
import { nameInTitle, phraseOf } from './title-words.ts';

/** In characters: what a phone shows of a subject. */
export const LONGEST_SUBJECT = 45;
const MOST_NAMED = 3;

/**
 * What leads the day and how much more there is, in at most 45 characters: `bert2BERT, IrEne and 7
 * more`. What the editors picked comes first; no word is cut.
 */
export function buildSubject(view: DigestView): string {
  const mark = `${view.isTest ? '[Test] ' : ''}${view.isSample ? '[Sample] ' : ''}${view.isCorrection ? 'Correction: ' : ''}`;
  const titles = listLeads(view).map(({ title }) => title);
  const [lead] =
    titles.length > 0 ? titles : view.groups.flatMap(({ papers }) => papers[0]?.title ?? []);
  const count = titles.length > 0 ? titles.length : view.paperCount;
  const room = LONGEST_SUBJECT - mark.length;
  return `${mark}${sayNames(titles, count, room) ?? sayLead(lead ?? view.editionDate, count, room)}`;
}

/** The papers that are meant for this reader, as they stand in the letter. */
export function listLeads({ picked = [], chosen }: Pick<DigestView, 'picked' | 'chosen'>) {
  return [...picked, ...chosen];
}

/** The names of the first two or three, where they have such; undefined where they have none. */
function sayNames(titles: readonly string[], count: number, room: number): string | undefined {
  const names = titles.slice(0, MOST_NAMED).map(nameInTitle);
  if (names[0] === undefined || names[1] === undefined) return undefined;
  for (let named = names.length; named > 1; named -= 1) {
    const shown = names.slice(0, named).filter((name) => name !== undefined);
    const line = sayCount(shown, count);
    if (shown.length === named && lengthOf(line) <= room) return line;
  }
  return undefined;
}

/** Without the count where marks and it leave no room for the first word. */
function sayLead(title: string, count: number, room: number): string {
  const left = room - lengthOf(sayCount([''], count));
  const isThere = lengthOf(title) <= left || lengthOf(firstWord(title)) < left;
  return isThere ? sayCount([phraseOf(title, left)], count) : phraseOf(title, room);
}

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

function firstWord(title: string): string {
  const [first] = words.segment(title);
  return first?.segment ?? '';
}

/** `bert2BERT, IrEne and 7 more`. */
function sayCount(names: readonly string[], count: number): string {
  const more = count - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : joinWords(names);
}

function lengthOf(text: string): number {
  return [...text].length;
}

/** The line that inboxes show after the subject. */
export function buildPreheader(view: DigestView): string {
  const leads = listLeads(view);
  const next = leads.slice(1, 3).map(({ title }) => shortenText(title, 60));
  const counts = `${leads.length} of ${view.paperCount} papers for you`;
  return next.length > 0 ? `${counts}: ${next.join('; ')}` : counts;
}
