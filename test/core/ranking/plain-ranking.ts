import type { Choice, RankedReader, Ranking } from '../../../src/core/ranking/choice.ts';
import { type FollowedAuthor, findFollowed } from '../../../src/core/ranking/names.ts';
import { findExcluded, findOfField } from '../../../src/core/ranking/phrases.ts';
import {
  fit,
  type Hits,
  type IndexedPaper,
  type RankablePaper,
  type RankingIndex,
  votesOn,
} from '../../../src/core/ranking/ranking-index.ts';
import type { ReasonPart } from '../../../src/core/ranking/reason.ts';
import { askedBeside, LEAD, TASTE } from '../../../src/core/ranking/scores.ts';
import type { Taste } from '../../../src/core/ranking/taste.ts';
import { findTopic } from '../../../src/core/ranking/topics.ts';
import { findField } from '../../../src/core/reader/fields.ts';

// The ranking without what makes it fast: maps and lists made anew for every reader. What
// `rankPapers` gives must be the same, bit for bit. What a topic, a field or a word means is asked
// of the same functions, which have tests of their own.

interface Named {
  readonly name: string;
  readonly hits: ReadonlyMap<number, { readonly score: number; readonly fit: number }>;
}

const named = (name: string, { papers, scores, fits }: Hits): Named => ({
  name,
  hits: new Map(
    [...papers].map((place, at) => [
      place,
      { score: scores[at] ?? 0, fit: fits?.[at] ?? fit.named },
    ]),
  ),
});

interface Scored {
  readonly scores: number[];
  readonly matches: Set<number>;
  readonly touched: ReadonlySet<number>;
  readonly liked: readonly number[];
  readonly followed: ReadonlyMap<number, FollowedAuthor[]>;
  readonly topics: readonly Named[];
  readonly fields: readonly Named[];
  readonly askedWeight: number;
  readonly popularWeight: number;
  readonly hasWishes: boolean;
  readonly isAsked: boolean;
}

/** The length of what is wanted. */
function lengthOf({ library, more }: Taste): number {
  const wanted = Array.from(library, (weight, at) => weight + (more[at] ?? 0));
  return Math.sqrt(wanted.reduce((sum, weight) => sum + weight * weight, 0));
}

/** What a taste gives each paper, term after term. */
function addTaste(index: RankingIndex, taste: Taste, scores: number[]): void {
  for (const [at, term] of taste.terms.entries()) {
    const { library, more, less } = taste;
    const net = (library[at] ?? 0) + (more[at] ?? 0) - (less[at] ?? 0);
    for (const [place, { vector }] of index.papers.entries()) {
      const own = vector.terms.indexOf(term);
      if (own >= 0) scores[place] = (scores[place] ?? 0) + TASTE * net * (vector.weights[own] ?? 0);
    }
  }
}

/** As in the ranking. */
const ALIKE = 0.2;

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

/** By likeness: what is to a taste, clearly so, more than usual, and voted down. */
function judge(scores: readonly number[], taste: Taste) {
  const liked = lengthOf(taste);
  const likeness = Math.max(0.014, 0.0035 * Math.sqrt(taste.examples));
  const enough = liked > 0 ? TASTE * likeness * liked : Number.POSITIVE_INFINITY;
  const mean = sum(scores) / (scores.length || 1);
  const spread = Math.sqrt(sum(scores.map((score) => (score - mean) ** 2)) / (scores.length || 1));
  const places = [...scores.keys()];
  const of = (is: (score: number) => boolean) => places.filter((place) => is(scores[place] ?? 0));
  const disliked = of((score) => score <= TASTE * -0.3);
  const wanted = of((score) => score > TASTE * -0.3 && score >= enough);
  return {
    disliked,
    wanted,
    clearly: wanted.filter((place) => (scores[place] ?? 0) >= mean + 2 * spread),
    touched: of((score) => liked > 0 && score > mean),
  };
}

