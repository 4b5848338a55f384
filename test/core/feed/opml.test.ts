import { FeedError, parseFeedAddress } from '../../../src/core/feed/feed.ts';
import { buildOpml, nameApart, parseOpml } from '../../../src/core/feed/opml.ts';

describe('OPML', () => {
  it('is written without any feed, and read back', () => {
    const opml = buildOpml([]);
    expect(opml).toContain('<opml version="2.0">');
    expect(parseOpml(opml)).toEqual([]);
  });

  it('reads feeds out of folders', () => {
    const text = `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>
      <outline text="Folder"><outline text="A &amp; B" type="rss" xmlUrl="https://a.example/f?x=1&amp;y=2"/></outline>
      <outline title="Titled" text="Texted" xmlUrl="https://rss.arxiv.org/rss/cs.LG"/>
      <outline text="No feed"/></body></opml>`;
    expect(parseOpml(text)).toEqual([
      { name: 'A & B', address: 'https://a.example/f?x=1&y=2', folder: 'Folder' },
      { name: 'Texted', address: 'https://rss.arxiv.org/rss/cs.LG', folder: undefined },
    ]);
  });

  it('names feeds of one name apart: by folder, by host, by number', () => {
    const feed = { name: 'Current issue', address: 'https://b.example/f', folder: 'Journal B' };
    const taken = new Set<string>();
    const names = Array.from({ length: 5 }, () => {
      const name = nameApart(feed, taken);
      taken.add(name);
      return name;
    });
    expect(names).toEqual([
      'Current issue',
      'Current issue (Journal B)',
      'Current issue (b.example)',
      'Current issue (2)',
      'Current issue (3)',
    ]);
    const long = { name: 'x'.repeat(100), address: 'arxiv:cs.LG', folder: undefined };
    expect(nameApart(long, new Set())).toHaveLength(80);
    expect(nameApart(long, new Set(['x'.repeat(80)]))).toBe(`${'x'.repeat(76)} (2)`);
  });

  it('writes every kind so that it reads back as what it was', () => {
    const addresses = [
      'arxiv:cs.CL+cs.LG',
      'arxiv-query:cat:cs.LG AND abs:"<tide>"',
      'arxiv-query:id_list=2402.10149,2508.13426',
      'huggingface:daily',
      'biorxiv:cell_biology',
      'medrxiv:all',
      'https://example.org/feed?a=1&b=2',
    ];
    const feeds = addresses.map((address) => ({
      name: `"${address}" & <more>`,
      ...parseFeedAddress(address),
    }));
    const read = parseOpml(buildOpml(feeds));
    expect(read.map(({ name }) => name)).toEqual(feeds.map(({ name }) => name));
    expect(read.map(({ address }) => parseFeedAddress(address))).toEqual(
      addresses.map(parseFeedAddress),
    );
  });

  it.each([
    '',
    'hello',
    '<rss/>',
    '<!DOCTYPE x [<!ENTITY a "b">]><opml/>',
    '<outline>'.repeat(200),
  ])('refuses what is no OPML', (text) => expect(() => parseOpml(text)).toThrow(FeedError));
});
