import { commonSpelling, phrasesOf, titleCase } from './phrases.ts';
import { namelessStems } from './stopwords.ts';
import { wordsOf } from './terms.ts';
import type { Work } from './work.ts';

/** A text with a title of its own. */
export interface TitledText {
  readonly title: string;
  readonly abstract: string;
}

/** What the texts of a group have in common, in words. */
export interface Naming {
  /** In title case; no two groups have the same. */
  readonly label: string;
  /** One to three, the label's first, each used by texts of the group that the others miss. */
  readonly themes: readonly Theme[];
}

/** A phrase to speak of in running text, and all texts that use it, in the group or not. */
export interface Theme {
  readonly name: string;
  readonly users: ReadonlySet<number>;
}

/** One phrase of the titles, over all texts. */
interface Usage {
  readonly users: Set<number>;
  uses: number;
  /**
   * Its spellings where no telling word comes after. Names of things often stand so, and in
   * full (`tools`, not the `tool` of `tool use`); verbs hardly ever.
   */
  readonly closings: string[];
}

interface Candidate extends Theme {
  readonly key: string;
  readonly members: readonly number[];
  readonly score: number;
}

const longestLabel = 40;
const leastClosings = 0.15;

/**
 * Names each group by the phrase that its titles show and that its texts, and few others,
 * use. Undefined where a group has no such phrase. The first groups choose first.
 */
export function* nameGroups(
  texts: readonly TitledText[],
  groups: readonly (readonly number[])[],
): Work<(Naming | undefined)[]> {
  const titleKeys = texts.map(({ title }) => new Set(phrasesOf(title).map(({ key }) => key)));
  const usages = yield* usagesOf(texts);
  const taken: string[] = [];
  const namings: (Naming | undefined)[] = [];
  for (const group of groups) {
    const candidates = candidatesFor(group, titleKeys, usages);
    const first = candidates.find(({ key }) => !taken.some((other) => isNearlySame(key, other)));
    if (first) taken.push(first.key);
    namings.push(first && { label: titleCase(first.name), themes: themesFrom(first, candidates) });
    yield;
  }
  return namings;
}

function* usagesOf(texts: readonly TitledText[]): Work<Map<string, Usage>> {
  const usages = new Map<string, Usage>();
  for (const { key } of texts.flatMap(({ title }) => phrasesOf(title))) {
    usages.set(key, { users: new Set(), uses: 0, closings: [] });
  }
  for (const [text, { title, abstract }] of texts.entries()) {
    for (const { key, spelling, closes } of phrasesOf(`${title}. ${abstract}`)) {
      const usage = usages.get(key);
      if (!usage) continue;
      usage.users.add(text);
      usage.uses += 1;
      if (closes) usage.closings.push(spelling);
    }
    yield;
  }
  return usages;
}

/** The phrases that could name the group, best first. */
function candidatesFor(
  group: readonly number[],
  titleKeys: readonly ReadonlySet<string>[],
  usages: ReadonlyMap<string, Usage>,
): Candidate[] {
  const titlesByKey = new Map<string, number>();
  for (const key of group.flatMap((text) => [...(titleKeys[text] ?? [])])) {
    titlesByKey.set(key, (titlesByKey.get(key) ?? 0) + 1);
  }
  const candidates: Candidate[] = [];
  for (const [key, titles] of titlesByKey) {
    const usage = usages.get(key);
    const least = Math.max(2, 1 + group.length / 5);
    // Most phrases are rare: none of those is looked for in the whole group.
    if (!usage || usage.users.size < least) continue;
    const members = group.filter((text) => usage.users.has(text));
    if (members.length < least) continue;
    const name = commonSpelling(usage.closings);
    const closing = usage.closings.length / usage.uses;
    if (closing < leastClosings || !mayName(key, name)) continue;
    // Agreement of "uses the phrase" with "is in the group", the latter weighing double.
    const agreement = (3 * members.length) / (usage.users.size + 2 * group.length);
    const inTitles = titles / group.length;
    const score = agreement * (2 + inTitles) * (key.includes(' ') ? 1.3 : 1);
    candidates.push({ key, name, users: usage.users, members, score });
  }
  return candidates.sort(
    (a, b) => b.score - a.score || b.key.length - a.key.length || (a.key < b.key ? -1 : 1),
  );
}

/** Ends of describing words, and of things that end so all the same. */
const describing = /(?:al|ive|ous|ary|able|ible|ful|less|ed|ly|ic)$/;
const things =
  /(?:signal|retrieval|survival|crystal|metal|animal|material|trial|mineral|removal|arousal|renewal|objective|perspective|narrative|additive|derivative|variable|table|vocabulary|boundary|dictionary|library|speed|seed|logic|topic|music|traffic|graphic|clinic|epidemic|pandemic|antibiotic|arithmetic|supply|assembly|anomaly|family|fly)$/;

function mayName(key: string, spelling: string): boolean {
  const last = wordsOf(spelling).at(-1) ?? '';
  if (key.split(' ').every((stem) => namelessStems.has(stem) || stem.length < 3)) return false;
  if (last.length < 3 || spelling.length > longestLabel) return false;
  return !describing.test(last) || things.test(last);
}

function themesFrom(first: Candidate, candidates: readonly Candidate[]): Candidate[] {
  const themes = [first];
  const reached = new Set(first.members);
  for (const candidate of candidates) {
    const gain = candidate.members.filter((text) => !reached.has(text)).length;
    if (themes.length === 3 || gain < 2) continue;
    if (themes.some(({ key }) => isNearlySame(key, candidate.key))) continue;
    themes.push(candidate);
    for (const text of candidate.members) reached.add(text);
  }
  return themes;
}

/** Whether two phrases have the same words, or one is a single word of the other. */
function isNearlySame(a: string, b: string): boolean {
  const [few = [], many = []] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length);
  const alike = few.length === many.length || few.length === 1;
  return alike && few.every((word) => many.includes(word));
}
