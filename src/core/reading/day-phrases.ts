import { commonSpelling, phrasesOf } from './phrases.ts';
import type { TitledText } from './profiles.ts';
import { stemsIn } from './stemming.ts';
import { namelessStems } from './stopwords.ts';
import { subjects, subjectsOf } from './subjects.ts';
import { wordsOf } from './terms.ts';
import type { Work } from './work.ts';

/** A phrase that titles of the day show and that could be a label. */
export interface DayPhrase {
  readonly key: string;
  /** As in running text. */
  readonly name: string;
  /** The papers that use it, and those that do in their titles. */
  readonly users: ReadonlySet<number>;
  readonly titles: ReadonlySet<number>;
}

/** One phrase of the titles, over all texts. */
interface Usage {
  readonly users: Set<number>;
  readonly titles: Set<number>;
  uses: number;
  /**
   * Its spellings where no telling word comes after. Names of things often stand so, and in
   * full (`tools`, not the `tool` of `tool use`); verbs hardly ever.
   */
  readonly closings: string[];
}

/** What the list of subjects calls them is a label by way of the list. */
const listed = new Set(
  subjects.flatMap(({ names }) => names.map((name) => stemsIn(name).join(' ').toLowerCase())),
);

const LONGEST_LABEL = 40;
const LEAST_CLOSINGS = 0.3;

/** The phrases of a day that could be labels: noun phrases that several papers use. */
export function* findDayPhrases(papers: readonly TitledText[]): Work<DayPhrase[]> {
  const usages = new Map<string, Usage>();
  for (const [paper, { title }] of papers.entries()) {
    for (const { key } of phrasesOf(title)) {
      const usage = usages.get(key) ?? newUsage();
      usage.titles.add(paper);
      usages.set(key, usage);
    }
  }
  for (const [paper, { title, abstract }] of papers.entries()) {
    for (const { key, spelling, closes } of phrasesOf(`${title}. ${abstract}`)) {
      const usage = usages.get(key);
      if (!usage) continue;
      usage.users.add(paper);
      usage.uses += 1;
      if (closes) usage.closings.push(spelling);
    }
    yield;
  }
  return [...usages].flatMap(([key, { users, titles, uses, closings }]) => {
    if (users.size < 2 || closings.length < uses * LEAST_CLOSINGS) return [];
    const name = commonSpelling(closings);
    return mayName(key, name) ? [{ key, name, users, titles }] : [];
  });
}

function newUsage(): Usage {
  return { users: new Set(), titles: new Set(), uses: 0, closings: [] };
}

/** Ends of describing words, and of things that end so all the same. */
const describing = /(?:al|ive|ous|ary|able|ible|ful|less|ed|ly|ic|ing)$/;
const things = new Set(
  `
signal retrieval survival crystal metal animal material trial mineral removal arousal renewal
objective perspective narrative additive derivative variable table vocabulary boundary dictionary
library speed seed logic topic music traffic graphic clinic epidemic pandemic antibiotic arithmetic
supply assembly anomaly family fly learning training reasoning planning modeling modelling
processing understanding tracking parsing clustering editing matching forecasting driving grounding
captioning sensing computing engineering pruning tuning unlearning prompting imaging sequencing
splatting rendering scheduling scaling voting farming housing spring ring string wing meeting
building heating cooling warming
`
    .trim()
    .split(/\s+/),
);

/**
 * Whether a phrase may be a label that the list of subjects has not: more than one word, or an
 * acronym that points to a subject; its last word a noun; not all of it words of many subjects.
 */
function mayName(key: string, name: string): boolean {
  const last = wordsOf(name).at(-1) ?? '';
  if (listed.has(key)) return false;
  if (last.length < 3 || name.length > LONGEST_LABEL) return false;
  if (!key.includes(' ')) {
    // One that nobody but the day's papers knows says nothing to others.
    return /^\p{Lu}{2,}s?$/u.test(name) && subjectsOf(name.replace(/s$/, '')).length > 0;
  }
  if (subjectsOf(key).length > 0) return true;
  if (key.split(' ').every((stem) => namelessStems.has(stem) || stem.length < 3)) return false;
  return !describing.test(last) || things.has(last);
}
