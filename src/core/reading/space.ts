import { subjects } from './subjects.ts';
import { type Basis, placeStems } from './vectors.ts';

/** Where texts stand by what they mean: by a basis, or as a model elsewhere placed them. One a cut. */
export interface Space {
  /** Places of two spaces do not compare. */
  readonly id: string;
  /** Where each subject of the list stands, by its number. */
  readonly subjects: readonly Float32Array[];
  /** Where a paper stands. */
  placeOf(paper: { readonly id?: number }, stems: readonly string[]): Float32Array;
}

/** Places that a model elsewhere gave papers, by their ids, and the subjects of the list. */
export interface ModelPlaces {
  readonly id: string;
  readonly papers: ReadonlyMap<number, Float32Array>;
  readonly subjects: readonly Float32Array[];
}

let last: { basis: Basis; space: Space } | undefined;

/** The space of a basis. */
export function spaceOf(basis: Basis): Space {
  if (last?.basis !== basis) {
    const places = subjects.map(({ cues }) => placeStems(basis, cues.join(' ').split(' ')));
    const placeOf: Space['placeOf'] = (_, stems) => placeStems(basis, stems);
    last = { basis, space: { id: basis.id, subjects: places, placeOf } };
  }
  return last.space;
}

/**
 * The space of a model for one day. Models place all texts into one narrow cone, so the middle of
 * the day's papers, and of the subjects, becomes the origin (Mu and Viswanath, 2018).
 */
export function spaceOfModel({ id, papers, subjects: given }: ModelPlaces): Space {
  const places = new Map([...papers.keys()].map((paper, at) => [paper, at]));
  const centred = centre([...papers.values()]);
  const nowhere = new Float32Array(given[0]?.length ?? 0);
  return {
    id,
    subjects: centre(given),
    placeOf: ({ id: paper }) => centred[places.get(paper ?? -1) ?? -1] ?? nowhere,
  };
}

/** Vectors around their mean, each of length one. */
function centre(vectors: readonly Float32Array[]): Float32Array[] {
  const mean = new Float64Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) {
    for (let at = 0; at < mean.length; at++) {
      mean[at] = (mean[at] as number) + (vector[at] ?? 0) / vectors.length;
    }
  }
  return vectors.map((vector) => {
    const moved = vector.map((x, at) => x - (mean[at] ?? 0));
    const length = Math.sqrt(moved.reduce((sum, x) => sum + x * x, 0)) || 1;
    return moved.map((x) => x / length);
  });
}
