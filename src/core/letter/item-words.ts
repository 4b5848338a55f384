import type { Words } from '../words/words.ts';
import type { DigestContent } from './digest-content.ts';
import { countItems } from './digest-items.ts';
import {
  type AlertReason,
  type CitationReason,
  ITEM_KINDS,
  type RetractedReason,
  type SaidNote,
  type SaidReason,
} from './item.ts';
import { sayMeeting } from './meeting-words.ts';

/** So many lines of members are told of one paper; the others stand on the circle's page. */
const MOST_SAID = 8;

/**
 * Says why a paper stands beside the editions, in sentences; an alert is named, the others are
 * counted. Of what members said, what was said elsewhere than in the circle it stands under says where.
 */
export function sayItemReasons(reasons: readonly SaidReason[], words: Words): string {
  const alerts = reasons.filter((reason) => reason.code === 'alert');
  const cited = reasons.filter((reason) => reason.code === 'cites');
  const retracted = reasons.filter((reason) => reason.code === 'retracted');
  const notes = listSaid(reasons);
  const said = [...retracted.map((each) => sayRetracted(each, words)), sayCited(cited, words)];
  return [...said, sayNotes(notes, words), sayAlerts(alerts, words)].filter(Boolean).join(' ');
}

function sayRetracted({ title, by }: RetractedReason, words: Words): string {
  return words.say('items.citation.retracted', { title, by });
}

/** What members said of a paper, in the order in which they said it. */
export function listSaid(reasons: readonly SaidReason[]): SaidNote[] {
  return reasons
    .flatMap((reason) => (reason.code === 'note' && reason.said ? [reason.said] : []))
    .sort((a, b) => Number(a.note) - Number(b.note));
}

/** What one member said, or that they marked the paper, or when the circle meets over it. */
function sayNote(
  { by, text, meeting }: Pick<SaidNote, 'by' | 'text' | 'meeting'>,
  words: Words,
): string {
  if (meeting?.isCancelled) return words.say('items.note.off', { by });
  if (meeting) return words.say('items.note.meets', { by, when: sayMeeting(meeting, words) });
  return text === ''
    ? words.say('items.note.marked', { by })
    : words.say('items.note.said', { by, text });
}

/** All that members of one circle said of a paper, a line each. */
export function sayListedNotes(
  notes: readonly Pick<SaidNote, 'by' | 'text' | 'meeting'>[],
  words: Words,
): string {
  return notes.map((note) => sayNote(note, words)).join('\n');
}

function sayNotes(notes: readonly SaidNote[], words: Words): string {
  const [first] = notes;
  if (!first) return '';
  const said = notes.slice(0, MOST_SAID).map((note) => {
    const { by, circle } = note;
    const name = circle === first.circle ? by : words.say('items.note.elsewhere', { by, circle });
    return sayNote({ ...note, by: name }, words);
  });
  const count = notes.length - said.length;
  return [...said, ...(count > 0 ? [words.say('items.note.others', { count })] : [])].join(' ');
}

function sayAlerts(alerts: readonly AlertReason[], words: Words): string {
  // The one that says most stands for all.
  const first = alerts.find(({ about }) => about) ?? alerts.find(({ from }) => from) ?? alerts[0];
  if (!first) return '';
  const name = nameAlert(first, words);
  const count = alerts.length - 1;
  return count === 0
    ? words.say('items.alert.reason', { name })
    : words.say('items.alert.reasons', { name, count, number: words.numeral(count) });
}

function nameAlert({ from = '', about = '' }: AlertReason, words: Words): string {
  if (from && about) return words.say('items.alert.named', { from, about });
  if (from) return words.say('items.alert.from', { from });
  return about ? words.say('items.alert.about', { about }) : words.say('items.alert.unnamed');
}

function sayCited(cited: readonly CitationReason[], words: Words): string {
  if (cited.length === 0) return '';
  // A preprint and its article may have been named as two works.
  const named = new Set(cited.map(({ title }) => title));
  const titles = [...named].map((title) => words.say('items.citation.title', { title }));
  return words.say('items.citation.reason', { titles: words.join(titles) });
}

/** `5 from your alerts, 2 citing you`; empty where there are none. */
export function sayItemCounts(
  { items, moreItems }: Pick<DigestContent, 'items' | 'moreItems'>,
  words: Words,
): string {
  const counts = countItems(items, moreItems);
  return ITEM_KINDS.flatMap((kind) => {
    const count = counts[kind];
    return count === undefined ? [] : [words.say(`items.${kind}.count`, { count })];
  }).join(', ');
}
