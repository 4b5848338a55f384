import { MOST_COUNTED } from '../../core/desk/counted.ts';
import type { ReaderStanding } from '../../core/reader/standing.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import { type Database, getRow, sql, textsOf } from '../database.ts';
import { columns, joined, type SubscriptionRow } from './subscription-row.ts';
import { readWishesRow } from './wishes-row.ts';

/** Which readers: those whose address has some letters in it, whatever their case, and who stand so. */
export interface ReaderFilter {
  readonly part: string;
  readonly standing: ReaderStanding | null;
  readonly now: Date;
}

/** A reader with how they stand to the mail. */
export type StandingReader = Subscription & { readonly standing: ReaderStanding };

/**
 * Readers by how they stand to the mail, as far as the hashes of their addresses are recorded: by
 * these a suppression is known.
 */
export function createStandingStore(db: Database) {
  const standingAt = (now: Date) => sql`case
    when exists (select 1 from public.suppression p where p.address_hash = r.address_hash)
      then 'suppressed'
    when s.state = 'ended' then 'left' when s.state = 'pending' then 'waiting'
    when s.paused_until > ${now} then 'paused' else 'active' end`;
  const isReader = sql`s.state <> 'posting'`;
  const isAsked = ({ part, standing, now }: ReaderFilter) => sql`${isReader}
    and (${part} = '' or position(${part.toLowerCase()} in r.address_key) > 0)
    and (${standing}::text is null or ${standingAt(now)} = ${standing})`;

  return {
    /** In the order they were made, those after `afterId`. */
    async search(
      filter: ReaderFilter,
      page: { afterId: number; most: number },
    ): Promise<StandingReader[]> {
      const rows = await db.rows<SubscriptionRow & { standing: ReaderStanding }>(sql`
        select ${columns}, ${standingAt(filter.now)} as standing from ${joined}
        where s.id > ${page.afterId} and ${isAsked(filter)} order by s.id limit ${page.most}`);
      return rows.map(readWishesRow);
    },
    /** How many there are of them; counting stops one beyond `MOST_COUNTED`. */
    countFound: async (filter: ReaderFilter) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from (
            select 1 from ${joined} where ${isAsked(filter)} limit ${MOST_COUNTED + 1}) f`,
        )
      ).count,
    /** How many readers stand how. */
    countAll: (now: Date) =>
      db.rows<{ standing: ReaderStanding; count: number }>(sql`
        select standing, count(*)::int as count
        from (select ${standingAt(now)} as standing from ${joined} where ${isReader}) f group by standing`),
    /** How many are subscribed now, paused and suppressed ones among them. */
    countSubscribed: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.subscription where state = 'active'`,
        )
      ).count,
    /**
     * How many came and left between moments, by the number of the moment before, from 1. One look at
     * each reader, however many days are asked for.
     */
    countBetween: (moments: readonly Date[]) => {
      const bounds = sql`${textsOf(moments.map((at) => at.toISOString()))}::timestamptz[]`;
      const first = moments[0] ?? new Date(0);
      return db.rows<{ place: number; came: number; left: number }>(sql`
        select place, (count(*) filter (where is_coming))::int as came,
          (count(*) filter (where not is_coming))::int as left
        from (
          select width_bucket(confirmed_at, ${bounds}) as place, true as is_coming
            from public.subscription where confirmed_at >= ${first} and state = 'active'
          union all
          select width_bucket(ended_at, ${bounds}), false
            from public.subscription where ended_at >= ${first} and state = 'ended') f
        group by place order by place`);
    },
  };
}
