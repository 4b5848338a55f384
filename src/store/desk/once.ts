import { type Database, findRow, sql } from '../database.ts';

/** Under which key of whom something was asked, and by whom it is done. */
export interface OnceClaim {
  readonly operatorId: number;
  readonly keyHash: string;
  /** Of the request: the same key is for the same request. */
  readonly fingerprint: string;
  /** A name of this one doing, so that only it may end it. */
  readonly holder: string;
  readonly leaseMs: number;
  readonly at: Date;
  /** What was asked before this is forgotten. */
  readonly since: Date;
}

/** How a key stands that somebody else has claimed or used. */
export interface OnceRow {
  readonly fingerprint: string;
  /** Null as long as it is done. */
  readonly status: number | null;
  readonly location: string | null;
  /** Null where the answer is not kept. */
  readonly body: string | null;
}

/** What is done once under a key, and its answer for a day. */
export function createOnceStore(db: Database) {
  const lease = (ms: number) =>
    sql`clock_timestamp() + make_interval(secs => ${ms / 1000}::double precision)`;
  const isMine = ({ operatorId, keyHash, holder }: Omit<OnceClaim, 'at'>) =>
    sql`operator_id = ${operatorId} and key_hash = ${keyHash} and holder = ${holder}
      and status is null`;

  return {
    /** Takes a key: false where it is used, or held under a lease that is good. One whose doer died is taken for the same request alone. */
    claim: async (claim: OnceClaim) =>
      (
        await db.rows(sql`insert into public.once as o
            (operator_id, key_hash, fingerprint, holder, held_until, at)
          values (${claim.operatorId}, ${claim.keyHash}, ${claim.fingerprint}, ${claim.holder},
            ${lease(claim.leaseMs)}, ${claim.at})
          on conflict (operator_id, key_hash) do update set fingerprint = excluded.fingerprint,
            holder = excluded.holder, held_until = excluded.held_until, at = excluded.at,
            status = null, location = null, body = null
          where o.at < ${claim.since} or (o.status is null and o.held_until < clock_timestamp()
            and o.fingerprint = excluded.fingerprint)
          returning 1`)
      ).length > 0,
    find: ({ operatorId, keyHash }: Pick<OnceClaim, 'operatorId' | 'keyHash'>) =>
      findRow<OnceRow>(
        db,
        sql`select fingerprint, status, location, body
          from public.once where operator_id = ${operatorId} and key_hash = ${keyHash}`,
      ),
    /** Holds on to a key for as long as its work takes. */
    recordHeld: (claim: OnceClaim) =>
      db.rows(sql`update public.once set held_until = ${lease(claim.leaseMs)}
        where ${isMine(claim)}`),
    /** Keeps what came of it. */
    recordAnswer: (
      claim: OnceClaim,
      answer: { status: number; location: string | null; body: string | null },
    ) =>
      db.rows(sql`update public.once set status = ${answer.status},
          location = ${answer.location}, body = ${answer.body} where ${isMine(claim)}`),
    /** Gives a key back under which nothing was done. */
    remove: (claim: OnceClaim) => db.rows(sql`delete from public.once where ${isMine(claim)}`),
    removeBefore: (at: Date) => db.rows(sql`delete from public.once where at < ${at}`),
  };
}
