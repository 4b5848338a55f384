import type { MadeAt } from '../../core/desk/days.ts';
import { type Database, sql } from '../database.ts';

const sums = sql`(count(*) filter (where d.state = 'failed'))::int as failed,
  (count(*) filter (where d.state = 'in_doubt'))::int as "inDoubt",
  (count(*) filter (where d.state in ('ready', 'sending', 'deferred')))::int as open`;

/** When digests were made, and what became of them. */
export function madeOn(db: Database) {
  return {
    /**
     * Digests since a time: each round by the number that it froze with, and what of it was not
     * accepted, which is little; then those without a round, such as second copies.
     */
    listMade: (since: Date) =>
      db.rows<MadeAt>(sql`
        select r.opened_at as at, coalesce(r.deliveries, 0) as made, s.*
        from public.round r cross join lateral (select ${sums} from public.delivery d
          where d.round_id = r.id
            and d.state in ('failed', 'in_doubt', 'ready', 'sending', 'deferred')) s
        where r.opened_at >= ${since} and not r.is_of_channels
        union all
        select d.composed_at, count(*)::int, ${sums} from public.delivery d
        where d.round_id is null and d.kind = 'digest' and d.composed_at >= ${since}
        group by d.composed_at`),
  };
}
