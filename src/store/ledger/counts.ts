import { MOST_COUNTED } from '../../core/desk/counted.ts';
import type { DeliveryState, FailureCause } from '../../core/letter/delivery.ts';
import { deliveryStates, failureCauses } from '../../core/letter/delivery-filter.ts';
import { type Database, findRow, getRow, join, type Sql, sql } from '../database.ts';
import {
  announced,
  type ClaimScope,
  firstDue,
  going,
  goingAnnouncements,
  goingEditions,
  isClaimable,
} from './pauses.ts';

/** How many deliveries stand so. */
export interface StateCount {
  readonly state: DeliveryState;
  readonly cause: FailureCause | null;
  readonly count: number;
}

/** How many deliveries there are of a kind. */
export function countsOn(db: Database) {
  const countWhere = (condition: Sql) =>
    db.rows<StateCount>(sql`select state, cause, count(*)::int as count from public.delivery
      where ${condition} group by state, cause order by state, cause`);
  return {
    /** How many may be claimed now; of each edition at most `most` are counted. */
    async countReady(now: Date, most = 1_000_000): Promise<number> {
      const some = (scope: ClaimScope) => sql`select 1 from public.delivery d
        where ${isClaimable(scope, now)} limit ${most}`;
      const { ready } = await getRow<{ ready: number }>(
        db,
        sql`with recursive ${goingEditions}, ${goingAnnouncements}
          select ((select count(*) from ${going} g
              cross join lateral (${some('edition')}) e)
            + (select count(*) from ${announced} n
              cross join lateral (${some('announced')}) w)
            + (select count(*) from (${some('items')}) i)
            + (select count(*) from (${some('held')}) h)
            + (select count(*) from (${some('unheld')}) o))::int as ready`,
      );
      return ready;
    },
    /** Whether anything is on its way or may go out now. */
    hasActive: async (now: Date) =>
      (await findRow(
        db,
        sql`with recursive ${goingEditions}, ${goingAnnouncements},
          due as (${firstDue(now, 'going')})
          select 1 where exists (select 1 from public.delivery where state = 'sending')
            or exists (select 1 from due)`,
      )) !== undefined,
    countByStateOfEdition: (editionId: number) =>
      countWhere(sql`edition_id = ${editionId} and kind <> 'post'`),
    /** What is open of digests without an edition. */
    countByStateOfItems: () =>
      countWhere(sql`kind = 'digest' and edition_id is null and state in ('ready', 'deferred')`),
    countByStateOfRound: (roundId: number) => countWhere(sql`round_id = ${roundId}`),
    /** Deliveries by state, of all; of each kind counting stops one beyond `MOST_COUNTED`. */
    countByState: () => {
      const kinds = deliveryStates.flatMap((state): Sql[] =>
        state === 'failed'
          ? failureCauses.map((cause) => countSome(state, cause))
          : [countSome(state, null)],
      );
      return db.rows<StateCount>(sql`select * from (${join(kinds, ' union all ')}) k
        where count > 0 order by state, cause`);
    },
  };
}

/** Counts one kind edition by edition, so that no others are looked at, until there are enough. */
function countSome(state: DeliveryState, cause: FailureCause | null): Sql {
  const most = MOST_COUNTED + 1;
  const isOne = sql`d.state = ${state} and d.kind <> 'post'
    and ${cause === null ? sql`d.cause is null` : sql`d.cause = ${cause}`}`;
  return sql`select ${state}::text as state, ${cause}::text as cause, count(*)::int as count from (
    select 1 from public.edition e cross join lateral (select 1 from public.delivery d
      where d.edition_id = e.id and ${isOne} limit ${most}) o
    union all
    select 1 from public.delivery d where d.edition_id is null and ${isOne}
    limit ${most}) s`;
}
