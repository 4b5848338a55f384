import type { Paper } from '../../src/core/paper/paper.ts';
import type { Context } from '../../src/process/context.ts';
import { cutNow } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { answerWith, draftTitles, fetchNow, watch } from '../harness/feeds.ts';

interface Item {
  readonly title: string;
  readonly link?: string;
  readonly guid?: string;
  readonly doi?: string;
  readonly text?: string;
  readonly author?: string;
}

const DATE = 'Wed, 08 Jul 2026 12:00:00 GMT';
const rss = (items: readonly Item[], date: string | null = DATE) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>J</title>${items
    .map(
      ({ title, link = '', guid, doi, text, author }) =>
        `<item><title>${title}</title><link>${link}</link>${guid ? `<guid isPermaLink="false">${guid}</guid>` : ''}
        ${doi ? `<dc:identifier>${doi}</dc:identifier>` : ''}${author ? `<dc:creator>${author}</dc:creator>` : ''}
        ${text ? `<description>${text}</description>` : ''}${date ? `<pubDate>${date}</pubDate>` : ''}</item>`,
    )
    .join('')}</channel></rss>`;

// Who is who, from the feed's bytes to the edition that readers get.
describe.each(backends)('in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock('2026-07-09T05:10:00Z');
    context = await openContext(place, clock);
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const fetch = async (items: readonly Item[], date?: string | null) => {
    feeds.answer = answerWith(rss(items, date));
    clock.advance(3_600_000);
    const [report] = await fetchNow(context.outside);
    return report;
  };
  const shown = async () => {
    const cut = await cutNow(context.outside);
    const texts = await context.outside.store.editions.findTexts(
      cut.kind === 'released' ? cut.name : '',
    );
    return texts?.papers.map(({ title }) => title).toSorted();
  };

  it('one paper is sent once, by whatever link, guid and version it comes', async () => {
    await watch(context.outside, feeds.url, 'journal');
    const text = 'Tents leak, and we measure where and when in forty storms of one long winter.';
    const first: Item[] = [
      { title: 'Boron from milk', link: 'http://dx.doi.org/10.5555/jx.6c00001' },
      { title: 'Rain on tents', guid: '10.26434/chemrxiv.5555/v1', text },
      { title: 'Moss of a lab', link: 'https://lab.example/pubs', guid: 'm-1' },
      { title: 'Session', link: 'https://s.example/view?x=1', guid: 's-1', text },
    ];
    expect(await fetch(first)).toMatchObject({ kept: 4 });
    expect(await shown()).toHaveLength(4);
    expect(
      await fetch([
        {
          title: 'Boron from milk, warm',
          link: 'https://a.example/jx/article/doi/10.5555/jx.6c00001/5291658/Boron',
        },
        { title: 'Rain on tents', guid: '10.26434/chemrxiv.5555/v2', text },
        { title: 'Fern of a lab', link: 'https://lab.example/pubs', guid: 'm-2' },
        { title: 'Session', link: 'https://s.example/view?x=2', guid: 's-1', text },
      ]),
    ).toMatchObject({ kept: 1 });
    expect(await draftTitles(context.outside)).toEqual(['Fern of a lab']);
  });

  it('two papers are two, and a correction is not its paper', async () => {
    await watch(context.outside, feeds.url, 'journal');
    const text = (pages: string) => `Volume 56, Issue 3, December 2026, Page ${pages}.`;
    const titles = [
      'A new species of Aulacus wasp from Brazil',
      'A new species of Bracon wasp from Brazil',
      'Dust on window sills of nine towns',
      'Publisher Correction: Dust on window sills of nine towns',
    ];
    const items = titles.map((title, no) => ({
      title,
      doi: `10.1080/77.2026.${no}`,
      text: text(`${160 + no}-${170 + no}`),
      author: 'Ann Example',
    }));
    await fetch(items);
    expect(await shown()).toEqual(titles.toSorted());
  });

  it('what an older version read wrongly is known all the same', async () => {
    const { outside } = context;
    const old = (title: string, doi: string): Paper => ({
      title,
      abstract: '',
      authors: [],
      categories: [],
      ids: { doi },
    });
    await outside.store.transaction((tx) =>
      storePapers(
        tx,
        [
          old('Boron from milk', '10.5555/jx.6c00001/5291658/boron-from-milk'),
          old('Rain on tents', '10.26434/chemrxiv.5555/v1'),
        ],
        { cut: outside.config.cut, at: clock.now() },
      ),
    );
    await cutNow(outside);
    await watch(outside, feeds.url, 'journal');
    const items = [
      { title: 'Boron from milk', doi: '10.5555/jx.6c00001' },
      { title: 'Rain on tents', guid: '10.26434/chemrxiv.5555/v1' },
    ];
    expect(await fetch(items)).toMatchObject({ kept: 0, merged: 2 });
    expect(await fetch(items.toReversed())).toMatchObject({ kept: 0, known: 2 });
  });

  it('of an undated feed with one link for all, what comes later is new, and the rest is not', async () => {
    await watch(context.outside, feeds.url, 'lab');
    const list = (newest: number) =>
      Array.from({ length: 40 }, (_, index) => ({
        title: `Item ${newest - index}`,
        link: 'https://lab.example/pubs',
      }));
    expect(await fetch(list(100), null)).toMatchObject({ kept: 30, refused: 10 });
    expect(await fetch(list(102), null)).toMatchObject({ kept: 2, known: 30, refused: 8 });
  });
});
