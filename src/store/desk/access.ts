import type { Operator, Role } from '../../core/desk/operator.ts';
import { type Database, findRow, getRow, sql } from '../database.ts';

/** A signed-in browser. */
export interface Session {
  readonly id: number;
  readonly operator: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** A key for scripts, as it may be listed. */
export interface ApiKey {
  readonly name: string;
  readonly operator: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
}

const columns = sql`o.id, o.name, o.address, o.role, o.may_resend_all as "mayResendAll"`;
const SEEN_AGAIN_MS = 60_000;

/** Operators, their sessions and their keys. Removing an operator ends all of theirs. */
export function createAccessStore(db: Database) {
  const isGood = (now: Date, idleMs: number) => sql`s.revoked_at is null and s.expires_at > ${now}
    and s.seen_at > ${new Date(now.getTime() - idleMs)}`;

  return {
    /** Adds an operator; undefined where the name is taken. */
    insertOperator: (operator: Omit<Operator, 'id'> & { password: string; at: Date }) =>
      findRow<{ id: number }>(
        db,
        sql`insert into public.operator (name, address, password, role, may_resend_all, created_at)
          values (${operator.name}, ${operator.address}, ${operator.password}, ${operator.role},
            ${operator.mayResendAll}, ${operator.at})
          on conflict (name) do nothing returning id`,
      ),
    findOperator: (name: string) =>
      findRow<Operator>(db, sql`select ${columns} from public.operator o where o.name = ${name}`),
    findOperatorById: (id: number) =>
      findRow<Operator>(db, sql`select ${columns} from public.operator o where o.id = ${id}`),
    findPassword: async (name: string) =>
      (
        await findRow<{ password: string }>(
          db,
          sql`select password from public.operator where name = ${name}`,
        )
      )?.password,
    listOperators: () =>
      db.rows<Operator & { createdAt: Date; seenAt: Date | null }>(sql`select ${columns},
          o.created_at as "createdAt",
          (select max(s.seen_at) from public.session s where s.operator_id = o.id) as "seenAt"
        from public.operator o order by o.name`),
    countOperators: async () =>
      (await getRow<{ count: number }>(db, sql`select count(*)::int as count from public.operator`))
        .count,
    recordPassword: (id: number, password: string) =>
      db.rows(sql`update public.operator set password = ${password} where id = ${id}`),
    recordRole: (id: number, { role, mayResendAll }: Pick<Operator, 'role' | 'mayResendAll'>) =>
      db.rows(sql`update public.operator set role = ${role}, may_resend_all = ${mayResendAll}
        where id = ${id}`),
    removeOperator: (id: number) => db.rows(sql`delete from public.operator where id = ${id}`),

    insertSession: (session: {
      operatorId: number;
      tokenHash: string;
      at: Date;
      expiresAt: Date;
    }) =>
      getRow<{ id: number }>(
        db,
        sql`insert into public.session (operator_id, token_hash, created_at, seen_at, expires_at)
          values (${session.operatorId}, ${session.tokenHash}, ${session.at}, ${session.at},
            ${session.expiresAt}) returning id`,
      ),
    /** The operator behind a good session, as they stand now; it counts as seen. */
    async findSession(tokenHash: string, { now, idleMs }: { now: Date; idleMs: number }) {
      const found = await findRow<Operator & { sessionId: number; seenAt: Date }>(
        db,
        sql`select ${columns}, s.id as "sessionId", s.seen_at as "seenAt"
          from public.session s join public.operator o on o.id = s.operator_id
          where s.token_hash = ${tokenHash} and ${isGood(now, idleMs)}`,
      );
      if (found && now.getTime() - found.seenAt.getTime() > SEEN_AGAIN_MS) {
        await db.rows(
          sql`update public.session set seen_at = ${now} where id = ${found.sessionId}`,
        );
      }
      return found;
    },
    listSessions: ({ now, idleMs }: { now: Date; idleMs: number }) =>
      db.rows<Session>(sql`select s.id, o.name as operator, s.created_at as "createdAt",
          s.seen_at as "seenAt", s.expires_at as "expiresAt"
        from public.session s join public.operator o on o.id = s.operator_id
        where ${isGood(now, idleMs)} order by s.seen_at desc`),
    /** Ends one session; whose it was, undefined where it had ended. */
    revokeSession: (id: number, at: Date) =>
      findRow<{ operator: string }>(
        db,
        sql`update public.session s set revoked_at = ${at} from public.operator o
          where s.id = ${id} and s.revoked_at is null and o.id = s.operator_id
          returning o.name as operator`,
      ),
    /** Ends all of an operator's, but one that is named; how many. */
    revokeSessions: async (operatorId: number, at: Date, except?: number) =>
      (
        await db.rows(sql`update public.session set revoked_at = ${at}
          where operator_id = ${operatorId} and revoked_at is null and expires_at > ${at}
            and id is distinct from ${except ?? null}::bigint
          returning id`)
      ).length,
    removeSessionsBefore: (expiredAt: Date) =>
      db.rows(sql`delete from public.session where expires_at < ${expiredAt}`),

    /** Adds a key; undefined where its name is taken. */
    insertKey: (key: { operatorId: number; name: string; keyHash: string; role: Role; at: Date }) =>
      findRow<{ id: number }>(
        db,
        sql`insert into public.api_key (operator_id, name, key_hash, role, created_at)
          values (${key.operatorId}, ${key.name}, ${key.keyHash}, ${key.role}, ${key.at})
          on conflict (name) do nothing returning id`,
      ),
    /** The operator behind a good key, and what the key may; it counts as used. */
    findKey: (keyHash: string, now: Date) =>
      findRow<Operator & { keyName: string; keyRole: Role }>(
        db,
        sql`with used as (update public.api_key set used_at = ${now}
            where key_hash = ${keyHash} and revoked_at is null returning operator_id, name, role)
          select ${columns}, u.name as "keyName", u.role as "keyRole"
          from used u join public.operator o on o.id = u.operator_id`,
      ),
    listKeys: () =>
      db.rows<ApiKey>(sql`select k.name, o.name as operator, k.role, k.created_at as "createdAt",
          k.used_at as "usedAt", k.revoked_at as "revokedAt"
        from public.api_key k join public.operator o on o.id = k.operator_id order by k.name`),
    /** Ends a key; false where there is none that is good. */
    revokeKey: async (name: string, at: Date) =>
      (
        await db.rows(sql`update public.api_key set revoked_at = ${at}
          where name = ${name} and revoked_at is null returning id`)
      ).length > 0,
  };
}
