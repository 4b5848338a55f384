import { runCommand } from '../../src/commands/commands.ts';
import { evaluateVotes } from '../../src/steps/readers/evaluate.ts';
import { changeTaste } from '../../src/steps/readers/taste.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, createPlace, openContext } from '../harness/context.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const SUBJECTS = 5;

// Readers of one subject each, who vote for its papers in two weeks.
it('tells how well a week-old taste finds what readers liked, and changes nothing', async () => {
  const place = await createPlace('service');
  const clock = createClock('2026-03-03T12:00:00Z');
  const context = await openContext(place, clock);
  const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  try {
    const { outside } = context;
    const readers: number[] = [];
    for (let at = 0; at < 6; at++) {
      readers.push((await subscribe(outside, `r${at}@readers.example`)).subscriberId);
    }
    const vote = async (from: number) => {
      const papers = (await outside.store.papers.listByIds([...Array(200).keys()])).filter(
        ({ id }) => id >= from,
      );
      for (const [at, subscriberId] of readers.entries()) {
        const liked = papers.filter((_, nth) => nth % SUBJECTS === at % SUBJECTS).slice(0, 2);
        for (const { id: paperId } of liked) {
          await changeTaste(outside, { subscriberId, action: 'vote' }, async (tx, when) => ({
            isChanged: await tx.votes.upsert({ subscriberId, paperId, way: 'more', at: when }),
          }));
        }
      }
      return Math.max(...papers.map(({ id }) => id)) + 1;
    };
    const state = () =>
      database.rows(
        raw(`select (select count(*) from public.audit) as audit,
        (select count(*) from public.taste) as tastes,
        (select md5(string_agg(value::text, ',' order by name)) from public.setting) as settings`),
      );

    expect(await evaluateVotes(outside, 1)).toMatchObject({ editions: 0, readers: 0, votes: 0 });
    await cutWith(outside, makePapers('a', 60));
    const next = await vote(0);
    clock.set('2026-03-03T13:00:00Z');
    expect(await evaluateVotes(outside, 1)).toMatchObject({ editions: 1, readers: 0, unknown: 6 });

    clock.set('2026-03-11T12:00:00Z');
    await cutWith(outside, makePapers('b', 60));
    await vote(next);
    clock.set('2026-03-11T13:00:00Z');
    const before = await state();
    const found = await evaluateVotes(outside, 1);
    expect(found).toMatchObject({ weeks: 1, editions: 1, readers: 6, votes: 12, unknown: 0 });
    expect(found.byTaste.mean).toBeGreaterThan(found.byWishes.mean);
    expect(found.gain.mean).toBeCloseTo(found.byTaste.mean - found.byWishes.mean);
    expect(found.gain.interval[0]).toBeGreaterThan(0);

    const { lines, data } = await runCommand(outside, { name: 'evaluate', args: { weeks: 2 } });
    expect(data).toMatchObject({ weeks: 2, editions: 2, readers: 6, unknown: 6, isEnough: false });
    expect(lines.join('\n')).toContain('Too few votes to tell: it takes 60 by 20 readers.');
    expect(lines.join('\n')).not.toContain('readers.example');
    expect(await state()).toEqual(before);
  } finally {
    await database.close();
    await context.close();
    await place.remove();
  }
});
