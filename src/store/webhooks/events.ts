import {
  type EventRow,
  type EventSource,
  eventSources,
  type Marks,
  type WebhookEvent,
} from '../../core/webhooks/event.ts';
import { type Database, join, json, type Sql, sql } from '../database.ts';

/** Which events: of a choice, behind one place and up to another. */
export interface EventRange {
  readonly events: readonly WebhookEvent[];
  readonly after: Marks;
  readonly upto: Marks;
  /** Of each table, at most. */
  readonly most: number;
}

/** A table that tells events: which, and its rows with what is told of them. */
interface Teller {
  readonly events: readonly WebhookEvent[];
  /** A statement without its bounds, which end with `x.id`. */
  readonly rows: Sql;
}

const ofDelivery = sql`s.id as "subscriptionId", coalesce(d.address, r.address) as address,
  d.id as "deliveryId", e.name as edition`;
const itsReader = sql`left join public.subscription s on s.subscriber_id = d.subscriber_id
  left join public.subscriber r on r.id = d.subscriber_id
  left join public.edition e on e.id = d.edition_id`;

const tellers: Readonly<Record<EventSource, Teller>> = {
  consent: {
    events: ['subscribed', 'confirmed'],
    // What was confirmed as it was written is an operator's word. A file names old days.
    rows: sql`select x.id, v.event,
        case when x.form = 'import' then coalesce(x.reminded_at, x.asked_at) else x.asked_at end as at,
        s.id as "subscriptionId", r.address, null::bigint as "deliveryId", null::text as edition,
        jsonb_build_object('form', x.form) as facts
      from public.consent x join public.subscriber r on r.id = x.subscriber_id
      join public.subscription s on s.subscriber_id = x.subscriber_id
      cross join lateral (values ('subscribed', true), ('confirmed', x.confirmed_at = x.asked_at))
        as v(event, holds)
      where v.holds`,
  },
  audit: {
    events: ['confirmed', 'left'],
    rows: sql`select x.id, v.event, x.at, v.subscription as "subscriptionId", r.address,
        null::bigint as "deliveryId", null::text as edition,
        case when v.event = 'left' then jsonb_build_object('how',
          case when x.action = 'erase' then 'erased' else x.detail->>'how' end) end as facts
      from public.audit x
      cross join lateral (values (
        case x.action when 'confirm' then 'confirmed' else 'left' end,
        substring(x.subject from '^subscription ([0-9]+)$')::bigint)) as v(event, subscription)
      left join public.subscription s on s.id = v.subscription
      left join public.subscriber r on r.id = s.subscriber_id
      where x.action in ('confirm', 'unsubscribe', 'erase') and v.subscription is not null`,
  },
  feedback: {
    events: ['bounced', 'complained'],
    rows: sql`select x.id, v.event, x.at, ${ofDelivery},
        case when v.event = 'bounced' then jsonb_build_object('kind', x.kind,
          'code', coalesce(x.enhanced_code, x.code::text)) end as facts
      from public.feedback x
      cross join lateral (values (case x.kind when 'complaint' then 'complained' else 'bounced' end))
        as v(event)
      left join public.delivery d on d.id = x.delivery_id ${itsReader}
      where true`,
  },
  attempt: {
    events: ['accepted'],
    rows: sql`select x.id, v.event, x.ended_at as at, ${ofDelivery},
        jsonb_build_object('kind', d.kind) as facts
      from public.attempt x cross join lateral (values ('accepted')) as v(event)
      join public.delivery d on d.id = x.delivery_id ${itsReader}
      where x.outcome = 'accepted' and d.kind <> 'post'`,
  },
  noted_event: {
    events: ['cut', 'released', 'delivered'],
    rows: sql`select x.id, x.event, x.at, s.id as "subscriptionId",
        coalesce(d.address, r.address) as address, d.id as "deliveryId",
        coalesce(e.name, o.name) as edition, null::jsonb as facts
      from public.noted_event x cross join lateral (values (x.event)) as v(event)
      left join public.delivery d on d.id = x.delivery_id ${itsReader}
      left join public.edition o on o.id = x.edition_id
      where true`,
  },
};

