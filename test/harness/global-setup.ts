import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raw } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { DATABASE_TEMPLATE, databaseNamed, type Services, startServices } from './services.ts';

/** What the teardown finds again. */
export interface Shared {
  services: Services | undefined;
  template: string;
}

declare global {
  var paperroundShared: Shared;
}

/** Starts the real services where they are installed; a migrated database and sandbox to copy. */
export default async function setup(): Promise<void> {
  const services = await startServices();
  if (services) {
    process.env['TEST_DATABASE_URL'] = services.databaseUrl;
    process.env['TEST_REDIS_URL'] = services.redisUrl;
    await makeDatabaseTemplate();
  } else if (process.env['CI']) {
    throw new Error('CI must have PostgreSQL and redis-server');
  } else {
    process.stderr.write(
      '\nPostgreSQL or redis-server is not installed: the integration suite ran on the embedded database alone.\n',
    );
  }
  const template = await mkdtemp(join(tmpdir(), 'paperround-template-'));
  const { database } = await openPglite(join(template, 'database'));
  await migrate(database);
  await database.close();
  process.env['TEST_TEMPLATE'] = template;
  globalThis.paperroundShared = { services, template };
}

async function makeDatabaseTemplate(): Promise<void> {
  const admin = openPostgres(databaseNamed('postgres'), () => {});
  await admin.rows(raw(`create database ${DATABASE_TEMPLATE}`));
  await admin.close();
  const database = openPostgres(databaseNamed(DATABASE_TEMPLATE), () => {});
  await migrate(database);
  await database.close();
}
