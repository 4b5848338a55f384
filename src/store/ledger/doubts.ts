import { type Database, json, type Sql, sql } from '../database.ts';

/** A delivery of which nobody knows whether it arrived. */
export interface Doubt {
  readonly id: number;
  readonly address: string | null;
  readonly kind: 'digest' | 'notice';
  readonly edition: string | null;
  readonly messageId: string;
  readonly inFlightAt: Date | null;
  readonly lastReply: string | null;
}

/** Deliveries in doubt: held, listed by name, and ended by a decision. */
export function doubtsOn(db: Database) {
  return {
    /** The oldest first. */
    listInDoubt: (page: { afterId: number; most: number } = { afterId: 0, most: 1_000 }) =>
      db.rows<Doubt>(sql`select d.id, d.address, d.kind, e.name as edition,
          d.message_id as "messageId", d.in_flight_at as "inFlightAt", d.last_reply as "lastReply"
        from public.delivery d left join public.edition e on e.id = d.edition_id
        where d.state = 'in_doubt' and d.id > ${page.afterId} order by d.id limit ${page.most}`),

    /** Ends a doubt by what was found out of it: the message arrived, or it never did and covers nothing. */
    recordResolved: (id: number, to: 'accepted' | 'failed', at: Date) =>
      db.transaction(async (tx) => {
        const isAccepted = to === 'accepted';
        const rows = await tx.rows(sql`update public.delivery set state = ${to},
            cause = ${isAccepted ? null : 'permanent'}, accepted_at = ${isAccepted ? at : null},
            ended_at = ${at}, doubted_at = null,
            in_flight_at = case when ${isAccepted} then in_flight_at end
          where id = ${id} and state = 'in_doubt' returning id`);
        if (rows.length > 0 && isAccepted) await keepDigest(tx, id);
        return rows.length > 0;
      }),

    /**
     * Makes ready once more, under the same Message-ID, what is in doubt for the first time
     * and whose sender is proven dead or has let go: its lease is over (or the answer's
     * deadline was its own) and `quietMs` have passed since the mark. Their ids.
     */
    recordTriedAgain: (now: Date, quietMs: number) =>
      db.rows<{ id: number }>(sql`update public.delivery d set state = 'ready', next_at = ${now},
          doubted_at = ${now}, in_flight_at = null, sender_id = null
        where d.state = 'in_doubt' and d.doubted_at is null
          and d.in_flight_at < clock_timestamp() - make_interval(secs => ${quietMs / 1000}::double precision)
        returning d.id`),

    /** Those of these Message-IDs that the ledger has a row for. */
    listKnown: async (messageIds: readonly string[]) =>
      (
        await db.rows<{
          messageId: string;
        }>(sql`select message_id as "messageId" from public.delivery
          where message_id in (select jsonb_array_elements_text(${json(messageIds)}::jsonb))`)
      ).map(({ messageId }) => messageId),
    /** Holds in doubt what a file says was begun and the ledger does not know of; their ids. */
    recordUnanswered: (messageIds: readonly string[], reason: string) =>
      db.rows<{ id: number }>(sql`update public.delivery d set state = 'in_doubt', next_at = null,
          in_flight_at = coalesce(d.in_flight_at, clock_timestamp()), last_reply = ${reason}
        where d.message_id in (select jsonb_array_elements_text(${json(messageIds)}::jsonb))
          and d.state in ('ready', 'deferred', 'sending') returning d.id`),
  };
}

/** Keeps what a reader got for their own eyes, past the pruning of deliveries. */
export async function keepDigest(db: Database, deliveryId: number): Promise<void> {
  await keepWhere(db, sql`d.id = ${deliveryId}`);
}

/** The same for all that are recorded as accepted at one moment. */
export async function keepDigests(db: Database, acceptedAt: Date): Promise<void> {
  await keepWhere(db, sql`d.accepted_at = ${acceptedAt}`);
}

/** The chosen papers of a digest `g`, best first, in either of its forms. */
const papersOf = sql`array(select (c.choice->>'paper')::bigint
      from jsonb_array_elements(g.content->'choices') with ordinality c(choice, place)
    union all select (g.packed::jsonb->>2)::bigint + (c.choice->>0)::bigint
      from jsonb_array_elements(g.packed::jsonb->3) with ordinality c(choice, place))`;

async function keepWhere(db: Database, which: Sql): Promise<void> {
  await db.rows(sql`insert into public.kept_digest
      (delivery_id, subscriber_id, edition_id, accepted_at, papers)
    select d.id, d.subscriber_id, d.edition_id, d.accepted_at,
      ${papersOf}
    from public.delivery d join public.digest g on g.delivery_id = d.id
    where ${which} and d.kind = 'digest' and d.subscriber_id is not null
    on conflict do nothing`);
}
