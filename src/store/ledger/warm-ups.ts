import type { Slowed, WarmUpChange, WarmUpRoom } from '../../core/letter/warm-up.ts';
import { type Database, findRow, getRow, json, sql, textsOf } from '../database.ts';
import { announcedTurnsOn } from './announced-turns.ts';
import { turnsOn } from './warm-up-turns.ts';

/** A warm-up that goes on or is over. */
export interface WarmUpRow {
  readonly id: number;
  /** The stage that its schedules begin on, counted from 1. */
  readonly stage: number;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
}

/** One provider on one date of the cut's zone; what went beside rounds is asked of the ledger. */
export interface WarmUpDayRow extends Omit<WarmUpRoom, 'beside'> {
  readonly provider: string;
  readonly day: string;
  readonly step: number;
  readonly change: WarmUpChange;
  readonly slowedBy: Slowed['sign'] | null;
  readonly slowedCount: number | null;
  readonly slowedOf: number | null;
  /** How many were over the ceiling. */
  readonly waiting: number;
  readonly nextAt: Date;
}

/** What became of a provider's row while some of a round's readers were looked at. */
export type DayChange = Pick<
  WarmUpDayRow,
  'provider' | 'given' | 'outstanding' | 'waiting' | 'nextAt'
>;

const columns = sql`y.provider, y.day, y.step, y.change, y.slowed_by as "slowedBy",
  y.slowed_count as "slowedCount", y.slowed_of as "slowedOf", y.ceiling, y.reserve,
  y.digests as given, y.outstanding, y.waiting, y.next_at as "nextAt"`;
const runColumns = sql`w.id, w.stage, w.started_at as "startedAt", w.started_by as "startedBy",
  w.ended_at as "endedAt"`;
/** Holds for an announced mail that waits for its turn: it has no moment yet. */
const isUnturned = sql`(d.state = 'ready' and d.next_at is null)`;
const domain = sql`lower(substring(d.address from '[^@]+$'))`;
const provider = sql`coalesce(m.provider, ${domain})`;

