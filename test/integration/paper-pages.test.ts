import { brotliDecompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { parseFeed } from 'feedsmith';
import { buildCursor } from '../../src/core/desk/cursor.ts';
import type { Paper } from '../../src/core/paper/paper.ts';
import { buildToken } from '../../src/core/reader/keys.ts';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { writeWords } from '../../src/steps/editions/words.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const reef: Paper = {
  title: 'IL-6 & the “brittle” reef: a √T bound',
  abstract: 'Coral reefs bleach in warm summers. Interleukins tell why </script><b>.',
  authors: [{ name: 'Ada Lovelace' }, { name: 'José Núñez' }, { name: '…' }],
  categories: ['q-bio.NC'],
  ids: { arxiv: '2603.01234', doi: '10.5555/reef_1' },
  link: 'https://arxiv.org/abs/2603.01234',
  code: 'https://code.example/reef',
  publishedAt: new Date('2026-03-02T00:00:00Z'),
  upvotes: 7,
};

// The pages of papers, as everybody sees them.
describe.each(backends)('pages of papers in the %s', (backend) => {
  const clock = createClock('2026-03-03T12:00:00Z');
  let place: Place;
  let context: Context;
  let app: FastifyInstance;

  beforeAll(async () => {
    place = await createPlace(backend);
    context = await openContext(place, clock, { PORT: '3210', REQUESTS_PER_MINUTE: '1000' });
    app = await createApp(context);
    const { store, config, now } = context.outside;
    const hidden = makePapers('hidden', 1);
    await store.transaction((tx) => storePapers(tx, hidden, { cut: config.cut, at: now() }));
    await store.marks.record([{ paperId: 1, mark: 'hidden', place: null }], {
      actor: 'test',
      at: now(),
    });
    await cutWith(context.outside, [reef, ...makePapers('p', 30)]);
    await writeWords(context.outside);
    clock.set('2026-03-04T12:00:00Z');
    await store.transaction((tx) =>
      storePapers(tx, makePapers('draft', 1), { cut: config.cut, at: now() }),
    );
  });
  afterAll(async () => {
    await app?.close();
    await context?.close();
    await place?.remove();
  });
  const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
  const here = '/papers/2-il-6-the-brittle-reef-a-t-bound';

  it('are sent compressed to who takes that, under one name', async () => {
    for (const path of ['/search?q=study', '/authors/ada-lovelace', '/feeds/search.atom?q=study']) {
      const plain = await get(path);
      const br = await get(path, { 'accept-encoding': 'gzip, br' });
      expect([path, br.headers['content-encoding']]).toEqual([path, 'br']);
      expect(brotliDecompressSync(br.rawPayload).toString()).toBe(plain.body);
      expect(br.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
      const { etag = '' } = br.headers;
      expect([etag, br.headers.vary]).toEqual([plain.headers.etag, 'accept-encoding']);
      expect((await get(path, { 'if-none-match': String(etag) })).statusCode).toBe(304);
    }
    const fault = await get('/search?q=date%3Asoon', { 'accept-encoding': 'gzip' });
    expect([fault.statusCode, fault.headers['content-encoding']]).toEqual([400, 'gzip']);
  });

  it('have one address, to which all others lead', async () => {
    expect((await get(here)).statusCode).toBe(200);
    for (const other of ['/papers/2', '/papers/2-', '/papers/2-another-title']) {
      const { statusCode, headers } = await get(other);
      expect([other, statusCode, headers.location]).toEqual([other, 301, here]);
    }
  });

  it('are there for what an edition shows alone', async () => {
    for (const [url, status] of [
      ['/papers/1', 410],
      ['/papers/33', 404],
      ['/papers/999', 404],
      ['/papers/x', 404],
      ['/papers/1/cite.bib', 404],
      ['/papers/2/cite.exe', 404],
    ] as const) {
      expect([url, (await get(url)).statusCode]).toEqual([url, status]);
    }
  });

  it('say all that is known, escaped, also for other programs', async () => {
    const { body } = await get(here);
    expect(body).toContain('<a href="/authors/ada-lovelace">Ada Lovelace</a>');
    for (const said of [
      'https://arxiv.org/pdf/2603.01234',
      'https://code.example/reef',
      'https://doi.org/10.5555/reef_1',
      '/search?q&#x3D;category%3Aq-bio.NC',
      '/editions/2026-03-03',
      '2 March 2026',
      '@misc{lovelace2026',
      'name="citation_author" content="José Núñez"',
      '<link rel="canonical"',
    ]) {
      expect(body).toContain(said);
    }
    expect(body).not.toContain('</script><b>');
    const [, data = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(body) ?? [];
    expect(JSON.parse(data)).toMatchObject({
      '@type': 'ScholarlyArticle',
      headline: reef.title,
      abstract: reef.abstract,
    });
  });

  it('are answered as the same where they are the same', async () => {
    const first = await get(here);
    const again = await get(here, { 'if-none-match': String(first.headers['etag']) });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it.each([
    ['bib', /^@misc\{/],
    ['ris', /^TY {2}- JOUR\r\nTI {2}- IL-6 & the/],
    ['csl.json', /"family": "Lovelace"/],
  ])('give a citation as .%s', async (ending, form) => {
    const { headers, body, statusCode } = await get(`/papers/2/cite.${ending}`);
    expect(statusCode).toBe(200);
    expect(headers['content-disposition']).toContain(`paper-2.${ending}`);
    expect(body).toMatch(form);
  });

  it('lead to papers like it, and not to itself', async () => {
    const { body } = await get('/papers/3');
    expect(body).toBe('');
    const page = (await get(String((await get('/papers/3')).headers.location))).body;
    const similar = page.slice(page.indexOf('id="similar"'), page.indexOf('ld+json'));
    expect(similar.match(/Coral reefs and bleaching/g)?.length).toBeGreaterThan(2);
    expect(similar).not.toContain('/papers/3-');
  });

  it('lead to what else an author wrote', async () => {
    const { body, statusCode } = await get('/authors/jose-nunez');
    expect(statusCode).toBe(200);
    expect(body).toContain('<h1 dir="auto">José Núñez</h1>');
    expect(body).toContain('1 paper here');
    expect((await get('/authors/nobody')).statusCode).toBe(404);
    expect((await get("/authors/x'y%5C")).statusCode).toBe(404);
    expect((await get('/authors/jose-nunez?after=x')).statusCode).toBe(404);
  });

  it('answer odd addresses in words, and never by a fault of ours', async () => {
    const forged = [
      ['0.5', '2025-02-30', 1],
      ['0', '0000-01-01', 1],
      ['1e308', '2025-01-01', 1],
      ['-1', '2025-01-01', 1],
    ].map((key) => `/search?q=study&after=${buildCursor('best', key)}`);
    const odd = ['/search?q=study+"*"', '/search?q=category:a%00b', '/authors/%00'];
    const feeds = ['/feeds/search.atom?q=author:"*"+study', '/feeds/group.atom?label=%00'];
    for (const path of [...forged, ...odd, ...feeds]) {
      const { statusCode } = await get(path);
      expect([path, statusCode < 500]).toEqual([path, true]);
    }
    const fault = await app.inject({ url: '/search?q=date:x', headers: { 'if-none-match': '*' } });
    expect(fault.statusCode).toBe(400);
  });

  it('are found, marked, a page at a time', async () => {
    const first = (await get('/search?q=study')).body;
    expect(first).toContain('30 papers');
    expect(first.match(/<mark>study<\/mark>/g)?.length).toBeGreaterThanOrEqual(20);
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(first) ?? [];
    const second = (await get(next.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).body;
    const titles = (body: string) => body.match(/href="\/papers\/\d+/g) ?? [];
    expect(new Set([...titles(first), ...titles(second)]).size).toBe(30);
    expect(second).not.toContain('rel="next"');
  });

  it('are searched for in words that people understand', async () => {
    expect((await get('/search')).statusCode).toBe(200);
    expect((await get('/search?q=xylophone')).body).toContain('Nothing that came out here');
    const wrong = await get(`/search?q=${encodeURIComponent('date:soon')}`);
    expect([wrong.statusCode, wrong.body.includes('is no date')]).toEqual([400, true]);
    expect((await get('/search?q=a&q=b')).statusCode).toBe(200);
    expect((await get('/search?q=il6')).body).toContain('/subscribe?topics&#x3D;il6');
    expect((await get('/search?q=draft')).body).toContain('No paper');
  });

  it.each([
    ['editions', '', 'Tuesday, 3 March 2026: 31 papers'],
    ['search', '?q=il-6', 'IL-6'],
  ])('are followed as a feed of %s, in every form', async (what, query, title) => {
    for (const [ending, type] of [
      ['atom', 'application/atom+xml'],
      ['rss', 'application/rss+xml'],
      ['json', 'application/feed+json'],
    ] as const) {
      const url = `/feeds/${what}.${ending}${query}`;
      const { statusCode, headers, body } = await get(url);
      expect([url, statusCode, String(headers['content-type'])]).toEqual([
        url,
        200,
        `${type}; charset=utf-8`,
      ]);
      const feed = parseFeed(body);
      expect(JSON.stringify(feed)).toContain(title);
      expect(JSON.stringify(feed)).toContain(
        `http://localhost:3210/${what === 'search' ? 'papers/2' : 'editions/2026-03-03'}`,
      );
      const again = await get(url, { 'if-none-match': String(headers['etag']) });
      expect(again.statusCode).toBe(304);
    }
  });

  it('have a feed of each group, and none of what is none', async () => {
    const { store } = context.outside;
    const texts = await store.editions.findTexts('2026-03-03');
    const label = texts?.groups.find((group) => group.label !== '')?.label ?? '';
    const query = new URLSearchParams({ label });
    const feed = (await get(`/feeds/group.json?${query}`)).body;
    expect(JSON.parse(feed).feed_url).toContain(`/feeds/group.json?${query}`);
    expect((await get(`/feeds/group.json?of=all&${query}`)).body).toBe(feed);
    expect(JSON.parse(feed).items.length).toBeGreaterThan(0);
    for (const url of [
      '/feeds/group.json',
      '/feeds/group.json?label=nothing',
      '/feeds/search.atom?q=date:soon',
      '/feeds/editions.exe',
      '/feed/1.1.AAAA/digests.atom',
    ]) {
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    }
  });

  it('are read as a feed of their own by readers, until they leave', async () => {
    const { outside } = context;
    const { id } = await subscribe(outside, 'ada@readers.example');
    const url = `/feed/${buildToken(outside.keys, 'feed', id)}/digests.json`;
    expect(JSON.parse((await get(url)).body).items).toEqual([]);
    clock.set('2026-03-05T07:00:00Z');
    await compose(outside);
    const lease = await openLease(outside, { host: 'test', pid: 1, onLost: () => {} });
    await send(outside, lease);
    await lease.end();
    const { body, headers } = await get(url);
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(body).not.toContain('ada@');
    if (backend === 'sandbox') expect(JSON.parse(body).items).toHaveLength(10);
    const other = buildToken(outside.keys, 'preferences', id);
    expect((await get(`/feed/${other}/digests.json`)).statusCode).toBe(404);
    await unsubscribe(outside, id, 'page');
    expect((await get(url)).statusCode).toBe(404);
  });

  it('are listed for search engines', async () => {
    expect((await get('/robots.txt')).body).toMatch(/Disallow: \/private\/[\s\S]*\/sitemap\.xml/);
    const index = (await get('/sitemap.xml')).body;
    const files = [...index.matchAll(/<loc>http:\/\/localhost:3210([^<]+)<\/loc>/g)];
    const all = await Promise.all(files.map(async ([, path = '']) => (await get(path)).body));
    expect(all.join()).toContain(`http://localhost:3210${here}</loc>`);
    expect(all.join()).toContain('http://localhost:3210/editions/2026-03-03</loc>');
    expect(all.join()).not.toContain('/papers/1-');
    expect((await get('/sitemaps/papers-x.xml')).statusCode).toBe(404);
  });

  it('lead from what repeats another to that', async () => {
    const { store, config } = context.outside;
    const authors = [{ name: 'Mary Anning' }, { name: 'Ada Lovelace' }];
    const twin = (doi: string, title: string): Paper => ({
      ...{ title, authors, abstract: `${reef.abstract} ${'It is told at length. '.repeat(3)}` },
      ...{ categories: [], ids: { doi } },
    });
    const preprint = twin('10.1101/2026.03.01.641234', 'Fossils of reefs in the cliffs of Dorset');
    const article = twin('10.5555/fossils', 'Fossils of reefs in cliffs of Dorset');
    await store.transaction((tx) =>
      storePapers(tx, [preprint, article], { cut: config.cut, at: clock.now() }),
    );
    const { name } = Object(await cutNow(context.outside));
    expect((await store.editions.findTexts(name))?.papers).toHaveLength(2);
    const answers = [await get('/papers/34'), await get('/papers/35')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([301, 301]);
    const places = answers.map(({ headers }) => headers.location);
    expect(places[0]).toMatch(/^\/papers\/3[45]-/);
    expect(places[1]).toBe(places[0]);
  });
});
