import type { EditionPaper, EditionTexts } from '../edition/edition.ts';
import type { Choice } from '../ranking/choice.ts';
import { groupHidden, tellHidden } from '../reader/outcome.ts';
import { english, type Words } from '../words/words.ts';
import { type Day, type DayGroup, prepareDay } from './day.ts';
import { sayDay } from './day-sentence.ts';
import type { DigestContent } from './digest-content.ts';
import { MOST_ITEMS } from './digest-items.ts';
import type { DigestView, GroupView, PaperView } from './digest-view.ts';
import { spellTexts } from './group-words.ts';
import { viewItems } from './item-views.ts';
import { sayItemCounts } from './item-words.ts';
import {
  keepView,
  viewAmended,
  viewChosen,
  viewForAll,
  viewKept,
  viewListed,
} from './paper-views.ts';
import { sayPlacedReason } from './reason-words.ts';
import { rememberByObject } from './remember.ts';

/** How much a mail holds; the web edition has it all. */
export interface DigestLimits {
  /** Of each kind; all that is frozen where it is absent. */
  readonly items?: number;
  readonly chosen: number;
  readonly groups: number;
  readonly perGroup: number;
}

/** In bytes. Gmail clips at about 102 kB, relays add to it: what does not fit is on the web. */
export const LARGEST_HTML = 80_000;

/** `31.4 kB of 80 kB`: how much of the most a mail takes up. */
export function tellSize(html: string): string {
  const bytes = new TextEncoder().encode(html).length;
  return `${(bytes / 1000).toFixed(1)} kB of ${LARGEST_HTML / 1000} kB`;
}

/** A mail's limits where nothing has to be left out for its size. */
export const WIDEST_LIMITS: DigestLimits = { chosen: 100, groups: 14, perGroup: 3 };

/**
 * Puts a frozen digest and the texts of its editions together. Groups come newest edition
 * first, merged where their labels match. Throws where an edition is missing, and of a digest
 * without one where it has no date.
 */
export function buildDigestView(
  content: DigestContent,
  editions: readonly EditionTexts[],
  { limits, words }: { readonly limits: DigestLimits; readonly words: Words },
): DigestView {
  const ordered = orderEditions(content, editions);
  const newest = ordered[0] ?? nameDate(content);
  const day = prepareDay(ordered, words);
  const { papers } = day;
  const rest = groupRest(day, findElsewhere(content));
  const rising = viewRising(content, editions, words);
  const items = viewItems(content, { most: limits.items ?? MOST_ITEMS, words });
  const away = (content.hidden?.length ?? 0) + (content.risen?.length ?? 0);
  const hasPages = content.trial === undefined;
  const groups = rest
    .slice(0, limits.groups)
    .map((group) => viewGroup(group, { most: limits.perGroup, hasPages }));
  const { own, picked } = splitChoices(content, papers);
  const chosen = own.slice(0, limits.chosen);
  const listed = groups.reduce((sum, group) => sum + group.papers.length, 0);
  const viewAll = (choices: readonly Choice[]) =>
    choices.flatMap((choice) => {
      const paper = papers.get(choice.paper);
      if (!paper) return [];
      const saying = { words, groupLabel: labelIn(day, paper) };
      return [viewChosen(paper, choice, { ...saying, hasPage: hasPages })];
    });
  const view = {
    editionName: newest.name,
    editionDate: words.date(newest.date),
    paperCount: papers.size,
    isSample: ordered.some(({ isSample }) => isSample),
    ...noteOf(content, words),
    ...(items.length > 0 ? { items } : {}),
    chosen: viewAll(chosen),
    ...(picked.length > 0 ? { picked: viewAll(picked) } : {}),
    ...(rising.length > 0 ? { rising } : {}),
    ...(content.amended?.length
      ? { amended: content.amended.map((paper) => viewAmended(paper, words)) }
      : {}),
    ...(content.kept ? { kept: viewKept(content.kept) } : {}),
    groups,
    moreCount: papers.size - away - chosen.length - picked.length - listed,
    extent: tellExtent(content, papers.size, words),
  };
  return { ...view, day: sayDay(view, listThemes(day, content), words) };
}

