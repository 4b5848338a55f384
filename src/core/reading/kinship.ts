import type { Profile } from './profiles.ts';
import { sumPlaces, sumSparse, type VectorSums } from './vector-sums.ts';

/** How much papers of a day have in common beyond what all of them have. */
export interface Kinship {
  /** Of two papers: more than nothing where they are more alike than chance would have it. */
  kinOf(paper: number, other: number): number;
  /** Homes without papers, to put some in. */
  openHomes(count: number): KinHomes;
}

/** Papers in homes, and how they pull at others. */
export interface KinHomes {
  put(paper: number, home: number, sign: 1 | -1): void;
  /** The sum of a paper's kinship with all of a home's. */
  pullOf(paper: number, home: number): number;
}

/** One way in which papers are compared. */
interface Aspect {
  readonly weight: number;
  /** By paper, the sum of its cosines with all others of the day. */
  readonly commonness: Float64Array;
  readonly total: number;
  readonly products: VectorSums;
  sumsOf(homes: number): VectorSums;
}

/** So much each way counts, for how far its cosines lie apart on days of research. */
const WEIGHTS = { terms: 23, place: 6.7, subjects: 10 };

/**
 * Compares papers by their words, by what they mean and by their subjects. What two papers as
 * well connected as these share by chance is taken away (as modularity does; Newman 2006).
 */
export function findKinship(profiles: readonly Profile[]): Kinship {
  const terms = profiles.map((profile) => profile.terms);
  const places = profiles.map(({ place }) => place);
  const subjects = profiles.map((profile) => profile.subjects);
  const size = profiles.length;
  const aspects = [
    aspectOf(WEIGHTS.terms, (homes) => sumSparse(terms, homes), size),
    aspectOf(WEIGHTS.place, (homes) => sumPlaces(places, homes), size),
    aspectOf(WEIGHTS.subjects, (homes) => sumSparse(subjects, homes), size),
  ];
  return {
    kinOf(paper, other) {
      let kin = 0;
      for (const { weight, commonness, total, products } of aspects) {
        const chance = ((commonness[paper] ?? 0) * (commonness[other] ?? 0)) / total;
        kin += weight * (products.productOf(paper, other) - chance);
      }
      return kin;
    },
    openHomes: (count) => openHomes(aspects, count),
  };
}

function aspectOf(weight: number, sumsOf: Aspect['sumsOf'], size: number): Aspect {
  const products = sumsOf(1);
  for (let paper = 0; paper < size; paper++) products.add(paper, 0, 1);
  const commonness = Float64Array.from(
    { length: size },
    (_, paper) => products.pullOf(paper, 0) - products.productOf(paper, paper),
  );
  const total = commonness.reduce((sum, x) => sum + x, 0) || 1;
  return { weight, commonness, total, products, sumsOf };
}

function openHomes(aspects: readonly Aspect[], count: number): KinHomes {
  const all = aspects.map((aspect) => ({
    ...aspect,
    sums: aspect.sumsOf(count),
    commonnessOf: new Float64Array(count),
  }));
  return {
    put(paper, home, sign) {
      for (const { sums, commonness, commonnessOf } of all) {
        sums.add(paper, home, sign);
        commonnessOf[home] = (commonnessOf[home] ?? 0) + sign * (commonness[paper] ?? 0);
      }
    },
    pullOf(paper, home) {
      let pull = 0;
      for (const { weight, commonness, total, sums, commonnessOf } of all) {
        const chance = ((commonness[paper] ?? 0) * (commonnessOf[home] ?? 0)) / total;
        pull += weight * (sums.pullOf(paper, home) - chance);
      }
      return pull;
    },
  };
}
