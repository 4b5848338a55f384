import type { EditionPaper, EditionTexts } from '../edition/edition.ts';
import type { RisingPaper } from '../edition/rising.ts';
import type { AmendedPaper } from '../paper/amendment.ts';
import type { Author } from '../paper/paper.ts';
import type { Choice, HiddenPaper } from '../ranking/choice.ts';
import { groupHidden, tellHidden } from '../reader/outcome.ts';
import { shortenText } from '../text/text.ts';
import { countOf } from '../text/words.ts';
import { type Day, type DayGroup, dateOf, prepareDay } from './day.ts';
import { spellTexts } from './group-words.ts';
import { sayLabelledReason, sayPlacedReason } from './reason-words.ts';
import { rememberByObject } from './remember.ts';

/** What is frozen of one digest: who gets what, in which order, and why. */
export interface DigestContent {
  /** Editions covered, newest first. */
  readonly editions: readonly number[];
  readonly choices: readonly Choice[];
  /** Papers that an excluded word keeps out of the whole digest, and the word. */
  readonly hidden?: readonly HiddenPaper[];
  /** Papers of earlier editions that gained many votes since. */
  readonly rising?: readonly RisingPaper[];
  /** Papers of these editions that an earlier message showed as rising. */
  readonly risen?: readonly number[];
  /** Papers that the reader was sent and that were corrected or retracted since. */
  readonly amended?: readonly AmendedPaper[];
  /** Papers that the rest of the day lists by title, at the most that a mail holds: an older version froze them. */
  readonly listed?: readonly number[];
  /** Editions since the last digest that were too old to be covered. */
  readonly leftOut?: number;
  /** What an older version said of that, in its words. */
  readonly note?: string;
  /** What was wrong with the copy before, in an operator's words: this one says that it corrects it. */
  readonly correction?: string;
  /** Goes to an operator alone, to look at: it says so. */
  readonly isTest?: boolean;
  /** The edition itself, for a trial that no stored edition stands behind. */
  readonly trial?: EditionTexts;
}

/** Everything the templates may show of one digest. Each field says whose variable it is: edition, paper or subscriber. */
export interface DigestView {
  /** edition: as the pages name it, e.g. `2025-05-07` */
  readonly editionName: string;
  /** edition: for people, e.g. `Wednesday, 7 May 2025` */
  readonly editionDate: string;
  /** edition: papers of the edition(s) after merging duplicates */
  readonly paperCount: number;
  /** edition: true for the bundled sample, which is labelled as such everywhere */
  readonly isSample: boolean;
  /** edition: what the covering window cut off or merged, or what this copy corrects; absent where nothing */
  readonly note?: string;
  /** edition: true for a copy that corrects an earlier one */
  readonly isCorrection?: boolean;
  /** edition: true for a copy that only an operator gets, to look at */
  readonly isTest?: boolean;
  /** subscriber: chosen papers, best first */
  readonly chosen: readonly ChosenView[];
  /** paper: what the editors picked beside them; absent where nothing */
  readonly picked?: readonly ChosenView[];
  /** paper: of earlier editions, with the votes that they gained; absent where none */
  readonly rising?: readonly PaperView[];
  /** paper: what they were sent before and was corrected or retracted since; absent where none, and in the web view */
  readonly amended?: readonly AmendedView[];
  /** edition: the rest of the day in groups, papers chosen for this subscriber left out */
  readonly groups: readonly GroupView[];
  /** subscriber: papers that did not fit into the mail */
  readonly moreCount: number;
  /** subscriber: why the mail is as long as it is, e.g. `84 papers today, 9 for you`; absent in the web view */
  readonly extent?: string;
}

/** One paper as pages and mails show it. */
export interface PaperView {
  /** paper */
  readonly title: string;
  /** paper: `Ada Lovelace, Alan Turing and 3 more`; absent where unknown */
  readonly authors?: string;
  /** paper: http(s) address; absent where unknown */
  readonly link?: string;
  /** paper: one or two sentences; absent where there is no abstract */
  readonly summary?: string;
  /** subscriber: why it is here, e.g. `matches: reward models`; absent in the web view */
  readonly reason?: string;
}

