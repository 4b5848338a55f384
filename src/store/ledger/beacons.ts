import { type Database, json, sql } from '../database.ts';

/** A request to an address elsewhere that says how it goes. */
export interface Beacon {
  readonly key: string;
  readonly kind: BeaconKind;
  readonly body: string | null;
  readonly madeAt: Date;
  /** This one included. */
  readonly tries: number;
}
export type BeaconKind = 'alarm' | 'heartbeat';

/** Beacons, each made once under its key and sent until it is taken or given up. */
export function createBeaconStore(db: Database) {
  return {
    /** Makes a beacon to be sent at once; false where its key was used before. */
    insert: async (beacon: { key: string; kind: BeaconKind; body: string | null; at: Date }) =>
      (
        await db.rows(sql`insert into public.beacon (key, kind, body, made_at, next_at)
          values (${beacon.key}, ${beacon.kind}, ${beacon.body}, ${beacon.at}, ${beacon.at})
          on conflict do nothing returning key`)
      ).length > 0,
    has: async (key: string) =>
      (await db.rows(sql`select 1 from public.beacon where key = ${key}`)).length > 0,
    /** Takes what is due of these kinds for `leaseMs`: whoever dies with it leaves it to the next. */
    claim: (claim: { kinds: readonly BeaconKind[]; at: Date; leaseMs: number; most: number }) =>
      db.rows<Beacon>(sql`update public.beacon b set tries = b.tries + 1,
          next_at = ${new Date(claim.at.getTime() + claim.leaseMs)}
        where b.key in (select n.key from public.beacon n
          where n.ended_at is null and n.next_at <= ${claim.at}
            and n.kind in (select jsonb_array_elements_text(${json(claim.kinds)}::jsonb))
          order by n.next_at limit ${claim.most} for update skip locked)
        returning key, kind, body, made_at as "madeAt", tries`),
    recordEnded: (key: string, end: { answer: string; at: Date }) =>
      db.rows(sql`update public.beacon set ended_at = ${end.at}, answer = ${end.answer},
          body = null where key = ${key}`),
    recordAgain: (key: string, again: { answer: string; at: Date }) =>
      db.rows(sql`update public.beacon set next_at = ${again.at}, answer = ${again.answer}
        where key = ${key} and ended_at is null`),
    removeBefore: (at: Date) => db.rows(sql`delete from public.beacon where made_at < ${at}`),
  };
}
