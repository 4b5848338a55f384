import type { Cost } from './meter.ts';

/** What is told apart of one run. */
export type Phase = 'composing' | 'sending' | 'whole';

/** One phase of one run: how many a second, and what one of them cost. */
export interface Figures extends Cost {
  readonly count: number;
  readonly rate: number;
}

/** What one run of one contestant came to. */
export interface Result {
  readonly phases: Partial<Record<Phase, Figures>>;
  /** Bytes of the sending process before the readers fell due, and at most. */
  readonly memory?: { readonly idle: number; readonly most: number };
  /** Bytes when all was sent. */
  readonly sizes?: { readonly database: number; readonly redis: number };
}

/** Who is measured. */
export interface Contestant {
  readonly id: string;
  readonly name: string;
  run(): Promise<Result>;
}