function scorePapers(index: RankingIndex, reader: RankedReader, away: ReadonlySet<number>): Scored {
  const { profile, taste } = reader;
  const scores: number[] = index.papers.map(() => 0);
  const primary = !profile.crossLists;
  const isAsked = profile.topics.length + profile.fields.length + profile.authors.length > 0;
  const hasWishes = isAsked || taste?.hasLibrary === true;
  if (taste) addTaste(index, taste, scores);
  const judged = taste && judge(scores, taste);
  const matches = new Set(isAsked ? [] : judged?.wanted);
  const touched = new Set(judged?.touched);
  const topics = profile.topics.map((name) => named(name, findTopic(index, name, primary)));
  const fields = profile.fields.map((name) => named(name, findOfField(index, name, primary)));
  const isTasted = taste && lengthOf(taste) > 0;
  const askedWeight = isTasted ? askedBeside(taste.examples) : 1;
  for (const { hits } of [...topics, ...fields]) {
    for (const [place, { score, fit: how }] of hits) {
      scores[place] = (scores[place] ?? 0) + askedWeight * score;
      touched.add(place);
      if (how !== fit.touched) matches.add(place);
    }
  }
  const popularWeight = 0.3 / (1 + profile.topics.length + (taste?.examples ?? 0));
  for (const place of scores.keys()) {
    const given = hasWishes ? index.popularity[place] : index.leads[place];
    scores[place] = (scores[place] ?? 0) + (hasWishes ? popularWeight : LEAD) * (given ?? 0);
    if (!hasWishes) matches.add(place);
  }
  for (const place of [...(judged?.disliked ?? []), ...away]) matches.delete(place);
  const followed = new Map<number, FollowedAuthor[]>();
  for (const author of profile.authors) {
    for (const [place, match] of findFollowed(index.names, author)) {
      if (!away.has(place)) followed.set(place, [...(followed.get(place) ?? []), match]);
    }
  }
  for (const place of followed.keys()) matches.add(place);
  const liked = (isAsked && judged ? judged.clearly : []).filter(
    (place) => !matches.has(place) && !away.has(place),
  );
  const asked = { followed, topics, fields, askedWeight, isAsked };
  return { scores, matches, touched, liked, ...asked, popularWeight, hasWishes };
}

/** How alike two papers are, to the precision in which it is kept. */
function likenessOf(one: IndexedPaper, other: IndexedPaper): number {
  let sum = 0;
  for (const [at, term] of one.vector.terms.entries()) {
    const own = other.vector.terms.indexOf(term);
    if (own < 0) continue;
    sum = Math.fround(sum + (one.vector.weights[at] ?? 0) * (other.vector.weights[own] ?? 0));
  }
  return Math.min(1, sum);
}

function pickVaried(
  index: RankingIndex,
  candidates: readonly { place: number; score: number }[],
  most: number,
): number[] {
  const left = [...candidates];
  const picked: number[] = [];
  const likenessTo = (place: number) => {
    const all = picked.map((other) => {
      const [one, two] = [index.papers[other], index.papers[place]];
      return one && two ? likenessOf(one, two) : 0;
    });
    return Math.max(0, ...all.filter((likeness) => likeness >= 0.2));
  };
  while (picked.length < most && left.length > 0) {
    const worth = left.map(({ place, score }) => {
      const likeness = likenessTo(place);
      return score - Math.abs(score) * (likeness >= 0.45 ? 0.8 : likeness * 0.8);
    });
    const [next] = left.splice(worth.indexOf(Math.max(...worth)), 1);
    if (next) picked.push(next.place);
  }
  return picked;
}

function findLike({ paper, vector }: IndexedPaper, { terms, more, votes }: Taste) {
  if (votes.some(({ title }) => paper.title.startsWith(title.replace(/…$/, '')))) return undefined;
  let best: string | undefined;
  let most = 0;
  for (const vote of votes) {
    let like = 0;
    for (const at of vote.terms) {
      const own = vector.terms.indexOf(terms[at] ?? 0);
      if (own >= 0) like += (vector.weights[own] ?? 0) * (more[at] ?? 0);
    }
    if (like <= most) continue;
    most = like;
    best = vote.title;
  }
  return best;
}

