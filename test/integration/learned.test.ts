import type { Context } from '../../src/process/context.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { findBackground, findBasis, renewLearned } from '../../src/steps/editions/learned.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';

/** Papers on a hundred and fifty subjects of four words each, three words of one in each. */
const insertPapers = `insert into public.paper
  (title, abstract, authors, categories, ids, first_seen_at, edition_id)
  select 'Paper ' || i,
    (select string_agg('q' || chr(97 + i % 15) || chr(97 + i / 15 % 10) || w, ' ' order by w)
      from unnest(array['onex', 'twox', 'threex', 'fourx']) with ordinality as words (w, n)
      where n <> 1 + i / 150 % 4),
    '[]', '[]', '{}', now(), (select max(id) from public.edition)
  from generate_series(1, 5000) as i`;

describe('what a service learns of its papers', () => {
  let place: Place;
  let context: Context;
  const run = (statement: string) => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    return database.rows(raw(statement)).finally(() => database.close());
  };
  const clock = createClock('2026-03-03T12:00:00Z');

  beforeAll(async () => {
    place = await createPlace('service');
    context = await openContext(place, clock);
    await context.outside.store.transaction((tx) =>
      tx.editions.lockDraft({ at: clock.now(), cutDueAt: new Date('2026-03-04T06:00:00Z') }),
    );
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
  });

  it('is learned of the stored papers once there are enough, and kept for a week', async () => {
    const { outside } = context;
    expect(await renewLearned(outside)).toBe(false);
    expect(await findBasis(outside.store)).toBeUndefined();
    expect(await findBackground(outside.store)).toBeUndefined();
    await run(insertPapers);
    expect(await renewLearned(outside)).toBe(true);
    const first = await findBasis(outside.store);
    expect(first).toMatchObject({ id: '2026-03-03T12:00:00.000Z', dimensions: 100 });
    const background = await findBackground(outside.store);
    expect(background?.texts).toBe(5000);
    expect(await findBackground(outside.store)).toBe(background);
    clock.set('2026-03-10T11:00:00Z');
    expect(await renewLearned(outside)).toBe(false);
    clock.set('2026-03-10T13:00:00Z');
    expect(await renewLearned(outside)).toBe(true);
    expect(await findBasis(outside.store)).toMatchObject({ id: '2026-03-10T13:00:00.000Z' });
    expect(await findBackground(outside.store)).not.toBe(background);
  });

  it('is what an edition is cut with, whose papers all stand in a group', async () => {
    await run('delete from public.paper where id > 300');
    const heard: number[] = [];
    const report = await cutNow(context.outside, { progress: (done) => heard.push(done) });
    expect(report).toMatchObject({ kind: 'released', papers: 300 });
    expect(heard.every((done) => done <= 300)).toBe(true);
  });
});
