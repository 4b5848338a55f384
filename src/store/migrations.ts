import { type Database, findRow, getRow, raw, sql } from './database.ts';
import { firstSchema } from './schema/0001-first.ts';
import { readersSchema } from './schema/0002-readers.ts';
import { tasteSchema } from './schema/0003-taste.ts';
import { silenceSchema } from './schema/0004-silence.ts';
import { ledgerSchema } from './schema/0005-ledger.ts';
import { feedbackSchema } from './schema/0006-feedback.ts';
import { paceSchema } from './schema/0007-pace.ts';
import { deskSchema } from './schema/0008-desk.ts';
import { claimSchema } from './schema/0009-claim.ts';
import { importsSchema } from './schema/0010-imports.ts';
import { editorsSchema } from './schema/0011-editors.ts';
import { apiSchema } from './schema/0012-api.ts';
import { alarmsSchema } from './schema/0013-alarms.ts';
import { speedSchema } from './schema/0014-speed.ts';
import { importJobSchema } from './schema/0015-import-job.ts';
import { tastePageSchema } from './schema/0016-taste-page.ts';
import { slowdownsSchema } from './schema/0017-slowdowns.ts';
import { compactSchema } from './schema/0018-compact.ts';
import { sendingSchema } from './schema/0019-sending.ts';
import { messageIdsSchema } from './schema/0020-message-ids.ts';
import { addresseesSchema } from './schema/0021-addressees.ts';
import { checksSchema } from './schema/0022-checks.ts';
import { listedSchema } from './schema/0023-listed.ts';
import { codesSchema } from './schema/0024-codes.ts';
import { pendingSchema } from './schema/0025-pending.ts';
import { returnedSchema } from './schema/0026-returned.ts';
import { leftElsewhereSchema } from './schema/0027-left-elsewhere.ts';
import { composingSchema } from './schema/0028-composing.ts';
import { daysSchema } from './schema/0029-days.ts';
import { textsSchema } from './schema/0030-texts.ts';
import { toldSchema } from './schema/0031-told.ts';
import { listsSchema } from './schema/0032-lists.ts';
import { zonesSchema } from './schema/0033-zones.ts';
import { worksSchema } from './schema/0034-works.ts';
import { followedSchema } from './schema/0035-followed.ts';
import { publicSchema } from './schema/0036-public.ts';
import { labelsSchema } from './schema/0037-labels.ts';
import { secondFactorSchema } from './schema/0040-second-factor.ts';
import { announcementsSchema } from './schema/0041-announcements.ts';
import { warmUpSchema } from './schema/0042-warm-up.ts';
import { webhooksSchema } from './schema/0043-webhooks.ts';
import { proposalsSchema } from './schema/0044-proposals.ts';
import { toldByVendorSchema } from './schema/0047-told-by-vendor.ts';
import { modelsSchema } from './schema/0048-models.ts';
import { alertsSchema } from './schema/0049-alerts.ts';
import { itemsSchema } from './schema/0050-items.ts';
import { passkeysSchema } from './schema/0051-passkeys.ts';
import { citationsSchema } from './schema/0052-citations.ts';
import { keptSchema } from './schema/0053-kept.ts';
import { shelvesSchema } from './schema/0054-shelves.ts';
import { circlesSchema } from './schema/0055-circles.ts';
import { meetingsSchema } from './schema/0056-meetings.ts';
import { channelsSchema } from './schema/0057-channels.ts';
import { askedAuthorsSchema } from './schema/0060-authors.ts';

