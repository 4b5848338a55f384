import type { Figures, Phase } from './result.ts';
import { medianOf, type Series, show } from './table.ts';

/** What must hold, what is aimed at, and how it is had from the medians. */
interface Target {
  readonly name: string;
  readonly must: string;
  readonly aim: string;
  readonly measure: (median: Median) => number;
}

/** The median over the runs of one contestant's phase; NaN where it did not run. */
type Median = (id: string, phase: Phase, of: (figures: Figures, wire: number) => number) => number;

const ofWire = ({ rate }: Figures, wire: number) => rate / wire;
const rate = ({ rate: each }: Figures) => each;
const senderUs = ({ cpuUs }: Figures) => cpuUs.sender ?? Number.NaN;

const targets: readonly Target[] = [
  {
    name: 'sending, of the wire',
    must: '0.6',
    aim: '0.9',
    measure: (median) => median('own', 'sending', ofWire),
  },
  {
    name: 'sending over 20 connections, of the wire',
    must: '',
    aim: '',
    measure: (median) => median('own-20', 'sending', ofWire),
  },
  {
    name: 'sending with RSA-2048, of the wire',
    must: '0.35',
    aim: '0.5',
    measure: (median) => median('own-rsa', 'sending', ofWire),
  },
  {
    name: 'sending with Ed25519 and RSA-2048, of the wire',
    must: '0.3',
    aim: '0.45',
    measure: (median) => median('own-both', 'sending', ofWire),
  },
  {
    name: 'sending, times the pool',
    must: '5',
    aim: '8',
    measure: (median) => median('own', 'sending', ofWire) / median('pool', 'sending', ofWire),
  },
  {
    name: "a letter's worker CPU, the other commit's times this one's",
    must: '25',
    aim: '60',
    measure: (median) => median('other', 'sending', senderUs) / median('own', 'sending', senderUs),
  },
  {
    name: 'composing, times the other commit',
    must: '15',
    aim: '40',
    measure: (median) => median('own', 'composing', rate) / median('other', 'composing', rate),
  },
];

/** The heads of `buildTargets`. */
export const targetHead = ['target', 'must', 'aim', 'measured'];

/** Each target of which everybody that it needs was measured. */
export function buildTargets(series: readonly Series[]): string[][] {
  const median: Median = (id, phase, of) => {
    const results = series.find((each) => each.id === id)?.results ?? [];
    return medianOf(
      results.flatMap(({ result, wire }) => {
        const figures = result.phases[phase];
        return figures ? [of(figures, wire)] : [];
      }),
    );
  };
  return targets.flatMap(({ name, must, aim, measure }) => {
    const measured = measure(median);
    return Number.isFinite(measured) ? [[name, must, aim, show(measured)]] : [];
  });
}
