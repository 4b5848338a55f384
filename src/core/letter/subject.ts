import { shortenText } from '../text/text.ts';
import type { DigestView } from './digest-view.ts';

const SUBJECT_TITLE = 70;
const SHORTEST_NAME = 12;

/** The day's lead and how many more: fits the subject line of a phone. */
export function buildSubject(view: DigestView): string {
  const lead = view.chosen[0]?.title ?? view.groups[0]?.papers[0]?.title ?? view.editionDate;
  const more = view.chosen.length - 1;
  const tail = more > 0 ? ` and ${more} more` : '';
  const mark = `${view.isTest ? '[Test] ' : ''}${view.isSample ? '[Sample] ' : ''}${view.isCorrection ? 'Correction: ' : ''}`;
  return `${mark}${nameOf(lead)}${tail}`;
}

/** A title that is too long is known by what stands before its colon, if that is a name. */
function nameOf(title: string): string {
  if (title.length <= SUBJECT_TITLE) return title;
  const colon = title.indexOf(': ');
  const isName = colon >= SHORTEST_NAME && colon <= SUBJECT_TITLE;
  return isName ? title.slice(0, colon) : shortenText(title, SUBJECT_TITLE);
}

/** The line that inboxes show after the subject. */
export function buildPreheader(view: DigestView): string {
  const next = view.chosen.slice(1, 3).map(({ title }) => shortenText(title, 60));
  const counts = `${view.chosen.length} of ${view.paperCount} papers for you`;
  return next.length > 0 ? `${counts}: ${next.join('; ')}` : counts;
}
