import type { DatabaseFacts } from '../core/doctor/judge-services.ts';
import { type Database, getRow, sql } from './database.ts';
import { assertMigrated } from './migrations.ts';

/** Asks a database for its version, its clock and whether its schema is this version's; changes nothing. */
export async function readDatabaseFacts(db: Database): Promise<DatabaseFacts> {
  const { version, now } = await getRow<{ version: number; now: Date }>(
    db,
    sql`select current_setting('server_version_num')::int as version, clock_timestamp() as now`,
  );
  const schemaFault = await assertMigrated(db).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { version, now, schemaFault };
}
