import { momentOf } from '../text/words.ts';

/** A pause as it stands in the way of mail. */
export interface Standstill {
  readonly scope: 'all' | 'notices' | 'edition';
  readonly edition: string | null;
  readonly cancels: boolean;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** What keeps mail from going out, by whom and why, and the command that lets it go on. */
export function tellStandstill({ scope, edition, cancels, actor, reason, at }: Standstill): string {
  const what = edition ?? scope;
  const subject = edition ? `edition ${edition}` : scope === 'all' ? 'all sending' : 'notices';
  const state = cancels ? 'cancelled' : 'paused';
  const verb = scope === 'notices' ? 'are' : 'is';
  const since = momentOf(at);
  const why = cancels ? '' : ` (${reason})`;
  return `${subject} ${verb} ${state} since ${since}, by ${actor}${why}; to let it go on: paperround deliveries resume ${what}`;
}

/** Whether a pause keeps a letter from going out: of an edition, or a notice. */
export function stops(
  { scope, editionId, actor }: Pick<Standstill, 'scope' | 'actor'> & { editionId: number | null },
  letter: { editionId: number | null; kind: 'digest' | 'notice' },
): boolean {
  if (scope === 'all') return true;
  if (scope === 'edition') return editionId === letter.editionId;
  // What somebody asked for just now goes through a breaker's pause.
  return letter.kind === 'notice' && actor !== 'breaker';
}
