import { runCommand } from '../../src/commands/commands.ts';
import { joinSource } from '../../src/core/letter/source.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { renderDelivery } from '../../src/steps/digests/view.ts';
import { sendTest } from '../../src/steps/editions/test.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import {
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const url = process.env['TEST_DATABASE_URL'];
if (!url) console.info('skipped: only a PostgreSQL server lets a test look at the rows');

// What is frozen is looked at as it lies there, and put back into the words of an older version.
(url ? describe : describe.skip)('what is frozen as codes', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace('service');
    clock = createClock('2026-03-02T06:00:00Z');
    context = await openContext(place, clock);
    const quiet = { profile: { topics: ['nothing like it'], quietNote: true } };
    await subscribe(context.outside, 'quiet@readers.example', quiet);
    await subscribe(context.outside, 'ada@readers.example', { papers: 3 });
  });
  afterEach(async () => {
    await context?.close();
    await place?.remove();
  });

  const ask = async <Row>(statement: string): Promise<Row[]> => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    return database.rows<Row>(raw(statement)).finally(() => database.close());
  };
  const reopen = async () => {
    await context.close();
    context = await openContext(place, clock);
  };
  const papers = makePapers('coded', 40);
  const composeAll = async () => {
    const name = await cutWith(context.outside, papers);
    clock.set('2026-03-02T07:00:00Z');
    expect(await compose(context.outside)).toMatchObject({ candidates: 2, deliveries: 1 });
    return name;
  };
  /** Everything that people see of it: both letters, the page, and what a script reads. */
  const seen = async (name: string) => {
    const deliveries = await ask<{ id: number }>('select id from public.delivery order by id');
    const letters = await Promise.all(
      deliveries.map(({ id }) => renderDelivery(context.outside, Number(id))),
    );
    const app = await createApp(context);
    const page = await app.inject(`/editions/${name}`);
    await app.close();
    const { data } = await runCommand(context.outside, {
      name: 'editions show',
      args: { edition: name },
    });
    const asked = { address: 'quiet@readers.example', date: '2026-03-02' };
    const round = await runCommand(context.outside, { name: 'why', args: asked });
    const { groups } = data as { groups: unknown };
    return {
      letters: letters.map((letter) => letter && joinSource(letter.message)),
      page: page.body,
      groups,
      why: round.lines,
    };
  };

  it('says the same as the words that an older version froze', async () => {
    const name = await composeAll();
    const rows = await ask<{ label: string; overview: string | null; facts: object | null }>(
      'select label, overview, facts from public.edition_group order by number',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.every(({ overview, facts }) => overview === null && facts !== null)).toBe(true);
    const [note] = await ask<{ content: object }>(
      `select content from public.digest where content ? 'quiet'`,
    );
    expect(note?.content).toEqual({
      quiet: {
        date: '2026-03-02',
        exclusion: 'nothing_matched',
        language: 'en',
        lookedAt: expect.anything(),
        subscription: expect.any(Number),
      },
    });
    const coded = await seen(name);
    expect(coded.letters).toHaveLength(2);
    expect(coded.page).toMatch(/class="over" dir="auto">\d+ papers?[^<]*\./);

    const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
    const groups = coded.groups as { number: number; label: string; overview: string }[];
    for (const { number, label, overview } of groups) {
      await ask(`update public.edition_group set label = ${quoted(label)},
        overview = ${quoted(overview)}, facts = null where number = ${number}`);
    }
    await reopen();
    // A label is a theme in capitals.
    const folded = (all: unknown) => JSON.stringify(all).toLowerCase();
    expect(folded(await seen(name))).toBe(folded(coded));
  });

  it('is frozen in words as long as a sender of an older version lives', async () => {
    const old = await openLease(context.outside, { host: 'old', pid: 1, onLost: () => {} });
    await ask('update public.sender set version = 1');
    const name = await composeAll();
    const groups = await ask<{ label: string; overview: string | null }>(
      'select label, overview from public.edition_group order by number',
    );
    expect(groups.every(({ label, overview }) => label !== '' && overview !== null)).toBe(true);
    expect(groups.at(-1)?.overview).toMatch(/^\d+ papers?.*\.$/);
    const [note] = await ask<{ paragraphs: string[] }>(
      `select content->'paragraphs' as paragraphs from public.digest where content ? 'paragraphs'`,
    );
    expect(note?.paragraphs[0]).toMatch(/^40 papers came, and none matched/);
    const to = parseAddress('ada@operators.example');
    const id = await sendTest(context.outside, { edition: name, to, as: undefined, actor: 'ada' });
    const [test] = await ask<{ overview: unknown; reason: unknown }>(
      `select content#>'{trial,groups,0,overview}' as overview,
        content#>'{choices,0,reason}' as reason from public.digest where delivery_id = ${id}`,
    );
    expect([typeof test?.overview, typeof test?.reason]).toEqual(['string', 'string']);
    expect((await renderDelivery(context.outside, id))?.text).toContain('This is a test');
    await old.end();
  });
});