function shareTaste({ vector }: IndexedPaper, { terms, ...taste }: Taste) {
  let [library, more, less] = [0, 0, 0];
  const byEntry = new Map<number, number>();
  for (const [own, term] of vector.terms.entries()) {
    const at = terms.indexOf(term);
    if (at < 0) continue;
    const weight = vector.weights[own] ?? 0;
    const given = (taste.library[at] ?? 0) * weight;
    library += given;
    more += (taste.more[at] ?? 0) * weight;
    less += (taste.less[at] ?? 0) * weight;
    const all = given > 0 ? (taste.holders[at] ?? []) : [];
    for (const entry of all) byEntry.set(entry, (byEntry.get(entry) ?? 0) + given / all.length);
  }
  const most = Math.max(0, ...byEntry.values());
  const like = [...byEntry.values()].filter((given) => given > 0 && given >= most / 2);
  return { library, more, less, papers: like.length };
}

interface Part {
  readonly part: ReasonPart;
  readonly amount: number;
}

function askedParts({ topics, fields, askedWeight }: Scored, place: number): Part[] {
  const amounts = (all: readonly Named[], wanted: number) =>
    all
      .filter(({ hits }) => hits.get(place)?.fit === wanted)
      .map(({ name, hits }) => ({ name, amount: askedWeight * (hits.get(place)?.score ?? 0) }))
      .sort((a, b) => b.amount - a.amount);
  const part = (code: 'topics' | 'near', wanted: number): Part[] => {
    const told = amounts(topics, wanted).slice(0, 3);
    const names = told.map(({ name }) => name);
    const amount = told.reduce((all, hit) => all + hit.amount, 0);
    return names.length > 0 ? [{ part: { code, names }, amount }] : [];
  };
  const [field] = amounts(fields, fit.named).filter(({ name }) => findField(name));
  return [
    ...[...part('topics', fit.named), ...part('near', fit.near)].slice(0, 1),
    ...(field ? [{ part: { code: 'field', id: field.name } as const, amount: field.amount }] : []),
  ];
}

function tasteParts(entry: IndexedPaper, taste: Taste): Part[] {
  const { library, more, less, papers } = shareTaste(entry, taste);
  const left = TASTE * Math.max(0, 1 - less / (library + more || 1));
  const like = findLike(entry, taste);
  const parts: Part[] = [
    { part: { code: 'library', papers }, amount: left * library },
    { part: { code: 'more', ...(like === undefined ? {} : { like }) }, amount: left * more },
  ];
  return parts.filter(({ amount }) => amount > 0);
}

function findReason(
  index: RankingIndex,
  { taste }: RankedReader,
  { scored, place, outside }: { scored: Scored; place: number; outside?: 'liked' | 'foreign' },
): Omit<Choice, 'paper'> {
  const entry = index.papers[place];
  if (!entry) return { reason: [] };
  const liked = scored.hasWishes ? scored.popularWeight * (index.popularity[place] ?? 0) : 0;
  const popular: Part[] = liked >= 0.05 ? [{ part: { code: 'popular' }, amount: liked }] : [];
  if (outside === 'foreign') return { reason: popular.map(({ part }) => part), place: 'outside' };
  if (outside === 'liked') {
    const [best] = taste ? tasteParts(entry, taste).sort((a, b) => b.amount - a.amount) : [];
    return { reason: best ? [best.part] : [], place: 'outside' };
  }
  const authors = scored.followed.get(place);
  if (authors) {
    const by = authors.map(({ printed }) => printed);
    return { reason: [{ code: 'authors', authors }], place: 'followed', by };
  }
  const lead = sayLead(index, entry.paper);
  const all = [
    ...askedParts(scored, place),
    ...(taste ? tasteParts(entry, taste) : []),
    ...(scored.hasWishes ? [] : [{ part: lead, amount: LEAD * (index.leads[place] ?? 0) }]),
    ...popular,
  ];
  const [first, second] = all.toSorted((a, b) => b.amount - a.amount);
  if (!first) return { reason: [] };
  const isTold = second && second.amount >= 0.4 * first.amount;
  return { reason: isTold ? [first.part, second.part] : [first.part] };
}

