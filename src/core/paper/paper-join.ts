import { isIdKey, isSameWork, type Known } from './identity.ts';
import { mergePapers, type Paper, paperKeys, renewKeys } from './paper.ts';

/** A paper with everything it is known by; what is new has no id yet. */
export interface Work {
  readonly id: number | undefined;
  readonly keys: ReadonlySet<string>;
  readonly paper: Paper;
}

/** A work after some papers joined it. */
export interface JoinedWork extends Work {
  /** The work as it was known before; undefined where it is new. */
  readonly before: Work | undefined;
  /** Known works that turned out to be this one. */
  readonly absorbed: readonly Work[];
}

/** What became of some papers that arrived together. */
export interface Joining {
  readonly works: readonly JoinedWork[];
  /** For each paper, in order: the place of its work in `works`; undefined where it was left out. */
  readonly workOf: readonly (number | undefined)[];
}

/**
 * Decides which known work each arriving paper is, or that it is a new one; also among
 * themselves, by the rules of `identity.ts`. Where several fit, the stronger key and the older
 * work are taken. Where a paper shows by its ids that two known works are one, the older
 * takes the younger up, unless their own ids contradict each other: then the disputed id
 * stays where it was. Papers of `onlyKnown` join a known work or are left out. Pure.
 */
export function joinPapers(
  known: readonly Work[],
  papers: readonly Paper[],
  onlyKnown: ReadonlySet<Paper> = new Set(),
): Joining {
  const drafts: Draft[] = [];
  const byKey = new Map<string, Set<Draft>>();
  const open = (before: Work | undefined, paper: Paper): Draft => {
    const keys = renewKeys(before?.keys ?? []);
    const draft = { age: drafts.length, before, keys, paper, absorbed: [] };
    drafts.push(draft);
    return draft;
  };
  const index = (draft: Draft) => {
    for (const key of draft.keys) byKey.set(key, (byKey.get(key) ?? new Set()).add(draft));
  };
  for (const work of known.toSorted((a, b) => (a.id ?? 0) - (b.id ?? 0))) {
    index(open(work, work.paper));
  }
  const keysOf = ownKeys(papers);
  const drafted = papers.map((paper, position) => {
    const keys = keysOf[position] ?? [];
    const [first, ...others] = findSame(byKey, { keys: new Set(keys), paper });
    if (!first && onlyKnown.has(paper)) return undefined;
    const draft = first ?? open(undefined, paper);
    addKeys(draft.keys, keys);
    draft.paper = mergePapers(draft.paper, paper);
    const one = others.filter((other) => isProven(draft, other, keys)).reduce(unite, draft);
    index(one);
    return one;
  });
  const works = drafts.filter(({ into }) => !into);
  const places = new Map(works.map((draft, place) => [draft, place]));
  return {
    works: works.map(({ before, keys, paper, absorbed }) => ({
      id: before?.id,
      before,
      keys,
      paper,
      absorbed,
    })),
    workOf: drafted.map((draft) => draft && places.get(lastOf(draft))),
  };
}

interface Draft {
  readonly age: number;
  readonly before: Work | undefined;
  readonly keys: Set<string>;
  readonly absorbed: Work[];
  paper: Paper;
  /** The draft that took this one up. */
  into?: Draft;
}

/** Works that a paper can be, the best first. */
function findSame(byKey: ReadonlyMap<string, Set<Draft>>, arriving: Known): Draft[] {
  const found = new Set<Draft>();
  // Keys come strongest first, and works oldest first under each.
  for (const key of arriving.keys) {
    for (const draft of byKey.get(key) ?? []) if (!draft.into) found.add(draft);
  }
  return [...found].filter((draft) => isSameWork(draft, arriving));
}

/** Whether an id of the arriving paper is one of the other work's, and nothing speaks against it. */
function isProven(draft: Draft, other: Draft, keys: readonly string[]): boolean {
  return keys.some((key) => isIdKey(key) && other.keys.has(key)) && isSameWork(draft, other);
}

/** Two works that are one: the older, with everything of the younger. */
function unite(a: Draft, b: Draft): Draft {
  const [older, younger] = a.age < b.age ? [a, b] : [b, a];
  younger.into = older;
  older.paper = mergePapers(older.paper, younger.paper);
  addKeys(older.keys, younger.keys);
  older.absorbed.push(...younger.absorbed, ...(younger.before ? [younger.before] : []));
  return older;
}

function lastOf(draft: Draft): Draft {
  return draft.into ? lastOf(draft.into) : draft;
}

// Feeds that name an item anew at each fetch, or link it by a session, would add a key an hour.
const MOST_OF_A_KIND = 8;

/** Notes under which keys a work is found; of names in feeds and of links only the first few. */
function addKeys(known: Set<string>, keys: Iterable<string>): void {
  for (const key of keys) {
    const kind = /^(?:guid|link):/.exec(key)?.[0];
    const like = kind && [...known].filter((other) => other.startsWith(kind)).length;
    if (!like || like < MOST_OF_A_KIND) known.add(key);
  }
}

/**
 * The keys of each paper of an answer, strongest first; a link or a name that several titles
 * share is their journal's, and no key.
 */
export function ownKeys(papers: readonly Paper[]): string[][] {
  const keysOf = papers.map(paperKeys);
  const titles = new Map<string, Set<string | undefined>>();
  for (const keys of keysOf) {
    for (const key of keys.filter((each) => /^(?:guid|link):/.test(each))) {
      titles.set(key, (titles.get(key) ?? new Set()).add(keys.at(-1)));
    }
  }
  return keysOf.map((keys) => keys.filter((key) => (titles.get(key)?.size ?? 0) <= 1));
}
