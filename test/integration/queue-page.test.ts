import { backends } from '../harness/context.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

interface BoardQueue {
  readonly name: string;
  readonly readOnlyMode: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly jobs: readonly { readonly id: string; readonly data: unknown }[];
}

describe.each(backends)('the page of the queue in the %s', (backend) => {
  let live: Live;
  let desk: DeskVisit;
  beforeAll(async () => {
    live = await openLive(backend);
    await subscribe(live.outside, 'ada@readers.example');
    await cutWith(live.outside, makePapers('a', 3));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    desk = await enterDesk(live, { name: 'ada', mayResendAll: true });
  });
  afterAll(() => live?.close());

  const queues = async (of = '') => {
    const answer = await desk.get(`/admin/queue/api/queues?page=1${of}`);
    expect(answer.statusCode).toBe(200);
    return (answer.json() as { queues: BoardQueue[] }).queues;
  };

  it('is Bull Board from our own origin, without a style or a font of elsewhere', async () => {
    const page = await desk.get('/admin/queue');
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.body).toContain('<base href="/admin/queue/" />');
    expect(page.body).not.toMatch(/https?:\/\/|<style|style="|<%/);
    const files = [...page.body.matchAll(/(?:src|rel="stylesheet" href|href)="(static\/[^"]+)"/g)];
    expect(files.length).toBeGreaterThan(4);
    for (const [, file] of files) {
      expect([file, (await desk.get(`/admin/queue/${file}`)).statusCode]).toEqual([file, 200]);
    }
    expect((await desk.get('/admin/queue/queue/send')).body).toBe(page.body);
    expect((await live.get('/admin/queue/static/js/x.js')).statusCode).toBe(303);
  });

  it('shows what every step did, by ids alone', async () => {
    const all = await queues();
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ingest', 'cut', 'compose', 'send', 'prune']),
    );
    const [composed] = await queues('&activeQueue=compose').then((shown) =>
      shown.filter(({ name }) => name === 'compose'),
    );
    expect(composed?.counts['completed']).toBeGreaterThan(0);
    expect(composed?.jobs[0]?.data).toEqual({ roundId: expect.any(Number) });
    expect(JSON.stringify(all)).not.toContain('readers.example');
  });

  it('changes nothing, whoever asks', async () => {
    expect((await queues()).every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    for (const [method, path] of [
      ['PUT', 'queues/compose/pause'],
      ['PUT', 'queues/compose/empty'],
      ['PUT', 'queues/compose/obliterate'],
      ['PUT', 'queues/compose/clean/completed'],
      ['PUT', 'queues/compose/retry/failed'],
      ['PUT', 'queues/compose/1/clean'],
      ['POST', 'queues/compose/add'],
      ['PATCH', 'queues/compose/1/update-data'],
      ['DELETE', 'queues/compose/job-schedulers/1'],
    ] as const) {
      const headers = { cookie: `desk=${desk.token}`, 'sec-fetch-site': 'same-origin' };
      const url = `/admin/queue/api/${path}`;
      const answer = await live.app.inject({ method, url, headers, payload: {} });
      expect([path, answer.statusCode]).toEqual([path, 404]);
    }
    const look = await enterDesk(live, { name: 'ben', role: 'look' });
    expect((await look.get('/admin/queue')).statusCode).toBe(200);
  });
});
