import { addOperator } from '../../src/steps/desk/operators.ts';
import { PASSWORD } from '../harness/desk.ts';
import { type DeskWalk, walkDesk } from '../harness/desk-walk.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { journalRss } from '../harness/feed-shapes.ts';
import { type Live, openLive } from '../harness/live.ts';

// A host with an empty folder, who makes one operator in the shell and does all else on the desk.
describe('three mornings on the desk', () => {
  let live: Live;
  let feeds: FeedServer;
  let desk: DeskWalk;
  beforeAll(async () => {
    feeds = await openFeedServer();
    live = await openLive('sandbox', {
      now: '2026-03-02T09:00:00Z',
      env: { ALLOW_PRIVATE_FEEDS: 'true', REQUESTS_PER_MINUTE: '100000' },
    });
    desk = walkDesk(live, 'ada');
  }, 120_000);
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
  });

  const list = (name: string, date: string) => {
    const items = [1, 2, 3, 4].map((number) => ({
      title: `${name} of colony ${number}`,
      link: `https://journal.example/${name}/${number}`,
      date,
    }));
    feeds.answer = (_request, response) => response.end(journalRss(items));
  };
  /** From one day's work to eight in the morning of a March day, and through the door again. */
  const sleepUntil = async (day: string) => {
    for (const time of ['06:10', '08:00']) {
      live.clock.set(`2026-03-${day}T${time}:00Z`);
      await live.settle();
    }
    return desk.signIn();
  };

  it('begins with nothing, finds a feed and writes down its first readers', async () => {
    const door = (await live.get('/admin/sign-in')).body;
    expect(door).toContain('paperround operators add NAME');
    const rights = { role: 'operate', mayResendAll: true, address: null, actor: 'cli' } as const;
    await addOperator(live.outside, { ...rights, name: 'ada', password: PASSWORD });
    expect(await desk.signIn()).toContain('No edition was cut yet.');
    await desk.follow('Add one');
    list('Gulls', '2026-03-02T08:00:00Z');
    expect(await desk.press('Find it', { feed: `${feeds.url}/rss` })).toContain('it has 4 papers');
    // Under its own title.
    expect(await desk.press('Yes, watch it')).toMatch(/Feeds Journal It is watched/);
    expect(await desk.press('Fetch it now')).toContain('4 items, 4 new papers');
    for (const name of ['ben', 'cleo']) {
      await desk.open('/admin/subscribers/new');
      const page = await desk.press('Add them', { address: `${name}@readers.example` });
      expect(page).toContain('They are subscribed.');
    }
    expect(await desk.open('/admin')).toContain(
      'The draft: 4 papers so far, cut 2026-03-03 06:00 UTC.',
    );
  }, 180_000);

  it('finds on the first morning that it went out, and stops and lets go on', async () => {
    const today = await sleepUntil('03');
    expect(today).toContain('Edition 2026-03-03 is released: 4 papers');
    expect(today).toContain('2 readers due since the cut = 2 digests + 0 without');
    expect(today).toContain('Nothing needs you.');
    expect(live.mailTo('ben@readers.example')).toHaveLength(1);
    const stopped = await desk.press('Stop all sending', { reason: 'the relay moves' });
    expect(stopped).toContain('All sending stands still, by ada: the relay moves.');
    expect(await desk.press('Let it go on')).toContain('Nothing needs you.');
  }, 180_000);

  it('finds on the second whom nobody could reach, and why', async () => {
    list('Terns', '2026-03-03T20:00:00Z');
    live.sink.refuse('cleo@readers.example', 550);
    const today = await sleepUntil('04');
    expect(today).toContain('Edition 2026-03-04 is released');
    expect(today).toMatch(/the server says that nobody is there 5\.1\.1 \D+ 1 /);
    await desk.open('/admin/subscribers?state=suppressed');
    const page = await desk.follow('cleo@readers.example');
    expect(page).toContain('suppressed');
    expect(await desk.press('Tell me')).toMatch(/They got no mail: .*refused it for good/);
    live.sink.refuse('cleo@readers.example');
  }, 180_000);

  it('says on the third that it is down tomorrow, and cancels an edition', async () => {
    list('Auks', '2026-03-04T20:00:00Z');
    await sleepUntil('05');
    await desk.press('Begin a warm-up');
    await desk.open('/admin/announcements/new');
    const typed = { subject: 'We are down tomorrow', body: 'From nine to ten.' };
    expect(await desk.press('Keep it and look at it', typed)).toMatch(
      /In turns, whatever their days and hours\..*A warm-up goes on.*the last goes about 2026-03-05/,
    );
    await desk.press('Yes, send it to 1 reader');
    await live.settle();
    expect(live.mailTo('ben@readers.example').at(-1)?.email.subject).toBe('We are down tomorrow');

    await desk.open('/admin/editions/2026-03-05');
    expect(await desk.press('Yes, cancel it')).toContain('0 deliveries were cancelled');
    const today = await desk.open('/admin');
    expect(today).toContain('Edition 2026-03-05 is cancelled: nothing more of it goes out');
  }, 180_000);
});