/** Every change of the schema, in order. A landed one is never edited: add the next. */
const migrations: readonly { readonly name: string; readonly statements: readonly string[] }[] = [
  { name: '0001-first', statements: firstSchema },
  { name: '0002-readers', statements: readersSchema },
  { name: '0003-taste', statements: tasteSchema },
  { name: '0004-silence', statements: silenceSchema },
  { name: '0005-ledger', statements: ledgerSchema },
  { name: '0006-feedback', statements: feedbackSchema },
  { name: '0007-pace', statements: paceSchema },
  { name: '0008-desk', statements: deskSchema },
  { name: '0009-claim', statements: claimSchema },
  { name: '0010-imports', statements: importsSchema },
  { name: '0011-editors', statements: editorsSchema },
  { name: '0012-api', statements: apiSchema },
  { name: '0013-alarms', statements: alarmsSchema },
  { name: '0014-speed', statements: speedSchema },
  { name: '0015-import-job', statements: importJobSchema },
  { name: '0016-taste-page', statements: tastePageSchema },
  { name: '0017-slowdowns', statements: slowdownsSchema },
  { name: '0018-compact', statements: compactSchema },
  { name: '0019-sending', statements: sendingSchema },
  { name: '0020-message-ids', statements: messageIdsSchema },
  { name: '0021-addressees', statements: addresseesSchema },
  { name: '0022-checks', statements: checksSchema },
  { name: '0023-listed', statements: listedSchema },
  { name: '0024-codes', statements: codesSchema },
  { name: '0025-pending', statements: pendingSchema },
  { name: '0026-returned', statements: returnedSchema },
  { name: '0027-left-elsewhere', statements: leftElsewhereSchema },
  { name: '0028-composing', statements: composingSchema },
  { name: '0029-days', statements: daysSchema },
  { name: '0030-texts', statements: textsSchema },
  { name: '0031-told', statements: toldSchema },
  { name: '0032-lists', statements: listsSchema },
  { name: '0033-zones', statements: zonesSchema },
  { name: '0034-works', statements: worksSchema },
  { name: '0035-followed', statements: followedSchema },
  { name: '0036-public', statements: publicSchema },
  { name: '0037-labels', statements: labelsSchema },
  { name: '0040-second-factor', statements: secondFactorSchema },
  { name: '0041-announcements', statements: announcementsSchema },
  { name: '0042-warm-up', statements: warmUpSchema },
  { name: '0043-webhooks', statements: webhooksSchema },
  { name: '0044-proposals', statements: proposalsSchema },
  { name: '0047-told-by-vendor', statements: toldByVendorSchema },
  { name: '0048-models', statements: modelsSchema },
  { name: '0049-alerts', statements: alertsSchema },
  { name: '0050-items', statements: itemsSchema },
  { name: '0051-passkeys', statements: passkeysSchema },
  { name: '0052-citations', statements: citationsSchema },
  { name: '0053-kept', statements: keptSchema },
  { name: '0054-shelves', statements: shelvesSchema },
  { name: '0055-circles', statements: circlesSchema },
  { name: '0056-meetings', statements: meetingsSchema },
  { name: '0057-channels', statements: channelsSchema },
  { name: '0060-authors', statements: askedAuthorsSchema },
];

// Any fixed number: all processes of all versions must take the same lock.
const MIGRATION_LOCK = 7_305_172_201;

/**
 * Brings the schema up to this code's version, in one transaction under a lock, so that
 * several processes may start at once. Returns the names of the migrations it ran.
 * Throws where the schema is newer than this code.
 */
export function migrate(db: Database): Promise<string[]> {
  return runMissing(db, migrations);
}

/** Runs of the missing migrations only these, which is how a backup's own schema is built. */
export function migrateOnly(db: Database, names: readonly string[]): Promise<string[]> {
  return runMissing(
    db,
    migrations.filter(({ name }) => names.includes(name)),
  );
}

function runMissing(db: Database, wanted: typeof migrations): Promise<string[]> {
  return db.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await tx.rows(sql`create table if not exists public.migration (
      name text primary key, applied_at timestamptz not null default now())`);
    const applied = await tx.rows<{ name: string }>(sql`select name from public.migration`);
    refuseNewer(applied.map(({ name }) => name));
    const missing = wanted.filter(({ name }) => !applied.some((row) => row.name === name));
    for (const { name, statements } of missing) {
      for (const statement of statements) await tx.rows(raw(statement));
      await tx.rows(sql`insert into public.migration (name) values (${name})`);
    }
    return missing.map(({ name }) => name);
  });
}

/** How the schema differs from this code's: migrations that it lacks, and those of a newer version. */
export async function compareSchema(
  db: Database,
): Promise<{ readonly lacks: readonly string[]; readonly unknown: readonly string[] }> {
  const rows = await db.rows<{ name: string }>(sql`select name from public.migration`);
  const applied = rows.map(({ name }) => name);
  const known = migrations.map(({ name }) => name);
  return {
    lacks: known.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !known.includes(name)),
  };
}

/** Throws unless the schema is exactly this code's: what every process but the migrating one checks at start. */
export async function assertMigrated(db: Database): Promise<void> {
  const table = await findRow(
    db,
    sql`select 1 from pg_catalog.pg_tables where schemaname = 'public' and tablename = 'migration'`,
  );
  const { applied } = table
    ? await getRow<{ applied: string[] }>(
        db,
        sql`select coalesce(array_agg(name), '{}') as applied from public.migration`,
      )
    : { applied: [] };
  refuseNewer(applied);
  const missing = migrations.find(({ name }) => !applied.includes(name));
  if (missing) {
    throw new Error(
      `the database lacks migration ${missing.name}: run "paperround migrate" before this process`,
    );
  }
}

/** What the migrations make: names of tables and functions, all in `public`. */
export const made = {
  tables: namesMade(/create (?:unlogged )?table (?:if not exists )?public\.(\w+)/),
  functions: namesMade(/create (?:or replace )?function public\.(\w+)/),
};

function namesMade(what: RegExp): string[] {
  const all = migrations.flatMap(({ statements }) => statements);
  return all.flatMap((statement) => what.exec(statement)?.[1] ?? []);
}

/** Of these migrations, the first that this code does not know; undefined where it knows them all. */
export function findUnknown(applied: readonly string[]): string | undefined {
  return applied.find((name) => !migrations.some((known) => known.name === name));
}

function refuseNewer(applied: readonly string[]): void {
  const unknown = findUnknown(applied);
  if (unknown) {
    throw new Error(
      `the database was migrated by a newer Paperround (it has ${unknown}, which this version does not know): run the newer version, or restore a backup made before the upgrade`,
    );
  }
}
