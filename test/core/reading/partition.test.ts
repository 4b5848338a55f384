import { clusterByAverageLink } from '../../../src/core/reading/linkage.ts';
import { fitOf, partition } from '../../../src/core/reading/partition.ts';
import { vectorise } from '../../../src/core/reading/terms.ts';
import { finish } from '../../../src/core/reading/work.ts';

describe('clusterByAverageLink', () => {
  const values = Float32Array.from([
    1, 0.9, 0.2, 0.1, 0.9, 1, 0.3, 0.1, 0.2, 0.3, 1, 0.8, 0.1, 0.1, 0.8, 1,
  ]);
  const table = { size: 4, values };

  it('joins the closest first', () => {
    expect([...finish(clusterByAverageLink(table, 3))]).toEqual([0, 0, 1, 2]);
    expect([...finish(clusterByAverageLink(table, 2))]).toEqual([0, 0, 1, 1]);
    expect([...finish(clusterByAverageLink(table, 1))]).toEqual([0, 0, 0, 0]);
    expect([...finish(clusterByAverageLink(table, 9))]).toEqual([0, 1, 2, 3]);
  });

  it('leaves its table as it was, and takes an empty one', () => {
    expect(values[2]).toBeCloseTo(0.2);
    expect([...finish(clusterByAverageLink({ size: 0, values: new Float32Array() }, 0))]).toEqual(
      [],
    );
  });
});

describe('partition', () => {
  const vectors = finish(
    vectorise(['red moss', 'iron bridge', 'moss, red', 'bridge of iron', 'red moss iron']),
  );

  it('puts like with like', () => {
    const { clusters, table } = finish(partition(vectors, 2));
    expect(clusters).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
    expect(fitOf(0, [0, 2], table)).toBeGreaterThan(fitOf(0, [1, 3], table));
    expect(fitOf(0, [0], table)).toBe(0);
  });
});
