import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';

const url = process.env['TEST_DATABASE_URL'];
const onServer = url ? describe : describe.skip;
if (!url) console.info('skipped: connections that break need a PostgreSQL server');

onServer('a connection that the server ends in the midst of a transaction', () => {
  it('fails that transaction alone, between two statements, too', async () => {
    const broken: Error[] = [];
    const database = openPostgres(url ?? '', (error) => broken.push(error));
    const admin = openPostgres(url ?? '', () => undefined);
    const work = database.transaction(async (tx) => {
      const [own] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await admin.rows(sql`select pg_terminate_backend(${own?.pid})`);
      // The server's word arrives while no statement waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return tx.rows(sql`select 1`);
    });
    await expect(work).rejects.toThrow();
    expect(await database.rows(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await database.close();
    await admin.close();
  });
});