/** Warm-ups: their days by provider, which provider takes which domain, and turns. */
export function createWarmUpStore(db: Database) {
  return {
    ...turnsOn(db),
    ...announcedTurnsOn(db),
    /** Begins one; false where one goes on. */
    insert: async (run: { stage: number; at: Date; actor: string }) =>
      (await findRow(
        db,
        sql`insert into public.warm_up (stage, started_at, started_by)
          values (${run.stage}, ${run.at}, ${run.actor}) on conflict do nothing returning id`,
      )) !== undefined,
    /** Ends the one that goes on, and lets go the digests and announced mails that it had wait: how many; undefined where none goes on. */
    recordEnd: async (at: Date, actor: string): Promise<number | undefined> => {
      const { isEnded, freed } = await getRow<{ isEnded: boolean; freed: number }>(
        db,
        sql`with ended as (update public.warm_up set ended_at = ${at}, ended_by = ${actor}
            where ended_at is null returning id),
          freed as (update public.delivery d set next_at = ${at},
              reopened_at = case when d.kind = 'announcement' then ${at}::timestamptz else d.reopened_at end
            where d.state = 'ready' and ((d.kind = 'digest' and d.next_at > ${at})
                or (d.kind = 'announcement' and coalesce(d.next_at > ${at}, true)))
              and exists (select 1 from ended) returning 1)
          select exists (select 1 from ended) as "isEnded",
            (select count(*)::int from freed) as freed`,
      );
      return isEnded ? freed : undefined;
    },
    /** The one that goes on, else the last one that ended after a time. */
    find: (since: Date) =>
      findRow<WarmUpRow>(
        db,
        sql`select ${runColumns} from public.warm_up w
          where w.ended_at is null or w.ended_at > ${since} order by w.id desc limit 1`,
      ),
    /** Its schedules are changed by nobody else until the transaction ends. */
    lock: (id: number) =>
      db.rows(sql`select 1 from public.warm_up where id = ${id} for no key update`),

    listDays: (id: number, day: string) =>
      db.rows<WarmUpDayRow>(sql`select ${columns} from public.warm_up_day y
        where y.warm_up_id = ${id} and y.day = ${day} order by y.provider`),
    /** The same; they stay locked to the end of the transaction, so that nobody else takes of their room. */
    lockDays: (id: number, day: string, providers: readonly string[]) =>
      db.rows<WarmUpDayRow>(sql`select ${columns} from public.warm_up_day y
        where y.warm_up_id = ${id} and y.day = ${day}
          and y.provider = any(${textsOf(providers)}::text[])
        order by y.provider for update`),
    /** The last day of each provider before a date. */
    listLastDays: (id: number, day: string) =>
      db.rows<WarmUpDayRow>(sql`select distinct on (y.provider) ${columns}
        from public.warm_up_day y where y.warm_up_id = ${id} and y.day < ${day}
        order by y.provider, y.day desc`),
    /** The newest date that anything was planned for; undefined where none was. */
    findLastDate: async (id: number) =>
      (
        await findRow<{ day: string | null }>(
          db,
          sql`select max(y.day) as day from public.warm_up_day y where y.warm_up_id = ${id}`,
        )
      )?.day ?? undefined,
    insertDays: (id: number, days: readonly WarmUpDayRow[]) =>
      db.rows(sql`insert into public.warm_up_day (warm_up_id, day, provider, step, change,
          slowed_by, slowed_count, slowed_of, ceiling, reserve, digests, outstanding, next_at)
        select ${id}, n.day, n.provider, n.step, n.change, n."slowedBy", n."slowedCount",
          n."slowedOf", n.ceiling, n.reserve, n.given, n.outstanding, n."nextAt"
        from jsonb_to_recordset(${json(days)}::jsonb) as n(day date, provider text, step int,
          change text, "slowedBy" text, "slowedCount" int, "slowedOf" int, ceiling int,
          reserve int, given int, outstanding int, "nextAt" timestamptz)`),
    recordDays: (id: number, day: string, changes: readonly DayChange[]) =>
      db.rows(sql`update public.warm_up_day y set digests = n.given,
          outstanding = n.outstanding, waiting = n.waiting, next_at = n."nextAt"
        from jsonb_to_recordset(${json(changes)}::jsonb) as n(provider text, given int,
          outstanding int, waiting int, "nextAt" timestamptz)
        where y.warm_up_id = ${id} and y.day = ${day} and y.provider = n.provider`),

    /** What went or waits to go beside rounds since a time, by provider; announced mails have turns, and are not among it. */
    countBeside: (since: Date, until: Date | null = null) =>
      db.rows<{ provider: string; count: number }>(sql`
        select ${provider} as provider, count(*)::int as count from public.delivery d
        left join public.warm_up_domain m on m.domain = ${domain}
        where d.round_id is null and d.announcement_id is null and d.address is not null
          and d.kind <> 'post'
          and d.composed_at >= ${since} and (${until}::timestamptz is null or d.composed_at < ${until})
        group by 1`),
    /** Digests of rounds and announced mails with a moment that were made since a time, or before and went since or still wait, by provider. */
    countGiven: (since: Date) =>
      db.rows<{ provider: string; count: number }>(sql`
        with counted as (
          select d.address from public.delivery d
          where d.composed_at >= ${since} and d.round_id is not null and d.kind <> 'post'
          union all
          select d.address from public.delivery d
          where d.composed_at < ${since} and d.round_id is not null and d.kind <> 'post'
            and d.composed_at >= ${since}::timestamptz - interval '7 days'
            and (d.state in ('ready', 'deferred', 'sending') or d.ended_at >= ${since})
          union all
          select d.address from public.delivery d
          where d.composed_at >= ${since}::timestamptz - interval '30 days'
            and d.round_id is null and d.announcement_id is not null and not ${isUnturned}
            and (d.composed_at >= ${since} or d.state in ('ready', 'deferred', 'sending')
              or d.ended_at >= ${since}))
        select ${provider} as provider, count(*)::int as count from counted d
        left join public.warm_up_domain m on m.domain = ${domain}
        where d.address is not null group by 1`),
    /** Addresses that were refused or bounced and complaints that came within a time, by provider. */
    countReturned: (from: Date, to: Date) =>
      db.rows<{ provider: string; bounces: number; complaints: number }>(sql`
        with returned as (
          select d.id, d.address, false as is_complaint from public.delivery d
          where d.ended_at >= ${from} and d.ended_at < ${to}
            and d.state = 'failed' and d.cause = 'permanent' and d.kind <> 'post'
            and d.composed_at >= ${from}::timestamptz - interval '7 days'
          union
          select d.id, d.address, f.kind = 'complaint' from public.feedback f
          join public.delivery d on d.id = f.delivery_id
          where f.at >= ${from} and f.at < ${to} and f.kind in ('hard', 'disabled', 'complaint'))
        select ${provider} as provider,
          (count(*) filter (where not d.is_complaint))::int as bounces,
          (count(*) filter (where d.is_complaint))::int as complaints
        from returned d left join public.warm_up_domain m on m.domain = ${domain}
        where d.address is not null group by 1`),

    /** Domains that a round's open outcomes and what went beside rounds since a time are of. */
    listDomainsOf: (roundId: number, since: Date) =>
      db.rows<{ domain: string; provider: string | null; lookedAt: Date | null }>(sql`
        with addressed as (
          select r.address from public.outcome o
          join public.subscription s on s.id = o.subscription_id
          join public.subscriber r on r.id = s.subscriber_id
          where o.round_id = ${roundId} and o.delivery_id is null and o.exclusion is null
          union all
          select d.address from public.delivery d
          where d.round_id is null and d.composed_at >= ${since} and d.address is not null
            and d.kind <> 'post'),
        named as (select distinct ${domain} as domain from addressed d)
        select n.domain, m.provider, m.looked_at as "lookedAt"
        from named n left join public.warm_up_domain m on m.domain = n.domain`),
    /** Keeps which provider takes whose mail, and forgets what nobody looked up for a month. */
    async recordDomains(
      domains: readonly { domain: string; provider: string }[],
      at: Date,
    ): Promise<void> {
      await db.rows(sql`insert into public.warm_up_domain (domain, provider, looked_at)
        select n.domain, n.provider, ${at}::timestamptz
        from jsonb_to_recordset(${json(domains)}::jsonb) as n(domain text, provider text)
        order by n.domain
        on conflict (domain) do update set provider = excluded.provider, looked_at = excluded.looked_at`);
      await db.rows(sql`delete from public.warm_up_domain
        where looked_at < ${at}::timestamptz - interval '30 days'`);
    },
    /** How many readers wait for their turn now. */
    countWaiting: async () =>
      (
        await db.rows<{ count: number }>(sql`select count(*)::int as count
          from public.warm_up_turn where waits_since is not null`)
      )[0]?.count ?? 0,
    /** A domain's provider, where it was looked up. */
    findProvider: async (name: string) =>
      (
        await findRow<{ provider: string }>(
          db,
          sql`select m.provider from public.warm_up_domain m where m.domain = ${name}`,
        )
      )?.provider,
    /** A provider's row of a date, of any warm-up. */
    findDay: (name: string, day: string) =>
      findRow<WarmUpDayRow>(
        db,
        sql`select ${columns} from public.warm_up_day y
          where y.provider = ${name} and y.day = ${day} order by y.warm_up_id desc limit 1`,
      ),
  };
}
