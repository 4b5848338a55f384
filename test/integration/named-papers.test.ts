import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../../src/process/context.ts';
import { completeWorks, isCompleteDue } from '../../src/steps/feeds/complete.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { alerted, named } from '../harness/items.ts';
import { subscribe } from '../harness/morning.ts';

const DAY_MS = 24 * 3_600_000;
const title = 'Gulls rest on warm tin roofs while harbours freeze';
const abstract = 'Gulls rest on warm tin roofs, we found.';
const work = {
  ...{ DOI: '10.5555/gulls.1', title: [title], type: 'journal-article', abstract },
  author: [{ given: 'Ann', family: 'Gull' }],
};

// What an alert names by its title alone, and Crossref knows.
describe.each(backends)('papers that alerts name without an id, in the %s', (backend) => {
  let place: Place;
  let context: Context;
  let source: FeedServer;
  let asked: URL[] = [];
  let answers: object[] = [];
  let isDown = false;
  const clock = createClock('2026-03-02T06:00:00Z');

  const play = ({ url = '' }: IncomingMessage, response: ServerResponse) => {
    asked.push(new URL(url, 'http://source'));
    if (isDown) return response.writeHead(503, { 'retry-after': '7200' }).end();
    const message = { 'total-results': answers.length, items: answers };
    return response.end(JSON.stringify({ message }));
  };
  beforeAll(async () => {
    source = await openFeedServer();
    source.answer = play;
    place = await createPlace(backend);
    const env = { ...playedBy(source), LOOK_UP_PAPERS: 'true' };
    context = await openContext(place, clock, env);
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
    await source?.close();
  });
  beforeEach(() => {
    asked = [];
    answers = [work];
    isDown = false;
  });

  const add = (subscriberId: number, ...given: Parameters<typeof alerted>) =>
    context.outside.store.items.add(subscriberId, alerted(...given), clock.now());
  const listItems = (subscriberId: number) => context.outside.store.items.list(subscriberId, 100);
  const searched = () =>
    asked.flatMap(({ searchParams }) => searchParams.get('query.bibliographic') ?? []);
  let readers = 0;
  const reader = async () => {
    readers += 1;
    return (await subscribe(context.outside, `r${readers}@readers.example`)).subscriberId;
  };

  it('are found once for all, and known by their id from then on', async () => {
    const [ada, bob] = [await reader(), await reader()];
    await add(ada, [named(title, 'A Gull')]);
    await add(bob, [named(title, 'A Gull'), named('Editorial', 'A Gull')], 'roofs');
    await completeWorks(context.outside);
    expect(searched()).toEqual([title]);
    expect(asked[0]?.searchParams.get('query.author')).toBe('A Gull');
    for (const id of [ada, bob]) {
      const item = (await listItems(id)).find(({ told }) => told.title === title);
      expect(item?.told.ids).toEqual({ doi: '10.5555/gulls.1' });
      expect(item?.known).toMatchObject({ abstract });
      expect(item?.reasons).toHaveLength(1);
    }
    expect(await isCompleteDue(context.outside)).toBe(false);
    clock.advance(40 * DAY_MS);
    await completeWorks(context.outside);
    expect(searched()).toHaveLength(1);
  });

  it('unite with what another alert names by that id', async () => {
    const ada = await reader();
    const other = { ...named('Gulls on roofs', 'Ann Gull'), ids: { doi: '10.5555/gulls.1' } };
    await add(ada, [other], 'roofs');
    await add(ada, [named(title, 'A Gull')]);
    expect(await listItems(ada)).toHaveLength(2);
    await completeWorks(context.outside);
    const items = await listItems(ada);
    expect(items).toHaveLength(1);
    expect(items[0]?.reasons).toHaveLength(2);
  });

  it('stay as they are named where nothing is surely theirs, and are asked for some days', async () => {
    const ada = await reader();
    const own = 'Terns nest on wet slate roofs until harbours thaw';
    await add(ada, [named(own, 'B Tern')]);
    await completeWorks(context.outside);
    expect(await listItems(ada)).toMatchObject([{ told: { title: own }, known: null }]);
    expect(await isCompleteDue(context.outside)).toBe(false);
    for (let week = 0; week < 10; week += 1) {
      clock.advance(7 * DAY_MS);
      await completeWorks(context.outside);
    }
    expect(searched().filter((text) => text === own)).toHaveLength(4);
  });

  it('wait where the source is away', async () => {
    const ada = await reader();
    await add(ada, [named('Auks dive for small fish under thin sea ice', 'C Auk')]);
    isDown = true;
    await completeWorks(context.outside);
    expect(await isCompleteDue(context.outside)).toBe(false);
    isDown = false;
    answers = [];
    clock.advance(DAY_MS);
    await completeWorks(context.outside);
    expect(searched()).toHaveLength(2);
  });
});
