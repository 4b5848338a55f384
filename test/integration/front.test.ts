import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { waitFor } from '../harness/wait.ts';

const DAY = 24 * 3_600_000;

// What everybody may read, from an empty service to an archive of years.
describe.each(backends)('the front, in the %s', (backend) => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '100000', CUT_ZONE: 'Etc/UTC' } });
  });
  afterAll(() => live?.close());

  const body = async (path: string) => {
    const answer = await live.get(path);
    expect([path, answer.statusCode]).toEqual([path, 200]);
    return answer.body;
  };
  /** A server looks once a second whether something changed. */
  const waitForPage = (path: string, words: string) =>
    waitFor(async () => (await live.get(path)).body.includes(words));

  it('says before the first edition what will be there, and when', async () => {
    for (const path of ['/', '/editions']) {
      expect(await body(path)).toContain(
        'The first edition is put together on Wednesday, 4 March 2026 at 01:00 (Etc/UTC)',
      );
    }
    expect(await body('/')).toContain('action="/subscribe"');
    expect((await live.get('/editions?month=2026-03')).statusCode).toBe(404);
  });

  it('shows the newest edition as soon as it is released, with a field for an address', async () => {
    const papers = makePapers('a', 30);
    const name = await cutWith(live.outside, papers);
    await waitForPage('/', `/editions/${name}`);
    const page = await body('/');
    expect(page.match(/<article/g)).toHaveLength(10);
    expect(page.indexOf('name="address"')).toBeLessThan(page.indexOf('<article'));
    expect(page).toContain('Tuesday, 3 March 2026');
    expect(await body('/editions')).toContain(`<a href="/editions/${name}"`);
    const edition = await body(`/editions/${name}`);
    for (const { title } of papers) expect(edition).toContain(title);
    expect(edition).toContain('This is study number 7 of series a.');
    expect(edition).toContain('action="/subscribe"');
    const [, paper = ''] = /<h3 dir="auto"><a href="(\/papers\/[^"]+)"/.exec(edition) ?? [];
    expect(await body(paper)).toContain('study a-');
    expect(await body(`/editions/${name}?view=titles`)).not.toContain('study number');
    const links = [...edition.matchAll(/\/editions\/2026-03-03\/groups\/\d+/g)].map(String);
    const groups = await Promise.all([...new Set(links)].map(body));
    for (const { title } of papers) {
      expect(groups.filter((group) => group.includes(`>${title}<`))).toHaveLength(1);
    }
  });

  it('tells two editions of a day apart, and leads from one to the next', async () => {
    live.clock.advance(3 * 3_600_000 + 5 * 60_000);
    await cutWith(live.outside, makePapers('b', 3));
    await waitForPage('/', 'second edition of the day, 15:05');
    const archive = await body('/editions?month=2026-03');
    expect(archive).toContain(
      'aria-label="3.2: Tuesday, 3 March 2026, second edition of the day, 15:05"',
    );
    expect(await body('/editions/2026-03-03')).toContain(
      '<a href="/editions/2026-03-03.2" rel="next">Tuesday, 3 March 2026, second edition of the day',
    );
    expect(await body('/editions/2026-03-03.2')).toContain(
      'href="/editions/2026-03-03" rel="prev"',
    );
  });

  it('has no end: years of editions are found by month, each with those beside it', async () => {
    const { store } = live.outside;
    const first = Date.parse('2016-03-05T12:00:00Z');
    const texts = { groups: [], entries: [], space: 'first', isHeld: false };
    await store.transaction(async (tx) => {
      for (let at = 0; at < 120; at += 1) {
        const day = new Date(first + at * 30 * DAY);
        const date = day.toISOString().slice(0, 10);
        const edition = await tx.editions.insertCut({ name: date, date, isSample: false, at: day });
        await tx.editions.recordTexts(edition.id, { ...texts, at: day });
      }
    });
    const last = new Date(first + 119 * 30 * DAY).toISOString().slice(0, 10);
    await waitForPage('/editions/2026-03-03', `href="/editions/${last}" rel="prev"`);
    const archive = await body('/editions');
    const months = [...archive.matchAll(/month(?:=|&#x3D;)(\d{4}-\d{2})/g)].map(([, m]) => m);
    const oldest = await body('/editions?month=2016-03');
    expect(new Set(months).size).toBeGreaterThan(110);
    expect(oldest).toContain('/editions/2016-03-05');
    expect(oldest).not.toContain('rel="prev"');
    expect(await body('/editions/2016-03-05')).toMatch(/href="\/editions\/2016-04-04" rel="next"/);
  });

  it('is not there under a name that is none', async () => {
    for (const path of [
      '/editions/2026-03-03.3',
      '/editions/2026-03-03/groups/99',
      '/editions/2026-03-03/groups/0',
      '/editions/2026-03-03/groups/x',
      '/editions/x/groups/1',
      '/editions?month=2026-3',
      '/editions?month=1999-01',
      '/editions?month=2026-03&month=2026-02',
    ]) {
      expect([path, (await live.get(path)).statusCode]).toEqual([path, 404]);
    }
  });

  it('is the same for all: no cookie counts, and who has it is sent nothing', async () => {
    for (const path of ['/', '/editions', '/editions/2026-03-03', '/style.css']) {
      const one = await live.get(path);
      const headers = { cookie: 'desk=x', 'accept-language': 'de', authorization: 'Bearer x' };
      const other = await live.get(path, { headers });
      expect(other.body).toBe(one.body);
      const etag = String(one.headers.etag);
      const again = await live.get(path, { headers: { 'if-none-match': etag } });
      expect([path, again.statusCode, again.body]).toEqual([path, 304, '']);
    }
    const packed = await live.get('/', { headers: { 'accept-encoding': 'br' } });
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.rawPayload.length).toBeLessThan(60_000);
  });

  it('says what it is to search engines and cards, and private pages do not', async () => {
    const page = await body('/editions/2026-03-03?view=titles');
    expect(page).toContain('rel="canonical" href="http://localhost:3000/editions/2026-03-03"');
    expect(page).toMatch(
      /<meta name="description" content="30 new papers of Tuesday, 3 March 2026/,
    );
    const [, card = ''] = /og:image" content="http:\/\/localhost:3000([^"]+)"/.exec(page) ?? [];
    expect((await live.get(card)).headers['content-type']).toBe('image/png');
    const { id } = await subscribe(live.outside, 'private@readers.example');
    const own = await live.get(live.sign('preferences', id));
    expect(own.statusCode).toBe(200);
    expect(own.body).not.toMatch(/canonical|og:/);
  });

  it('marks at once what was retracted or corrected since, and drops what was hidden', async () => {
    const { store, now } = live.outside;
    const texts = await store.editions.findTexts('2026-03-03');
    const [gone, mended, hidden] = texts?.papers ?? [];
    if (!gone || !mended || !hidden) throw new Error('there are no papers');
    const retraction = { kind: 'retraction', title: `RETRACTED: ${gone.title}` } as const;
    const correction = { kind: 'correction', title: `Erratum to: ${mended.title}` } as const;
    expect(await body('/editions/2026-03-03')).not.toContain('by amended');
    expect(await body('/editions/2026-03-03')).toContain(`>${hidden.title}<`);
    const own = `/papers/${gone.paperId}-`;
    const { headers } = await live.get(`/papers/${gone.paperId}`);
    expect(headers['location']).toContain(own);
    const page = String(headers['location']);
    expect(await body(page)).not.toContain('Retracted');
    await store.transaction(async (tx) => {
      await tx.papers.recordAmendment(gone.paperId, { ...retraction, at: now() });
      await tx.papers.recordAmendment(mended.paperId, { ...correction, at: now() });
      const mark = { paperId: hidden.paperId, mark: 'hidden', place: null } as const;
      await tx.marks.record([mark], { actor: 'test', at: now() });
    });
    await waitForPage('/editions/2026-03-03', '<p class="by amended">Retracted</p>');
    const edition = await body('/editions/2026-03-03');
    expect(edition).toContain('<p class="by amended">Erratum</p>');
    expect(edition).not.toContain(`>${hidden.title}<`);
    expect(edition).toContain('29 new papers in');
    expect(await body(page)).toContain('<b>Retracted.</b>');
    await store.marks.remove([hidden.paperId]);
    await waitForPage('/editions/2026-03-03', `>${hidden.title}<`);
  });

  it('shows what rises, and no votes of fewer than five readers', async () => {
    const { store, now } = live.outside;
    const texts = await store.editions.findTexts('2026-03-03');
    const paper = texts?.papers[3];
    if (!paper) throw new Error('there is no paper');
    const hot = () => store.shown.listHot({ editions: 7, fewest: 5 });
    for (let at = 0; at < 5; at += 1) {
      expect(await hot()).toEqual([]);
      const { id } = await subscribe(live.outside, `voter-${at}@readers.example`);
      const subscriberId = (await store.subscribers.find(id))?.subscriberId ?? 0;
      await store.votes.upsert({ subscriberId, paperId: paper.paperId, way: 'more', at: now() });
    }
    expect(await hot()).toMatchObject([{ paperId: paper.paperId, here: 5, gained: 0 }]);
  });
});

it('a site has its own name, accent, logo and foot, and leaves the rest', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-brand-'));
  const logo = join(folder, 'logo.svg');
  await writeFile(logo, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const live = await openLive('sandbox', {
    env: {
      SITE_NAME: 'Reef & Radar',
      SITE_TAGLINE: 'What the sea says',
      ACCENT_COLOUR: '#1a4f8b',
      LOGO_FILE: logo,
      FOOTER_TEXT: 'Run by the <reef> lab.',
    },
  });
  try {
    const { body } = await live.get('/');
    expect(body).toContain('What the sea says');
    expect(body).toContain('<p dir="auto">Run by the &lt;reef&gt; lab.</p>');
    const unescaped = body.replaceAll('&#x3D;', '=');
    const [, picture = ''] = /<img src="([^"]+)" alt="">/.exec(unescaped) ?? [];
    const image = await live.get(picture);
    expect(image.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    const [, sheet = ''] = /rel="stylesheet" href="([^"]+)"/.exec(unescaped) ?? [];
    const style = await live.get(sheet);
    expect(style.body).toMatch(/--accent:#1a4f8b[\s\S]*dark[\s\S]*--accent:#/);
    expect(style.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await live.get('/style.css')).headers['cache-control']).toBe('public, max-age=86400');
  } finally {
    await live.close();
    await rm(folder, { recursive: true });
  }
});