/** What stands for the edition where a digest has none. */
function nameDate({ date }: DigestContent): Pick<EditionTexts, 'name' | 'date'> {
  if (date === undefined) throw new Error('a digest must cover an edition or have a date');
  return { name: date, date };
}

/** What the papers of a digest are about, most of them first; of the whole day where it has none of its own; never what is to be kept away. */
function listThemes({ groups, groupOf }: Day, { choices, hidden = [] }: DigestContent): string[] {
  const counts = new Map<DayGroup, number>();
  for (const { paper } of choices) {
    const group = groupOf(paper);
    if (group) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const own = [...counts].sort(([, a], [, b]) => b - a).map(([group]) => group);
  const never = [...new Set(hidden.map(({ word }) => word.toLowerCase()))];
  return (own.length > 0 ? own : groups)
    .flatMap(({ theme }) => theme ?? [])
    .filter((theme) => !never.some((word) => theme.toLowerCase().includes(word)));
}

/**
 * What was chosen for the reader, and what the editors picked on top of it; of the chosen, what
 * the editors picked too comes first.
 */
function splitChoices({ choices }: DigestContent, papers: Day['papers']) {
  const own = choices.filter(({ place }) => place !== 'picked');
  const isPick = ({ paper }: Choice) => typeof papers.get(paper)?.pick === 'number';
  return {
    own: own.some(isPick) ? [...own.filter(isPick), ...own.filter((one) => !isPick(one))] : own,
    picked: choices.filter(({ place }) => place === 'picked'),
  };
}

function noteOf(
  content: DigestContent,
  words: Words,
): Pick<DigestView, 'note' | 'isCorrection' | 'isTest'> {
  const { correction, isTest } = content;
  const note = sayNote(content, words);
  if (isTest) {
    const said = words.say('note.test');
    return { note: [said, note].filter(Boolean).join(' '), isTest };
  }
  if (correction === undefined) return note ? { note } : {};
  const said = words.say('note.correction', { correction });
  return { note: [said, note].filter(Boolean).join(' '), isCorrection: true };
}

/** Says what the covering window merged or cut off; empty where nothing. */
function sayNote(
  { editions: { length: count }, leftOut = 0, note }: DigestContent,
  words: Words,
): string {
  if (note !== undefined) return note;
  const several = count > 1 ? words.say('note.several', { count }) : '';
  const left = leftOut > 0 ? words.say('note.leftOut', { count: leftOut }) : '';
  return [several, left].filter(Boolean).join(' ');
}

/** The papers that the rest of the day lists by title, at the most that a mail holds. */
export function listRest(content: DigestContent, editions: readonly EditionTexts[]): number[] {
  const { groups, perGroup } = WIDEST_LIMITS;
  return groupRest(prepareDay(orderEditions(content, editions), english), findElsewhere(content))
    .slice(0, groups)
    .flatMap(({ papers }) => papers.slice(0, perGroup).map(({ paperId }) => paperId));
}

function orderEditions({ editions: ids }: DigestContent, editions: readonly EditionTexts[]) {
  return ids.map((id) => {
    const edition = editions.find((texts) => texts.id === id);
    if (!edition) throw new Error(`edition ${id} of a digest is missing`);
    return edition;
  });
}

/** Papers that are not of the rest of the day: chosen, hidden, or shown before. */
function findElsewhere({ choices, hidden = [], risen = [] }: DigestContent): ReadonlySet<number> {
  return new Set([...[...choices, ...hidden].map(({ paper }) => paper), ...risen]);
}

function viewRising(
  content: DigestContent,
  editions: readonly EditionTexts[],
  words: Words,
): PaperView[] {
  return (content.rising ?? []).flatMap(({ edition: id, paper: paperId, votes, gained }) => {
    const edition = editions.find((texts) => texts.id === id);
    const paper = edition?.papers.find((candidate) => candidate.paperId === paperId);
    if (!edition || !paper) return [];
    const reason = words.say('reason.rising', {
      upvotes: words.say('upvotes', { count: votes }),
      gained,
      date: words.date(edition.date),
    });
    const make = () => ({ ...viewForAll(paper, words), reason });
    return [keepView(risingViewsOf(paper), `${words.language}${reason}`, make)];
  });
}

const risingViewsOf = rememberByObject((_paper: EditionPaper) => new Map<string, PaperView>());

/** Why a digest is as long as it is: `84 papers today, 9 for you, 3 hidden by ‘poker’`. */
export function tellExtent(content: DigestContent, count: number, words: Words): string {
  const { editions, hidden = [], rising = [], amended = [] } = content;
  const items = sayItemCounts(content, words);
  if (editions.length === 0) return items;
  const isPicked = ({ place }: Choice) => place === 'picked';
  const picked = content.choices.filter(isPicked);
  const own = content.choices.length - picked.length;
  const papers = words.say('papers', { count });
  const some = (key: 'extent.picked' | 'extent.rising' | 'extent.amended', many: number) =>
    many > 0 ? words.say(key, { count: many }) : '';
  return [
    editions.length > 1
      ? words.say('extent.several', { papers, editions: editions.length })
      : words.say('extent.today', { papers }),
    words.say('extent.own', { count: own }),
    items,
    some('extent.picked', picked.length),
    some('extent.rising', rising.length),
    some('extent.amended', amended.length),
    tellHidden(groupHidden(hidden), words),
  ]
    .filter(Boolean)
    .join(', ');
}

interface RestGroup {
  readonly label: string;
  readonly overview: string | undefined;
  readonly papers: readonly EditionPaper[];
  readonly path: string;
  /** The group of the day that it is what is left of; absent where several are one. */
  readonly of: DayGroup | undefined;
}

function groupRest({ groups, groupOf }: Day, elsewhere: ReadonlySet<number>): RestGroup[] {
  const touched = new Set([...elsewhere].map(groupOf));
  const byLabel = new Map<string, RestGroup>();
  for (const group of groups) {
    const { label, path } = group;
    const known = byLabel.get(label);
    if (!known && !touched.has(group) && group.papers.length > 0) {
      byLabel.set(label, wholeOf(group));
      continue;
    }
    const papers = group.papers.filter(({ paperId }) => !elsewhere.has(paperId));
    if (papers.length === 0) continue;
    byLabel.set(
      label,
      known
        ? { ...known, overview: undefined, papers: [...known.papers, ...papers], of: undefined }
        : { label, overview: undefined, papers, path, of: group },
    );
  }
  return [...byLabel.values()];
}

const wholeOf = rememberByObject((group: DayGroup): RestGroup => ({ ...group, of: group }));

/** Readers see a group in few ways: each is made once, whoever sees it. */
function viewGroup(
  group: RestGroup,
  { most, hasPages }: { most: number; hasPages: boolean },
): GroupView {
  const { label, overview, papers, path, of } = group;
  const shown = papers.slice(0, most);
  const moreCount = papers.length - shown.length;
  const make = (): GroupView => ({
    label,
    ...(overview ? { overview } : {}),
    papers: shown.map(viewListed),
    moreCount,
    ...(hasPages ? { path: path.slice(1) } : {}),
  });
  if (!of || !hasPages) return make();
  const views = viewsOf(of);
  const key = `${overview ? '+' : ''}${moreCount} ${shown.map(({ paperId }) => paperId).join(' ')}`;
  return keepView(views, key, make);
}

const viewsOf = rememberByObject((_group: DayGroup) => new Map<string, GroupView>());

/** The label of the group that a paper stands in. */
function labelIn({ groupOf }: Day, { paperId }: EditionPaper): string {
  return groupOf(paperId)?.label ?? '';
}

/** The same content as older versions freeze and read it: reasons and notes in words. */
export function spellOut(
  content: DigestContent,
  editions: readonly EditionTexts[],
  words: Words,
): DigestContent {
  const { leftOut: _leftOut, ...rest } = content;
  const day = prepareDay(orderEditions(content, editions), words);
  const note = sayNote(content, words);
  return {
    ...rest,
    choices: content.choices.map((choice) => {
      const paper = day.papers.get(choice.paper);
      const groupLabel = paper ? labelIn(day, paper) : '';
      return { ...choice, reason: sayPlacedReason(choice, { words, groupLabel }) };
    }),
    listed: content.listed ?? listRest(content, editions),
    ...(note === '' ? {} : { note }),
    ...(content.trial ? { trial: spellTexts(content.trial, words) } : {}),
  };
}
