import type { Context } from '../../src/process/context.ts';
import { cutEdition, cutNow } from '../../src/steps/editions/cut.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivRss, journalRss } from '../harness/feed-shapes.ts';
import { draftTitles, fetchNow, playedBy, watch } from '../harness/feeds.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

// The edition of Thursday 9 July is due at 01:00 in New York, 05:00 UTC.
describe.each(backends)('a late feed in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock('2026-07-08T12:00:00Z');
    context = await openContext(place, clock, playedBy(feeds));
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });

  const batch = (date: string, id: string) => {
    feeds.answer = (_request, response) =>
      response.end(arxivRss(date, [{ id, categories: ['cs.LG'] }]));
  };
  const cut = async () => {
    const draft = await context.outside.store.editions.findDraft();
    return cutEdition(context.outside, draft?.id ?? 0);
  };

  it("is waited for while it has yesterday's batch, and its papers are in the edition", async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    batch('2026-07-08', '2607.00001');
    await fetchNow(outside);
    // At half past midnight it answers, with what it had.
    clock.set('2026-07-09T04:30:00Z');
    await fetchNow(outside);
    clock.set('2026-07-09T05:00:00Z');
    expect(await cut()).toEqual({ kind: 'waiting', feeds: ['learning'] });
    batch('2026-07-09', '2607.00002');
    clock.set('2026-07-09T05:20:00Z');
    await fetchNow(outside);
    expect(await cut()).toMatchObject({ kind: 'released', name: '2026-07-09', papers: 2 });
  });

  it('is not waited for longer than configured, and its papers come with the next edition', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    batch('2026-07-08', '2607.00001');
    await fetchNow(outside);
    clock.set('2026-07-09T05:59:00Z');
    expect(await cut()).toMatchObject({ kind: 'waiting' });
    clock.set('2026-07-09T06:01:00Z');
    expect(await cut()).toMatchObject({ kind: 'released', papers: 1 });
    batch('2026-07-09', '2607.00002');
    await fetchNow(outside);
    expect(await draftTitles(outside)).toEqual(['Paper 2607.00002']);
    // An operator may cut one late edition by hand.
    expect(await cutNow(outside)).toMatchObject({ kind: 'released', name: '2026-07-09.2' });
  });

  it('is one that has not answered on the day; one that was just added is none', async () => {
    const { outside } = context;
    const url = `${feeds.url}/journal`;
    await watch(outside, url, 'journal');
    feeds.answer = (_request, response) =>
      response.end(journalRss([{ title: 'One', date: '2026-07-08T00:00:00Z' }]));
    await fetchNow(outside);
    clock.set('2026-07-09T04:59:00Z');
    await watch(outside, 'arxiv:cs.LG', 'added a minute before');
    clock.set('2026-07-09T05:00:00Z');
    expect(await cut()).toEqual({ kind: 'waiting', feeds: ['journal'] });
    await fetchNow(outside, 'journal');
    expect(await cut()).toMatchObject({ kind: 'released', papers: 1 });
  });

  it('is none on a weekend, nor after three days of silence', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    batch('2026-07-10', '2607.00001');
    clock.set('2026-07-10T04:30:00Z');
    await fetchNow(outside);
    // Saturday's list would be empty; Friday's will do.
    clock.set('2026-07-11T05:00:00Z');
    await fetchNow(outside);
    expect(await cut()).toMatchObject({ kind: 'released' });

    await cutWith(outside, makePapers('weekend', 1));
    clock.set('2026-07-15T04:59:00Z');
    await outside.store.transaction((tx) =>
      tx.editions.lockDraft({ at: clock.now(), cutDueAt: new Date('2026-07-15T05:00:00Z') }),
    );
    clock.set('2026-07-15T05:00:00Z');
    expect((await cut()).kind).not.toBe('waiting');
  });

  it('is one whose missed days are still to come', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    batch('2026-07-07', '2607.00001');
    await fetchNow(outside);
    clock.set('2026-07-09T04:30:00Z');
    // The search answers with the RSS, which is no answer of its kind: an error.
    feeds.answer = (request, response) => {
      const items = [{ id: '2607.00003', categories: ['cs.LG'] }];
      if (request.url?.startsWith('/api/') !== true) response.end(arxivRss('2026-07-09', items));
      else response.writeHead(404).end();
    };
    expect(await fetchNow(outside)).toMatchObject([{ kept: 1 }, { status: 'failed' }]);
    clock.set('2026-07-09T05:00:00Z');
    expect(await cut()).toEqual({ kind: 'waiting', feeds: ['learning'] });
  });
});
