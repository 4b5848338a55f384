import { type Database, json, sql } from '../database.ts';
import type { AuditEntry } from '../ledger/records.ts';

/** Which entries of the audit; empty words match all. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
}

/** The audit as it is read, and written where one press changes many rows. */
export function createAuditStore(db: Database) {
  return {
    insert: (entries: readonly AuditEntry[]) =>
      db.rows(sql`insert into public.audit (at, actor, action, subject, detail)
        select e.at, e.actor, e.action, e.subject, e.detail
        from jsonb_to_recordset(${json(entries)}::jsonb)
          as e(at timestamptz, actor text, action text, subject text, detail jsonb)`),
    /** The newest first, those before an id where one is given. */
    list: (filter: AuditFilter, page: { beforeId?: number | undefined; most: number }) => {
      const is = (column: ReturnType<typeof sql>, value: string | undefined) =>
        sql`(${value || null}::text is null or ${column} = ${value ?? ''})`;
      return db.rows<AuditEntry & { id: number }>(sql`
        select a.id, a.at, a.actor, a.action, a.subject, a.detail from public.audit a
        where (${page.beforeId ?? null}::bigint is null or a.id < ${page.beforeId ?? 0})
          and ${is(sql`a.actor`, filter.actor)} and ${is(sql`a.action`, filter.action)}
          and ${is(sql`a.subject`, filter.subject)}
        order by a.id desc limit ${page.most}`);
    },
  };
}
