import { momentOf } from '../text/words.ts';
import { nameAnnouncement } from './announcement.ts';
import type { DeliveryKind } from './delivery.ts';

/** A pause as it stands in the way of mail. */
export interface Standstill {
  readonly scope: 'all' | 'notices' | 'items' | 'edition' | 'announcement';
  readonly edition: string | null;
  readonly announcementId: number | null;
  readonly cancels: boolean;
  readonly actor: string;
  readonly reason: string;
  readonly at: Date;
}

/** Its name, by which it is resumed. */
export function nameStandstill({
  scope,
  edition,
  announcementId,
}: Pick<Standstill, 'scope' | 'edition' | 'announcementId'>): string {
  return edition ?? (announcementId === null ? scope : nameAnnouncement(announcementId));
}

/** What keeps mail from going out, by whom and why, and the command that lets it go on. */
export function tellStandstill(standstill: Standstill): string {
  const { scope, cancels, actor, reason, at } = standstill;
  const what = nameStandstill(standstill);
  const subject = subjectOf(standstill);
  const state = cancels ? 'cancelled' : 'paused';
  const verb = scope === 'notices' || scope === 'items' ? 'are' : 'is';
  const since = momentOf(at);
  const why = cancels ? '' : ` (${reason})`;
  return `${subject} ${verb} ${state} since ${since}, by ${actor}${why}; to let it go on: paperround deliveries resume ${what}`;
}

/** What of a letter says which pauses stop it. */
export interface Stoppable {
  readonly kind: DeliveryKind;
  readonly editionId: number | null;
  readonly announcementId: number | null;
}

function subjectOf({ scope, edition, announcementId }: Standstill): string {
  if (edition) return `edition ${edition}`;
  if (announcementId !== null) return `announcement ${announcementId}`;
  if (scope === 'items') return 'digests without an edition';
  return scope === 'all' ? 'all sending' : 'notices';
}

/** Whether a pause keeps a letter from going out: a digest, a notice or an announcement. */
export function stops(
  pause: Pick<Standstill, 'scope' | 'actor' | 'announcementId'> & { editionId: number | null },
  letter: Stoppable,
): boolean {
  const { scope, editionId, announcementId, actor } = pause;
  if (scope === 'all') return true;
  if (scope === 'edition') return editionId === letter.editionId;
  if (scope === 'announcement') return announcementId === letter.announcementId;
  if (scope === 'items') return letter.kind === 'digest' && letter.editionId === null;
  // What somebody asked for just now goes through a breaker's pause.
  return letter.kind === 'notice' && actor !== 'breaker';
}
