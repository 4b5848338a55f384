import { askCiters, isCitedDue } from '../../src/steps/citations/ask-citers.ts';
import { renderDelivery, renderShown } from '../../src/steps/digests/view.ts';
import { playWorld, type World } from '../harness/citing-world.ts';
import { backends } from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { compose, subscribe } from '../harness/morning.ts';

const DAY_MS = 24 * 3_600_000;
const ADA = 'ada@readers.example';
const TIDES = '10.5555/tides';

describe.each(backends)('who cites a work, in the %s', (backend) => {
  let live: Live;
  let server: FeedServer;
  let number = 100;
  const citer = (title: string, date: string, more: object = {}) => {
    number += 1;
    return {
      doi: `10.5555/citer.${number}`,
      title,
      authors: ['Grace Hopper'],
      date,
      cites: [TIDES],
      number,
      ...more,
    };
  };
  const world: World = {
    papers: [
      { doi: TIDES, title: 'On tides', authors: ['Ada Lovelace'], date: '2024-05-02', number: 1 },
      ...[1, 2, 3, 4, 5, 6, 7].map((month) =>
        citer(`Old waves of month ${month}`, `2025-0${month}-03`),
      ),
    ],
  };

  beforeAll(async () => {
    server = await openFeedServer();
    server.answer = playWorld(world);
    live = await openLive(backend, {
      now: '2026-03-02T06:30:00Z',
      env: { ...playedBy(server), LOOK_UP_PAPERS: 'true' },
    });
    await subscribe(live.outside, ADA, { profile: { topics: ['nothing like it'] } });
  });
  afterAll(async () => {
    await live?.close();
    await server?.close();
  });

  const find = async (address = ADA) => {
    const reader = await live.outside.store.subscribers.findByAddress(address);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const page = async (address = ADA) =>
    live.sign('preferences', (await find(address)).id).replace('/preferences/', '/cited/');
  const named = async (address = ADA) => {
    const items = await live.outside.store.items.list((await find(address)).subscriberId, 100);
    return items.map(({ told }) => told.title).sort();
  };
  /** Some days later, when sources were asked again. */
  const ask = async (days = 0) => {
    live.clock.advance(days * DAY_MS);
    return askCiters(live.outside);
  };
  const lastLetter = async () => {
    const { subscriberId } = await find();
    const rows = await live.outside.store.deliveries.listLetters({
      id: null,
      subscriberId,
      from: new Date(0),
      to: new Date('2030-01-01'),
    });
    const last = rows.filter(({ kind }) => kind === 'digest').at(-1);
    const letter = last && (await renderDelivery(live.outside, last.id));
    if (!last || !letter) throw new Error('there is no letter');
    return { ...letter, id: last.id };
  };

  it('is looked for once a reader named it; of what is there the newest five are offered', async () => {
    const added = await live.post(await page(), { works: `https://doi.org/${TIDES}\nnonsense` });
    expect(added.body).toContain('1 work added');
    expect(added.body).toContain('Line 2, “nonsense”');
    await live.settle();
    await ask();
    expect(await named()).toEqual([3, 4, 5, 6, 7].map((month) => `Old waves of month ${month}`));
    const shown = (await live.get(await page())).body;
    expect(shown).toContain('On tides');
    expect(shown).toContain('7 papers are known to cite it; asked last on 2 March 2026.');
  });

  it('is told in a group of its own, in a letter that nothing else brings', async () => {
    await ask();
    live.clock.set('2026-03-02T07:01:00Z');
    await compose(live.outside);
    const { text, id } = await lastLetter();
    expect(text).toContain('Cites your work');
    expect(text.replace(/\s+/g, ' ')).toContain('Cites your “On tides”.');
    const shown = await renderShown(live.outside, id);
    expect(`${shown?.subject} ${shown?.html} ${shown?.text}`).not.toMatch(/Old waves|On tides/);
  });

  it('is asked again in its turn, and what is new is told once', async () => {
    server.requests.length = 0;
    await ask();
    expect(server.requests).toEqual([]);
    expect(await isCitedDue(live.outside)).toBe(false);
    world.papers.push(citer('New waves', '2026-03-01'));
    await ask(5);
    await ask(5);
    expect((await named()).filter((title) => title === 'New waves')).toHaveLength(1);
  });
});
