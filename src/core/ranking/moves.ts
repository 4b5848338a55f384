import { countOf } from '../text/words.ts';

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
export function compareDigests(before: readonly Placed[], after: readonly Placed[]): Moves {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const isIn = new Set(after.map(({ id }) => id));
  const byPaper = new Map<number, string>();
  let best: { title: string; up: number } | undefined;
  for (const [place, { id, title }] of after.entries()) {
    const up = (places.get(id) ?? Number.NaN) - place;
    if (Number.isNaN(up)) byPaper.set(id, 'new here');
    else if (up !== 0)
      byPaper.set(id, `${up > 0 ? 'up' : 'down'} ${countOf(Math.abs(up), 'place')}`);
    if (up > (best?.up ?? 0)) best = { title, up };
  }
  const fresh = after.filter(({ id }) => !places.has(id)).map(({ title }) => title);
  const gone = before.filter(({ id }) => !isIn.has(id)).map(({ title }) => title);
  const sentences = [
    sayTitles('New in it', fresh),
    sayTitles('No longer in it', gone),
    best ? `“${best.title}” moved up ${countOf(best.up, 'place')}.` : '',
  ].filter(Boolean);
  const isSame = byPaper.size === 0 && gone.length === 0;
  if (isSame)
    sentences.push('The latest edition would bring you the same papers in the same order.');
  else if (sentences.length === 0) sentences.push('Its papers are the same, in another order.');
  return { byPaper, sentences };
}

const MOST_NAMED = 3;

function sayTitles(what: string, titles: readonly string[]): string {
  if (titles.length === 0) return '';
  const named = titles.slice(0, MOST_NAMED).map((title) => `“${title}”`);
  const left = titles.length - named.length;
  return `${what}: ${named.join(', ')}${left > 0 ? ` and ${left} more` : ''}.`;
}
