/**
 * Who may be taken over from a file. No consent is invented: a row that says when they
 * confirmed is taken with that date; one that does not is refused, asked by mail or taken by
 * the operator's word, as the operator chose. Nobody who is known already is touched: not who
 * left, not who is suppressed, not who waits.
 */
import type { ImportRow } from './import-row.ts';
import type { SubscriptionState } from './subscription.ts';

/** What becomes of rows without a date of confirmation. */
export const unconfirmedChoices = {
  refuse: 'refuse them',
  ask: 'ask each by mail, and mail nothing else before they confirm',
  trust: 'take them: I know that each of them agreed',
} as const;

export type UnconfirmedChoice = keyof typeof unconfirmedChoices;

/** Why a row is refused, as counted; the words are for whoever reads the report. */
export const refusals = {
  faulty: 'cannot be read',
  twice: 'in the file twice',
  suppressed: 'suppressed',
  left: 'left, and only they themselves can come back',
  subscribed: 'subscribed already',
  waiting: 'asked already, and not confirmed yet',
  unconfirmed: 'no date of confirmation',
} as const;

export type RefusalKind = keyof typeof refusals;

export interface ImportRefusal {
  readonly kind: RefusalKind;
  /** What was wrong with this row, in words. */
  readonly reason: string;
}

/** What is known of the address of a row. */
export interface KnownReader {
  readonly state: SubscriptionState | undefined;
  readonly isSuppressed: boolean;
  /** Whether a line of the file says that they left. */
  readonly hasLeft: boolean;
  /** The line of the file that had the address first. */
  readonly firstLine: number | undefined;
}

/** Taken as active, with when they confirmed; asked by mail; or refused. */
export type ImportFate =
  | { readonly take: 'active'; readonly confirmedAt: Date | null }
  | { readonly take: 'ask' }
  | ImportRefusal;

const LEFT_THERE = 'the file says that they left';

/** Whether somebody is to be kept as one who left elsewhere: a file says so, and nobody here knows them. */
export function leftElsewhere(fate: ImportFate, { state }: KnownReader): boolean {
  return 'kind' in fate && fate.kind === 'left' && state === undefined;
}

/** Decides what becomes of one row. */
export function decideImport(
  row: ImportRow,
  known: KnownReader,
  unconfirmed: UnconfirmedChoice,
): ImportFate {
  const refuse = (kind: RefusalKind, reason: string) => ({ kind, reason });
  if (known.firstLine !== undefined) {
    return refuse('twice', `the address stands in line ${known.firstLine} already`);
  }
  if (known.isSuppressed) return refuse('suppressed', 'the address is suppressed');
  if (known.state === 'ended') return refuse('left', 'they left: only they can come back');
  if (known.state === 'active') return refuse('subscribed', 'they are subscribed already');
  if (row.hasLeft) return refuse('left', LEFT_THERE);
  if (known.hasLeft) return refuse('left', 'another line of the file says that they left');
  if (known.state === 'pending') return refuse('waiting', 'they were asked already');
  if (row.confirmedAt) return { take: 'active', confirmedAt: row.confirmedAt };
  if (unconfirmed === 'ask') return { take: 'ask' };
  if (row.isWaiting) return refuse('unconfirmed', 'the file says that they never confirmed');
  if (unconfirmed === 'trust') return { take: 'active', confirmedAt: row.joinedAt };
  return refuse('unconfirmed', 'confirmed_at is empty: nothing says when they agreed');
}

/** What is kept with the consent of an imported row: not the reader's words, and it says so. */
export function importedConsentText(source: string, unconfirmed: UnconfirmedChoice): string {
  const trust = unconfirmed === 'trust' ? ' The operator answers for those without a date.' : '';
  return `(Imported from a file. Where it comes from, in the operator's words: ${source}.${trust})`;
}

const SHORTEST_SOURCE = 10;
const LONGEST_SOURCE = 500;

/** What is wrong with an operator's words about where a file comes from; undefined where nothing is. */
export function findSourceFault(source: string): string | undefined {
  const { length } = source.trim();
  if (length >= SHORTEST_SOURCE && length <= LONGEST_SOURCE) return undefined;
  return `The source must say, in ${SHORTEST_SOURCE} to ${LONGEST_SOURCE} characters, where the file comes from and to what its people agreed.`;
}
