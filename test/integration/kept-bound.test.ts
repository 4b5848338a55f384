import { MOST_KEPT } from '../../src/core/reader/kept.ts';
import { keepPaper } from '../../src/steps/readers/keep.ts';
import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { subscribe } from '../harness/morning.ts';

// Only a service's database takes a second reader, who fills it.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('a reader who keeps as much as they may', () => {
  it('keeps no more until something is removed, and takes all of it along', async () => {
    const place = await createPlace('service');
    const context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    try {
      const { store, threads } = context.outside;
      const { subscriberId } = await subscribe(context.outside, 'ada@readers.example');
      await database.rows(sql`insert into public.edition (state, opened_at)
        values ('draft', now()) on conflict do nothing`);
      await database.rows(sql`insert into public.paper
          (title, abstract, authors, categories, ids, first_seen_at, edition_id)
        select 'Reefs in winter ' || n, repeat('Reefs bleach in warm summers. ', 40),
          '[{"name":"Ada Lovelace"}]', '[]', '{}', now(), (select max(id) from public.edition)
        from pg_catalog.generate_series(0, ${MOST_KEPT}::int) n`);
      await database.rows(sql`insert into public.kept (subscriber_id, paper_id, kept_at, by_mail)
        select ${subscriberId}, id, now(), false from public.paper order by id limit ${MOST_KEPT}`);
      const papers = await database.rows<{ id: number }>(
        sql`select id from public.paper order by id desc limit 2`,
      );
      const [spare, last] = papers.map(({ id }) => ({ subscriberId, paperId: id }));
      if (!spare || !last) throw new Error('no papers');
      const keep = () => keepPaper(context.outside, spare, { isByMail: true });
      expect(await keep()).toBe('full');
      expect(await keepPaper(context.outside, last, { isByMail: true })).toBe('known');
      const found = await store.kept.list({ subscriberId, words: ['WINTER', '777'] }, 100);
      expect(found).toHaveLength(38);
      const all = await store.kept.listPlain({ subscriberId, words: [] }, MOST_KEPT);
      const cited = all.map(({ title, authors, ids }) => ({ title, authors, ids }));
      const written = await threads.run('cite', ['ris', cited]);
      expect(written.match(/^TY {2}-/gm)).toHaveLength(MOST_KEPT);
      await store.kept.remove(last);
      expect(await keep()).toBe('kept');
    } finally {
      await database.close();
      await context.close();
      await place.remove();
    }
  });
});
