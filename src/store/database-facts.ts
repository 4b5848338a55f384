import type { CountedStanding } from '../core/citations/trouble.ts';
import { MOST_COUNTED } from '../core/desk/counted.ts';
import type { CitationFacts } from '../core/doctor/judge-citations.ts';
import type { SealedCount } from '../core/doctor/judge-sealed.ts';
import type { DatabaseFacts } from '../core/doctor/judge-services.ts';
import { LEAST_KNOWN, type WarmUpFacts } from '../core/doctor/judge-warm-up.ts';
import { momentsOfYear, type ZoneFacts } from '../core/doctor/judge-zones.ts';
import { countedStandings } from './citations/citation-turns.ts';
import { type Database, getRow, sql, textsOf } from './database.ts';
import { assertMigrated } from './migrations.ts';

/**
 * Asks a database for its version, its clock, whether its schema is this version's, and the zones of
 * its readers with those of `settings`; changes nothing.
 */
export async function readDatabaseFacts(
  db: Database,
  settings: readonly string[],
): Promise<DatabaseFacts> {
  const { version, now, hasReaders } = await getRow<{
    version: number;
    now: Date;
    hasReaders: boolean;
  }>(
    db,
    sql`select current_setting('server_version_num')::int as version, clock_timestamp() as now,
      to_regclass('public.subscription') is not null as "hasReaders"`,
  );
  const schemaFault = await assertMigrated(db).then(
    () => undefined,
    (error: Error) => error.message,
  );
  const sealed = schemaFault === undefined ? await db.rows<SealedCount>(countSealed) : [];
  const same = { version, now, schemaFault, sealed };
  if (!hasReaders) return { ...same, zones: undefined, warmUp: undefined, citations: undefined };
  const moments = momentsOfYear(now);
  return {
    ...same,
    zones: { moments, zones: await db.rows<ZoneFacts>(zonesOf(settings, moments)) },
    warmUp: schemaFault === undefined ? await getRow<WarmUpFacts>(db, sendingOf(now)) : undefined,
    citations: schemaFault === undefined ? await readCitations(db, now) : undefined,
  };
}

async function readCitations(db: Database, now: Date): Promise<CitationFacts> {
  const { works } = await getRow<{ works: number }>(
    db,
    sql`select count(distinct cited_id)::int as works from public.own_work`,
  );
  return { works, sources: await db.rows<CountedStanding>(countedStandings(now)) };
}

const sendingOf = (now: Date) => sql`
  select (select w.started_at from public.warm_up w where w.ended_at is null) as since,
    (select count(*)::int from (select 1 from public.subscription s where s.state = 'active'
      limit ${MOST_COUNTED + 1}) r) as readers,
    (select count(*)::int from (select 1 from public.delivery d where d.state = 'accepted'
      and d.composed_at >= ${now}::timestamptz - interval '30 days'
      limit ${LEAST_KNOWN}) d) as sent`;

/** Each is sealed as `<key id>.<rest>`. */
const countSealed = sql`
  select s.what, split_part(s.sealed, '.', 1) as "keyId", count(*)::int as count from (
    select 'second factor' as what, sealed_secret as sealed from public.operator_factor
    union all select 'webhook', sealed from public.webhook
    union all select 'channel', sealed from public.channel
    union all select 'key of a reader at Zotero', sealed_key from public.followed_library
      where sealed_key is not null
    union all select 'key of a reader at Zotero', sealed_key from public.shelf
      where sealed_key is not null) s
  group by s.what, 2 order by s.what, 2`;

/** Only a name that the database lists itself is asked of it: any other would fail the statement. */
const zonesOf = (settings: readonly string[], moments: readonly Date[]) => sql`
  with used as (select zone, (count(*) filter (where state <> 'posting'))::int as readers
      from public.subscription where state <> 'ended' group by zone),
    asked as (select zone, readers from used
      union all select t.zone, 0 from unnest(${textsOf(settings)}::text[]) as t(zone)
        where t.zone not in (select zone from used))
  select a.zone, a.readers, (
      select array_agg((extract(epoch from (m.at at time zone n.name) - (m.at at time zone 'UTC'))
        / 60)::int order by m.at)
      from unnest(${textsOf(moments.map((at) => at.toISOString()))}::timestamptz[]) as m(at)
      where n.name is not null) as offsets
  from asked a left join pg_catalog.pg_timezone_names n on lower(n.name) = lower(a.zone)
  order by a.zone`;
