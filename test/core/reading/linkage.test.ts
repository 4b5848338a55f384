import { clusterByAverageLink } from '../../../src/core/reading/linkage.ts';
import { finish } from '../../../src/core/reading/work.ts';

describe('clusterByAverageLink', () => {
  const near = (...likenesses: [number, number][]) =>
    likenesses.map(([paper, likeness]) => ({ paper, likeness }));
  const neighbours = [
    near([1, 0.9], [2, 0.2]),
    near([0, 0.9], [2, 0.3]),
    near([3, 0.8]),
    near([2, 0.8]),
    near(),
  ];

  it('joins the closest first, and who is no neighbour never', () => {
    expect([...finish(clusterByAverageLink(neighbours, 4))]).toEqual([0, 0, 1, 2, 3]);
    expect([...finish(clusterByAverageLink(neighbours, 3))]).toEqual([0, 0, 1, 1, 2]);
    expect([...finish(clusterByAverageLink(neighbours, 1))]).toEqual([0, 0, 0, 0, 1]);
    expect([...finish(clusterByAverageLink(neighbours, 9))]).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes nothing at all', () => {
    expect([...finish(clusterByAverageLink([], 0))]).toEqual([]);
  });

  it('costs what the neighbours do', () => {
    const stepsOf = (size: number) => {
      const ring = Array.from({ length: size }, (_, i) =>
        near([(i + 1) % size, 1 + (i % 7)], [(i + size - 1) % size, 1 + ((i + size - 1) % 7)]),
      );
      return [...clusterByAverageLink(ring, 5)].length;
    };
    expect(stepsOf(2000)).toBeLessThan(2.5 * stepsOf(1000));
  });
});
