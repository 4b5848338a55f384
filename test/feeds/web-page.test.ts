import { readWebPage } from '../../src/feeds/web-page.ts';

const read = (html: string) =>
  readWebPage(Buffer.from(html), 'text/html', 'https://example.org/journals/gulls');

describe('readWebPage', () => {
  it('reads links to feeds in any spelling, those of comments last', () => {
    const page = read(`<html><head><title>Gulls &amp; terns</title>
      <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
      <LINK TYPE='application/atom+xml' HREF='feed.atom?a=1&amp;b=2' REL='Alternate home'/>
      <link rel=alternate type=application/rdf+xml href=//cdn.example.org/rdf>
      <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="text/css" href="a.css">
      <link rel="alternate" type="application/rss+xml" href="/comments/feed"></head>`);
    expect(page.title).toBe('Gulls & terns');
    expect(page.feeds).toEqual([
      'https://example.org/journals/feed.atom?a=1&b=2',
      'https://cdn.example.org/rdf',
      'https://example.org/comments/feed',
    ]);
  });

  it('takes the page’s own base', () => {
    const page = read(`<base href="https://cdn.example.org/x/"><link rel="alternate"
      type="application/feed+json" href="feed.json">`);
    expect(page.feeds).toEqual(['https://cdn.example.org/x/feed.json']);
  });

  it('reads ISSNs that are some', () => {
    const page =
      read(`<meta name="citation_issn" content="2167-8359"><meta name="prism.issn" content="1234-5678">
      <p>Online ISSN: 1234-5679 <b>(ISSN 2167-8359)</b>. Phone 0000-0060.</p>`);
    expect(page.issns).toEqual(['2167-8359', '1234-5679']);
  });

  it('finds nothing where there is nothing', () => {
    expect(read('Gulls')).toEqual({ title: '', feeds: [], issns: [] });
    expect(read('<link rel="alternate" type="application/rss+xml" href="http://[">').feeds).toEqual(
      [],
    );
  });

  it('reads a page of unclosed tags in a time that grows with its length', () => {
    expect(read('<link '.repeat(150_000)).feeds).toEqual([]);
    expect(read('issn'.repeat(200_000)).issns).toEqual([]);
  });
});