const newest = join(
  eventSources.map(
    (source) =>
      sql`select ${source}::text as source, coalesce(max(id), 0) as id from ${tableOf(source)}`,
  ),
  ' union all ',
);

/** Events as the tables tell them, and how far each table is known. */
export function createEventStore(db: Database) {
  return {
    /**
     * Looks how far each table is there to be read. An id is given out before its row can be seen, so
     * what was the newest counts once every transaction that had begun then is over: whoever writes
     * these rows has written in the same transaction before, or takes its number before the id.
     */
    recordSeen: () =>
      db.rows(sql`
        insert into public.event_mark as m (source, settled, seen, seen_xid)
        select n.source, 0, n.id, pg_snapshot_xmax(pg_current_snapshot())::text from (${newest}) n
        on conflict (source) do update set
          settled = case when ${isOver} then greatest(m.settled, m.seen) else m.settled end,
          seen = case when ${isOver} then greatest(m.seen, excluded.seen) else excluded.seen end,
          seen_xid = excluded.seen_xid
        where ${isOver} or m.seen_xid::xid8 > excluded.seen_xid::xid8`),
    /** Up to where each table is there to be read; nought where nobody has looked yet. */
    async getSettled(): Promise<Marks> {
      const rows = await db.rows<{ source: EventSource; settled: number }>(
        sql`select source, settled from public.event_mark`,
      );
      return marksOf(rows.map(({ source, settled }) => [source, settled]));
    },
    /** The newest row of each table that can be seen. */
    async getNewest(): Promise<Marks> {
      const rows = await db.rows<{ source: EventSource; id: number }>(newest);
      return marksOf(rows.map(({ source, id }) => [source, id]));
    },
    /** Events of a choice, those of each table in the order of its ids. */
    async list({ events, after, upto, most }: EventRange): Promise<EventRow[]> {
      const found: EventRow[] = [];
      for (const source of eventSources) {
        const wanted = tellers[source].events.filter((event) => events.includes(event));
        if (wanted.length === 0 || after[source] >= upto[source]) continue;
        const rows = await db.rows<Omit<EventRow, 'source'>>(sql`${tellers[source].rows}
          and x.id > ${after[source]} and x.id <= ${upto[source]}
          and v.event in (select jsonb_array_elements_text(${json(wanted)}::jsonb))
          order by x.id limit ${most}`);
        found.push(...rows.map((row) => ({ ...row, source })));
      }
      return found;
    },
    /** Writes that a vendor handed a delivery over; what it said before changes nothing. */
    recordDelivered: (deliveryId: number, at: Date) =>
      db.rows(sql`insert into public.noted_event (event, delivery_id, at)
        values ('delivered', ${deliveryId}, ${at}) on conflict (delivery_id, event) do nothing`),
    /** Forgets what was noted before a time. */
    removeBefore: (at: Date) => db.rows(sql`delete from public.noted_event where at < ${at}`),
  };
}

/** Every transaction that had begun at the last look is over; one of another cluster, after a restore, says nothing. */
const isOver = sql`m.seen_xid::xid8 <= pg_snapshot_xmin(pg_current_snapshot())`;

function tableOf(source: EventSource): Sql {
  const tables: Readonly<Record<EventSource, Sql>> = {
    consent: sql`public.consent`,
    audit: sql`public.audit`,
    feedback: sql`public.feedback`,
    attempt: sql`public.attempt`,
    noted_event: sql`public.noted_event`,
  };
  return tables[source];
}

function marksOf(pairs: readonly (readonly [EventSource, number])[]): Marks {
  const none = eventSources.map((source) => [source, 0] as const);
  return Object.fromEntries([...none, ...pairs]) as Record<EventSource, number>;
}
