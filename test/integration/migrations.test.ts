import { type Database, raw, sql } from '../../src/store/database.ts';
import { assertMigrated, migrate } from '../../src/store/migrations.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { type Backend, backends } from '../harness/context.ts';

/** Empty databases of one kind, and their end. */
async function createEmpty(backend: Backend, name: string) {
  if (backend === 'sandbox') {
    const { database } = await openPglite();
    return { open: () => database, remove: () => database.close() };
  }
  const url = process.env['TEST_DATABASE_URL'] ?? '';
  const admin = openPostgres(url, () => {});
  await admin.rows(raw(`create database ${name}`));
  const opened: Database[] = [];
  return {
    open() {
      const database = openPostgres(url.replace(/\/postgres$/, `/${name}`), () => {});
      opened.push(database);
      return database;
    },
    async remove() {
      for (const database of opened) await database.close();
      await admin.rows(raw(`drop database ${name}`));
      await admin.close();
    },
  };
}

/** Everything that the schema says, in words that do not depend on the server's version. */
async function describeSchema(db: Database) {
  const columns = await db.rows(sql`select table_name, column_name, data_type, is_nullable,
      column_default, is_identity from information_schema.columns
    where table_schema = 'public' order by table_name, column_name`);
  const constraints = await db.rows(sql`select conrelid::regclass::text as "table",
      pg_get_constraintdef(oid) as definition from pg_catalog.pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
    order by 1, 2`);
  const indexes = await db.rows(sql`select indexname, indexdef from pg_catalog.pg_indexes
    where schemaname = 'public' order by indexname`);
  return { columns, constraints, indexes };
}

describe.each(backends)('migrations in the %s', (backend) => {
  let empty: Awaited<ReturnType<typeof createEmpty>>;
  beforeEach(async () => {
    empty = await createEmpty(backend, `empty_${process.pid}`);
  });
  afterEach(() => empty.remove());

  it('run once, with several migrators at once', async () => {
    const databases = [1, 2, 3, 4].map(() => empty.open());
    const ran = await Promise.all(databases.map(migrate));
    expect(ran.flat()).toEqual([...new Set(ran.flat())]);
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
    for (const database of databases) await assertMigrated(database);
  });

  it('let the audit grow and never change', async () => {
    const database = empty.open();
    await migrate(database);
    await database.rows(
      raw(`insert into public.audit (at, actor, action, subject)
      values (now(), 'cli', 'test', 'nothing')`),
    );
    for (const change of [
      `update public.audit set actor = 'nobody'`,
      'delete from public.audit',
      'truncate public.audit',
    ]) {
      await expect(database.rows(raw(change))).rejects.toThrow(/only grows/);
    }
    expect(await database.rows(raw('select actor from public.audit'))).toEqual([{ actor: 'cli' }]);
  });

  it('are asked for in words where they have not run', async () => {
    await expect(assertMigrated(empty.open())).rejects.toThrow(
      /^the database lacks migration 0001-first: run "paperround migrate" before this process$/,
    );
  });

  it('refuse a schema that is newer than this code, and change nothing of it', async () => {
    const database = empty.open();
    await migrate(database);
    await database.rows(sql`insert into public.migration (name) values ('9999-later')`);
    const before = await describeSchema(database);
    for (const start of [migrate, assertMigrated]) {
      await expect(start(database)).rejects.toThrow(
        /^the database was migrated by a newer Paperround \(it has 9999-later, .*run the newer version/,
      );
    }
    expect(await describeSchema(database)).toEqual(before);
  });

  it('leave nothing behind where one of them fails', async () => {
    const database = empty.open();
    await database.rows(raw('create table public.audit (id int)'));
    await expect(migrate(database)).rejects.toThrow(/audit/);
    const tables = await database.rows<{ name: string }>(sql`select tablename as name
      from pg_catalog.pg_tables where schemaname = 'public'`);
    expect(tables).toEqual([{ name: 'audit' }]);
  });
});

// To compare the two schemas, both must be here.
const itOnBoth = backends.includes('service') ? it : it.skip;
itOnBoth('the schema is the same on PGlite and on PostgreSQL', async () => {
  const [first, second] = await Promise.all([
    createEmpty('sandbox', ''),
    createEmpty('service', `same_${process.pid}`),
  ]);
  const [pglite, postgres] = [first.open(), second.open()];
  await migrate(pglite);
  await migrate(postgres);
  const schema = await describeSchema(postgres);
  expect(schema.columns.length).toBeGreaterThan(100);
  expect(await describeSchema(pglite)).toEqual(schema);
  await first.remove();
  await second.remove();
});
