import type { StoredPaper } from '../../core/edition/cut.ts';
import type { KeyedPaper } from '../../core/paper/amendment.ts';
import type { AmendmentKind } from '../../core/paper/kinds.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';
import { columns, type PaperRow, toPaper } from './paper-row.ts';
import { type Arrival, findSamePaper, type PaperPlace, upsertPapers } from './paper-upsert.ts';
import { raiseShown } from './shown.ts';

/** What a later text said of a paper, and when it was seen. */
export interface NewAmendment {
  readonly kind: AmendmentKind;
  readonly title: string;
  readonly link?: string;
  readonly at: Date;
}

/** A paper that a correction or a retraction is about, with what that said and where. */
export interface AmendedRow {
  readonly id: number;
  readonly title: string;
  readonly link: string | null;
  readonly kind: AmendmentKind;
  readonly said: string;
  readonly saidAt: string | null;
  readonly amendedAt: Date;
}

/** Papers under their canonical keys. */
export function createPaperStore(db: Database) {
  return {
    /**
     * Stores papers in an edition, or joins them to the known papers that they are (see
     * `joinPapers`); one arrival a paper, in their order. Callers hold a transaction with
     * the draft's row locked, so that one paper cannot arrive twice at once.
     */
    upsert: (papers: readonly Paper[], place: PaperPlace): Promise<Arrival[]> =>
      upsertPapers(db, papers, place),

    /** All papers of an edition, in the order they came. */
    async listOfEdition(editionId: number): Promise<StoredPaper[]> {
      const rows = await db.rows<PaperRow>(
        sql`select ${columns} from public.paper p where p.edition_id = ${editionId} order by p.id`,
      );
      return rows.map(toPaper);
    },

    /** The beginnings of the newest papers, the newest first, to learn from. */
    listNewestTexts: async (most: number, characters: number): Promise<string[]> =>
      (
        await db.rows<{
          text: string;
        }>(sql`select p.title || '. ' || left(p.abstract, ${characters}) as text
          from public.paper p order by p.id desc limit ${most}`)
      ).map(({ text }) => text),

    /** The texts of some of the newest papers, without regard to what they are about. */
    listSome: (most: number, newest: number) =>
      db.rows<Pick<StoredPaper, 'title' | 'abstract'>>(sql`select title, abstract
        from public.paper where id in (
          select id from (select id from public.paper order by id desc limit ${newest}) n
          order by md5(id::text), id limit ${most})
        order by id`),

    /** Papers by their ids, in no order. */
    async listByIds(ids: readonly number[]): Promise<StoredPaper[]> {
      const rows = await db.rows<PaperRow>(sql`select ${columns} from public.paper p
        where p.id in (select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`);
      return rows.map(toPaper);
    },

    /** Papers under some keys, once for each key that they are under. */
    listByKeys: (keys: readonly string[]) =>
      db.rows<KeyedPaper>(sql`select k.key, p.id, p.kind
        from public.paper_key k join public.paper p on p.id = k.paper_id
        where k.key in (select jsonb_array_elements_text(${json(keys)}::jsonb))`),

    /** The known paper that this one is; undefined where it is new. */
    findSame: (paper: Paper) => findSamePaper(db, paper),

    /** Papers of which a correction or a retraction was seen since a time, the newest first. */
    listAmended: (since: Date, most: number) =>
      db.rows<AmendedRow>(sql`select p.id, p.title, p.link, p.amended_kind as kind,
          p.amended_title as said, p.amended_link as "saidAt", p.amended_at as "amendedAt"
        from public.paper p where p.amended_at >= ${since}
        order by p.amended_at desc, p.id desc limit ${most}`),

    /** Keeps the first correction of a paper, and the first retraction in its place. */
    async recordAmendment(id: number, amendment: NewAmendment): Promise<void> {
      const changed = await db.rows(sql`update public.paper set amended_kind = ${amendment.kind},
          amended_at = ${amendment.at}, amended_title = ${amendment.title},
          amended_link = ${amendment.link ?? null}
        where id = ${id} and kind not in ('correction', 'retraction') and (amended_kind is null
          or (amended_kind = 'correction' and ${amendment.kind} = 'retraction'))
        returning id`);
      if (changed.length > 0) await db.rows(raiseShown);
    },

    /** The retraction that a feed brought of a paper under any of some keys. */
    findRetraction: (keys: readonly string[]) =>
      findRow<{ readonly title: string }>(
        db,
        sql`select p.amended_title as title from public.paper p
          join public.paper_key k on k.paper_id = p.id
          where k.key in (select jsonb_array_elements_text(${json(keys)}::jsonb))
            and p.amended_kind = 'retraction' limit 1`,
      ),

    countOfEdition: async (editionId: number) =>
      (
        await getRow<{ papers: number }>(
          db,
          sql`select count(*)::int as papers from public.paper where edition_id = ${editionId}`,
        )
      ).papers,

    /** Moves what was first seen since a moment from one edition to another. */
    moveSince: (editionId: number, draftId: number, since: Date) =>
      db.rows(sql`update public.paper set edition_id = ${draftId}
        where edition_id = ${editionId} and first_seen_at >= ${since}`),
    /** Deletes the papers that only the sample brought; those known otherwise join `draftId`. */
    async removeSample(draftId: number): Promise<number> {
      await db.rows(sql`update public.paper set edition_id = ${draftId}
        where not is_sample and edition_id in (select id from public.edition where is_sample)`);
      const gone = await db.rows(sql`delete from public.paper where is_sample returning id`);
      return gone.length;
    },
  };
}
