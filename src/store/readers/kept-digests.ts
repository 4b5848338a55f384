import type { Author, PaperIds } from '../../core/paper/paper.ts';
import { type Database, json, sql } from '../database.ts';
import { isKept, papersOf as papersIn } from '../ledger/stored-digests.ts';

/** A digest that a reader got, as they may look back on it. */
export interface KeptDigest {
  readonly deliveryId: number;
  readonly edition: string;
  readonly date: string;
  readonly acceptedAt: Date;
  /** The chosen papers, best first. */
  readonly papers: readonly number[];
}

/** A paper as a reader finds it again. */
export interface KeptPaper {
  readonly id: number;
  readonly title: string;
  readonly authors: readonly Author[];
  readonly ids: PaperIds;
  readonly link: string | null;
  readonly publishedAt: Date | null;
  /** What this reader asked for; null where they did not vote. */
  readonly vote: 'more' | 'less' | null;
}

const paperColumns = sql`p.id, p.title, p.authors, p.ids, p.link, p.published_at as "publishedAt"`;

/** What readers were sent, kept past the pruning of deliveries. */
export function createKeptDigestStore(db: Database) {
  const wanted = (ids: readonly number[]) =>
    sql`(select jsonb_array_elements_text(${json(ids)}::jsonb)::bigint)`;
  /** What was kept of old digests, and what stands in those that are not pruned yet. */
  const keptOf = (subscriberId: number) => sql`(
    select k.delivery_id, k.edition_id, k.accepted_at, k.papers
    from public.kept_digest k where k.subscriber_id = ${subscriberId}
    union all select d.id, d.edition_id, d.accepted_at, ${papersIn}
    from public.delivery d join public.digest g on g.delivery_id = d.id
    where d.subscriber_id = ${subscriberId} and ${isKept} and not exists (
      select 1 from public.kept_digest k where k.delivery_id = d.id))`;
  /** Papers that were in a message to this reader, and those they voted on. */
  const ownOf = (subscriberId: number) =>
    sql`(select unnest(k.papers) from ${keptOf(subscriberId)} k
      union select o.paper_id from public.vote o where o.subscriber_id = ${subscriberId})`;
  const papersOf = (subscriberId: number) => sql`select ${paperColumns}, v.way as vote
    from public.paper p left join public.vote v
      on v.paper_id = p.id and v.subscriber_id = ${subscriberId}
    where p.id in ${ownOf(subscriberId)}`;

  return {
    /** Newest first. */
    list: (subscriberId: number, most: number) =>
      db.rows<KeptDigest>(sql`select k.delivery_id as "deliveryId", e.name as edition, e.date,
          k.accepted_at as "acceptedAt", to_jsonb(k.papers) as papers
        from ${keptOf(subscriberId)} k join public.edition e on e.id = k.edition_id
        order by k.accepted_at desc, k.delivery_id desc limit ${most}`),
    /** Of these papers, those that this reader was sent or voted on. */
    listPapers: (subscriberId: number, ids: readonly number[]) =>
      db.rows<KeptPaper>(
        sql`${papersOf(subscriberId)} and p.id in ${wanted(ids)} order by p.id desc`,
      ),
    /** Papers that this reader voted on, the last vote first. */
    listVoted: (subscriberId: number, most: number) =>
      db.rows<KeptPaper>(sql`${papersOf(subscriberId)} and v.way is not null
        order by v.at desc, p.id desc limit ${most}`),
    /** Papers that this reader was sent or voted on and that hold every one of these words, in any case. */
    search: (subscriberId: number, words: readonly string[], most: number) =>
      db.rows<KeptPaper>(sql`${papersOf(subscriberId)} and not exists (
          select 1 from jsonb_array_elements_text(${json(words)}::jsonb) w
          where strpos(lower(p.title || ' ' || p.abstract || ' ' || p.authors::text), lower(w)) = 0)
        order by p.id desc limit ${most}`),
  };
}
