import { findAmended, findAmendments } from '../../src/core/paper/amendment.ts';
import { isSameWork } from '../../src/core/paper/identity.ts';
import { type Paper, paperKeys } from '../../src/core/paper/paper.ts';
import { parseBiorxiv } from '../../src/feeds/biorxiv.ts';
import { parsePlainFeed } from '../../src/feeds/feed.ts';
import { EmptyPage } from '../../src/feeds/pages.ts';

// What the product missed in recorded answers of sources, each as it came.

const record = (more: object = {}) => ({
  ...{ doi: '10.64898/2026.07.06.100001', title: 'Gulls on tin roofs in winter', version: '1' },
  ...{ authors: 'Gull, A. B.; van Tern, C.', date: '2026-07-06', category: 'zoology' },
  ...{ abstract: 'Gulls rest.', published: 'NA', server: 'bioRxiv', type: 'new results' },
  ...more,
});
const withdrawn = record({
  ...{ title: 'WITHDRAWN: Gulls on tin roofs in winter', version: '2', type: 'withdrawn' },
  abstract: 'WITHDRAWAL STATEMENTThis manuscript has been withdrawn by its authors.',
});
const read = async (...collection: object[]) => {
  const { papers } = await parseBiorxiv(Buffer.from(JSON.stringify({ messages: [], collection })));
  return papers;
};
const known = (paper: Paper | undefined) => ({
  keys: new Set(paper ? paperKeys(paper) : []),
  paper: paper ?? { title: '', abstract: '', authors: [] },
});
const keyed = (id: number, paper: Paper | undefined) =>
  [...known(paper).keys].map((key) => ({ id, key, kind: paper?.kind ?? ('paper' as const) }));

const rss = (...items: string[]) =>
  Buffer.from(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:rss="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><rss:channel>
    <rss:title>Reports</rss:title></rss:channel>${items.join('')}</rdf:RDF>`);
const item = (title: string, link: string, date: string) =>
  `<rss:item><rss:title>${title}</rss:title><rss:link>${link}</rss:link><dc:date>${date}</dc:date></rss:item>`;

describe('what was missed in recorded answers', () => {
  it('1: a withdrawn preprint is a retraction of the paper that is known', async () => {
    const [first, gone] = await read(record(), withdrawn);
    expect([gone?.kind, gone?.announcement]).toEqual(['retraction', 'replace']);
    expect(gone?.abstract).toBe(
      'Withdrawal statement: This manuscript has been withdrawn by its authors.',
    );
    const [amendment] = findAmendments(gone ? [gone] : []);
    expect(amendment && findAmended(amendment, keyed(7, first))).toBe(7);
  });

  it('2: names of parts stand apart from their texts, the later ones too', async () => {
    const abstract =
      'BackgroundGulls rest.\n\nMethodsUsing nets, we ask.\n\nResultsSimulated gulls fly.';
    const [paper] = await read(record({ abstract }));
    expect(paper?.abstract).toBe(
      'Background: Gulls rest. Methods: Using nets, we ask. Results: Simulated gulls fly.',
    );
  });

  it('3: a preprint and the article that it became are one', async () => {
    const [preprint] = await read(record({ published: '10.5555/Gull.1' }));
    const article = { ...record(), abstract: '', authors: [], categories: [] };
    const printed: Paper = { ...article, title: 'Gulls, at last', ids: { doi: '10.5555/gull.1' } };
    expect(isSameWork(known(preprint), known(printed))).toBe(true);
  });

  it('4: an empty page below the total is told from a fault of the source', async () => {
    const answer = { messages: [{ status: 'no posts found', total: 130 }], collection: [] };
    const page = parseBiorxiv(Buffer.from(JSON.stringify(answer)), 100);
    await expect(page).rejects.toBeInstanceOf(EmptyPage);
    await expect(page).rejects.toThrow('The page at 100 of 130 is empty: no posts found.');
  });

  it('5: a report of IACR is known by its number, whatever its link goes on with', async () => {
    const feed = rss(item('Moss', 'https://eprint.iacr.org/2026/0488.pdf', '2026-07-06'));
    const { papers } = await parsePlainFeed(feed);
    expect(papers[0]?.ids).toEqual({ eprint: '2026/488' });
  });

  it('6 and 7: a month is no date; reports part no paper, and arXiv’s are known by their id', async () => {
    const link = (report: string) => `https://d.repec.org/n?u=RePEc:abc:wpaper:7&amp;r=${report}`;
    const { papers } = await parsePlainFeed(
      rss(
        item('Moss', link('fmk'), '2026-01'),
        item('Moss', link('ecm'), '2026-01'),
        item('Fern', 'https://d.repec.org/n?u=RePEc:arx:papers:2601.11958&amp;r=fmk', '2026-01'),
      ),
    );
    expect(papers.map(({ publishedAt }) => publishedAt)).toEqual([undefined, undefined, undefined]);
    const [one, other, third] = papers;
    expect(one?.link).toBe(other?.link);
    expect(isSameWork(known(one), known(other))).toBe(true);
    expect(third?.ids).toEqual({ arxiv: '2601.11958' });
  });
});
