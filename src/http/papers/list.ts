import { buildCursor, parseCursor } from '../../core/desk/cursor.ts';
import { isDate } from '../../core/search/query-dates.ts';
import type { Hit } from '../../store/papers/search.ts';

/** So many papers stand on a page of a list. */
export const PAGE = 20;

/** Where a page of a list ends, for the address of the next. */
export function writeAfter(list: string, { rank, date, id }: Hit): string {
  return buildCursor(list, [String(rank), date, id]);
}

/** The hit that such a page begins behind; undefined for what is none of this list. */
export function readAfter(list: string, text: string): Hit | undefined {
  const [rank, date, id] = parseCursor(list, text) ?? [];
  const isHit =
    typeof rank === 'string' &&
    /^\d(\.\d+)?(e-\d{1,2})?$/.test(rank) &&
    typeof date === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(date) &&
    isDate(date) &&
    typeof id === 'number';
  return isHit ? { rank: Number(rank), date, id } : undefined;
}
