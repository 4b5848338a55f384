import type { Words } from '../words/words.ts';
import type { DigestContent } from './digest-content.ts';
import { countItems } from './digest-items.ts';
import {
  type AlertReason,
  type CitationReason,
  ITEM_KINDS,
  type RetractedReason,
  type SaidReason,
} from './item.ts';

/** Says why a paper stands beside the editions, in sentences; an alert is named, the others are counted. */
export function sayItemReasons(reasons: readonly SaidReason[], words: Words): string {
  const alerts = reasons.filter((reason) => reason.code === 'alert');
  const cited = reasons.filter((reason) => reason.code === 'cites');
  const retracted = reasons.filter((reason) => reason.code === 'retracted');
  const said = [...retracted.map((each) => sayRetracted(each, words)), sayCited(cited, words)];
  return [...said, sayAlerts(alerts, words)].filter(Boolean).join(' ');
}

function sayRetracted({ title, by }: RetractedReason, words: Words): string {
  return words.say('items.citation.retracted', { title, by });
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
