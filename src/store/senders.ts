import { type Database, getRow, sql } from './database.ts';

/** The leases of sending processes, on the database's clock. */
export function createSenderStore(db: Database) {
  const until = (leaseMs: number) =>
    sql`clock_timestamp() + make_interval(secs => ${leaseMs / 1000}::double precision)`;
  return {
    insert: (sender: { host: string; pid: number; leaseMs: number }) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.sender (host, pid, lease_until)
          values (${sender.host}, ${sender.pid}, ${until(sender.leaseMs)}) returning id`,
      ),
    /** Keeps a lease; false where it had run out: what it held is no longer its own. */
    keep: async (id: number, leaseMs: number) =>
      (
        await db.rows(sql`update public.sender set lease_until = ${until(leaseMs)}
          where id = ${id} and lease_until > clock_timestamp() returning id`)
      ).length > 0,
    /** Ends a lease at once, after its process has let go of everything. */
    end: (id: number) =>
      db.rows(sql`update public.sender set lease_until = clock_timestamp() where id = ${id}`),
    /** Ends the leases of processes that cannot live any more: the embedded database has one user. */
    endAll: () =>
      db.rows(sql`update public.sender set lease_until = clock_timestamp()
        where lease_until > clock_timestamp()`),
  };
}
