import { backends } from '../harness/context.ts';
import { enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { signReaderIn } from '../harness/reader-session.ts';

const EDITION = '/editions/2026-03-03';

describe.each(backends)('a site for members only, in the %s', (backend) => {
  let live: Live;
  let reader: Awaited<ReturnType<typeof subscribe>>;
  beforeAll(async () => {
    live = await openLive(backend, {
      env: {
        MEMBERS_ONLY: 'true',
        REQUESTS_PER_MINUTE: '100000',
        CUT_ZONE: 'Etc/UTC',
        PUBLIC_URL: 'https://papers.example',
      },
    });
    reader = await subscribe(live.outside, 'ada@readers.example');
    await subscribe(live.outside, 'ben@readers.example');
    await subscribe(live.outside, 'eve@readers.example');
    await cutWith(live.outside, makePapers('a', 30));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
  });
  afterAll(() => live?.close());

  const mailOf = (name: string) => live.mailTo(`${name}@readers.example`).at(-1)?.email;
  const linksOf = (name: string) => {
    const { html = '' } = mailOf(name) ?? {};
    const links = String(html).matchAll(/href="https:\/\/papers\.example(\/[^"]*)"/g);
    return [...new Set(Array.from(links, ([, link = '']) => link))];
  };
  const cookieOf = (answer: { headers: Record<string, unknown> }) =>
    String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? '';
  const all = [
    '/',
    '/editions',
    '/editions?month=2026-03',
    EDITION,
    `${EDITION}?view=titles`,
    `${EDITION}/groups/1`,
    '/papers/1',
    '/papers/1/cite.bib',
    '/authors/author-1',
    '/search',
    '/search?q=sensor',
    '/feeds/editions.atom',
    '/feeds/search.rss?q=sensor',
    '/sitemap.xml',
    '/sitemaps/editions.xml',
    '/sitemaps/papers-0.xml',
  ];

  it('shows a stranger nothing but the way in', async () => {
    for (const path of all) {
      for (const headers of [
        {},
        { cookie: '__Host-read=1.1.xxxxxxxxxxxxxxxxxxxxxx; __Host-desk=x' },
        { cookie: `__Host-read=${live.sign('preferences', reader.id).split('/')[2]}` },
        { 'if-none-match': '*' },
      ]) {
        const answer = await live.get(path, { headers });
        expect([path, answer.statusCode]).toEqual([path, 403]);
        expect(answer.headers).toMatchObject({
          'cache-control': 'no-store',
          'x-robots-tag': 'noindex',
        });
        expect(answer.body).not.toMatch(/study a-|canonical/);
        expect(answer.body).toContain('href="/link"');
      }
    }
    const preview = await live.post('/preview', { topics: 'sensors' });
    expect([preview.statusCode, preview.body.includes('study a-')]).toEqual([403, false]);
    expect((await live.get('/robots.txt')).body).toBe('User-agent: *\nDisallow: /\n');
    for (const path of ['/subscribe', '/link', '/style.css', '/icon.svg']) {
      expect([path, (await live.get(path)).statusCode]).toEqual([path, 200]);
    }
  });

  it('opens every link of a mail to its reader, and all pages after it', async () => {
    const links = linksOf('ada').filter((link) => link.startsWith('/read/'));
    expect(links.some((link) => link.endsWith(EDITION))).toBe(true);
    let cookie = '';
    for (const link of links) {
      const answer = await live.get(link);
      expect([link, answer.statusCode]).toEqual([link, 303]);
      cookie = cookieOf(answer);
      expect(String(answer.headers['set-cookie'])).toMatch(
        /^__Host-read=\S+; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      const open = (to: unknown) => live.get(String(to), { headers: { cookie } });
      const first = await open(answer.headers.location);
      // A paper's number leads on to its address with the title in it.
      const there = first.statusCode === 301 ? await open(first.headers.location) : first;
      expect([link, there.statusCode]).toEqual([link, 200]);
    }
    for (const path of all) {
      const answer = await live.get(path, { headers: { cookie } });
      expect([path, [200, 301, 404].includes(answer.statusCode)]).toEqual([path, true]);
      if (answer.statusCode === 200) {
        expect(answer.headers['cache-control']).toBe('private, no-cache');
      }
    }
    const page = await live.get(EDITION, { headers: { cookie } });
    const { etag = '' } = page.headers;
    expect(page.body).toContain('study a-');
    expect(page.body).not.toContain(cookie.split('=')[1]);
    const again = await live.get(EDITION, { headers: { cookie, 'if-none-match': String(etag) } });
    expect(again.statusCode).toBe(304);
  });

  it('gives each reader links of their own, and none to who is forwarded a page', async () => {
    const tokens = (name: string) =>
      linksOf(name).flatMap((link) => /^\/read\/([^/]+)/.exec(link)?.[1] ?? []);
    const [ada, ben, eve] = ['ada', 'ben', 'eve'].map((name) => new Set(tokens(name)));
    expect([ada, ben, eve].map((set) => set?.size)).toEqual([1, 1, 1]);
    expect(new Set([...(ada ?? []), ...(ben ?? []), ...(eve ?? [])]).size).toBe(3);
    expect(mailOf('eve')?.text).toContain(`https://papers.example/read/${[...(eve ?? [])][0]}/`);
    expect(mailOf('ada')?.text).toContain('Subscribe: https://papers.example/subscribe');
    const view = await live.get(live.linkTo('view', 'ada@readers.example'));
    expect(view.body).toContain('study a-');
    expect(view.body).not.toContain('/read/');
  });

  it('is opened by the page of preferences, by a session of the desk, and by no link to elsewhere', async () => {
    const preferences = await live.get(live.sign('preferences', reader.id));
    const headers = { cookie: cookieOf(preferences) };
    expect((await live.get('/', { headers })).statusCode).toBe(200);
    const desk = await enterDesk(live, { name: 'ada', role: 'look' });
    expect((await desk.get(EDITION)).statusCode).toBe(200);
    const link = live.sign('read', reader.id);
    for (const rest of ['//evil.example', '/\\evil.example', '///evil.example/x']) {
      const answer = await live.get(`${link}${rest}`);
      expect(String(answer.headers.location)).toMatch(/^\/evil\.example/);
    }
    expect((await live.get(`${link}/search?q=a%2Fb`)).headers.location).toBe('/search?q=a%2Fb');
  });

  it('is opened by the session that a reader began, until they leave', async () => {
    const eve = await signReaderIn(live, 'eve@readers.example');
    expect((await eve.get(EDITION)).statusCode).toBe(200);
    expect((await eve.get('/proposals')).statusCode).toBe(200);
    expect((await live.get('/proposals')).statusCode).toBe(403);
    await eve.post('/sign-out');
    expect((await eve.get(EDITION)).statusCode).toBe(403);
  });

  it('gives feeds by a token that only reads', async () => {
    const feed = live.sign('feed', reader.id);
    for (const name of ['digests.atom', 'editions.rss', 'search.json?q=sensor']) {
      const answer = await live.get(`${feed}/${name}`);
      expect([name, answer.statusCode]).toEqual([name, 200]);
      expect(answer.headers['cache-control']).toBe('private, no-cache');
      expect(answer.body).toMatch(/sensor|edition/i);
    }
    const [, , token = ''] = feed.split('/');
    expect((await live.get('/', { headers: { cookie: `__Host-read=${token}` } })).statusCode).toBe(
      403,
    );
    expect((await live.get(`/preferences/${token}`)).statusCode).toBe(404);
  });

  it('leaving needs no session, and ends all of it', async () => {
    const read = live.sign('read', reader.id);
    const headers = { cookie: cookieOf(await live.get(`${read}/`)) };
    expect((await live.get('/', { headers })).statusCode).toBe(200);
    const left = await live.post(live.linkTo('unsubscribe', 'ada@readers.example'), {
      'List-Unsubscribe': 'One-Click',
    });
    expect(left.statusCode).toBe(200);
    expect((await live.get(`${read}/`)).statusCode).toBe(410);
    expect((await live.get('/', { headers })).statusCode).toBe(403);
    expect((await live.get(`${live.sign('feed', reader.id)}/editions.atom`)).statusCode).toBe(404);
  });
});
