import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivRss } from '../harness/feed-shapes.ts';
import { answerWith, playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';

describe('the feeds on the desk', () => {
  let live: Live;
  let feeds: FeedServer;
  let ada: DeskVisit;
  beforeAll(async () => {
    feeds = await openFeedServer();
    live = await openLive('service', {
      now: '2026-07-09T05:10:00Z',
      env: { ...playedBy(feeds), ARXIV_SPACING_MS: '0' },
    });
    ada = await enterDesk(live, { name: 'ada' });
    const items = ['1', '2', '3', '4'].map((number) => ({
      id: `2607.0000${number}`,
      categories: ['cs.LG'],
      title: `The paper of number ${number}`,
    }));
    feeds.answer = answerWith(arxivRss('2026-07-09', items));
  });
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
  });
  const audited = async () =>
    (await live.outside.store.audit.list({ actor: 'operator:ada' }, { most: 1 }))[0];

  it('shows what is there with three of its papers, and adds nothing before a yes', async () => {
    const { body } = await ada.post('/admin/feeds/find', { feed: 'arxiv:cs.LG' });
    expect(body).toContain('Is this it?');
    expect(body).toContain('it has 4 papers');
    expect(body.match(/The paper of number/g)).toHaveLength(3);
    expect(await live.outside.store.feeds.list()).toEqual([]);
    const added = await ada.post('/admin/feeds/add', { feed: 'arxiv:cs.LG', name: 'learning' });
    expect(added.statusCode).toBe(303);
    expect((await ada.get(String(added.headers.location))).body).toContain('It is watched from');
    expect(await audited()).toMatchObject({ action: 'add', subject: 'feed learning' });
  });

  it('says why nothing is found or added', async () => {
    const nothing = await ada.post('/admin/feeds/find', { feed: 'arxiv:cs.ZZ' });
    expect([nothing.statusCode, nothing.body]).toEqual([409, expect.stringContaining('cs.ZZ')]);
    const twice = await ada.post('/admin/feeds/add', { feed: 'arxiv:cs.LG', name: 'again' });
    expect(twice.statusCode).toBe(409);
    expect(twice.body).toContain('The feed arxiv:cs.LG is there already, under the name learning.');
  });

  it('answers a fetch with what came', async () => {
    const { body } = await ada.post('/admin/feeds/fetch', { name: 'learning' });
    expect(body).toContain('It was asked just now: 4 items, 4 new papers');
    expect((await ada.post('/admin/feeds/fetch', { name: 'learning' })).body).toContain(
      'It was asked just now: nothing new.',
    );
    feeds.answer = (_request, response) => response.writeHead(404).end();
    const failed = await ada.post('/admin/feeds/fetch', { name: 'learning' });
    expect([failed.statusCode, failed.body]).toEqual([
      409,
      expect.stringMatching(/learning: failed/),
    ]);
  });

  it('changes its name and what is not taken from it', async () => {
    const feed = await live.outside.store.feeds.findByName('learning');
    const here = `/admin/feeds/${feed?.id}`;
    await ada.post(`${here}/rename`, { name: 'machines' });
    expect(await audited()).toMatchObject({ action: 'rename', detail: { was: 'learning' } });
    await ada.post(`${here}/without`, { kinds: 'news' });
    const { body } = await ada.get(here);
    expect(body).toContain('<h1>machines</h1>');
    expect(body).toMatch(/value="news" checked/);
    expect((await ada.post(`${here}/rename`, { name: '' })).statusCode).toBe(409);
  });

  it('says what removing does, and does it', async () => {
    const feed = await live.outside.store.feeds.findByName('machines');
    expect((await ada.get(`/admin/feeds/${feed?.id}`)).body).toContain('4 papers that it listed');
    await ada.post(`/admin/feeds/${feed?.id}/remove`);
    expect(await live.outside.store.feeds.list()).toEqual([]);
    expect(await audited()).toMatchObject({ action: 'remove', subject: 'feed machines' });
  });
});
