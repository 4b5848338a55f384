import { join } from 'node:path';
import { figureOf, gainAtTen, tell } from '../../src/core/ranking/figures.ts';
import { dotTerms } from '../../src/core/ranking/similar.ts';
import { vectorOf } from '../../src/core/ranking/taste.ts';
import type { TermVector } from '../../src/core/ranking/terms.ts';
import { dotPlaces } from '../../src/core/reading/profiles.ts';
import { stemsIn } from '../../src/core/reading/stemming.ts';
import { placeStems, readFirstBasis } from '../../src/core/reading/vectors.ts';
import { findFile, readRows } from './files.ts';
import type { Case } from './ranking-task.ts';
import type { Options, Subject } from './subject.ts';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly abstract?: string;
  readonly cand?: number;
}

/** A text by its words, and by what they mean. */
interface Likeness {
  readonly words: TermVector;
  readonly place: Float32Array;
}

/** How much of what two texts have in common counts by their words; the rest by what they mean. */
const WAYS: Readonly<Record<string, number>> = {
  'vectors alone': 0,
  'three parts vectors, one tf-idf': 0.25,
  'half and half': 0.5,
  'one part vectors, three tf-idf': 0.75,
  'tf-idf alone, as a page has it': 1,
};

/** Similar papers: who liked one paper liked those of the day that are like it. */
export const similar: Subject = {
  predict() {
    throw new Error('No scorer reads similar papers: leave --input and --output out.');
  },
  measure({ data, split, task, cases }: Options) {
    for (const name of ['authors', 'citeulike']) {
      if (task === undefined || task === name) measureTask(name, join(data, split), cases);
    }
  },
};

function measureTask(name: string, folder: string, most = Number.POSITIVE_INFINITY): void {
  const rows = <Row>(...parts: readonly string[]) =>
    parts.flatMap((part) => {
      const file = findFile(folder, `${name}.${part}.jsonl`);
      return file ? readRows<Row>(file) : [];
    });
  const texts = rows<Text>('papers', 'items');
  const byId = new Map(texts.map((text) => [text.id, text]));
  const days = new Map(
    rows<{ day: string; papers: string[] }>('days').map((d) => [d.day, d.papers]),
  );
  const fresh = texts.filter(({ cand }) => cand === 1).map(({ id }) => id);
  const wanted = new Map(rows<{ case: string; rel: string[] }>('gold').map((g) => [g.case, g.rel]));
  const all = rows<Case>('cases')
    .filter(({ sample }) => sample !== 0)
    .slice(0, most);
  const known = new Map<string, Likeness>();
  const placeOf = (id: string): Likeness => {
    const { title = '', abstract = '' } = byId.get(id) ?? {};
    const place = known.get(id) ?? likenessOf({ title, abstract });
    known.set(id, place);
    return place;
  };
  for (const [way, share] of Object.entries(WAYS)) {
    const gains = all.flatMap(({ case: id, day = '', ups: [up] }) => {
      if (up === undefined) return [];
      const own = placeOf(up);
      const ranked = (days.get(day) ?? fresh)
        .map((other) => ({ other, likeness: compare(own, placeOf(other), share) }))
        .sort((a, b) => b.likeness - a.likeness)
        .slice(0, 10);
      return [
        gainAtTen(
          ranked.map(({ other }) => other),
          wanted.get(id) ?? [],
        ),
      ];
    });
    console.log(`${name}, similar to one paper, ${way}: ${tell(figureOf(gains))}`);
  }
}

function likenessOf(text: { readonly title: string; readonly abstract: string }): Likeness {
  const stems = stemsIn(`${text.title}. ${text.abstract}`);
  return { words: vectorOf(text), place: placeStems(readFirstBasis(), stems) };
}

function compare(a: Likeness, b: Likeness, share: number): number {
  return share * dotTerms(a.words, b.words) + (1 - share) * dotPlaces(a.place, b.place);
}
