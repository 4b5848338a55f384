import type { Words } from '../words/words.ts';

/** A paper in its place of a digest. */
export interface Placed {
  readonly id: number;
  readonly title: string;
}

/** What a vote changed in a digest, in words that are true of it. */
export interface Moves {
  /** By paper: `up 3 places`, `down 1 place` or `new here`; absent where it stays. */
  readonly byPaper: ReadonlyMap<number, string>;
  /** A sentence each. */
  readonly sentences: readonly string[];
}

/** Compares a digest with what it was before, best first. */
export function compareDigests(
  before: readonly Placed[],
  after: readonly Placed[],
  words: Words,
): Moves {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const isIn = new Set(after.map(({ id }) => id));
  const byPaper = new Map<number, string>();
  let best: { title: string; up: number } | undefined;
  for (const [place, { id, title }] of after.entries()) {
    const up = (places.get(id) ?? Number.NaN) - place;
    if (Number.isNaN(up)) byPaper.set(id, words.say('moves.new'));
    else if (up !== 0)
      byPaper.set(id, words.say(up > 0 ? 'moves.up' : 'moves.down', { count: Math.abs(up) }));
    if (up > (best?.up ?? 0)) best = { title, up };
  }
  const fresh = after.filter(({ id }) => !places.has(id)).map(({ title }) => title);
  const gone = before.filter(({ id }) => !isIn.has(id)).map(({ title }) => title);
  const sentences = [
    sayTitles('moves.in', fresh, words),
    sayTitles('moves.gone', gone, words),
    best ? words.say('moves.best', { title: best.title, count: best.up }) : '',
  ].filter(Boolean);
  const isSame = byPaper.size === 0 && gone.length === 0;
  if (isSame) sentences.push(words.say('moves.same'));
  else if (sentences.length === 0) sentences.push(words.say('moves.order'));
  return { byPaper, sentences };
}

const MOST_NAMED = 3;

function sayTitles(
  key: 'moves.in' | 'moves.gone',
  titles: readonly string[],
  words: Words,
): string {
  if (titles.length === 0) return '';
  const named = titles.slice(0, MOST_NAMED).map((title) => words.say('moves.title', { title }));
  const left = titles.length - named.length;
  const line = named.join(', ');
  const said = left > 0 ? words.say('andMore', { names: line, count: left }) : line;
  return words.say(key, { titles: said });
}
