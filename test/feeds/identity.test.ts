import { existsSync, readFileSync } from 'node:fs';
import { parsePlainFeed } from '../../src/feeds/feed.ts';

interface Item {
  readonly title?: string;
  readonly link?: string;
  readonly guid?: string;
  readonly more?: string;
}

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const feedOf = (items: readonly Item[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>J</title>${items
    .map(
      ({ title = 'Moss on roofs', link = '', guid, more = '' }) =>
        `<item><title>${title}</title><link>${escapeXml(link)}</link>${guid ? `<guid isPermaLink="false">${escapeXml(guid)}</guid>` : ''}${more}</item>`,
    )
    .join('')}</channel></rss>`;
const read = async (items: readonly Item[], address = 'https://j.example/rss') =>
  (await parsePlainFeed(Buffer.from(feedOf(items)), '', address)).papers;

describe('what an item of a plain feed is known by', () => {
  it('is the DOI that elements name, then that of the guid, then what of the link is one', async () => {
    const link = 'https://j.example/jx/article/doi/10.5555/jx.6c00001/5291658/Boron-from-Milk';
    const papers = await read([
      { link },
      { link, guid: 'http://dx.doi.org/10.5555/jx.6c00002' },
      {
        link,
        guid: '10.5555/jx.6c00002',
        more: '<dc:identifier>10.5555/jx.6c00003</dc:identifier>',
      },
      { link: 'https://j.example/3', more: '<dc:doi>10.5555/jx.6c00004</dc:doi>' },
      {
        link: 'https://j.example/4',
        more: '<prism:url>https://doi.org/10.5555%2Fjx.5</prism:url>',
      },
      {
        link: 'https://j.example/5',
        more: `<description>${escapeXml('<p>DOI: 10.5555/jx.6</p><p>Words.</p>')}</description>`,
      },
    ]);
    expect(papers.map(({ ids }) => ids.doi)).toEqual([
      '10.5555/jx.6c00001',
      '10.5555/jx.6c00002',
      '10.5555/jx.6c00003',
      '10.5555/jx.6c00004',
      '10.5555/jx.5',
      '10.5555/jx.6',
    ]);
  });

  it('has no version, and a later version is a replacement', async () => {
    const papers = await read([
      { guid: '10.26434/chemrxiv.5555/v1' },
      { guid: '10.26434/chemrxiv.5555/v2' },
      { link: 'https://www.biorxiv.org/content/10.64898/2026.01.19.000001v3?rss=1' },
      { link: 'https://www.biorxiv.org/content/10.1101/2026.01.19.000001v1-0' },
      { guid: 'https://doi.org/10.31234/osf.io/ac7hw_v2' },
      // In a list of somebody's papers any version may be linked.
      { link: 'https://arxiv.org/abs/2607.00001v3' },
    ]);
    expect(papers.map(({ ids, announcement }) => [ids.doi ?? ids.arxiv, announcement])).toEqual([
      ['10.26434/chemrxiv.5555', undefined],
      ['10.26434/chemrxiv.5555', 'replace'],
      ['10.64898/2026.01.19.000001', 'replace'],
      ['10.1101/2026.01.19.000001', undefined],
      ['10.31234/osf.io/ac7hw', 'replace'],
      ['2607.00001', undefined],
    ]);
  });

  it('is what its feed calls it, where that is neither id nor link, and by no other feed', async () => {
    const items = [
      { guid: 'item-7', link: 'https://j.example/7' },
      { guid: 'https://www.j.example/7?utm_source=rss', link: 'http://j.example/7' },
      { guid: 'pubmed:7', link: 'https://j.example/7' },
      { link: 'https://j.example/7' },
    ];
    const guids = (await read(items)).map(({ guid }) => guid);
    expect(guids).toEqual([expect.stringMatching(/^\w+:\w+$/), undefined, undefined, undefined]);
    expect((await read(items))[0]?.guid).toBe(guids[0]);
    expect((await read(items, 'https://k.example/rss'))[0]?.guid).not.toBe(guids[0]);
  });

  it("is no id that all items share: that is the journal's", async () => {
    const journal = '<prism:doi>10.5555/(issn)1234-5678</prism:doi>';
    const titles = ['Moss on roofs', 'Tides and crabs', 'Rust in soup'];
    const papers = await read(titles.map((title) => ({ title, more: journal })));
    expect(papers.map(({ ids }) => ids)).toEqual([{}, {}, {}]);
    const versions = ['Moss on roofs', 'Moss on old roofs', 'Moss on some old roofs'];
    const one = await read(versions.map((title) => ({ title, guid: '10.5555/moss' })));
    expect(one.map(({ ids }) => ids.doi)).toEqual(versions.map(() => '10.5555/moss'));
  });

  it('is its number where a server gives no DOI, and a series for its own', async () => {
    const papers = await read([
      { link: 'https://eprint.iacr.org/2026/488', guid: 'https://eprint.iacr.org/2026/488' },
      { link: 'http://d.repec.org/n?u=RePEc:arx:papers:2601.11958&r=fmk' },
      { link: 'http://d.repec.org/n?u=RePEc:abc:wpaper:26-1&r=fmk' },
      { link: 'http://d.repec.org/n?u=RePEc:abc:wpaper:26-1&r=ecm' },
    ]);
    expect(papers.map(({ ids }) => ids)).toEqual([
      { eprint: '2026/488' },
      { arxiv: '2601.11958' },
      { repec: 'repec:abc:wpaper:26-1' },
      { repec: 'repec:abc:wpaper:26-1' },
    ]);
  });

  it('is its link without what says nothing', async () => {
    const links = [
      'https://j.example/science/article/7?dgcid=rss_sd_all',
      'https://j.example/content/7?TRACK=RSS&rft_dat=x&rsc_ga=1.2&af=R&utm_medium=rss',
      'https://j.example/detail;jsessionid=A1?v=1',
    ];
    expect((await read(links.map((link) => ({ link })))).map(({ link }) => link)).toEqual([
      'https://j.example/science/article/7',
      'https://j.example/content/7',
      'https://j.example/detail?v=1',
    ]);
  });
});

// Made inputs of other hands lie beside the repository where they may be used.
const folder = new URL('../../../shared/cases/feeds/', import.meta.url);
if (!existsSync(folder)) console.info('skipped: the cases of ../shared/cases/feeds are not here');

(existsSync(folder) ? describe : describe.skip)('the DOIs of the shared cases', () => {
  it.each([
    ['k2-doi-silverchair', ['10.1021/jx.6c00001', '10.1093/jx/zlab078', '10.1162/neco_a_00001']],
    [
      'k3-doi-missed',
      [
        '10.1099/ijxx.0.005019',
        '10.1007/s11230-021-00001-1',
        '10.1371/journal.pone.0000001',
        '10.15957/j.cnki.jx.2026.05.001',
        '10.1007/s11230-021-00001-1',
        '10.3389/fxxx.2026.00001',
        '10.1088/1367-2630/ab0001',
        '10.1103/physrevlett.1.1',
        '10.1038/s41566-026-00001-z',
        '10.3897/zookeys.1078.00001',
        '10.1016/j.x.2026.1',
        '10.1016/j.x.2026.2',
      ],
    ],
    ['k1d-rsc', ['10.1039/d6xx00001j']],
    ['k1g-pensoft', ['10.3897/zookeys.1078.00001']],
    ['k1g4-highwire', ['10.64898/2026.01.19.000001']],
    ['later-pre2', ['10.26434/chemrxiv.99999999']],
    ['later-silver', ['10.1021/jx.6c00001']],
  ])('are read in %s', async (name, expected) => {
    const { papers } = await parsePlainFeed(readFileSync(new URL(`${name}.xml`, folder)));
    expect(papers.map(({ ids }) => ids.doi)).toEqual(expected);
  });
});
