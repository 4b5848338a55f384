import * as fc from 'fast-check';
import { FeedError } from '../../src/core/feed/feed.ts';
import { checkXml } from '../../src/core/feed/xml-bounds.ts';
import { textOf, textsOf } from '../../src/feeds/raw-feed.ts';
import { brokenItems, parseFeedBytes } from '../../src/feeds/xml.ts';
import { fixture } from './loopback.ts';

const rss = (inside: string) =>
  `<rss version="2.0"><channel><title>t</title>${inside}</channel></rss>`;
const read = (text: string) => parseFeedBytes(Buffer.from(text));
const titles = async (text: string) =>
  (await read(text)).entries.map((entry) => textOf(entry, 'title'));

describe('parseFeedBytes', () => {
  it('keeps every repeated and namespaced element', async () => {
    const { entries } = await parseFeedBytes(fixture('pubmed.xml'));
    expect(entries.map((entry) => textsOf(entry, 'dc:creator').length)).toEqual([3, 1]);
    expect(entries.map((entry) => textsOf(entry, 'dc:identifier'))).toEqual([
      ['pmid:99990001', 'doi:10.5555/JHM.57'],
      ['pmid:99990002'],
    ]);
  });

  it('keeps numbers as they are written', async () => {
    expect(await titles(rss('<item><title>2402.10150</title></item>'))).toEqual(['2402.10150']);
  });

  it('keeps markup that is no text, in its order', async () => {
    expect(await titles(rss('<item><title>A <i>b &lt; c</i> d</title></item>'))).toEqual([
      'A <i>b &lt; c</i> d',
    ]);
  });

  it('reads by the second parser only the items that need it', async () => {
    const raw = await parseFeedBytes(fixture('broken-items.xml'));
    expect(raw.entries.map((entry) => textOf(entry, 'title'))).toEqual([
      'A sound item',
      'Research & development at AT&T',
      'Another item, where n < m',
    ]);
    expect(raw.entries.map((entry) => textOf(entry, 'arxiv:announce_type'))).toEqual([
      'new',
      '',
      'replace',
    ]);
    expect(raw.title).toBe('cs.LG updates on arXiv.org');
    expect(raw.date).toBe('Tue, 07 Jul 2026 00:00:00 -0400');
    expect(raw.isWhole).toBe(true);
    expect(brokenItems(raw)).toEqual([
      { item: expect.stringContaining('Where n < m'), reason: 'It is not well-formed XML.' },
    ]);
  });

  it.each([
    ['HTML entities', rss('<item><title>caf&eacute;&nbsp;A</title></item>'), 'café\u00a0A'],
    ['a code point that is none', rss('<item><title>A&#xFFFFFFFF;</title></item>'), 'A\ufffd'],
    ['RSS without a version', '<rss><channel><item><title>A</title></item></channel></rss>', 'A'],
    ['RDF without a channel', '<rdf:RDF><item><title>A</title></item></rdf:RDF>', 'A'],
    [
      'a prefixed root',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title></a:entry></a:feed>',
      'A',
    ],
    [
      'a bad date and a link without an address in Atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><link/><entry><title>A</title><published>soon</published><link/></entry></feed>',
      'A',
    ],
  ])('reads %s', async (_name, text, title) => {
    expect(await titles(text)).toEqual([title]);
  });

  it('reads a feed that breaks off as far as it goes and says so', async () => {
    const raw = await read(
      '<rss version="2.0"><channel><item><title>A</title></item><item><title>B',
    );
    expect(raw.entries.map((entry) => textOf(entry, 'title'))).toEqual(['A']);
    expect(brokenItems(raw).map(({ reason }) => reason)).toEqual([
      'It is not well-formed XML.',
      'The feed breaks off before its end.',
    ]);
  });

  it.each([
    ['nothing', ' ', 'is empty'],
    ['a web page', '<!DOCTYPE html><html><body>Sorry</body></html>', 'a web page'],
    ['other XML', '<a/>', 'is not RSS'],
    ['other JSON', '{"a":1}', 'is not RSS'],
    ['plain text', 'Hello', 'is not RSS'],
  ])('refuses %s', async (_name, text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
    await expect(read(text)).rejects.toBeInstanceOf(FeedError);
  });

  it('gives a feed or a FeedError for any text', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        ...[
          '<rss version="2.0">',
          '<channel>',
          '<item>',
          '</item>',
          '<title>',
          '</title>',
          '&',
          '<',
        ],
        ...[
          '<feed>',
          '<entry>',
          '</entry>',
          '</feed>',
          '<link href="',
          '<![CDATA[',
          '&#0;',
          '<__proto__>',
        ],
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const result = await read(pieces.join('')).catch((error: unknown) => error);
        expect(result instanceof FeedError || typeof result === 'object').toBe(true);
        if (result instanceof Error) expect(result).toBeInstanceOf(FeedError);
      }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('checkXml', () => {
  it('takes a doctype without entities, comments, CDATA and unclosed HTML', () => {
    const inside = '<!-- <a> --><![CDATA[<b><c>]]><p>1<br>2<br></p>';
    expect(() =>
      checkXml(`<!DOCTYPE rss SYSTEM "rss.dtd">${rss(inside.repeat(200))}`),
    ).not.toThrow();
  });

  it.each([
    ['nested tags', '<a>'.repeat(10_000), 'nests deeper'],
    ['elements without end', '<a/>'.repeat(400_001), 'has more than'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'declares entities'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 'declares'],
    ['an entity behind a sign', '<!DOCTYPE a SYSTEM "x>y" [<!ENTITY b "c">]>', 'declares'],
  ])('refuses %s', (_name, text, reason) => {
    expect(() => checkXml(text)).toThrow(reason);
  });

  it.each(['<', '<a', '<!--', '<![CDATA[', '<?', '</', '<a b="'])(
    'reads over a million times "%s" in linear time',
    (mark) => expect(() => checkXml(mark.repeat(1_000_000))).not.toThrow(),
  );
});

describe('a vocabulary', () => {
  const people = async (root: string, inside: string) => {
    const { entries } = await read(
      `<rss version="2.0" ${root}><channel><title>t</title><item><title>A</title>${inside}</item></channel></rss>`,
    );
    return entries.flatMap((entry) => [textsOf(entry, 'dc:creator'), textsOf(entry, 'prism:doi')]);
  };

  it.each([
    [
      'under another prefix',
      'xmlns:core="http://purl.org/dc/elements/1.1/" xmlns:p="http://prismstandard.org/namespaces/basic/3.0/"',
      '<core:creator>Ann</core:creator><core:creator>Bo</core:creator><p:doi>10.5555/1</p:doi>',
    ],
    [
      'of dcterms',
      'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:prism="http://purl.org/rss/1.0/modules/prism/"',
      '<dcterms:creator>Ann</dcterms:creator><dcterms:creator>Bo</dcterms:creator><prism:doi>10.5555/1</prism:doi>',
    ],
    [
      'bound anew to nothing known',
      'xmlns:dc="http://purl.org/dc/elements/1.1/"',
      '<dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator><prism:doi xmlns:prism="prism">10.5555/1</prism:doi>',
    ],
    [
      'that elements declare for themselves',
      '',
      `<creator xmlns="http://purl.org/dc/elements/1.1/">Ann</creator><creator xmlns="http://purl.org/dc/elements/1.1/">Bo</creator>
        <q:doi xmlns:q="http://prismstandard.org/namespaces/basic/2.0/">10.5555/1</q:doi>`,
    ],
  ])('%s is read', async (_name, root, inside) => {
    expect(await people(root, inside)).toEqual([['Ann', 'Bo'], ['10.5555/1']]);
  });

  it('of RSS 1.0, Atom and XHTML may have prefixes', async () => {
    const { entries, title } = await read(`<a:feed xmlns:a="http://www.w3.org/2005/Atom">
      <a:title>T</a:title><a:entry><a:title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"
        class="t">H<x:sub>2</x:sub>O</x:div></a:title></a:entry></a:feed>`);
    expect([title, entries.map((entry) => textOf(entry, 'title'))]).toEqual([
      'T',
      ['<div class="t">H<sub>2</sub>O</div>'],
    ]);
    const rdf = await read(`<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:rss="http://purl.org/rss/1.0/"><rss:channel><rss:title>T</rss:title></rss:channel>
      <rss:item><rss:title>A</rss:title></rss:item></r:RDF>`);
    expect([rdf.title, rdf.entries.map((entry) => textOf(entry, 'title'))]).toEqual(['T', ['A']]);
  });
});
