import type { ItemKind, ItemReason, NewItem } from '../../core/letter/item.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';
import { readTold } from './items.ts';

/** What is to be asked for by its title, under the key that all who were named it have. */
export interface SoughtItem {
  readonly key: string;
  readonly paper: NewItem['paper'];
  readonly tries: number;
}

/** One reader's item of such a key. */
export interface SoughtBy {
  readonly subscriberId: number;
  readonly kind: ItemKind;
  readonly paper: NewItem['paper'];
  readonly reasons: readonly ItemReason[];
}

const isOpen = sql`work is null and paper_id is null`;

/** Papers that were named to readers without an id. */
export function createSoughtItemStore(db: Database) {
  return {
    /** Whether any is to be asked for now. */
    isDue: async (now: Date) =>
      (await findRow(
        db,
        sql`select 1 from public.item where seek_at <= ${now} and ${isOpen} limit 1`,
      )) !== undefined,

    /** Those that are, each once, the longest due first. */
    listDue: async (now: Date, most: number): Promise<SoughtItem[]> => {
      const rows = await db.rows<{
        key: string;
        paper: Parameters<typeof readTold>[0];
        tries: number;
      }>(
        sql`select key, (array_agg(paper order by id))[1] as paper, max(seek_tries) as tries
          from public.item where seek_at <= ${now} and ${isOpen}
          group by key order by min(seek_at), key limit ${most}`,
      );
      return rows.map(({ paper, ...row }) => ({ ...row, paper: readTold(paper) }));
    },

    /** How many were asked for since a time. */
    countAsked: async (since: Date) =>
      (
        await getRow<{ asked: number }>(
          db,
          sql`select count(distinct key)::int as asked from public.item where sought_at > ${since}`,
        )
      ).asked,

    /** Who was named a paper that nothing else is known of. */
    listBy: async (key: string): Promise<SoughtBy[]> => {
      const rows = await db.rows<
        Omit<SoughtBy, 'paper'> & { paper: Parameters<typeof readTold>[0] }
      >(sql`select subscriber_id as "subscriberId", kind, paper, reasons
        from public.item where key = ${key} and ${isOpen} order by id`);
      return rows.map(({ paper, ...row }) => ({ ...row, paper: readTold(paper) }));
    },

    /** Ties all of a key to the ids that a source has for it. */
    recordIds: (key: string, ids: PaperIds, keys: readonly string[]) =>
      db.rows(sql`update public.item set
          paper = jsonb_set(paper, '{ids}', ${json(ids)}::jsonb || coalesce(paper -> 'ids', '{}')),
          keys = array(select distinct k from unnest(keys
            || array(select jsonb_array_elements_text(${json(keys)}::jsonb))) as k)
        where key = ${key} and ${isOpen}`),

    /** Writes down that a source was asked, and when to ask it again; null for never. */
    recordAsked: (key: string, { at, nextAt }: { at: Date; nextAt: Date | null }) =>
      db.rows(sql`update public.item set sought_at = ${at}, seek_tries = seek_tries + 1, seek_at = ${nextAt}
        where key = ${key} and seek_at is not null`),

    /** Asks again later, where a source could not be asked. */
    postpone: (key: string, nextAt: Date) =>
      db.rows(
        sql`update public.item set seek_at = ${nextAt} where key = ${key} and seek_at is not null`,
      ),
  };
}
