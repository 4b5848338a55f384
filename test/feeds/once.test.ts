import * as fc from 'fast-check';
import { isFreshAnnouncement, type Paper, paperKeys } from '../../src/core/paper/paper.ts';
import { joinPapers, type Work } from '../../src/core/paper/paper-join.ts';
import { parsePlainFeed } from '../../src/feeds/feed.ts';

interface Item {
  readonly title: string;
  readonly link: string;
  readonly guid?: string;
  readonly doi?: string;
  readonly text?: string;
}

/** How a paper is listed: `no` tells it from others, `time` counts its listings, `dice` is chance. */
type Listing = (no: number, time: number, dice: number) => Item;

const titles = ['Moss on roofs', 'Tides and crabs', 'Rust in soup', 'Rain on tin', 'Wasps at dusk'];
const titleOf = (no: number) => `${titles[no % titles.length]} of the ${no}th town`;
/** A sentence of its own for each: no three words in a row are another's too, nor their letters. */
const textOf = (no: number) => {
  const name = String(no).replace(/\d/g, (digit) => 'qwertyuiop'[Number(digit)] ?? '');
  return `We show that ${[...'abcdefghijklmno'].map((letter) => letter + name).join(' ')}.`;
};
const pick = <T>(dice: number, some: readonly [T, ...T[]]): T =>
  some[dice % some.length] ?? some[0];
const tracking = (dice: number) =>
  pick(dice, [
    '?dgcid=rss_sd_all',
    '?TRACK=RSS',
    `?rft_dat=${dice}`,
    `?rsc_ga=${dice}`,
    '?af=R',
    `?utm_source=rss&utm_term=${dice}`,
    '',
  ]);

// Every kind of trouble that feeds were seen to make of who is who.
const listings: Readonly<Record<string, Listing>> = {
  'a DOI in ever another form': (no, _time, dice) => {
    const doi = `10.5555/jx.${no}c00001`;
    const at = 'https://j.example';
    return {
      title: titleOf(no),
      ...pick<Omit<Item, 'title'>>(dice, [
        { link: `${at}/jx/article/doi/${doi}/${5000 + no}/Title-of-it` },
        { link: `${at}/jx/article/doi/${doi}/${5000 + no}`, guid: `http://dx.doi.org/${doi}` },
        { link: `${at}/toc/jx`, guid: doi.toUpperCase() },
        { link: `${at}/doi/full/${doi.replace('/', '%2F')}${tracking(dice)}` },
        { link: `${at}/x/article?id=${doi}`, doi: `doi:${doi}` },
        { link: `${at}/articles/${no}`, text: `<p>DOI: ${doi}</p>` },
      ]),
    };
  },
  'a preprint in ever later versions': (no, time, dice) => ({
    title: titleOf(no) + (time > 3 ? ', revised' : ''),
    ...pick<Omit<Item, 'title'>>(dice, [
      { link: `https://x.example/content/10.1101/2026.01.19.${no}v${time}${tracking(dice)}` },
      { link: 'https://x.example/', guid: `10.1101/2026.01.19.${no}v${time}` },
    ]),
  }),
  'a preprint whose DOI has the version': (no, time, dice) => ({
    title: titleOf(no),
    link: `https://x.example/doi/10.26434/chemrxiv.${no}${pick(dice, ['/', '.'])}v${time}`,
  }),
  'one page for all papers of a lab': (no, _time, dice) => ({
    title: titleOf(no),
    link: `https://lab.example/publications${pick(dice, ['', `#p${no}`])}`,
    guid: `lab-${no}`,
    ...pick(dice, [{ text: textOf(no) }, {}]),
  }),
  'a link of a session': (no, time, dice) => ({
    title: titleOf(no),
    link: pick(dice, [
      `https://s.example/view?key=${no}-${time}-${dice}`,
      `https://s.example/v/${dice};jsessionid=${time}?a=${no}`,
    ]),
    text: textOf(no),
    guid: `view-${no}`,
  }),
  'a link of a session and no guid': (no, time, dice) => ({
    title: titleOf(no),
    link: `https://s.example/look?key=${no}-${time}-${dice}`,
    text: textOf(no),
  }),
  'a guid that is ever another': (no, time, dice) => ({
    title: titleOf(no),
    link: `https://g.example/${no}${tracking(dice)}`,
    guid: `${no}-${time}-${dice}`,
  }),
  'a link with ever other tracking': (no, _time, dice) => ({
    title: titleOf(no),
    link: `https://t.example/science/article/pii/S00000000${10_000_000 + no}${tracking(dice)}`,
  }),
  'a title that many have': (no, _time, dice) => ({
    title: pick(no, ['Editorial', 'In this issue: a note']),
    link: `https://e.example/${no}${tracking(dice)}`,
    ...pick(no, [{ doi: `10.5555/e.${no}` }, {}]),
  }),
  'a title like others, and their text': (no) => ({
    title: `A new species of ${pick(no, ['Aulacus', 'Bracon', 'Cotesia'])} wasp from Brazil ${no}`,
    link: `https://w.example/doi/10.1080/77.2026.${no}`,
    text: 'Volume 56, Issue 3, December 2026, Page 163-175. Published online by the society of wasps.',
  }),
  'a correction of another': (no) => ({
    title: `Publisher Correction: ${titleOf(no - 1)}`,
    link: `https://c.example/doi/10.5555/c.${no}`,
  }),
};

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const writeFeed = (items: readonly Item[]) =>
  Buffer.from(
    `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>J</title>${items
      .map(
        ({ title, link, guid, doi, text }) =>
          `<item><title>${title}</title><link>${escapeXml(link)}</link>
        ${guid ? `<guid isPermaLink="false">${escapeXml(guid)}</guid>` : ''}
        ${doi ? `<dc:identifier>${doi}</dc:identifier>` : ''}
        ${text ? `<description>${escapeXml(text)}</description>` : ''}</item>`,
      )
      .join('')}</channel></rss>`,
  );

