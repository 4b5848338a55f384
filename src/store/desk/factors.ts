import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** An operator's second factor, as it is kept. */
export interface Factor {
  readonly sealedSecret: string;
  /** Null while it is being set up: it opens nothing yet. */
  readonly enrolledAt: Date | null;
}

/** Second factors of operators, their recovery codes, and the places where they were let in. */
export function createFactorStore(db: Database) {
  return {
    find: (operatorId: number) =>
      findRow<Factor>(
        db,
        sql`select sealed_secret as "sealedSecret", enrolled_at as "enrolledAt"
          from public.operator_factor where operator_id = ${operatorId}`,
      ),
    /** Names of operators who have an app or a passkey. */
    listEnrolled: async () =>
      (
        await db.rows<{ name: string }>(sql`select o.name from public.operator o
          where exists (select 1 from public.operator_factor f
              where f.operator_id = o.id and f.enrolled_at is not null)
            or exists (select 1 from public.operator_passkey p where p.operator_id = o.id)`)
      ).map(({ name }) => name),
    /** Begins anew with a secret, unless one counts already; false then. */
    begin: async (operatorId: number, sealedSecret: string, at: Date) =>
      (
        await db.rows(sql`insert into public.operator_factor as f
            (operator_id, sealed_secret, created_at) values (${operatorId}, ${sealedSecret}, ${at})
          on conflict (operator_id) do update set sealed_secret = excluded.sealed_secret,
            created_at = excluded.created_at, last_step = 0
          where f.enrolled_at is null returning 1`)
      ).length > 0,
    /** Takes a step of time, once; false where it or a later one was taken before. */
    takeStep: async (operatorId: number, step: number) =>
      (
        await db.rows(sql`update public.operator_factor set last_step = ${step}
          where operator_id = ${operatorId} and last_step < ${step} returning 1`)
      ).length > 0,
    recordEnrolled: (operatorId: number, at: Date) =>
      db.rows(sql`update public.operator_factor set enrolled_at = ${at}
        where operator_id = ${operatorId}`),
    /** Those that are sealed under another key than this. */
    listSealedByOld: (newest: string) =>
      db.rows<{ operatorId: number; sealedSecret: string }>(
        sql`select operator_id as "operatorId", sealed_secret as "sealedSecret"
          from public.operator_factor where not starts_with(sealed_secret, ${`${newest}.`})`,
      ),
    /** Keeps the same secret under another key. */
    recordSealed: (operatorId: number, sealedSecret: string) =>
      db.rows(sql`update public.operator_factor set sealed_secret = ${sealedSecret}
        where operator_id = ${operatorId}`),
    /** Takes it off, with the recovery codes where no passkey is left; false where there is none. */
    async remove(operatorId: number): Promise<boolean> {
      await db.rows(sql`delete from public.recovery_code where operator_id = ${operatorId}
        and not exists (select 1 from public.operator_passkey where operator_id = ${operatorId})`);
      const gone = await db.rows(sql`delete from public.operator_factor
        where operator_id = ${operatorId} returning 1`);
      return gone.length > 0;
    },

    /** Puts these codes in the place of those before. */
    async replaceCodes(operatorId: number, hashes: readonly string[]): Promise<void> {
      await db.rows(sql`delete from public.recovery_code where operator_id = ${operatorId}`);
      await db.rows(sql`insert into public.recovery_code (operator_id, code_hash)
        select ${operatorId}, hash from jsonb_array_elements_text(${json(hashes)}::jsonb) hash`);
    },
    /** Uses a recovery code up; false where it is none, or was used. */
    takeCode: async (operatorId: number, codeHash: string, at: Date) =>
      (
        await db.rows(sql`update public.recovery_code set used_at = ${at}
          where operator_id = ${operatorId} and code_hash = ${codeHash} and used_at is null
          returning 1`)
      ).length > 0,
    countCodes: async (operatorId: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.recovery_code
            where operator_id = ${operatorId} and used_at is null`,
        )
      ).count,

    /** Since when an operator is known at a place; undefined where they are not. */
    findPlace: async (operatorId: number, placeHash: string) =>
      (
        await findRow<{ firstSeenAt: Date }>(
          db,
          sql`select first_seen_at as "firstSeenAt" from public.operator_place
            where operator_id = ${operatorId} and place_hash = ${placeHash}`,
        )
      )?.firstSeenAt,
    recordPlace: (operatorId: number, placeHash: string, at: Date) =>
      db.rows(sql`insert into public.operator_place (operator_id, place_hash, first_seen_at, seen_at)
        values (${operatorId}, ${placeHash}, ${at}, ${at})
        on conflict (operator_id, place_hash) do update set seen_at = excluded.seen_at`),
    removePlacesBefore: (at: Date) =>
      db.rows(sql`delete from public.operator_place where seen_at < ${at}`),
  };
}
