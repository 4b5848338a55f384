import { eraseReader, exportReader } from '../../src/steps/readers/private.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { type ReaderBrowser, signReaderIn } from '../harness/reader-session.ts';

const DAY = 24 * 3_600_000;
const ada = 'ada@readers.example';
const ben = 'ben@readers.example';

// What readers keep for later: pressed in a mail or on a page, and nobody else's business.
describe.each(backends)('papers that are kept, in the %s', (backend) => {
  let live: Live;
  let browser: ReaderBrowser;
  let papers: { id: number; title: string }[];
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '100000' } });
    for (const address of [ada, ben]) await subscribe(live.outside, address);
    const name = await cutWith(live.outside, makePapers('k', 12));
    const edition = await live.outside.store.editions.findByName(name);
    papers = await live.outside.store.papers.listOfEdition(edition?.id ?? 0);
    live.clock.advance(DAY);
    await live.settle();
    browser = await signReaderIn(live, ada, '/my-papers');
  });
  afterAll(() => live?.close());

  const readerOf = async (address: string) => {
    const reader = await live.outside.store.subscribers.findByAddress(address);
    if (!reader) throw new Error(`${address} is gone`);
    return reader;
  };
  const listOf = async (address: string) => {
    const { subscriberId } = await readerOf(address);
    const kept = await live.outside.store.kept.list({ subscriberId, words: [] }, 100);
    return kept.map(({ paperId }) => paperId);
  };
  const digestTo = (address: string) => {
    const mail = live.mailTo(address).find(({ email }) => email.text?.includes('/keep/'));
    if (!mail) throw new Error(`no digest to ${address} can be kept from`);
    return mail.email;
  };
  const linkIn = (address: string) => {
    const link = /http\S+(\/keep\/\S+\/\d+)/.exec(digestTo(address).text ?? '')?.[1];
    return link ?? '';
  };

  it('are kept by a link of the mail, which asks first, and are no vote', async () => {
    expect(digestTo(ada).html).toContain('>Keep</a>');
    const link = linkIn(ada);
    const paperId = Number(link.split('/').at(-1));
    const asked = await live.get(link);
    expect(asked.body).toContain('Keep this for later?');
    expect(await listOf(ada)).toEqual([]);
    const done = await live.post(link, { act: 'keep' });
    expect(done.body).toContain('Kept for later');
    expect((await live.post(link, { act: 'keep' })).statusCode).toBe(200);
    expect(await listOf(ada)).toEqual([paperId]);
    expect(await live.outside.store.votes.listExamples((await readerOf(ada)).subscriberId)).toEqual(
      [],
    );
    expect((await live.post(link, { act: 'remove' })).body).toContain('Keep this for later?');
    expect(await listOf(ada)).toEqual([]);
    const audit = await live.outside.store.audit.list({}, { most: 2 });
    expect(audit.map(({ action, detail }) => [action, detail])).toEqual([
      ['unkeep', {}],
      ['keep', {}],
    ]);
  });

  it('are kept by nothing else: no other paper, right, form or reader', async () => {
    const link = linkIn(ada);
    expect((await live.get(link.replace(/\d+$/, '999999'))).statusCode).toBe(404);
    expect((await live.get(link.replace('/keep/', '/vote/'))).statusCode).toBe(404);
    expect((await live.post(link, { act: 'else' })).statusCode).toBe(400);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await live.post(link, { act: 'keep' }, foreign)).statusCode).toBe(403);
    expect(await listOf(ada)).toEqual([]);
  });

  it('are kept on the web by whoever is signed in, from the page of a paper', async () => {
    expect(browser.next).toBe('/my-papers');
    const [paper] = papers;
    if (!paper) throw new Error('no paper came out');
    const page = (await live.get(`/papers/${paper.id}`)).headers.location ?? '';
    expect((await live.get(page)).body).toContain(`formaction="/my-papers/${paper.id}"`);
    const stranger = await live.post(`/my-papers/${paper.id}`, { act: 'keep' });
    expect(stranger.headers.location).toBe(`/sign-in?next=%2Fmy-papers%2F${paper.id}`);
    const kept = await browser.post(`/my-papers/${paper.id}`, { act: 'keep' });
    expect(kept.headers.location).toBe(`/my-papers/${paper.id}`);
    expect((await browser.get(`/my-papers/${paper.id}`)).body).toContain('Kept for later');
    expect((await browser.get('/my-papers/999999')).statusCode).toBe(404);
    expect(await listOf(ada)).toEqual([paper.id]);
    expect(await listOf(ben)).toEqual([]);
  });

  it('stand on a page by day and group, can be searched, and go by a press', async () => {
    const [, second] = papers;
    if (!second) throw new Error('no paper came out');
    live.clock.advance(DAY);
    await browser.post(`/my-papers/${second.id}`, { act: 'keep' });
    const page = (await browser.get('/my-papers')).body;
    const dates = [...page.matchAll(/<h2 class="part">([^<]+)</g)].map(([, date]) => date);
    expect(dates).toEqual(['Thursday, 5 March 2026', 'Wednesday, 4 March 2026']);
    expect(page).toContain('<h3 class="group"');
    expect(page).toContain('2 papers of at most');
    const word = second.title.split(' ').at(-1) ?? '';
    const found = (await browser.get(`/my-papers?q=${encodeURIComponent(second.title)}`)).body;
    expect(found).toContain(word);
    expect(found.match(/value="drop"/g)).toHaveLength(1);
    expect((await browser.get('/my-papers?q=nothingofthekind')).body).toContain(
      'Nothing that you keep has these words.',
    );
    const gone = await browser.post(`/my-papers/${second.id}`, { act: 'drop', q: 'reefs' });
    expect(gone.headers.location).toBe('/my-papers?q=reefs');
    expect(await listOf(ada)).toEqual([papers[0]?.id]);
  });

  it('go along as files, of all or of what is found', async () => {
    for (const { id } of papers.slice(1, 4))
      await browser.post(`/my-papers/${id}`, { act: 'keep' });
    const bibtex = await browser.get('/my-papers/papers.bib');
    expect(bibtex.headers['content-disposition']).toContain('my-papers.bib');
    expect(bibtex.body.match(/^@misc/gm)).toHaveLength(4);
    expect((await browser.get('/my-papers/papers.ris')).body.match(/^TY {2}-/gm)).toHaveLength(4);
    const found = encodeURIComponent(papers[2]?.title ?? '');
    const csl = await browser.get(`/my-papers/papers.csl.json?q=${found}`);
    expect(JSON.parse(csl.body)).toMatchObject([{ title: papers[2]?.title }]);
    expect((await browser.get('/my-papers/papers.doc')).statusCode).toBe(404);
    expect((await live.get('/my-papers/papers.bib')).statusCode).toBe(303);
  });

  it('are a feed under a link that reads and does nothing else', async () => {
    const page = (await browser.get('/my-papers')).body;
    const feed = /href="(\/kept\/[^"]+)"/.exec(page)?.[1] ?? '';
    const atom = await live.get(feed);
    expect(atom.headers['content-type']).toContain('application/atom+xml');
    expect(atom.body.match(/<entry>/g)).toHaveLength(4);
    expect((await live.get(feed.replace('/kept/', '/feed/'))).statusCode).toBe(404);
    const other = live.sign('kept', (await readerOf(ben)).id);
    expect((await live.get(`${other}/papers.atom`)).body).not.toContain('<entry>');
  });

  it('are in the export of a reader, and gone with them', async () => {
    const { id, subscriberId } = await readerOf(ada);
    const data = await exportReader(live.outside, id);
    expect(data?.kept).toHaveLength(4);
    expect(data?.kept[0]).toMatchObject({ title: papers[3]?.title });
    expect(await eraseReader(live.outside, id, 'test')).toBe(true);
    expect(await live.outside.store.kept.count(subscriberId)).toBe(0);
  });
});
