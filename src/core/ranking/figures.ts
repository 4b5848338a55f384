/** A figure with its 95 % interval, from resampling the cases that it is the mean of. */
export interface Figure {
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
}

const RESAMPLED = 1000;

/** The mean of some values, with the interval of a bootstrap (Efron, 1979); the same in every run. Of nothing, 0. */
export function figureOf(values: readonly number[]): Figure {
  if (values.length === 0) return { mean: 0, interval: [0, 0] };
  let state = 20_261_129;
  const dice = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % values.length;
  };
  const means = Array.from({ length: RESAMPLED }, () => {
    let sum = 0;
    for (let drawn = 0; drawn < values.length; drawn++) sum += values[dice()] ?? 0;
    return sum / values.length;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.round(share * (RESAMPLED - 1))] ?? 0;
  return { mean: meanOf(values), interval: [at(0.025), at(0.975)] };
}

/** The mean; 0 of nothing. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}

/** A figure as a line of a table says it: `.412 [.389, .433]`. */
export function tell({ mean, interval: [low, high] }: Figure): string {
  return `${short(mean)} [${short(low)}, ${short(high)}]`;
}

function short(value: number): string {
  return value.toFixed(4).replace(/^(-?)0\./, '$1.');
}

/** How well the best of a ranking are those that were wanted: nDCG at ten (Järvelin and Kekäläinen, 2002). */
export function gainAtTen(ranked: readonly string[], wanted: readonly string[]): number {
  const isWanted = new Set(wanted);
  const gainAt = (place: number) => 1 / Math.log2(place + 2);
  let gain = 0;
  let most = 0;
  for (let place = 0; place < 10; place++) {
    if (isWanted.has(ranked[place] ?? '')) gain += gainAt(place);
    if (place < wanted.length) most += gainAt(place);
  }
  return most === 0 ? 0 : gain / most;
}
