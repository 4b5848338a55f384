import type { SuppressionReason } from '../../core/reader/sign-up.ts';
import { type Database, json, sql } from '../database.ts';

/** A suppression as it is listed. */
export interface ListedSuppression {
  readonly hash: string;
  readonly reason: SuppressionReason;
  readonly note: string | null;
  readonly at: Date;
  readonly deliveryId: number | null;
  /** Of the subscriber who has this address, as far as its hash was recorded. */
  readonly address: string | null;
  readonly subscriptionId: number | null;
}

/** Standing orders not to mail an address, known by its keyed hash alone. */
export function createSuppressionStore(db: Database) {
  return {
    /** The newest first, of one reason or of all; at `before` itself, those whose hash comes after `past`. */
    list: (page: { reason: SuppressionReason | null; most: number; before: Date; past?: string }) =>
      db.rows<ListedSuppression>(sql`select p.address_hash as hash, p.reason, p.note, p.at,
          p.delivery_id as "deliveryId", r.address, s.id as "subscriptionId"
        from public.suppression p
        left join public.subscriber r on r.address_hash = p.address_hash
        left join public.subscription s on s.subscriber_id = r.id
        where (${page.reason}::text is null or p.reason = ${page.reason})
          and p.at <= ${page.before}
          and (p.at < ${page.before} or p.address_hash > ${page.past ?? null})
        order by p.at desc, p.address_hash limit ${page.most}`),
    /** Suppresses an address that bounced; false where it was suppressed before. */
    insertBounced: async (bounced: {
      addressHash: string;
      note: string | null;
      at: Date;
      deliveryId: number;
    }) =>
      (
        await db.rows(sql`insert into public.suppression (address_hash, reason, note, at, delivery_id)
        values (${bounced.addressHash}, 'bounce', ${bounced.note}, ${bounced.at},
          ${bounced.deliveryId})
        on conflict (address_hash) do nothing returning 1`)
      ).length > 0,
    /** Keeps as suppressed who left elsewhere, but for who is a subscriber here; how many are new. */
    insertLeftElsewhere: async (
      people: readonly { readonly key: string; readonly hash: string }[],
      { note, importId, at }: { note: string; importId: number; at: Date },
    ) =>
      (
        await db.rows(sql`
          insert into public.suppression (address_hash, reason, note, at, import_id)
          select g.hash, 'left_elsewhere', ${note}, ${at}, ${importId}
          from jsonb_to_recordset(${json(people)}::jsonb) as g(key text, hash text)
          where not exists (select 1 from public.subscriber r where r.address_key = g.key)
          on conflict (address_hash) do nothing returning 1`)
      ).length,
    /** Takes back those of one import; how many there were. */
    removeOfImport: async (importId: number) =>
      (
        await db.rows(sql`delete from public.suppression
          where import_id = ${importId} and reason = 'left_elsewhere' returning 1`)
      ).length,
    /** Takes it back, and the bounces that led to it out of the score; false where there is none. */
    async remove(addressHash: string): Promise<boolean> {
      const removed = await db.rows(sql`delete from public.suppression
        where address_hash = ${addressHash} returning address_hash`);
      if (removed.length === 0) return false;
      await db.rows(sql`update public.feedback set counts = false
        where address_hash = ${addressHash}`);
      return true;
    },
  };
}
