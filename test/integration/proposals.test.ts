import type { IncomingMessage, ServerResponse } from 'node:http';
import { runCommand } from '../../src/commands/commands.ts';
import { gatherToday } from '../../src/steps/desk/today.ts';
import { backends } from '../harness/context.ts';
import { enterDesk } from '../harness/desk.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { type ReaderBrowser, signReaderIn } from '../harness/reader-session.ts';
import { waitFor } from '../harness/wait.ts';

const NAMES = ['ada', 'ben', 'cyd', 'dan', 'eva', 'fay'];
const addressOf = (name: string) => `${name}@readers.example`;
const published: Record<string, string> = { '2511.00001': '2025-11-01T00:00:00Z' };

const entry = (id: string) => `<entry><id>http://arxiv.org/abs/${id}v1</id>
  <title>Gulls on roofs in winter ${id}</title>
  <summary>Gulls rest on warm tin roofs while the harbour ${id} freezes over.</summary>
  <author><name>Ada Lovelace</name></author>
  <published>${published[id] ?? '2026-03-01T00:00:00Z'}</published></entry>`;

// What readers do on the web is seen by others: it needs a session, and never a digest's token.
describe.each(backends)('readers on the web, in the %s', (backend) => {
  let live: Live;
  let feeds: FeedServer;
  const browsers = new Map<string, ReaderBrowser>();

  const play = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    const ids = new URL(url, 'http://source').searchParams.get('id_list')?.split(',') ?? [];
    const known = ids.filter((id) => !id.startsWith('9'));
    response.end(`<feed xmlns="http://www.w3.org/2005/Atom">${known.map(entry).join('')}</feed>`);
  };
  const as = async (name: string): Promise<ReaderBrowser> => {
    const known = browsers.get(name) ?? (await signReaderIn(live, addressOf(name)));
    browsers.set(name, known);
    return known;
  };
  const waitForPage = (path: string, words: string) =>
    waitFor(async () => (await live.get(path)).body.includes(words));
  const proposals = () => live.outside.store.proposals;
  const find = async (id: string) => {
    const found = await proposals().findByKey(`arxiv:${id}`);
    if (!found) throw new Error(`${id} was not proposed`);
    return found;
  };
  const decided = (name: string, words: string) =>
    waitFor(async () => {
      await live.settle();
      return (await (await as(name)).get('/propose')).body.includes(words);
    });
  const propose = async (name: string, paper: string, named = '') =>
    (await as(name)).post('/propose', { paper, named });
  const readerOf = async (name: string) => {
    const reader = await live.outside.store.subscribers.findByAddress(addressOf(name));
    if (!reader) throw new Error(`${name} is gone`);
    return reader;
  };

  beforeAll(async () => {
    feeds = await openFeedServer();
    feeds.answer = play;
    live = await openLive(backend, {
      env: {
        ...playedBy(feeds),
        LOOK_UP_PAPERS: 'true',
        REQUESTS_PER_MINUTE: '100000',
        SIGNUPS_PER_IP: '1000',
        SIGNUPS_PER_DOMAIN: '1000',
        FORM_MAILS_PER_ADDRESS: '100',
      },
    });
    for (const name of NAMES) await subscribe(live.outside, addressOf(name));
    await cutWith(live.outside, makePapers('w', 12));
  });
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
  });

  const somePaper = async () => {
    const [newest] = await live.outside.store.shown.listNewest(1);
    const [paper] = await live.outside.store.papers.listOfEdition(newest?.id ?? 0);
    if (!paper) throw new Error('no paper came out');
    return paper;
  };

  it('begin a session by a POST behind a mailed link, once, and go on where they were', async () => {
    const { id } = await somePaper();
    const turned = await live.post(`/votes/${id}`, { way: 'more' });
    expect(turned.headers.location).toBe(
      `/sign-in?next=${encodeURIComponent(`/votes/${id}?way=more`)}`,
    );
    await live.post('/sign-in', { address: addressOf('ada'), next: `/votes/${id}?way=more` });
    await live.settle();
    const link = live.linkTo('session', addressOf('ada'));
    expect((await live.get(link)).headers['set-cookie']).toBeUndefined();
    expect((await live.post(link, {}, { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    const begun = await live.post(link);
    expect(begun.headers.location).toBe(`/votes/${id}?way=more`);
    const cookie = String(begun.headers['set-cookie']);
    expect(cookie).toMatch(/^reader=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    expect((await live.post(link)).statusCode).toBe(410);
    const again = await live.get(link);
    expect([again.statusCode, again.body.includes('This link is used up')]).toEqual([410, true]);
    expect(again.body).toContain('href="/sign-in"');
  });

  it('get no link for an address that reads nothing, and no other place to go on to', async () => {
    const before = live.sink.received.length;
    const answer = await live.post('/sign-in', { address: 'nobody@readers.example' });
    expect(answer.body).toContain('If that address is subscribed');
    await live.settle();
    expect(live.sink.received).toHaveLength(before);
    const elsewhere = await signReaderIn(live, addressOf('ada'), 'https://evil.example/');
    expect(elsewhere.next).toBe('/propose');
  });

  it('vote by one press, once a paper; other sites and forms without token do nothing', async () => {
    const { id } = await somePaper();
    const ada = await as('ada');
    const votes = async () => (await live.outside.store.votes.countByPaper([id])).get(id);
    const { cookie } = ada;
    expect(
      (await live.post(`/votes/${id}`, { way: 'more' }, { cookie, 'sec-fetch-site': 'cross-site' }))
        .statusCode,
    ).toBe(403);
    const bare = { 'content-type': 'application/x-www-form-urlencoded', cookie };
    const sent = await live.app.inject({
      method: 'POST',
      url: `/votes/${id}`,
      headers: bare,
      payload: 'way=more',
    });
    expect(sent.headers.location).toBe(`/votes/${id}?way=more`);
    expect(await votes()).toBeUndefined();
    for (const _ of [1, 2]) await ada.post(`/votes/${id}`, { way: 'more' });
    expect(await votes()).toBe(1);
    expect((await ada.get(`/votes/${id}`)).body).toContain('You asked for more like this');
    await ada.post(`/votes/${id}`, { way: 'none' });
    expect(await votes()).toBeUndefined();
    expect((await ada.post('/votes/999999', { way: 'more' })).statusCode).toBe(404);
  });

  it('see what at least five of them read this week, and nothing of fewer', async () => {
    const { id, title } = await somePaper();
    const read = async () => {
      const since = new Date(live.clock.now().getTime() - 1000);
      return live.outside.store.shown.listRead({ fewest: 5, since, most: 5 });
    };
    for (const name of NAMES.slice(0, 4))
      await (await as(name)).post(`/votes/${id}`, { way: 'more' });
    await (await as('fay')).post(`/votes/${id}`, { way: 'less' });
    expect(await read()).toEqual([]);
    await (await as('eva')).post(`/votes/${id}`, { way: 'more' });
    expect(await read()).toMatchObject([{ paperId: id, title, readers: 5 }]);
  });

  it('make what they searched for a topic of theirs, once', async () => {
    expect((await live.get('/search?q=reefs')).body).toContain('/subscribe?topics&#x3D;reefs');
    const form = (await live.get('/subscribe?topics=reefs')).body;
    expect(form).toContain('href="/follow?topic&#x3D;reefs"');
    const place = '/follow?topic=reefs';
    const turned = await live.get(place);
    expect(turned.headers.location).toBe(`/sign-in?${new URLSearchParams({ next: place })}`);
    const fay = await signReaderIn(live, addressOf('fay'), place);
    expect(fay.next).toBe(place);
    expect((await fay.get(place)).body).toContain('Follow “reefs”?');
    for (const _ of [1, 2]) await fay.post('/follow', { topic: 'reefs' });
    expect((await readerOf('fay')).profile.topics).toEqual(['reefs']);
    expect((await fay.post('/follow', { topic: '' })).statusCode).toBe(303);
  });

  it('propose a paper, which its source tells of, and all see it in no mail', async () => {
    expect((await propose('ada', 'nothing of the kind')).body).toContain('No arXiv id, DOI');
    expect((await propose('ada', '2603.00001', 'see www.buy.example')).body).toContain(
      'A name is words',
    );
    expect((await propose('ada', 'https://arxiv.org/abs/2603.00001v2', 'Ada L.')).statusCode).toBe(
      303,
    );
    await decided('ada', 'Shown to everybody');
    await waitForPage('/proposals', 'Gulls on roofs in winter 2603.00001');
    const page = (await live.get('/proposals')).body;
    expect(page).toContain('Proposed by Ada L.; 0 of 3 want it.');
    expect(page).not.toContain('readers.example');
    expect((await propose('ben', 'arXiv:2603.00001')).body).toContain('was proposed already');
    const draft = await live.outside.store.editions.findDraft();
    expect(await live.outside.store.papers.countOfEdition(draft?.id ?? 0)).toBe(0);
  });

  it('are told what is unknown, too old or too much', async () => {
    await propose('ben', '2511.00001');
    await decided('ben', 'more than 90 days ago');
    await propose('ben', '9903.00001');
    await decided('ben', 'does not know it');
    await propose('ben', '2603.00002');
    expect((await propose('ben', '2603.00003')).body).toContain('3 papers a day are the most');
  });

  it('take a paper into the draft, three of them, without the one who proposed it', async () => {
    const { id } = await find('2603.00001');
    expect((await (await as('ada')).post(`/propose/${id}`, { act: 'vote' })).statusCode).toBe(403);
    for (const name of ['ben', 'cyd', 'cyd']) {
      await (await as(name)).post(`/propose/${id}`, { act: 'vote' });
    }
    expect((await find('2603.00001')).state).toBe('shown');
    const last = await (await as('dan')).post(`/propose/${id}`, { act: 'vote' });
    expect(last.body).toContain('It comes with the next edition');
    const draft = await live.outside.store.editions.findDraft();
    const papers = await live.outside.store.papers.listOfEdition(draft?.id ?? 0);
    expect(papers.map(({ title }) => title)).toEqual(['Gulls on roofs in winter 2603.00001']);
    expect((await propose('eva', '2603.00001')).body).toContain('was proposed already');
    const known = await live.outside.store.papers.listByKeys(['arxiv:2603.00001']);
    expect(known).toHaveLength(1);
  });

  it('report by one press; an operator takes down with a reason, or stops who proposed', async () => {
    await decided('ben', 'Gulls on roofs in winter 2603.00002');
    const { id } = await find('2603.00002');
    const reported = await (await as('cyd')).post(`/propose/${id}`, { act: 'report' });
    expect(reported.body).toContain('Reported. An operator looks at it');
    const need = { kind: 'reported', words: '1 proposal was reported and is still shown.' };
    expect((await gatherToday(live.outside)).needs).toContainEqual(expect.objectContaining(need));
    const desk = await enterDesk(live, { name: 'olga' });
    expect((await desk.get('/admin')).body).toContain(need.words);
    expect((await desk.get('/admin/proposals')).body).toContain('1 report');
    const judge = (fields: Record<string, string>) => desk.post(`/admin/proposals/${id}`, fields);
    expect((await judge({ do: 'down', reason: '' })).body).toContain('The reason');
    expect((await judge({ do: 'down', reason: 'An advertisement' })).body).toContain('taken down');
    await waitFor(async () => !(await live.get('/proposals')).body.includes('2603.00002'));
    expect((await gatherToday(live.outside)).needs).toEqual([]);
    expect((await (await as('ben')).get('/propose')).body).toContain('An advertisement');
    expect((await propose('eva', '2603.00002')).body).toContain('was taken down here');
    await judge({ do: 'stop', reason: 'Again and again' });
    const { id: paper } = await somePaper();
    expect((await (await as('ben')).post(`/votes/${paper}`, { way: 'less' })).statusCode).toBe(403);
    const { subscriberId } = await readerOf('ben');
    await desk.post(`/admin/proposals/readers/${subscriberId}`, {});
    expect((await (await as('ben')).post(`/votes/${paper}`, { way: 'less' })).statusCode).toBe(303);
    const audit = await live.outside.store.audit.list({}, { most: 20 });
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['take_down', 'stop_reader', 'let_reader', 'take_proposal']),
    );
  });

  it('have what they proposed taken by an editor, with its known twin joined', async () => {
    await propose('cyd', '2603.00004');
    await decided('cyd', 'Shown to everybody');
    const { id } = await find('2603.00004');
    const desk = await enterDesk(live, { name: 'otto' });
    await desk.post(`/admin/proposals/${id}`, { do: 'take' });
    expect((await find('2603.00004')).state).toBe('taken');
  });

  it('are judged from the command line as at the desk', async () => {
    await propose('eva', '2603.00006', 'Eva');
    await decided('eva', 'Shown to everybody');
    const { id } = await find('2603.00006');
    await (await as('fay')).post(`/propose/${id}`, { act: 'report' });
    const run = async (name: string, args: object = {}) =>
      runCommand(live.outside, { name: `proposals ${name}`, args });
    const reported = await run('list', { reported: true });
    expect(reported.lines.join('\n')).toContain('arxiv:2603.00006');
    expect(reported.data).toMatchObject({ items: [{ id, named: 'Eva', reports: 1, votes: 0 }] });
    await run('leave', { id });
    expect((await run('list', { reported: true })).lines).toEqual(['Nothing is reported.']);
    expect((await find('2603.00006')).state).toBe('shown');
    await expect(run('down', { id })).rejects.toThrow('--reason must say why');
    await run('down', { id, reason: 'Of no use here' });
    await expect(run('take', { id })).rejects.toThrow('is shown no more');
    await expect(run('leave', { id: 999_999 })).rejects.toThrow('there is no proposal 999999');
    expect((await run('list', { state: 'down' })).lines.join('\n')).toContain('Of no use here');
    await run('stop', { id, reason: 'Again and again' });
    const address = addressOf('eva');
    const stopped = await run('stopped');
    expect(stopped.data).toMatchObject({ items: [{ address, reason: 'Again and again' }] });
    const { id: paper } = await somePaper();
    const vote = async () => (await as('eva')).post(`/votes/${paper}`, { way: 'less' });
    expect((await vote()).statusCode).toBe(403);
    await run('let', { address });
    expect((await vote()).statusCode).toBe(303);
    await expect(run('let', { address })).rejects.toThrow('is not stopped');
    await propose('eva', '2603.00007');
    await decided('eva', 'Shown to everybody');
    await run('take', { id: (await find('2603.00007')).id });
    expect((await find('2603.00007')).state).toBe('taken');
  });

  it('end their sessions here and from afar, and take with them what they proposed', async () => {
    await propose('dan', '2603.00005');
    await decided('dan', 'Shown to everybody');
    await waitForPage('/proposals', '2603.00005');
    const dan = await readerOf('dan');
    await live.post(`${live.sign('preferences', dan.id)}/private`);
    await live.settle();
    const own = live.linkTo('private', addressOf('dan'));
    const data = JSON.parse((await live.get(`${own}/export`)).body);
    expect(data.proposals).toMatchObject([{ key: 'arxiv:2603.00005', state: 'shown' }]);
    expect(data.proposalVotes).toMatchObject([{ key: 'arxiv:2603.00001' }]);
    expect(data.sessions).toHaveLength(1);
    const here = await live.post(`${own}/sessions`, { session: 'here' });
    const cookie = String(here.headers['set-cookie']).split(';')[0] ?? '';
    expect((await live.get('/propose', { headers: { cookie } })).statusCode).toBe(200);
    await live.post(`${own}/sessions`, { session: 'all' });
    expect((await live.get('/propose', { headers: { cookie } })).statusCode).toBe(303);
    expect((await (await as('dan')).get('/propose')).statusCode).toBe(303);
    const second = await signReaderIn(live, addressOf('dan'));
    await second.post('/sign-out');
    expect((await second.get('/propose')).statusCode).toBe(303);
    await live.post(`${own}/erase`);
    await waitFor(async () => !(await live.get('/proposals')).body.includes('2603.00005'));
    expect(await proposals().findByKey('arxiv:2603.00005')).toBeUndefined();
    const fay = await as('fay');
    live.clock.advance(31 * 24 * 3_600_000);
    expect((await fay.get('/propose')).statusCode).toBe(303);
  });
});
