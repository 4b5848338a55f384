import { type DayPhrase, findDayPhrases } from './day-phrases.ts';
import { titleCase } from './phrases.ts';
import type { Profile, TitledText } from './profiles.ts';
import { stemsIn } from './stemming.ts';
import { subjects } from './subjects.ts';
import { findWordUse, type WordUse } from './word-use.ts';
import type { Work } from './work.ts';

/** What the papers of a group have in common, in words. */
export interface Naming {
  /** In title case; no two groups have the same. */
  readonly label: string;
  /** One to three, the label's first, each used by papers of the group that the others miss. */
  readonly themes: readonly Theme[];
}

/** What to speak of in running text, and all papers that have to do with it, in the group or not. */
export interface Theme {
  readonly name: string;
  readonly users: ReadonlySet<number>;
}

/** Papers that stand together, and the subject that brought them there. */
export interface Home {
  readonly subject: number;
  readonly members: readonly number[];
}

interface Candidate extends Theme {
  /** The subject whose whole name or narrower name it is; absent for a phrase of the day. */
  readonly of?: { readonly subject: number; readonly isWhole: boolean };
  /** Its stems. */
  readonly key: string;
  /** The members that have to do with it. */
  readonly members: readonly number[];
  readonly score: number;
}

/** From so much of a paper's own subjects on, it has to do with one. */
const LEAST_SUBJECT = 0.12;
/** One in so many papers of a group must have to do with its label. */
const LEAST_SHARE = 3.2;
/** One in so many where the list of subjects does not know it: it may be one thing of two papers. */
const PHRASE_SHARE = 2.4;
/** So few papers have a label only if all but one have to do with it. */
const FEW = 3;
/** How much more it counts that the label's words themselves are in the group and nowhere else. */
const LITERAL_WEIGHT = 8;
/** The name of a subject is what people say; a whole field says little. */
const BONUSES = { home: 1.2, subject: 1.08, field: 0.8 };

/**
 * Names each group by a subject or a phrase of the titles that its papers, and few others, have
 * to do with. Undefined where there is none. The first groups choose first.
 */
export function* nameGroups(
  papers: readonly TitledText[],
  profiles: readonly Profile[],
  homes: readonly Home[],
): Work<(Naming | undefined)[]> {
  const phrases = yield* findDayPhrases(papers);
  const wordUse = yield* findWordUse(papers);
  const usersBySubject = listUsers(profiles);
  const taken: Candidate[] = [];
  const namings: (Naming | undefined)[] = [];
  for (const home of homes) {
    const candidates = [
      ...subjectCandidates(home, usersBySubject, wordUse),
      ...phraseCandidates(home, phrases, wordUse),
    ].sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
    const first = candidates.find((one) => !taken.some((other) => sayTheSame(one, other)));
    if (first) taken.push(first);
    namings.push(first && { label: titleCase(first.name), themes: themesFrom(first, candidates) });
    yield;
  }
  return namings;
}

/** The papers that have to do with each subject. */
function listUsers(profiles: readonly Profile[]): Map<number, Set<number>> {
  const users = new Map<number, Set<number>>();
  for (const [paper, { subjects: named }] of profiles.entries()) {
    for (const [at, subject] of named.numbers.entries()) {
      if ((named.weights[at] ?? 0) < LEAST_SUBJECT) continue;
      const known = users.get(subject);
      if (known) known.add(paper);
      else users.set(subject, new Set([paper]));
    }
  }
  return users;
}

function subjectCandidates(
  home: Home,
  usersBySubject: ReadonlyMap<number, ReadonlySet<number>>,
  wordUse: WordUse,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [number, all] of usersBySubject) {
    const subject = subjects[number];
    if (!subject || all.size * LEAST_SHARE < home.members.length) continue;
    const isOwn = number === home.subject;
    const bonus = (isOwn ? BONUSES.home : BONUSES.subject) * (subject.isField ? BONUSES.field : 1);
    for (const name of subject.names) {
      // A narrower name is only of those that say it.
      const users = name === subject.name ? all : wordUse(name);
      const theme = { key: stemsIn(name).join(' '), name, users };
      const of = { subject: number, isWhole: name === subject.name };
      const found = candidateOf(theme, home, { bonus, literal: wordUse(name) });
      candidates.push(...found.map((candidate) => ({ ...candidate, of })));
    }
  }
  return candidates;
}

function phraseCandidates(
  home: Home,
  phrases: readonly DayPhrase[],
  wordUse: WordUse,
): Candidate[] {
  return phrases.flatMap((phrase) => {
    const uses = home.members.filter((paper) => phrase.users.has(paper)).length;
    if (uses * PHRASE_SHARE < home.members.length) return [];
    const inTitles = home.members.filter((paper) => phrase.titles.has(paper)).length;
    const bonus = 1 + inTitles / home.members.length / 4;
    return candidateOf(phrase, home, { bonus, literal: wordUse(phrase.name) });
  });
}

function candidateOf(
  { key, name, users }: Theme & { readonly key: string },
  home: Home,
  { bonus, literal }: { bonus: number; literal: ReadonlySet<number> },
): Candidate[] {
  const members = home.members.filter((paper) => users.has(paper));
  const size = home.members.length;
  const least = size <= FEW ? Math.max(2, size - 1) : size / LEAST_SHARE;
  if (members.length < least) return [];
  // Agreement of "has to do with it" with "is in the group", the latter weighing double.
  const agreement = (3 * members.length) / (users.size + 2 * size);
  const says = home.members.filter((paper) => literal.has(paper)).length;
  const literally = (2 * says) / (literal.size + size);
  return [{ key, name, users, members, score: bonus * (agreement + LITERAL_WEIGHT * literally) }];
}

function themesFrom(first: Candidate, candidates: readonly Candidate[]): Candidate[] {
  const themes = [first];
  const reached = new Set(first.members);
  for (const candidate of candidates) {
    const gain = candidate.members.filter((text) => !reached.has(text)).length;
    if (themes.length === 3 || gain < 2) continue;
    if (themes.some((theme) => sayTheSame(theme, candidate))) continue;
    themes.push(candidate);
    for (const text of candidate.members) reached.add(text);
  }
  return themes;
}

/** Whether two labels beside each other would say the same: by their words, or as names of a subject. */
function sayTheSame(one: Candidate, other: Candidate): boolean {
  const isOneSubject = one.of !== undefined && one.of.subject === other.of?.subject;
  if (isOneSubject && (one.of?.isWhole || other.of?.isWhole)) return true;
  return isNearlySame(one.key.toLowerCase(), other.key.toLowerCase());
}

/** Whether two phrases have the same words, or one is a single word of the other. */
function isNearlySame(a: string, b: string): boolean {
  const [few = [], many = []] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length);
  const alike = few.length === many.length || few.length === 1;
  return alike && few.every((word) => many.includes(word));
}
