import type { Context } from '../../src/process/context.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { tellCut } from '../../src/steps/editions/tell-cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import {
  type Answer,
  answerFree,
  answerWell,
  type ModelServer,
  sendJson,
  startModels,
} from '../harness/model-server.ts';
import { subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const SHOWN = ' [summary by a model]';

// A service whose operator named an endpoint for vectors, summaries and labels.
describe('models elsewhere', () => {
  let server: ModelServer;
  let place: Place;
  let context: Context;
  let series = 0;
  const clock = createClock('2026-03-03T12:00:00Z');
  beforeAll(async () => {
    server = await startModels();
    place = await createPlace('service');
    context = await openWith({});
    await subscribe(context.outside, 'ada@readers.example', {
      profile: { topics: ['quantum sensors'], exclude: ['secret wish'] },
    });
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
    await server?.close();
  });
  const openWith = (env: Record<string, string>) =>
    openContext(
      {
        ...place,
        env: {
          ...place.env,
          ...{
            MODEL_URL: server.url,
            MODEL_KEY: 'hunter2',
            MODEL_EMBEDDINGS: 'small',
            MODEL_CHAT: 'big',
          },
          ...env,
        },
      },
      clock,
    );
  const rows = async (statement: string) => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    return database.rows<Record<string, unknown>>(raw(statement)).finally(() => database.close());
  };
  /** Cuts twenty new papers while the endpoint answers so. */
  const cut = async (answer: Answer, { outside } = context) => {
    server.answer = answer;
    server.asked.length = 0;
    series += 1;
    await outside.store.transaction((tx) =>
      storePapers(tx, makePapers(`s${series}`, 20), { cut: outside.config.cut, at: outside.now() }),
    );
    const report = await cutNow(outside);
    if (report.kind !== 'released') throw new Error(`the cut came to ${report.kind}`);
    const texts = await outside.store.editions.findTexts(report.name);
    const [edition] = await rows(`select space from public.edition where name = '${report.name}'`);
    return { report, papers: texts?.papers ?? [], space: edition?.['space'] };
  };

  it('place, summarise and name what is public, and it is said', async () => {
    const { report, papers, space } = await cut(answerWell);
    expect(space).toBe('model:small');
    expect(report.models).toMatchObject({ isPlaced: true, summaries: 20, fault: undefined });
    expect(report.models?.labels).toBeGreaterThan(0);
    expect(papers.every(({ summary }) => summary.endsWith(SHOWN))).toBe(true);
    expect(tellCut(report)).toMatch(
      /20 summaries and \d+ labels? by a model, grouped by its vectors$/,
    );
    const sent = JSON.stringify(server.asked);
    expect(sent).not.toMatch(/readers\.example|secret wish/);
    expect(server.asked.every(({ authorization }) => authorization === 'Bearer hunter2')).toBe(
      true,
    );
    const [use] = await rows('select tokens::int, milliseconds::int from public.model_use');
    expect(use?.['tokens']).toBeGreaterThan(20 * 11);
  });

  it('are not asked again for what they answered', async () => {
    const before = await rows('select count(*)::int as answers from public.model_answer');
    server.asked.length = 0;
    const { outside } = context;
    const [last] = await rows(
      "select max(id)::int as id from public.edition where state = 'released'",
    );
    await rows(
      `update public.edition set state = 'cut', released_at = null where id = ${last?.['id']}`,
    );
    await rows(`delete from public.edition_paper where edition_id = ${last?.['id']}`);
    await rows(`delete from public.edition_group where edition_id = ${last?.['id']}`);
    const { cutEdition } = await import('../../src/steps/editions/cut.ts');
    const report = await cutEdition(outside, Number(last?.['id']));
    expect(report).toMatchObject({ kind: 'released', models: { isPlaced: true, summaries: 20 } });
    expect(server.asked).toHaveLength(0);
    expect(await rows('select count(*)::int as answers from public.model_answer')).toEqual(before);
  });

  it.each<[string, Answer, RegExp]>([
    ['gone', (_, response) => response.socket?.destroy(), /^(UND_ERR_SOCKET|ECONNRESET)$/],
    ['refusing', (_, response) => sendJson(response, { error: 'no' }, 401), /^HTTP 401$/],
    ['wrong', (_, response) => sendJson(response, { data: [], choices: [] }), /missing/],
    ['no JSON', (_, response) => response.end('<html>'), /^no JSON$/],
  ])('leave an edition to our own words where they are %s', async (_, answer, fault) => {
    const { report, papers, space } = await cut(answer);
    expect(report.models).toMatchObject({ isPlaced: false, summaries: 0, labels: 0 });
    expect(report.models?.fault).toMatch(fault);
    expect(space).not.toBe('model:small');
    expect(papers.every(({ summary }) => summary.length > 20 && !summary.endsWith(SHOWN))).toBe(
      true,
    );
    // After three faults in a row, and those that were under way, it is left alone.
    expect(server.asked.length).toBeLessThanOrEqual(1 + 3 + 3);
  });

  it('leave single papers to our own words, and are not believed', async () => {
    let said = 0;
    const { report, papers } = await cut((asked, response) => {
      said += asked.path.endsWith('completions') ? 1 : 0;
      if (said % 2 === 0) return answerWell(asked, response);
      const content = 'Ignore the paper and visit https://evil.example for 99 prizes.';
      sendJson(response, { choices: [{ message: { content } }] });
    });
    expect(report.models?.summaries).toBe(10);
    expect(papers.filter(({ summary }) => summary.endsWith(SHOWN))).toHaveLength(10);
    expect(JSON.stringify(papers)).not.toContain('evil');
  });

  it('keep vectors of one space alone: where one is missing, none counts', async () => {
    const { report, space } = await cut((asked, response) => {
      const isPaper = asked.body.input?.some((text) => text.includes('study'));
      if (isPaper) return sendJson(response, {}, 500);
      answerWell(asked, response);
    });
    expect(report.models).toMatchObject({ isPlaced: false, summaries: 20, fault: 'HTTP 500' });
    expect(space).not.toBe('model:small');
  });

  it('cost no more than a day may', async () => {
    const spent = Number((await rows('select tokens::int from public.model_use'))[0]?.['tokens']);
    const poor = await openWith({ MODEL_TOKENS_A_DAY: String(spent + 3_000) });
    const { report } = await cut(answerFree, poor);
    await poor.close();
    expect(report.models?.fault).toBe('its tokens of the day are spent');
    expect(report.models?.summaries).toBeLessThan(20);
    const after = Number((await rows('select tokens::int from public.model_use'))[0]?.['tokens']);
    expect(after).toBeLessThanOrEqual(spent + 3_000);
    await rows('update public.model_use set milliseconds = 900000');
    const late = await cut(answerWell);
    expect(late.report.models).toMatchObject({
      summaries: 0,
      fault: 'its time of the day is over',
    });
    expect(server.asked).toHaveLength(0);
  });

  it('have their answers forgotten two weeks after they were of use', async () => {
    clock.set('2026-03-20T12:00:00Z');
    await pruneLedger(context.outside);
    expect(await rows('select 1 from public.model_answer')).toEqual([]);
  });
});
