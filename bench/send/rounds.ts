import type { Field } from './contestants.ts';
import type { Contestant, Result } from './result.ts';
import { type Series, show } from './table.ts';

/**
 * Runs everybody in turn, so often, each time beginning with another, and the wire between any
 * two: each result is held to the mean of the wires before and after it.
 */
export async function runAll(
  { contestants, wire }: Pick<Field, 'contestants' | 'wire'>,
  runs: number,
  say: (line: string) => void,
): Promise<Series[]> {
  const results = new Map<string, { result: Result; wire: number }[]>();
  const keep = (id: string, result: Result, rate: number) =>
    results.set(id, [...(results.get(id) ?? []), { result, wire: rate }]);
  await wire();
  let before = await wire();
  for (let run = 0; run < runs; run += 1) {
    for (const contestant of turned(contestants, run)) {
      const result = await contestant.run();
      const after = await wire();
      keep('wire', after, rateOf(after));
      const beside = (rateOf(before) + rateOf(after)) / 2;
      keep(contestant.id, result, beside);
      const rates = Object.entries(result.phases).map(
        ([phase, { rate }]) => `${phase} ${show(rate)}`,
      );
      say(
        `run ${run + 1}: ${contestant.name}: ${rates.join(', ')} a second; the wire ${show(beside)}`,
      );
      before = after;
    }
  }
  const named = [{ id: 'wire', name: 'smtp-source, one ready letter: the wire' }, ...contestants];
  return named.map(({ id, name }) => ({ id, name, results: results.get(id) ?? [] }));
}

const rateOf = ({ phases }: Result): number => phases.sending?.rate ?? Number.NaN;

function turned(contestants: readonly Contestant[], by: number): Contestant[] {
  const at = by % Math.max(1, contestants.length);
  return [...contestants.slice(at), ...contestants.slice(0, at)];
}
