import type { ContentColumns } from '../../core/letter/stored-content.ts';
import { type Database, listOf, sql } from '../database.ts';
import { contentColumns, papersOf } from './stored-digests.ts';

/** What one reader was sent already. The same object for all whose history is the same. */
export interface ReaderHistory {
  /** Editions that a delivery in flight, accepted or in doubt covers. */
  readonly covered: readonly number[];
  /** Editions that any delivery of theirs holds or held. */
  readonly offered: readonly number[];
  readonly hasInFlight: boolean;
  /** The next free resend number, by edition. */
  readonly copies: ReadonlyMap<number, number>;
  /** When the last of those that cover something was composed, in milliseconds; 0 where none does. */
  readonly lastCovering: number;
}

/** What was sent to some readers, and what of it still waits. */
export interface Histories {
  readonly bySubscriber: ReadonlyMap<number, ReaderHistory>;
  /** Readers with a delivery that is open. */
  readonly open: ReadonlySet<number>;
}

/** A delivery that may have reached its reader covers its editions; a failed one does not. */
export const isCovering = sql`(v.state in ('accepted', 'in_doubt') or v.in_flight_at is not null
  or v.doubted_at is not null and v.state <> 'failed')`;

/** What readers were sent, and what their messages showed. */
export function historiesOn(db: Database) {
  const listHistory = async (
    subscriberIds: readonly number[],
    since: Date = new Date(0),
  ): Promise<Map<number, ReaderHistory>> => {
    const rows = await db.rows<{ subscriberId: number; told: string }>(sql`
      select v.subscriber_id as "subscriberId",
        string_agg(concat_ws('/', coalesce(v.edition_id, 0), v.resend, ${isCovering},
          round(extract(epoch from v.composed_at) * 1000), array_to_string(v.covers, ',')), ' '
          order by v.id) as told
      from public.delivery v where v.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
        and v.kind in ('digest', 'post') and v.edition_id is not null and v.composed_at >= ${since}
      group by v.subscriber_id`);
    const read = readOnce(new Map());
    return new Map(rows.map(({ subscriberId, told }) => [subscriberId, read(told)]));
  };

  return {
    /** What readers were sent already, by subscriber, of what was composed since a time. */
    listHistory,
    /**
     * The same; their open deliveries, of any age, stay locked to the end of the transaction, so
     * that none can begin its body meanwhile.
     */
    async lockHistory(subscriberIds: readonly number[], since?: Date): Promise<Histories> {
      const open = await db.rows<{ subscriberId: number; isInFlight: boolean }>(sql`
        select subscriber_id as "subscriberId",
          kind in ('digest', 'post') and state = 'sending' and in_flight_at is not null as "isInFlight"
        from public.delivery where subscriber_id = any(${listOf(subscriberIds)}::bigint[])
          and state in ('ready', 'deferred', 'sending') order by id for update`);
      const bySubscriber = await listHistory(subscriberIds, since);
      for (const { subscriberId: id, isInFlight } of open) {
        const history = bySubscriber.get(id) ?? nothing;
        if (isInFlight) bySubscriber.set(id, { ...history, hasInFlight: true });
      }
      return { bySubscriber, open: new Set(open.map(({ subscriberId }) => subscriberId)) };
    },

    /** What messages to these readers, composed since a time, hold. */
    listSent: (subscriberIds: readonly number[], since: Date) =>
      db.rows<ContentColumns & { subscriberId: number }>(sql`
        select v.subscriber_id as "subscriberId", ${contentColumns}
        from public.delivery v join public.digest g on g.delivery_id = v.id
        where v.kind in ('digest', 'post') and ${isCovering} and v.composed_at >= ${since}
          and v.subscriber_id = any(${listOf(subscriberIds)}::bigint[])`),

    /** Which of some papers these readers were sent, in digests that are stored or were pruned, voted on, or keep. */
    listHadPapers: (subscriberIds: readonly number[], paperIds: readonly number[]) =>
      db.rows<{ subscriberId: number; paper: number }>(sql`
        select v.subscriber_id as "subscriberId", c.paper
        from public.delivery v join public.digest g on g.delivery_id = v.id
          cross join lateral unnest(${papersOf}) as c(paper)
        where v.kind in ('digest', 'post') and ${isCovering} and c.paper = any(${listOf(paperIds)}::bigint[])
          and v.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
          and v.covers && array(select p.edition_id from public.paper p
            where p.id = any(${listOf(paperIds)}::bigint[]))
        union select i.subscriber_id, i.paper_id
        from public.item i join public.item_delivery h on h.item_id = i.id
          join public.delivery v on v.id = h.delivery_id
        where ${isCovering} and i.paper_id = any(${listOf(paperIds)}::bigint[])
          and i.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
        union select k.subscriber_id, c.paper
        from public.kept_digest k cross join lateral unnest(k.papers) as c(paper)
        where k.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
          and c.paper = any(${listOf(paperIds)}::bigint[])
        union select o.subscriber_id, o.paper_id
        from (select subscriber_id, paper_id from public.vote
          union all select subscriber_id, paper_id from public.kept) o
        where o.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
          and o.paper_id = any(${listOf(paperIds)}::bigint[])`),
  };
}

const nothing: ReaderHistory = {
  covered: [],
  offered: [],
  hasInFlight: false,
  copies: new Map(),
  lastCovering: 0,
};

function readOnce(known: Map<string, ReaderHistory>): (told: string) => ReaderHistory {
  return (told) => {
    const history = known.get(told) ?? readHistory(told);
    known.set(told, history);
    return history;
  };
}

/** Reads `12/0/t/1772521202000/12,11 …`: edition, resend, whether it covers, when, and what. */
function readHistory(told: string): ReaderHistory {
  const [covered, offered] = [new Set<number>(), new Set<number>()];
  const copies = new Map<number, number>();
  let lastCovering = 0;
  for (const delivery of told.split(' ')) {
    const [edition, resend, covers, composedAt, editions = ''] = delivery.split('/');
    const [id, next] = [Number(edition), Number(resend) + 1];
    copies.set(id, Math.max(copies.get(id) ?? 0, next));
    for (const each of editions.split(',').filter(Boolean).map(Number)) {
      offered.add(each);
      if (covers === 't') covered.add(each);
    }
    if (covers === 't') lastCovering = Math.max(lastCovering, Number(composedAt));
  }
  return {
    covered: [...covered],
    offered: [...offered],
    hasInFlight: false,
    copies,
    lastCovering,
  };
}
