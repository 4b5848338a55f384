import { listCopies } from '../paper/copies.ts';
import { holdsExcluded, readExcluded } from '../ranking/excluded.ts';
import { summarisePaper } from '../reading/summary.ts';
import { writtenWordsOf } from '../reading/terms.ts';
import { shortenText } from '../text/text.ts';
import {
  ITEM_KINDS,
  type ItemKind,
  type ItemReason,
  type SaidReason,
  type ToldPaper,
} from './item.ts';
import { remember } from './remember.ts';

/** An item as it is frozen with a digest: its texts too, since what is known of it may change. */
export interface DigestItem {
  readonly kind: ItemKind;
  readonly title: string;
  /** The first ones, as they are printed. */
  readonly authors: readonly string[];
  /** How many authors follow. */
  readonly moreAuthors?: number;
  readonly venue?: string;
  readonly link?: string;
  /** One or two sentences. */
  readonly summary?: string;
  /** The paper, where everybody may see it: its page and its votes are there. */
  readonly paper?: number;
  readonly reasons: readonly SaidReason[];
}

/** An item that no digest of its reader told of yet. */
export interface WaitingItem {
  readonly id: number;
  readonly kind: ItemKind;
  /** Names the work among the reader's items of one kind. */
  readonly key: string;
  readonly reasons: readonly ItemReason[];
  readonly cameAt: Date;
  readonly told: ToldPaper;
  /** What a feed or a source says, which is believed first. */
  readonly known: {
    readonly title: string;
    readonly abstract: string;
    readonly authors: ToldPaper['authors'];
    readonly link?: string | null;
  } | null;
  /** The paper that a feed brought. */
  readonly paperId: number | null;
  /** Whether everybody may see that paper. */
  readonly isPublic: boolean;
}

/** What a digest holds beside the editions. */
export interface ChosenItems {
  readonly items: readonly DigestItem[];
  /** How many more of each kind stand on the reader's page alone. */
  readonly more: ItemCounts;
  /** The items that are told of, those that are only counted among them. */
  readonly ids: readonly number[];
  /** Papers of feeds among those that are shown: they stand in the digest once. */
  readonly papers: readonly number[];
}

/** So many of each kind; a kind without any is absent. */
export type ItemCounts = Readonly<Partial<Record<ItemKind, number>>>;

/** Of each kind; what is beyond is counted, and stands on the reader's page. */
export const MOST_ITEMS = 30;
const LONGEST_TITLE = 300;
const LONGEST_SAYS = 400;
/** One more is named rather than counted. */
const MOST_AUTHORS = 4;
const NAMED_AUTHORS = 3;

/**
 * What of a reader's items stands in their next digest: what holds an excluded word does not, what
 * came in several ways stands once, what several alerts named comes first, and of the rest the
 * newest. Undefined where nothing is left.
 */
export function chooseItems(
  waiting: readonly WaitingItem[],
  exclude: readonly string[],
): ChosenItems | undefined {
  const united = unite(waiting.filter((item) => !isExcluded(item, exclude)));
  if (united.length === 0) return undefined;
  const byKind = ITEM_KINDS.map((kind) => ({
    kind,
    all: united.filter(({ item }) => item.kind === kind).sort(compare),
  }));
  const shown = byKind.flatMap(({ all }) => all.slice(0, MOST_ITEMS));
  return {
    items: shown.map(freeze),
    more: Object.fromEntries(
      byKind
        .filter(({ all }) => all.length > MOST_ITEMS)
        .map(({ kind, all }) => [kind, all.length - MOST_ITEMS]),
    ),
    ids: united.flatMap(({ ids }) => ids),
    papers: shown.flatMap(({ item }) => item.paperId ?? []),
  };
}

/** Items that are one paper: the first, with the reasons of all. */
interface United {
  readonly item: WaitingItem;
  readonly reasons: readonly ItemReason[];
  readonly ids: readonly number[];
}

function unite(waiting: readonly WaitingItem[]): United[] {
  const byWork = new Map<number | string, United>();
  const inOrder = [...waiting].sort(
    (a, b) => ITEM_KINDS.indexOf(a.kind) - ITEM_KINDS.indexOf(b.kind),
  );
  for (const item of inOrder) {
    const work = item.paperId ?? item.key;
    const known = byWork.get(work);
    byWork.set(work, {
      item: known?.item ?? item,
      reasons: [...(known?.reasons ?? []), ...item.reasons],
      ids: [...(known?.ids ?? []), item.id],
    });
  }
  return [...byWork.values()];
}

function compare(a: United, b: United): number {
  return (
    b.reasons.length - a.reasons.length ||
    b.item.cameAt.getTime() - a.item.cameAt.getTime() ||
    a.item.id - b.item.id
  );
}

/** Excluded words are absolute, whatever names the paper. */
function isExcluded({ told, known }: WaitingItem, exclude: readonly string[]): boolean {
  if (exclude.length === 0) return false;
  const texts = [told.title, told.says ?? '', known?.title ?? '', known?.abstract ?? ''];
  const names = told.authors.map(({ name }) => name);
  const written = [...texts, ...names].map(writtenOf);
  const { categories } = told;
  return exclude.some((phrase) => holdsExcluded(readPhrase(phrase), { written, categories }));
}

const readPhrase = remember(readExcluded);
/** One paper is named to many readers. */
const writtenOf = remember(writtenWordsOf);

function freeze({ item, reasons }: United): DigestItem {
  const { told, known } = item;
  const { title } = known ?? told;
  const summary = sayShortly(title, known?.abstract || told.abstract, told.says ?? '');
  return { ...tellItem(item, reasons), ...(summary ? { summary } : {}) };
}

/** An item as it is listed, with the reasons that are given for it. */
export function tellItem(
  item: Pick<WaitingItem, 'kind' | 'told' | 'known' | 'paperId' | 'isPublic'>,
  reasons: readonly ItemReason[],
): DigestItem {
  const { kind, told, known, paperId, isPublic } = item;
  const authors = known?.authors.length ? known.authors : told.authors;
  const link = known?.link ?? told.link ?? listCopies(told.ids)[0]?.link;
  return {
    kind,
    title: shortenText(known?.title ?? told.title, LONGEST_TITLE),
    ...nameFirst(authors.map(({ name }) => name)),
    ...(told.venue ? { venue: told.venue } : {}),
    ...(link ? { link } : {}),
    ...(paperId !== null && isPublic ? { paper: paperId } : {}),
    reasons: reasons.map(({ key: _, ...said }) => said),
  };
}

function nameFirst(names: readonly string[]): Pick<DigestItem, 'authors' | 'moreAuthors'> {
  if (names.length <= MOST_AUTHORS) return { authors: names };
  const authors = names.slice(0, NAMED_AUTHORS);
  return { authors, moreAuthors: names.length - authors.length };
}

/** Many readers have alerts of the same papers. */
const sayShortly = remember((title: string, abstract: string, says: string) =>
  abstract ? summarisePaper({ title, abstract }) : shortenText(says, LONGEST_SAYS),
);

/** How many of each kind a digest holds, those that are only counted among them. */
export function countItems(items: readonly DigestItem[] = [], more: ItemCounts = {}): ItemCounts {
  const counts = ITEM_KINDS.map((kind) => {
    const shown = items.filter((item) => item.kind === kind).length;
    return [kind, shown + (more[kind] ?? 0)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
