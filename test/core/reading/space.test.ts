import { groupPapers } from '../../../src/core/reading/groups.ts';
import { spaceOfModel } from '../../../src/core/reading/space.ts';
import { subjects } from '../../../src/core/reading/subjects.ts';
import { finish } from '../../../src/core/reading/work.ts';

/** Places in a narrow cone, as models give them: most of each is what all have. */
const place = (x: number, y: number) => Float32Array.of(10, x, y);
const given = (papers: [number, Float32Array][]) =>
  spaceOfModel({
    id: 'model',
    papers: new Map(papers),
    subjects: subjects.map((_, at) => place(at % 7, at % 5)),
  });
const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, x, at) => sum + x * (b[at] ?? 0), 0);

describe('the space of a model', () => {
  it('parts what stands apart around the middle of the day', () => {
    const space = given([
      [1, place(1, 0)],
      [2, place(1, 0.1)],
      [3, place(-1, 0)],
      [4, place(-1, -0.1)],
    ]);
    const placeOf = (id: number) => space.placeOf({ id }, []);
    expect(dot(placeOf(1), placeOf(2))).toBeGreaterThan(0.9);
    expect(dot(placeOf(1), placeOf(3))).toBeLessThan(-0.9);
    expect(dot(placeOf(1), placeOf(1))).toBeCloseTo(1);
    expect(space.placeOf({ id: 9 }, [])).toEqual(new Float32Array(3));
    expect(space.subjects).toHaveLength(subjects.length);
  });

  it('is asked where each paper of a day stands, once', () => {
    const papers = Array.from({ length: 12 }, (_, id) => ({
      ...{ id, title: `Gulls over water ${id}`, abstract: 'Gulls over water were watched.' },
    }));
    const space = given(papers.map(({ id }) => [id, place(id % 2 ? 1 : -1, id / 100)]));
    const asked: number[] = [];
    const listening = {
      ...space,
      placeOf: (paper: { readonly id?: number }) => {
        asked.push(paper.id ?? -1);
        return space.placeOf(paper, []);
      },
    };
    expect(finish(groupPapers(papers, listening)).flatMap(({ members }) => members)).toHaveLength(
      12,
    );
    expect(asked.toSorted((a, b) => a - b)).toEqual(papers.map(({ id }) => id));
  });
});
