import type {
  Edition,
  EditionGroup,
  EditionPaper,
  EditionTexts,
  PlacedPaper,
} from '../../core/edition/edition.ts';
import type { CutEdition } from '../../core/reader/coverage.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';
import { raiseShown } from './shown.ts';

/** A line of a list of editions. */
export interface ShownEdition {
  readonly id: number;
  readonly name: string;
  readonly date: string;
  readonly isSample: boolean;
  readonly paperCount: number;
}

const columns = sql`id, name, date, state, is_sample as "isSample", opened_at as "openedAt",
  cut_due_at as "cutDueAt", cut_at as "cutAt", released_at as "releasedAt",
  passed_because as "passedBecause"`;

/** Editions and what they show. */
export function createEditionStore(db: Database) {
  const listTexts = async (ids: readonly number[]): Promise<EditionTexts[]> => {
    const wanted = sql`(select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`;
    const editions = await db.rows<Edition>(
      sql`select ${columns} from public.edition where id in ${wanted}`,
    );
    const groups = await db.rows<EditionGroup & { editionId: number }>(sql`
      select edition_id as "editionId", number, label, coalesce(to_jsonb(overview), facts) as overview
      from public.edition_group where edition_id in ${wanted} order by edition_id, number`);
    const papers = await db.rows<EditionPaper & { editionId: number }>(sql`
      select edition_id as "editionId", paper_id as "paperId", group_number as "groupNumber",
        title, authors, link, summary, upvotes, pick
      from public.edition_paper where edition_id in ${wanted} and same_as is null
      order by edition_id, position`);
    return editions.map((edition) => ({
      id: edition.id,
      name: edition.name ?? '',
      date: edition.date ?? '',
      isSample: edition.isSample,
      groups: groups.filter(({ editionId }) => editionId === edition.id),
      papers: papers.filter(({ editionId }) => editionId === edition.id),
    }));
  };

  return {
    /** The open draft, locked until the transaction ends; opens one where there is none. */
    async lockDraft(fresh: { at: Date; cutDueAt: Date }): Promise<Edition> {
      for (;;) {
        await db.rows(sql`insert into public.edition (state, opened_at, cut_due_at)
          values ('draft', ${fresh.at}, ${fresh.cutDueAt}) on conflict do nothing`);
        const draft = await findRow<Edition>(
          db,
          sql`select ${columns} from public.edition where state = 'draft' for update`,
        );
        // Whoever held the lock may have cut it: then the next draft is there by now.
        if (draft) return draft;
      }
    },
    findDraft: () =>
      findRow<Edition>(db, sql`select ${columns} from public.edition where state = 'draft'`),
    findByName: (name: string) =>
      findRow<Edition>(db, sql`select ${columns} from public.edition where name = ${name}`),
    find: (id: number) =>
      findRow<Edition>(db, sql`select ${columns} from public.edition where id = ${id}`),
    /** Newest cut first. */
    listCut: (most: number) =>
      db.rows<Edition>(sql`select ${columns} from public.edition
        where cut_at is not null order by cut_at desc, id desc limit ${most}`),
    /** Editions that readers may see, newest first, with their papers after merging. */
    listShown: (most: number) =>
      db.rows<ShownEdition>(sql`select id, name, date, is_sample as "isSample",
          (select count(*)::int from public.edition_paper p
            where p.edition_id = e.id and p.same_as is null) as "paperCount"
        from public.edition e where released_at is not null
        order by cut_at desc, id desc limit ${most}`),
    /** Editions that were closed to new papers but whose texts are not written yet. */
    listUnwritten: () =>
      db.rows<Edition>(sql`select ${columns} from public.edition where state = 'cut' order by id`),
    /** Released editions cut since `since`, newest first. */
    listReleased: (since: Date) =>
      db.rows<CutEdition>(sql`select id, cut_at as "cutAt" from public.edition
        where released_at is not null and cut_at >= ${since} order by cut_at desc, id desc`),
    /** Names and sizes of editions, newest first. */
    listNames: (ids: readonly number[]) =>
      db.rows<{ id: number; name: string; papers: number }>(sql`select id, name,
          (select count(*)::int from public.edition_paper p
            where p.edition_id = e.id and p.same_as is null) as papers
        from public.edition e
        where id in (select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)
        order by cut_at desc, id desc`),
    /** Editions that wait for an operator, the oldest first. */
    listHeld: () =>
      db.rows<CutEdition>(
        sql`select id, cut_at as "cutAt" from public.edition where state = 'held' order by cut_at, id`,
      ),
    /** A held edition goes to the readers; undefined where it is not held (any more). */
    async recordReleased(id: number, at: Date): Promise<Edition | undefined> {
      const edition = await findRow<Edition>(
        db,
        sql`update public.edition set state = 'released', released_at = ${at}
          where id = ${id} and state = 'held' returning ${columns}`,
      );
      if (edition) await db.rows(raiseShown);
      return edition;
    },
    /** A held edition goes to nobody: its papers join `draftId`. Undefined where it is not held (any more). */
    async recordPassed(
      id: number,
      passed: { because: 'refused' | 'unanswered'; draftId: number; at: Date },
    ): Promise<Edition | undefined> {
      const edition = await findRow<Edition>(
        db,
        sql`update public.edition set state = 'closed', closed_at = ${passed.at},
            passed_because = ${passed.because}, passed_to = ${passed.draftId}
          where id = ${id} and state = 'held' returning ${columns}`,
      );
      if (edition) {
        await db.rows(
          sql`update public.paper set edition_id = ${passed.draftId} where edition_id = ${id}`,
        );
      }
      return edition;
    },

    /** An edition that is cut from the start: the sample. */
    insertCut: (edition: { name: string; date: string; isSample: boolean; at: Date }) =>
      getRow<Edition>(
        db,
        sql`insert into public.edition (name, date, state, is_sample, opened_at, cut_at)
          values (${edition.name}, ${edition.date}, 'cut', ${edition.isSample}, ${edition.at}, ${edition.at})
          returning ${columns}`,
      ),
    /** Closes the draft to new papers under the first free name of its date. */
    recordCut: (id: number, cut: { date: string; at: Date }) =>
      getRow<Edition>(
        db,
        sql`update public.edition set state = 'cut', date = ${cut.date}::date, cut_at = ${cut.at},
            name = ${cut.date}::text || coalesce('.' || (select nullif(count(*), 0) + 1
              from public.edition where date = ${cut.date}::date), '')
          where id = ${id} and state = 'draft' returning ${columns}`,
      ),
    recordCutDue: (id: number, at: Date) =>
      db.rows(
        sql`update public.edition set cut_due_at = ${at} where id = ${id} and state = 'draft'`,
      ),
    /** Writes what the edition shows and releases it, or holds it; false where another process already did. */
    async recordTexts(
      id: number,
      texts: {
        groups: readonly EditionGroup[];
        entries: readonly PlacedPaper[];
        /** The space that they were grouped in. */
        space: string;
        isHeld: boolean;
        at: Date;
      },
    ): Promise<boolean> {
      const { isHeld, at } = texts;
      const written = await db.rows(sql`update public.edition set
          state = ${isHeld ? 'held' : 'released'}, space = ${texts.space},
          held_at = ${isHeld ? at : null}, released_at = ${isHeld ? null : at}
        where id = ${id} and state = 'cut' returning id`);
      if (written.length === 0) return false;
      await db.rows(sql`insert into public.edition_group (edition_id, number, label, overview, facts)
        select ${id}, g.number, g.label,
          case when jsonb_typeof(g.overview) = 'string' then g.overview #>> '{}' end,
          case when jsonb_typeof(g.overview) = 'object' then g.overview end
        from jsonb_to_recordset(${json(texts.groups)}::jsonb) as g(number int, label text, overview jsonb)`);
      await db.rows(sql`insert into public.edition_paper
          (edition_id, paper_id, position, group_number, same_as, title, authors, link, summary, upvotes, pick)
        select ${id}, e."paperId", e.position, e."groupNumber", e."sameAs", e.title, e.authors, e.link,
          e.summary, e.upvotes, e.pick
        from jsonb_to_recordset(${json(texts.entries)}::jsonb) as e("paperId" bigint, position int,
          "groupNumber" int, "sameAs" bigint, title text, authors jsonb, link text, summary text,
          upvotes int, pick int)`);
      if (!isHeld) await db.rows(raiseShown);
      return true;
    },
    listTexts,
    findTexts: async (name: string): Promise<EditionTexts | undefined> => {
      const row = await findRow<{ id: number }>(
        db,
        sql`select id from public.edition where name = ${name} and released_at is not null`,
      );
      return row && (await listTexts([row.id]))[0];
    },
    /** Closes released editions none of whose deliveries is open and which no reader can still be due for. */
    recordClosed: (cutBefore: Date, at: Date) =>
      db.rows(sql`update public.edition e set state = 'closed', closed_at = ${at}
        where state = 'released' and cut_at < ${cutBefore} and not exists (
          select 1 from public.delivery d where d.edition_id = e.id
            and d.state in ('ready', 'sending', 'deferred')) returning id`),
    async removeSample(): Promise<void> {
      await db.rows(sql`delete from public.edition where is_sample`);
      await db.rows(raiseShown);
    },
  };
}
