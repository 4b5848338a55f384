import type { RelayStanding } from '../../core/letter/relay-words.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/**
 * What of the frozen this version reads: 1 packed digests, 2 what editions and notes say as codes,
 * 3 whose votes a reason tells, 4 announcements, 5 items and digests without an edition. Workers of
 * versions before wrote none.
 */
const READS = 5;

/** The leases of sending processes, on the database's clock. */
export function createSenderStore(db: Database) {
  const until = (leaseMs: number) =>
    sql`clock_timestamp() + make_interval(secs => ${leaseMs / 1000}::double precision)`;
  return {
    insert: (sender: { host: string; pid: number; leaseMs: number; relay?: string }) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.sender (host, pid, relay, lease_until, canary_at, version)
          values (${sender.host}, ${sender.pid}, ${sender.relay ?? null}, ${until(sender.leaseMs)},
            clock_timestamp(), ${READS}) returning id`,
      ),
    /** Keeps a lease, and says how its relays are; false where it had run out: what it held is no longer its own. */
    keep: async (id: number, leaseMs: number, relays: readonly RelayStanding[] = []) =>
      (
        await db.rows(sql`update public.sender set lease_until = ${until(leaseMs)},
            relays = ${json(relays)}
          where id = ${id} and lease_until > clock_timestamp() returning id`)
      ).length > 0,
    /** Notes that this process's own canary came back through the queue. */
    recordCanary: (id: number) =>
      db.rows(sql`update public.sender set canary_at = clock_timestamp() where id = ${id}`),
    /** The processes that live, and for how many seconds nothing came back through the queue. */
    listAlive: () =>
      db.rows<{ id: number; host: string; pid: number; silentSeconds: number }>(sql`
        select id, host, pid, extract(epoch from clock_timestamp()
          - coalesce(canary_at, started_at))::int as "silentSeconds"
        from public.sender where lease_until > clock_timestamp() order by id`),
    /** How each process that lives uses each relay. */
    listRelays: () =>
      db.rows<{ host: string; pid: number; relay: RelayStanding }>(sql`
        select n.host, n.pid, r.relay
        from public.sender n, jsonb_array_elements(n.relays) as r(relay)
        where n.lease_until > clock_timestamp() order by r.relay ->> 'name', n.id`),
    /** Whether a process of a version lives that reads less than this one: words, and the long form of digests. */
    hasOlder: async () =>
      (await findRow(
        db,
        sql`select 1 from public.sender
          where lease_until > clock_timestamp() and coalesce(version, 0) < ${READS} limit 1`,
      )) !== undefined,
    /** Ends a lease at once, after its process has let go of everything. */
    end: (id: number) =>
      db.rows(sql`update public.sender set lease_until = clock_timestamp() where id = ${id}`),
    /** Ends the leases of processes that cannot live any more: the embedded database has one user. */
    endAll: () =>
      db.rows(sql`update public.sender set lease_until = clock_timestamp()
        where lease_until > clock_timestamp()`),
  };
}