/** One chosen paper. */
export interface ChosenView extends PaperView {
  /** paper: the end of its vote link */
  readonly id: number;
  /** subscriber: true for the one place outside their habits, which says so above the title */
  readonly isOutside?: boolean;
  /** paper: true for what the editors picked, which says so above the title */
  readonly isPicked?: boolean;
}

/** One paper that was corrected or retracted after the reader got it. */
export interface AmendedView {
  /** paper */
  readonly title: string;
  /** paper: `Publisher Correction`, `Retracted` */
  readonly said: string;
  /** paper: where it is said; absent where unknown */
  readonly link?: string;
}

/** Papers that are about the same thing. */
export interface GroupView {
  /** edition */
  readonly label: string;
  /** edition: one sentence on the group; absent where papers of it stand above or are hidden, since it counts them */
  readonly overview?: string;
  /** paper: the first few, title and link */
  readonly papers: readonly { readonly title: string; readonly link?: string }[];
  /** edition: how many further papers the group has beyond those listed */
  readonly moreCount: number;
}

/** Links that stand in a digest; those that act for the reader are absent in the web view. */
export interface DigestLinks {
  readonly home: string;
  readonly edition: string;
  /** The same digest as a page. */
  readonly view?: string;
  readonly preferences?: string;
  readonly unsubscribe?: string;
  /** Where a paper's votes begin: `/` and the paper's id come after it. */
  readonly vote?: string;
}

/** The sender's own words, from the configuration. */
export interface SenderView {
  readonly siteName: string;
  readonly postalAddress: string;
  /** Mailbox of the operator, for questions. */
  readonly contact: string;
}

