import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { signReaderIn } from '../harness/reader-session.ts';

const DAY = 24 * 3_600_000;
const ada = 'ada@readers.example';
const ben = 'ben@readers.example';
const cyd = 'cyd@readers.example';

// 2026-03-05 is a Thursday.
describe.each(backends)('what was kept last week, in the %s', (backend) => {
  let live: Live;
  let papers: { id: number; title: string }[];
  beforeAll(async () => {
    live = await openLive(backend, {
      now: '2026-03-05T12:00:00Z',
      env: { REQUESTS_PER_MINUTE: '100000' },
    });
    await subscribe(live.outside, ada, { zone: 'America/New_York' });
    await subscribe(live.outside, ben);
    await subscribe(live.outside, cyd, { profile: { topics: ['nothing of the kind'] } });
    for (const address of [ada, cyd]) {
      const browser = await signReaderIn(live, address, '/my-papers');
      expect((await browser.get('/my-papers')).body).toContain('say nothing of what you keep');
      await browser.post('/my-papers/weekly', { act: 'begin' });
      expect((await browser.get('/my-papers')).body).toContain('The first digest of a week');
    }
    const name = await cutWith(live.outside, makePapers('w', 12));
    const edition = await live.outside.store.editions.findByName(name);
    papers = await live.outside.store.papers.listOfEdition(edition?.id ?? 0);
  });
  afterAll(() => live?.close());

  const textsTo = (address: string) =>
    live
      .mailTo(address)
      .map(({ email }) => email.text ?? '')
      .filter((text) => text.includes('/vote/'));
  const nextMorning = async (batch: string) => {
    await cutWith(live.outside, makePapers(batch, 6));
    live.clock.advance(DAY);
    await live.settle();
  };
  const keep = async (address: string, at: number) => {
    const reader = await live.outside.store.subscribers.findByAddress(address);
    await live.outside.store.kept.insert({
      subscriberId: reader?.subscriberId ?? 0,
      paperId: papers[at]?.id ?? 0,
      at: live.outside.now(),
      isByMail: true,
    });
  };

  it('stands in the first digest of a week, for whoever wishes for it', async () => {
    for (const address of [ada, ben, cyd]) await keep(address, 0);
    await nextMorning('fri');
    await keep(ada, 1);
    await nextMorning('sat');
    await nextMorning('sun');
    expect(textsTo(ada).join()).not.toContain('KEPT LAST WEEK');
    await nextMorning('mon');
    await nextMorning('tue');
    const told = textsTo(ada).filter((text) => text.includes('KEPT LAST WEEK'));
    expect(told).toHaveLength(1);
    const [section = ''] = told[0]?.split('KEPT LAST WEEK')[1]?.split('\n\n\n') ?? [];
    for (const at of [0, 1]) expect(section).toContain(papers[at]?.title);
    expect(textsTo(ben).length).toBeGreaterThan(2);
    expect(textsTo(ben).join()).not.toContain('KEPT LAST WEEK');
  });

  it('brings no mail by itself', () => {
    expect(textsTo(cyd)).toEqual([]);
  });
});
