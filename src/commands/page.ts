import { z } from 'zod';
import { tellCount } from '../core/desk/counted.ts';
import { buildCursor, type Place, parseCursor } from '../core/desk/cursor.ts';

/** How many rows one page of a list has, at most. */
export const LARGEST_PAGE = 1000;

const size = `must be from 1 to ${LARGEST_PAGE}`;
const notNext = 'must be the "next" of an earlier answer of this list';

/** A row's id, by which the CLI goes on. */
export const rowId = z.number('must be a whole number').int('must be a whole number').min(0);

/**
 * What every list that is paged takes: how many rows, and where to go on. A cursor is the place
 * of the last row that was seen, so that rows which arrive meanwhile move nothing; it is the row's
 * id unless `isPlace` knows better.
 */
export function pageArgs(list: string, isPlace: (place: Place) => boolean = isRow) {
  return {
    limit: z
      .number('must be a whole number')
      .int('must be a whole number')
      .min(1, size)
      .max(LARGEST_PAGE, size)
      .default(100)
      .describe('How many rows at most.'),
    cursor: z
      .string()
      .max(500, notNext)
      .transform((text, context): Place => {
        const place = parseCursor(list, text);
        if (place && isPlace(place)) return place;
        context.addIssue({ code: 'custom', message: notNext });
        return [];
      })
      .optional()
      .describe('Where to go on: the `next` of the page before.'),
  };
}

function isRow([id, ...rest]: Place): boolean {
  return typeof id === 'number' && id >= 0 && rest.length === 0;
}

/** A page of a list: `next` is absent on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('The cursor of the next page; absent on the last.'),
  });
}

/** What stands under a page that is not the last, so that no list ends in silence: how many of how many, and how to go on. */
export function tellMore(
  { items, next }: { items: readonly unknown[]; next?: string },
  total?: number,
): string[] {
  if (next === undefined) return [];
  const shown = items.length.toLocaleString('en');
  const of =
    total === undefined ? `${shown} shown, and there are more` : `${shown} of ${tellCount(total)}`;
  return ['', `${of}; go on with --cursor ${next}`];
}

/** The id that a cursor of a list by ids speaks of, else the one that was named. */
export function idAt(cursor: Place | undefined, named: number | undefined): number | undefined {
  const [id] = cursor ?? [];
  return typeof id === 'number' ? id : named;
}

/**
 * Makes a page of rows of which one more was asked for than are shown. Where looking ended before
 * there were enough, the page goes on from there.
 */
export function cutPage<Row>(
  rows: readonly Row[],
  {
    list,
    limit,
    placeOf,
    reached,
  }: { list: string; limit: number; placeOf: (row: Row) => Place; reached?: Place | undefined },
): { items: readonly Row[]; next?: string } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const place = rows.length > limit && last !== undefined ? placeOf(last) : reached;
  return place ? { items, next: buildCursor(list, place) } : { items };
}