/** What the tables of papers and keys do, in a few lines: a key but a title's has one owner. */
function createShelf() {
  const works = new Map<number, Work>();
  const owners = new Map<string, number>();
  return (papers: readonly Paper[]): (number | undefined)[] => {
    const asked = new Set(papers.flatMap(paperKeys));
    const known = [...works.values()].filter(({ keys }) => [...keys].some((key) => asked.has(key)));
    const onlyKnown = new Set(papers.filter((paper) => !isFreshAnnouncement(paper)));
    const joining = joinPapers(known, papers, onlyKnown);
    const ids = joining.works.map(({ id, keys, paper }) => {
      const own = id ?? works.size + 1;
      const held = [...keys].filter((key) => {
        if (key.startsWith('title:')) return true;
        if (!owners.has(key)) owners.set(key, own);
        return owners.get(key) === own;
      });
      works.set(own, { id: own, keys: new Set(held), paper });
      return own;
    });
    return joining.workOf.map((place) => (place === undefined ? undefined : ids[place]));
  };
}

const kinds = Object.keys(listings);
const fetches = fc.array(
  fc.record({
    feed: fc.constantFrom('https://one.example/rss', 'https://two.example/rss'),
    listed: fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 12 }),
    dice: fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }),
  }),
  { minLength: 10, maxLength: 10 },
);

describe('ten fetches of any mixture of these', () => {
  it('give each paper once, and no paper for another', async () => {
    const mixture = fc.array(fc.constantFrom(...kinds), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(mixture, fetches, async (papers, morning) => {
        const shelve = createShelf();
        const times = papers.map(() => 0);
        const found = papers.map(() => new Set<number | undefined>());
        for (const { feed, listed, dice } of morning) {
          const items = listed.map((no) => {
            const time = (times[no] ?? 0) + 1;
            times[no] = time;
            return listings[papers[no] ?? '']?.(100 + no, time, dice[no] ?? 0);
          });
          const body = writeFeed(items.flatMap((item) => item ?? []));
          const read = await parsePlainFeed(body, '', feed);
          const ids = shelve(read.papers);
          for (const [place, no] of listed.entries()) found[no]?.add(ids[place]);
        }
        const met = found.filter(({ size }) => size > 0);
        expect(met.map(({ size }) => size)).toEqual(met.map(() => 1));
        const works = met.flatMap((ids) => [...ids]);
        expect(new Set(works).size).toBe(works.length);
      }),
      { numRuns: 150 },
    );
  });
});
