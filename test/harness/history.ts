import fc from 'fast-check';

/** What the server does to one reader's message on one day. */
export type Fate = 'taken' | 'later' | 'refused' | 'lost';

/** What befalls one reader on one day. */
export interface ReaderDay {
  readonly fate: Fate;
  /** How an open doubt of theirs ends, if it does. */
  readonly resolve: 'accepted' | 'failed' | undefined;
  readonly change:
    | { readonly kind: 'none' | 'leave' | 'return' | 'resend' | 'welcome' }
    | { readonly kind: 'pause'; readonly days: number }
    | { readonly kind: 'zone'; readonly zone: string }
    | { readonly kind: 'days'; readonly days: readonly number[] };
}

/** One day of the service. */
export interface ServiceDay {
  /** Papers that come in before the cut. */
  readonly papers: number;
  /** Papers that a late feed brings after it. */
  readonly late: number;
  /** True where the late ones are cut by hand on the same day. */
  readonly isCutByHand: boolean;
  /** True where no planner or sender runs. */
  readonly isDown: boolean;
  /** True where an old paper comes again, as a new version and by another feed. */
  readonly isReplaced: boolean;
  /** True where an old paper gains many votes. */
  readonly isVoted: boolean;
  readonly readers: readonly ReaderDay[];
}

export const ZONES = ['Etc/UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/St_Johns'];
const DAYS = [[1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [3], [1, 4]];

const fate = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Fate>('taken') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('later', 'refused') },
  { weight: 2, arbitrary: fc.constant<Fate>('lost') },
);
const change: fc.Arbitrary<ReaderDay['change']> = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ kind: 'none' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('resend', 'leave', 'return', 'welcome') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause'), days: fc.nat({ max: 9 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('zone'), zone: fc.constantFrom(...ZONES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('days'), days: fc.constantFrom(...DAYS) }),
  },
) as fc.Arbitrary<ReaderDay['change']>;

const often = (weight: number) =>
  fc.oneof(
    { weight, arbitrary: fc.constant(true) },
    { weight: 10 - weight, arbitrary: fc.constant(false) },
  );

/** Random histories of so many readers and days. */
export function arbitraryHistory(readers: number, days: number): fc.Arbitrary<ServiceDay[]> {
  const readerDay = fc.record({
    fate,
    resolve: fc.constantFrom(undefined, undefined, 'accepted', 'failed'),
    change,
  });
  return fc.array(
    fc.record({
      papers: fc.nat({ max: 3 }),
      late: fc.constantFrom(0, 0, 0, 1, 2),
      isCutByHand: fc.boolean(),
      isDown: often(2),
      isReplaced: often(3),
      isVoted: often(4),
      readers: fc.array(readerDay, { minLength: readers, maxLength: readers }),
    }) as fc.Arbitrary<ServiceDay>,
    { minLength: days, maxLength: days },
  );
}
