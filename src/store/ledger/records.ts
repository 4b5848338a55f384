import type { Rendering } from '../../core/letter/rendering.ts';
import type { Suppression, SuppressionReason } from '../../core/reader/sign-up.ts';
import { type Database, findRow, getRow, json, sql, textsOf } from '../database.ts';

/** What the owner of a mailbox ends by confirming from it. */
const ownersReasons: readonly SuppressionReason[] = ['bounce', 'left_elsewhere'];

/** What a person or the service changed, for ever. */
export interface AuditEntry {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: Record<string, unknown>;
}

/** The small tables: settings, the audit, suppressions and renderings by hash. */
export function createRecordStore(db: Database) {
  return {
    findSetting: async <Value>(name: string) =>
      (
        await findRow<{ value: Value }>(
          db,
          sql`select value from public.setting where name = ${name}`,
        )
      )?.value,
    recordSetting: (name: string, value: unknown) =>
      db.rows(sql`insert into public.setting (name, value) values (${name}, ${json(value)})
        on conflict (name) do update set value = excluded.value`),
    recordAudit: (entry: AuditEntry) =>
      db.rows(sql`insert into public.audit (at, actor, action, subject, detail)
        values (${entry.at}, ${entry.actor}, ${entry.action}, ${entry.subject}, ${json(entry.detail)})`),
    findSuppression: (addressHash: string) =>
      findRow<Suppression>(
        db,
        sql`select reason, at, spares from public.suppression where address_hash = ${addressHash}`,
      ),
    /** Orders that an address gets no mail; a graver reason stays in force. */
    /** Suppresses an address; false where that changes nothing. */
    recordSuppression: async (suppression: {
      addressHash: string;
      reason: SuppressionReason;
      note: string | null;
      at: Date;
    }) =>
      (
        await db.rows(sql`insert into public.suppression as p (address_hash, reason, note, at)
        values (${suppression.addressHash}, ${suppression.reason}, ${suppression.note}, ${suppression.at})
        on conflict (address_hash) do update set reason = excluded.reason, note = excluded.note,
          at = excluded.at, spares = null, import_id = null
        where p.reason in ('bounce', 'left_elsewhere') returning 1`)
      ).length > 0,
    /** Lets one notice through to an address that bounced, or whose owner left elsewhere. */
    recordSpared: (
      addressHash: string,
      noticeKey: string,
      reasons: readonly SuppressionReason[] = ownersReasons,
    ) =>
      db.rows(sql`update public.suppression set spares = ${noticeKey}
        where address_hash = ${addressHash} and reason = any(${reasons}::text[])`),
    /** Lifts what a confirmation from the mailbox ends: that mail bounced, or that they left elsewhere. False where there was none. */
    async liftByOwner(addressHash: string): Promise<boolean> {
      await db.rows(sql`update public.feedback set counts = false
        where address_hash = ${addressHash}`);
      const lifted = await db.rows(sql`delete from public.suppression
        where address_hash = ${addressHash}
          and reason = any(${ownersReasons}::text[]) returning 1`);
      return lifted.length > 0;
    },
    isSuppressed: async (addressHash: string) =>
      (await findRow(
        db,
        sql`select 1 from public.suppression where address_hash = ${addressHash}`,
      )) !== undefined,
    listSuppressed: async (addressHashes: readonly string[]) =>
      (
        await db.rows<{ hash: string }>(sql`select address_hash as hash from public.suppression
          where address_hash = any(${textsOf(addressHashes)}::text[])`)
      ).map(({ hash }) => hash),
    recordRendering: (hash: string, content: Rendering, at: Date) =>
      db.rows(sql`insert into public.rendering (hash, content, created_at)
        values (${hash}, ${json(content)}, ${at}) on conflict do nothing`),
    getRendering: async (hash: string) =>
      (
        await getRow<{ content: Rendering }>(
          db,
          sql`select content from public.rendering where hash = ${hash}`,
        )
      ).content,
  };
}