function sayLead(index: RankingIndex, paper: RankablePaper): ReasonPart {
  const { upvotes = 0, votes = 0, groupLabel } = paper;
  if (votesOn(paper) === 0) {
    const first = index.papers.find((other) => other.paper.groupLabel === groupLabel);
    return { code: first?.paper === paper ? 'leads' : 'group' };
  }
  if (votes >= 3 && 3 * votes > upvotes) return { code: 'readers', votes };
  return upvotes > 0 ? { code: 'upvotes', votes: upvotes } : { code: 'popular' };
}

function findForeign(
  index: RankingIndex,
  { profile }: RankedReader,
  given: { scored: Scored; away: ReadonlySet<number>; most: number },
): number[] {
  const { matches, touched, scores, hasWishes } = given.scored;
  if (!profile.surprise || !hasWishes || given.most < 4 || matches.size + 1 < 4) return [];
  const entryOf = (place: number) => index.papers[place];
  const isNear = (place: number) =>
    [...matches].some((other) => {
      const [one, two] = [entryOf(place), entryOf(other)];
      return one && two && likenessOf(one, two) >= ALIKE;
    });
  const foreign = [...index.papers.keys()].filter(
    (place) =>
      !matches.has(place) &&
      !touched.has(place) &&
      !given.away.has(place) &&
      (scores[place] ?? 0) > -0.6 &&
      !isNear(place),
  );
  const groups = new Set([...matches].map((place) => entryOf(place)?.paper.groupLabel));
  const worth = (place: number) =>
    (index.popularity[place] ?? 0) + (groups.has(entryOf(place)?.paper.groupLabel) ? 0 : 2);
  return foreign.toSorted((a, b) => worth(b) - worth(a) || a - b).slice(0, 1);
}

/** Ranks as `rankPapers` does, the plain way. */
export function rankPlainly(index: RankingIndex, reader: RankedReader, most: number): Ranking {
  const idOf = (place: number) => index.papers[place]?.paper.id ?? 0;
  const words = new Map<number, string>();
  for (const word of reader.profile.exclude) {
    for (const place of findExcluded(index, word).papers) {
      if (!words.has(place)) words.set(place, word);
    }
  }
  const passed = [...index.papers.keys()].filter((place) => reader.passed?.has(idOf(place)));
  const away = new Set([...passed, ...words.keys()]);
  const scored = scorePapers(index, reader, away);
  const rated = (places: Iterable<number>) =>
    [...places]
      .map((place) => ({ place, score: scored.scores[place] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.place - b.place);
  const pinned = rated(scored.followed.keys()).slice(0, most);
  const foreign = findForeign(index, reader, { scored, away, most });
  const pick = (places: Iterable<number>, count: number) =>
    pickVaried(
      index,
      rated(places)
        .slice(0, count * 4)
        .filter(({ place }) => !pinned.some((other) => other.place === place)),
      count,
    );
  const left = Math.max(0, most - pinned.length - foreign.length);
  const picked = pick(scored.matches, left);
  const matched = pinned.length + picked.length;
  const mayFill = scored.isAsked && reader.profile.surprise && matched > 0;
  const free = mayFill ? Math.min(left - picked.length, reader.taste?.examples ?? 0) : 0;
  const choose = (place: number, outside?: 'liked' | 'foreign'): Choice => ({
    paper: idOf(place),
    ...findReason(index, reader, { scored, place, ...(outside ? { outside } : {}) }),
  });
  return {
    choices: [
      ...pinned.map(({ place }) => choose(place)),
      ...picked.map((place) => choose(place)),
      ...pick(scored.liked, free).map((place) => choose(place, 'liked')),
      ...foreign.map((place) => choose(place, 'foreign')),
    ],
    hidden: [...words]
      .sort(([a], [b]) => a - b)
      .map(([place, word]) => ({ paper: idOf(place), word })),
  };
}
