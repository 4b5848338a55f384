import type { Neighbour } from './neighbours.ts';
import { dotPlaces, type Profile } from './profiles.ts';
import type { Space } from './space.ts';
import { subjects } from './subjects.ts';
import type { Work } from './work.ts';

/** How much a paper belongs to each subject, by the subject's number. */
export type Affinity = Float32Array;

/** How much standing near a subject counts beside naming it. */
const PLACE_WEIGHT = 0.5;
/** How much the subjects of the papers most like it count. */
const NEIGHBOUR_WEIGHT = 0.2;
/** A whole field is said of a paper where nothing nearer is. */
const FIELD_WEIGHT = 0.8;

/** What each paper belongs to by its own words, its place, and the papers most like it. */
export function* findAffinities(
  profiles: readonly Profile[],
  neighbours: readonly Neighbour[][],
  space: Space,
): Work<Affinity[]> {
  const own: Affinity[] = [];
  for (const { place, subjects: named } of profiles) {
    const affinity = Float32Array.from(
      space.subjects,
      (subject) => PLACE_WEIGHT * Math.max(0, dotPlaces(place, subject)),
    );
    for (const [at, subject] of named.numbers.entries()) {
      affinity[subject] = (affinity[subject] ?? 0) + (named.weights[at] ?? 0);
    }
    own.push(affinity);
    yield;
  }
  const affinities: Affinity[] = [];
  for (const [paper, near] of neighbours.entries()) {
    const affinity = Float32Array.from(own[paper] ?? []);
    for (const { paper: other, likeness } of near) {
      const weight = (NEIGHBOUR_WEIGHT * Math.max(0, likeness)) / near.length;
      for (const [subject, theirs] of own[other]?.entries() ?? []) {
        affinity[subject] = (affinity[subject] ?? 0) + weight * theirs;
      }
    }
    affinities.push(affinity.map((x, at) => (subjects[at]?.isField ? x * FIELD_WEIGHT : x)));
    yield;
  }
  return affinities;
}
