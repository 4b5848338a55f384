import { type PackedTaste, packTaste, unpackTaste } from '../../core/ranking/packed-taste.ts';
import type { Example, Taste } from '../../core/ranking/taste.ts';
import type { TasteWords } from '../../core/ranking/taste-words.ts';
import { type Database, findRow, json, listOf, type Sql, sql } from '../database.ts';

export type Way = 'more' | 'less';

/** A taste, and what its reader is told of it. */
export interface LearnedTaste {
  readonly taste: Taste;
  readonly words: TasteWords;
}

/** Votes of readers on papers, one each, and the taste that was learned from them. */
export function createVoteStore(db: Database) {
  const changes = async (change: Sql) => (await db.rows(change)).length > 0;

  return {
    /** Lets one learn at a time of a reader; false where there is no such reader any more. */
    lockReader: async (subscriberId: number): Promise<boolean> =>
      (
        await db.rows(
          sql`select id from public.subscriber where id = ${subscriberId} for no key update`,
        )
      ).length > 0,
    /** Records a vote; another way on the same paper takes the place of the first. False where it was there. */
    upsert: (vote: { subscriberId: number; paperId: number; way: Way; at: Date }) =>
      changes(sql`insert into public.vote as v (subscriber_id, paper_id, way, at)
        values (${vote.subscriberId}, ${vote.paperId}, ${vote.way}, ${vote.at})
        on conflict (subscriber_id, paper_id) do update set way = excluded.way, at = excluded.at
          where v.way <> excluded.way
        returning 1`),
    /** False where there was none. */
    remove: (vote: { subscriberId: number; paperId: number }) =>
      changes(sql`delete from public.vote
        where subscriber_id = ${vote.subscriberId} and paper_id = ${vote.paperId} returning 1`),
    /** False where there was none. */
    clear: (subscriberId: number) =>
      changes(sql`delete from public.vote where subscriber_id = ${subscriberId} returning 1`),
    /** A reader's votes with the papers' texts, newest first. */
    listExamples: (subscriberId: number) =>
      db.rows<Example & { paperId: number }>(sql`select v.paper_id as "paperId", v.way as kind,
          p.title, p.abstract, v.at
        from public.vote v join public.paper p on p.id = v.paper_id
        where v.subscriber_id = ${subscriberId} order by v.at desc, v.paper_id`),
    /**
     * Votes for more on papers of some editions, by those readers, at most so many, who come first
     * in an order that says nothing of them.
     */
    listLiked: (editionIds: readonly number[], readers: number) =>
      db.rows<{ subscriberId: number; editionId: number; paperId: number }>(sql`
        select subscriber_id as "subscriberId", edition_id as "editionId", paper_id as "paperId"
        from (select v.subscriber_id, e.edition_id, v.paper_id,
            dense_rank() over (order by md5(v.subscriber_id::text), v.subscriber_id) as turn
          from public.vote v join public.edition_paper e on e.paper_id = v.paper_id
          where v.way = 'more' and e.same_as is null
            and e.edition_id = any(${listOf(editionIds)}::bigint[])) v
        where turn <= ${readers} order by turn, edition_id, paper_id`),
    /** Votes for more less those for less, by paper; papers without a vote are absent. */
    async countByPaper(paperIds: readonly number[]): Promise<Map<number, number>> {
      const rows = await db.rows<{ id: number; votes: number }>(sql`select paper_id as id,
          sum(case way when 'more' then 1 else -1 end)::int as votes from public.vote
        where paper_id in (select jsonb_array_elements_text(${json(paperIds)}::jsonb)::bigint)
        group by paper_id`);
      return new Map(rows.map(({ id, votes }) => [id, votes]));
    },
    /** Writes what was learned of a reader, and in words; nothing learned removes it. */
    recordTaste: (subscriberId: number, learned: LearnedTaste | undefined, at: Date) =>
      db.rows(
        learned
          ? sql`insert into public.taste (subscriber_id, content, learned_at, words, described_at)
              values (${subscriberId}, ${json(packTaste(learned.taste))}, ${at},
                ${json(learned.words)}, ${at})
              on conflict (subscriber_id) do update set content = excluded.content,
                learned_at = excluded.learned_at, words = excluded.words,
                described_at = excluded.described_at`
          : sql`delete from public.taste where subscriber_id = ${subscriberId}`,
      ),
    /** A reader's taste in words: null where it was learned without them, undefined where there is none. */
    async findWords(subscriberId: number): Promise<TasteWords | null | undefined> {
      const row = await findRow<{ words: TasteWords | null }>(
        db,
        sql`select case when described_at = learned_at then words end as words
          from public.taste where subscriber_id = ${subscriberId}`,
      );
      return row?.words;
    },
    /** The tastes of some readers, by subscriber, in one query. */
    async listTastes(subscriberIds: readonly number[]): Promise<Map<number, Taste>> {
      // Taken apart by the server: whole, its quotes are escaped there and JSON is read here.
      const rows = await db.rows<PackedTaste & { id: number }>(sql`
        select t.subscriber_id as id, c.* from public.taste t,
          jsonb_to_record(t.content) as c(terms text, library text, more text, less text,
            holders jsonb, votes jsonb, examples int, "hasLibrary" boolean)
        where t.subscriber_id = any(${listOf(subscriberIds)}::bigint[])`);
      return new Map(rows.map(({ id, ...packed }) => [id, unpackTaste(packed)]));
    },
  };
}
