import { runCommand } from '../../src/commands/commands.ts';
import { buildCursor } from '../../src/core/desk/cursor.ts';
import { type CallApi, enterApi } from '../harness/api.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';

interface Page {
  readonly items: readonly {
    readonly id: number;
    readonly address?: string;
    readonly hash?: string;
  }[];
  readonly next?: string;
}

describe.each(backends)('the lists of the API in the %s', (backend) => {
  let live: Live;
  let call: CallApi;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '1000000' } });
    call = await enterApi(live, { name: 'ada' });
    for (let at = 0; at < 250; at += 1) await subscribe(live.outside, `r${at}@readers.example`);
  });
  afterAll(() => live?.close());

  /** Reads a list to its end; `between` runs after each page. */
  async function readAll(path: string, limit: number, between = async () => {}) {
    const pages: Page[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { limit: String(limit), ...(cursor ? { cursor } : {}) };
      const answer = await call({ path, query });
      expect([answer.statusCode, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
      const page: Page = answer.json();
      pages.push(page);
      if (page.next === undefined) return pages;
      cursor = page.next;
      await between();
    }
  }

  it('are read to their end by cursors while rows arrive, each row once', async () => {
    let arrived = 0;
    const pages = await readAll('/subscribers', 60, async () => {
      arrived += 1;
      await subscribe(live.outside, `new${arrived}@readers.example`);
    });
    const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
    expect(ids).toHaveLength(250 + arrived);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    expect(pages.map(({ items }) => items.length)).toEqual([60, 60, 60, 60, ids.length - 240]);
  });

  it('say below each page of the CLI how many of how many, and how to go on', async () => {
    const list = async (name: string, args: object) =>
      (await runCommand(live.outside, { name, args })).lines;
    const lines = await list('subscribers list', { limit: 100, search: 'r' });
    const more = lines.at(-1) ?? '';
    expect(more).toMatch(/^100 of 25\d; go on with --cursor \S+$/);
    const cursor = more.slice(more.lastIndexOf(' ') + 1);
    const rest = await list('subscribers list', { limit: 1000, search: 'r', cursor });
    expect(rest.join('\n')).not.toContain('go on with');
    expect(rest.slice(1).length + 100).toBe(Number(/of (\d+)/.exec(more)?.[1]));
    expect((await list('audit', { limit: 2 })).at(-1)).toMatch(
      /^2 shown, and there are more; go on with --cursor \S+$/,
    );
  });

  it('have the newest first where they do, and miss and repeat none', async () => {
    const writing = () =>
      call({ method: 'POST', path: '/deliveries/pause', body: { what: 'notices' } }).then(() =>
        call({ method: 'POST', path: '/deliveries/resume', body: { what: 'notices' } }),
      );
    for (let at = 0; at < 6; at += 1) await writing();
    const before = (await live.outside.store.audit.list({}, { most: 1000 })).map(({ id }) => id);
    const pages = await readAll('/audit', 5, async () => {
      await writing();
    });
    expect(pages.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(before);
  });

  it('go on where several rows have one moment', async () => {
    for (let at = 0; at < 7; at += 1) {
      const body = { address: `no${at}@readers.example`, reason: 'they asked' };
      await call({ method: 'POST', path: '/suppressions', body });
    }
    const pages = await readAll('/suppressions', 3);
    const hashes = pages.flatMap(({ items }) => items.map(({ hash }) => hash));
    expect([hashes.length, new Set(hashes).size]).toEqual([7, 7]);
    expect(pages.at(-1)?.items).toHaveLength(1);
  });

  it('say what is wrong with a page that cannot be', async () => {
    const { next } = (await call({ path: '/subscribers', query: { limit: '1' } })).json();
    const faults = async (path: string, query: Record<string, string>) => {
      const answer = await call({ path, query });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      return answer.json().errors;
    };
    const size = [{ field: 'limit', message: 'must be from 1 to 1000' }];
    for (const limit of ['0', '1001', '-3']) {
      expect(await faults('/subscribers', { limit })).toEqual(size);
    }
    expect(await faults('/subscribers', { limit: 'all' })).toEqual([
      { field: 'limit', message: 'must be a whole number' },
    ]);
    const wrong = [
      { field: 'cursor', message: 'must be the "next" of an earlier answer of this list' },
    ];
    const forge = (...place: unknown[]) => buildCursor('subscribers', place as [number]);
    for (const cursor of [
      'nonsense',
      'W10',
      forge('a'),
      forge(1, 2),
      forge(-1),
      `${next}x`,
      'x'.repeat(600),
    ]) {
      expect([cursor, await faults('/subscribers', { cursor })]).toEqual([cursor, wrong]);
    }
    expect(await faults('/audit', { cursor: next })).toEqual(wrong);
    const never = buildCursor('suppressions', ['never', 'x']);
    expect(await faults('/suppressions', { cursor: never })).toEqual(wrong);
    expect(await faults('/subscribers', { page: '2' })).toEqual([
      { field: 'page', message: expect.stringMatching(/is not known in the query: it takes sea/) },
    ]);
  });

  it('say of every fault what was wrong and what to do', async () => {
    const problem = async (given: Parameters<CallApi>[0], status: number) => {
      const answer = await call(given);
      expect([given.path, answer.statusCode]).toEqual([given.path, status]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      const told = answer.json();
      expect(told).toMatchObject({ status, title: expect.any(String) });
      expect(JSON.stringify(told)).not.toMatch(/ at .*\.ts|Invalid input|zod/i);
      return told;
    };
    await problem({ path: '/nothing' }, 404);
    const put = { method: 'PUT', path: '/feeds/reefs', body: {} };
    expect((await call(put)).headers.allow).toBe('GET, DELETE');
    await problem(put, 405);
    await problem({ path: '/subscribers/nobody@readers.example' }, 404);
    await problem({ path: '/deliveries/99' }, 404);
    await problem({ method: 'POST', path: '/subscribers', body: '{"address"' }, 400);
    const post = { method: 'POST', path: '/subscribers' };
    expect(await problem({ ...post, body: {} }, 400)).toMatchObject({
      errors: [{ field: 'address', message: 'is missing' }],
    });
    expect(await problem({ ...post, body: { address: 3, days: [1, 9], x: 1 } }, 400)).toMatchObject(
      {
        errors: [
          { field: 'x', message: expect.stringContaining('it takes address, fields, topics') },
        ],
      },
    );
    expect(await problem({ ...post, body: { address: 3, days: [1, 9] } }, 400)).toMatchObject({
      errors: [
        { field: 'address', message: 'must be text' },
        { field: 'days.1', message: 'must be weekdays from 1 (Monday) to 7' },
      ],
    });
    await problem({ ...post, body: [] }, 400);
    await problem({ ...post, body: { address: 'nonsense' } }, 422);
    await problem({ ...post, body: 'address=x', type: 'application/x-www-form-urlencoded' }, 415);
    await problem({ ...post, body: 'x', type: 'image/png' }, 415);
    await problem({ ...post, body: { address: 'x'.repeat(300_000) } }, 413);
    const correction = { edition: '2026-03-03', correction: 'Two authors were mixed up.' };
    await problem({ method: 'POST', path: '/resends', body: correction }, 403);
    await problem({ method: 'POST', path: '/resends', body: {} }, 422);
  });

  it('finds what has letters of an address in its name', async () => {
    const feed = 'https://papers.example.org/feeds/new.xml?of=all&by=day/2';
    const made = await call({ method: 'POST', path: '/feeds', body: { feed } });
    expect(made.statusCode).toBe(201);
    const path = String(made.headers.location).replace('/api/v1', '');
    expect((await call({ path })).json()).toMatchObject({ name: feed, runs: [] });
    expect((await call({ method: 'DELETE', path })).json()).toEqual({ removed: feed });
  });

  it('knows of a suppressed address that nobody has only that', async () => {
    const answer = await call({ path: '/subscribers/no1@readers.example' });
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { suppression: { reason: 'operator', at: expect.any(String) } },
    ]);
  });

  it('can be read only so often, also by who has no key', async () => {
    const busy = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '5' } });
    try {
      const ask = () => busy.get('/api/v1/today');
      for (let at = 0; at < 5; at += 1) expect((await ask()).statusCode).toBe(401);
      const refused = await ask();
      expect(refused.statusCode).toBe(429);
      expect(refused.json()).toMatchObject({ status: 429, detail: expect.any(String) });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await busy.close();
    }
  });
});