/** How much a mail holds; the web edition has it all. */
export interface DigestLimits {
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

const LONGEST_SHOWN_TITLE = 300;
const LONGEST_LISTED_TITLE = 110;
const LONGEST_SHOWN_AUTHORS = 200;
const SHOWN_AUTHORS = 3;

/**
 * Puts a frozen digest and the texts of its editions together. Groups come newest edition
 * first, merged where their labels match. Throws where an edition is missing.
 */
export function buildDigestView(
  content: DigestContent,
  editions: readonly EditionTexts[],
  limits: DigestLimits,
): DigestView {
  const ordered = orderEditions(content, editions);
  const [newest] = ordered;
  if (!newest) throw new Error('a digest must cover an edition');
  const day = prepareDay(ordered);
  const { papers } = day;
  const rest = groupRest(day, findElsewhere(content));
  const rising = viewRising(content, editions);
  const away = (content.hidden?.length ?? 0) + (content.risen?.length ?? 0);
  const groups = rest.slice(0, limits.groups).map((group) => viewGroup(group, limits.perGroup));
  const { own, picked } = splitChoices(content);
  const chosen = own.slice(0, limits.chosen);
  const listed = groups.reduce((sum, group) => sum + group.papers.length, 0);
  const viewAll = (choices: readonly Choice[]) =>
    choices.flatMap((choice) => {
      const paper = papers.get(choice.paper);
      return paper ? [viewChosen(paper, choice, labelIn(day, paper))] : [];
    });
  return {
    editionName: newest.name,
    editionDate: dateOf(newest),
    paperCount: papers.size,
    isSample: ordered.some(({ isSample }) => isSample),
    ...noteOf(content),
    chosen: viewAll(chosen),
    ...(picked.length > 0 ? { picked: viewAll(picked) } : {}),
    ...(rising.length > 0 ? { rising } : {}),
    ...(content.amended?.length ? { amended: content.amended.map(viewAmended) } : {}),
    groups,
    moreCount: papers.size - away - chosen.length - picked.length - listed,
    extent: tellExtent(content, papers.size),
  };
}

/** What was chosen for the reader, and what the editors picked on top of it. */
function splitChoices({ choices }: DigestContent) {
  const isPicked = ({ place }: Choice) => place === 'picked';
  return { own: choices.filter((choice) => !isPicked(choice)), picked: choices.filter(isPicked) };
}

function noteOf(content: DigestContent): Pick<DigestView, 'note' | 'isCorrection' | 'isTest'> {
  const { correction, isTest } = content;
  const note = sayNote(content);
  if (isTest) {
    const said = 'This is a test: nobody else got it.';
    return { note: [said, note].filter(Boolean).join(' '), isTest };
  }
  if (correction === undefined) return note ? { note } : {};
  const said = `This corrects the digest that you got before: ${correction}`;
  return { note: [said, note].filter(Boolean).join(' '), isCorrection: true };
}

/** Says what the covering window merged or cut off; empty where nothing. */
function sayNote({ editions: { length: count }, leftOut = 0, note }: DigestContent): string {
  if (note !== undefined) return note;
  const several = count > 1 ? `This digest covers the ${count} editions since your last one.` : '';
  const missed = leftOut === 1 ? 'An older edition is' : `${leftOut} older editions are`;
  const left = leftOut > 0 ? `${missed} too old to be included; the web has them.` : '';
  return [several, left].filter(Boolean).join(' ');
}

/** The papers that the rest of the day lists by title, at the most that a mail holds. */
export function listRest(content: DigestContent, editions: readonly EditionTexts[]): number[] {
  const { groups, perGroup } = WIDEST_LIMITS;
  return groupRest(prepareDay(orderEditions(content, editions)), findElsewhere(content))
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

function viewRising(content: DigestContent, editions: readonly EditionTexts[]): PaperView[] {
  return (content.rising ?? []).flatMap(({ edition: id, paper: paperId, votes, gained }) => {
    const edition = editions.find((texts) => texts.id === id);
    const paper = edition?.papers.find((candidate) => candidate.paperId === paperId);
    if (!edition || !paper) return [];
    const reason = `${votes} votes, ${gained} of them since ${dateOf(edition)}`;
    return [keepView(risingViewsOf(paper), reason, () => ({ ...viewForAll(paper), reason }))];
  });
}

function viewAmended({ title, said, link }: AmendedPaper): AmendedView {
  return {
    title: shortenText(title, LONGEST_SHOWN_TITLE),
    said: shortenText(said, LONGEST_LISTED_TITLE),
    ...(link ? { link } : {}),
  };
}

/** Why a digest is as long as it is: `84 papers today, 9 for you, 3 hidden by ‘poker’`. */
export function tellExtent(content: DigestContent, papers: number): string {
  const { editions, hidden = [], rising = [], amended = [] } = content;
  const { own, picked } = splitChoices(content);
  const when = editions.length > 1 ? `in ${editions.length} editions` : 'today';
  return [
    `${countOf(papers, 'paper')} ${when}`,
    `${own.length} for you`,
    ...(picked.length > 0 ? [`${picked.length} picked by the editors`] : []),
    ...(rising.length > 0 ? [`${rising.length} rising`] : []),
    ...(amended.length > 0 ? [`${amended.length} corrected or retracted`] : []),
    tellHidden(groupHidden(hidden)),
  ]
    .filter(Boolean)
    .join(', ');
}

interface RestGroup {
  readonly label: string;
  readonly overview: string | undefined;
  readonly papers: readonly EditionPaper[];
  /** The group of the day that it is what is left of; absent where several are one. */
  readonly of?: DayGroup;
}

function groupRest({ groups, groupOf }: Day, elsewhere: ReadonlySet<number>): RestGroup[] {
  const touched = new Set([...elsewhere].map(groupOf));
  const byLabel = new Map<string, RestGroup>();
  for (const group of groups) {
    const { label } = group;
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
        ? { label, overview: undefined, papers: [...known.papers, ...papers] }
        : { label, overview: undefined, papers, of: group },
    );
  }
  return [...byLabel.values()];
}

const wholeOf = rememberByObject((group: DayGroup): RestGroup => ({ ...group, of: group }));

/** Of one paper or group; more than there are ways to choose a few papers of a group. Then they are made anew. */
const MOST_VIEWS = 300;

/** Readers see a group in few ways: each is made once, whoever sees it. */
function viewGroup(group: RestGroup, most: number): GroupView {
  const { label, overview, papers, of } = group;
  const shown = papers.slice(0, most);
  const moreCount = papers.length - shown.length;
  const make = (): GroupView => ({
    label,
    ...(overview ? { overview } : {}),
    papers: shown.map(viewListed),
    moreCount,
  });
  if (!of) return make();
  const views = viewsOf(of);
  const key = `${overview ? '+' : ''}${moreCount} ${shown.map(({ paperId }) => paperId).join(' ')}`;
  return keepView(views, key, make);
}

const viewsOf = rememberByObject((_group: DayGroup) => new Map<string, GroupView>());

/** Made once a paper: a thousand readers see the same line. */
const viewListed = rememberByObject(({ title, link }: EditionPaper) => ({
  title: shortenText(title, LONGEST_LISTED_TITLE),
  ...(link ? { link } : {}),
}));

/** One paper as pages and mails show it, followed authors named whatever the length of the list. */
export function viewPaper(paper: EditionPaper, followed: readonly string[] = []): PaperView {
  const longest = LONGEST_SHOWN_AUTHORS * (1 + followed.length);
  const authors = shortenText(nameAuthors(paper.authors, followed), longest);
  return {
    title: shortenText(paper.title, LONGEST_SHOWN_TITLE),
    ...(authors ? { authors } : {}),
    ...(paper.link ? { link: paper.link } : {}),
    ...(paper.summary ? { summary: paper.summary } : {}),
  };
}

/** What stands there for everybody, made once a paper. */
const viewForAll = rememberByObject((paper: EditionPaper) => viewPaper(paper));

/** The label of the group that a paper stands in. */
function labelIn({ groupOf }: Day, { paperId }: EditionPaper): string {
  return groupOf(paperId)?.label ?? '';
}

/** Readers get a paper for few reasons: each view is made once, whoever gets it. */
function viewChosen(paper: EditionPaper, choice: Choice, groupLabel: string): ChosenView {
  const isOutside = choice.place === 'outside';
  const reason = sayLabelledReason(choice, groupLabel);
  const make = (): ChosenView => ({
    ...(choice.by ? viewPaper(paper, choice.by) : viewForAll(paper)),
    id: paper.paperId,
    ...(reason ? { reason } : {}),
    ...(isOutside ? { isOutside } : {}),
    ...(paper.pick ? { isPicked: true } : {}),
  });
  const key = `${isOutside ? '+' : ''}${choice.by?.join('\n') ?? ''}\n${reason}`;
  return keepView(chosenViewsOf(paper), key, make);
}

const risingViewsOf = rememberByObject((_paper: EditionPaper) => new Map<string, PaperView>());

const chosenViewsOf = rememberByObject((_paper: EditionPaper) => new Map<string, ChosenView>());

function keepView<View>(views: Map<string, View>, key: string, make: () => View): View {
  const known = views.get(key);
  if (known !== undefined) return known;
  if (views.size >= MOST_VIEWS) views.clear();
  const view = make();
  views.set(key, view);
  return view;
}

/** The same content as older versions freeze and read it: reasons and notes in words. */
export function spellOut(content: DigestContent, editions: readonly EditionTexts[]): DigestContent {
  const { leftOut: _leftOut, ...rest } = content;
  const day = prepareDay(orderEditions(content, editions));
  const note = sayNote(content);
  return {
    ...rest,
    choices: content.choices.map((choice) => {
      const paper = day.papers.get(choice.paper);
      return { ...choice, reason: sayPlacedReason(choice, paper ? labelIn(day, paper) : '') };
    }),
    listed: content.listed ?? listRest(content, editions),
    ...(note === '' ? {} : { note }),
    ...(content.trial ? { trial: spellTexts(content.trial) } : {}),
  };
}

/** The same digest for a page that anyone may see: no reasons, nobody whom its reader follows, nothing that they got before. */
export function withoutReader({ amended: _, ...content }: DigestContent): DigestContent {
  const choices = content.choices.map(({ paper, place }) =>
    place === 'picked' ? { paper, reason: '', place } : { paper, reason: '' },
  );
  return { ...content, choices };
}

/**
 * Names for a line of print, in their order, shortened with the count kept: `A, B, C and 9
 * more`. Those who are followed are always among the named.
 */
export function nameAuthors(authors: readonly Author[], followed: readonly string[] = []): string {
  const names = authors.map(({ name }) => name);
  if (names.length <= SHOWN_AUTHORS + 1) return names.join(', ');
  const isFollowed = (name: string) => followed.includes(name);
  let free = Math.max(0, SHOWN_AUTHORS - names.filter(isFollowed).length);
  const shown = names.filter((name) => isFollowed(name) || free-- > 0);
  const left = names.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}

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
