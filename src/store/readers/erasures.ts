import { type Database, sql } from '../database.ts';
import { isTo, listReadersAt } from '../ledger/addressees.ts';
import { raiseShown } from '../papers/shown.ts';
import { eraseFromCircles } from './circle-endings.ts';

/** Takes persons out of what must stay counted. */
export function createErasureStore(db: Database) {
  /** Deliveries keep their state and times; who they went to, what was in them and what a server said of them goes. */
  const forget = async (ids: readonly number[]) => {
    const which = sql`d.id = any(${ids}::bigint[])`;
    await db.rows(sql`update public.delivery d set state = 'failed', cause = 'cancelled',
        ended_at = coalesce(d.ended_at, clock_timestamp()), next_at = null
      where ${which} and (d.state in ('ready', 'deferred')
        or (d.state = 'sending' and d.in_flight_at is null))`);
    await db.rows(sql`delete from public.digest g using public.delivery d
      where g.delivery_id = d.id and ${which}`);
    await db.rows(sql`delete from public.confirmation c using public.delivery d
      where c.delivery_id = d.id and ${which}`);
    await db.rows(sql`update public.attempt a set reply = null
      from public.delivery d where a.delivery_id = d.id and ${which}`);
    await db.rows(sql`update public.inbound i set raw = '', mail_from = null, rcpt_to = '[]',
        sender = null, subject = null, reason = null
      from public.delivery d where d.id = i.delivery_id and ${which}`);
    await db.rows(sql`update public.feedback f set address_hash = '', text = null
      from public.delivery d where d.id = f.delivery_id and ${which}`);
    await db.rows(sql`update public.delivery d set address = null, address_hash = '',
        last_reply = null, notice_key = case when d.notice_key is null then null
          else 'erased-' || d.id end
      where ${which}`);
  };

  return {
    /**
     * Erases a subscriber with all that hangs on them, in the caller's transaction. What
     * stays: counts, and a suppression's keyed hash.
     */
    async eraseSubscriber(subscriberId: number, addressHash: string): Promise<void> {
      const readers = await listReadersAt(db, addressHash);
      const deliveries = await db.rows<{ id: number }>(sql`select d.id from public.delivery d
        where d.subscriber_id = ${subscriberId} or ${isTo(addressHash, readers)}`);
      await forget(deliveries.map(({ id }) => id));
      // A frozen round keeps its candidates and says how many of them are gone; an open one has fewer.
      await db.rows(sql`with gone as (
          select o.round_id, count(*)::int as count from public.outcome o
          join public.subscription s on s.id = o.subscription_id
          where s.subscriber_id = ${subscriberId} group by o.round_id)
        update public.round r set
          erased = r.erased + case when r.frozen_at is null then 0 else g.count end,
          candidates = r.candidates - case when r.frozen_at is null then g.count else 0 end
        from gone g where r.id = g.round_id`);
      await db.rows(sql`update public.inbound set raw = '', mail_from = null, rcpt_to = '[]',
          sender = null, subject = null, reason = null
        where subscriber_id = ${subscriberId}`);
      await db.rows(sql`update public.feedback set address_hash = '', text = null
        where address_hash = ${addressHash}`);
      // The server's words name the address.
      await db.rows(sql`update public.suppression set note = null
        where address_hash = ${addressHash} and reason = 'bounce'`);
      await db.rows(sql`delete from public.circle_guest where address_hash = ${addressHash}`);
      // What they said in circles goes with them, also from letters that others got.
      await eraseFromCircles(db, subscriberId);
      // What they proposed goes with them, from the page for everybody too.
      const proposed = await db.rows(sql`delete from public.proposal
        where subscriber_id = ${subscriberId} returning id`);
      if (proposed.length > 0) await db.rows(raiseShown);
      await db.rows(sql`delete from public.subscriber where id = ${subscriberId}`);
      // Their votes are gone with them.
      await db.rows(raiseShown);
    },
  };
}
