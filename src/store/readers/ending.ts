import { type Sql, sql } from '../database.ts';

/** Ends one subscription that has not ended; the statement takes further conditions and what it returns. */
export const ending = (subscriptionId: number, end: { at: Date; reason: string }): Sql =>
  sql`update public.subscription
    set state = 'ended', ended_at = ${end.at}, end_reason = ${end.reason},
      announcements = case announcements when 'all' then 'service' else announcements end
    where id = ${subscriptionId} and state <> 'ended'`;
