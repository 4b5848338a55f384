import { parsePlainFeed } from '../../src/feeds/feed.ts';

const rss = (channel: string, items: string, root = '') =>
  `<rss version="2.0" ${root}><channel><title>t</title>${channel}${items}</channel></rss>`;
const item = (link: string) => `<item><title>A</title><link>${link}</link></item>`;
const atom = (entry: string, root = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${root}><title>t</title>
    <link rel="self" href="https://self.example/"/>${entry}</feed>`;

const ADDRESS = 'https://feeds.example/journal/rss.xml';
const linkOf = async (text: string) =>
  (await parsePlainFeed(Buffer.from(text), '', ADDRESS)).papers[0]?.link;

describe('a relative link', () => {
  it.each([
    ["is the feed's address's", rss('', item('../a/1')), 'https://feeds.example/a/1'],
    [
      "is the channel's link's",
      rss('<link>https://j.example/x/</link>', item('a/1')),
      'https://j.example/x/a/1',
    ],
    [
      "is the root's xml:base's",
      rss('<link>https://j.example/</link>', item('a/1'), 'xml:base="https://b.example/y/"'),
      'https://b.example/y/a/1',
    ],
    [
      'is each xml:base in turn',
      atom(
        '<entry xml:base="2026/"><title>A</title><link xml:base="07/" href="a.html"/></entry>',
        'xml:base="https://b.example/z/"',
      ),
      'https://b.example/z/2026/07/a.html',
    ],
    [
      'stays whole where it is',
      rss('<link>https://j.example/</link>', item('https://k.example/1')),
      'https://k.example/1',
    ],
    [
      'may be the about of RDF',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel/><item rdf:about="https://j.example/3"><title>A</title></item></rdf:RDF>`,
      'https://j.example/3',
    ],
  ])('%s', async (_name, text, link) => {
    expect(await linkOf(text)).toBe(link);
  });
});
