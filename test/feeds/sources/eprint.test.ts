import { playSource } from './play.ts';

const item = (number: string, posted: string, category: string) => `<item>
<title>Gulls ${number}</title><link>https://eprint.iacr.org/${number}</link>
<description><![CDATA[We take $<a,x>$ of a <b,y> pair.

Then 2 < n & m > 3.]]></description><guid isPermaLink="true">https://eprint.iacr.org/${number}</guid>
<category>${category}</category><dc:creator>Ann Gull</dc:creator><dc:creator>Bo Tern</dc:creator>
<pubDate>${posted}</pubDate></item>`;
const rss = `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>Archive</title>
<link>https://eprint.iacr.org/rss/rss.xml</link><category>Foundations</category><ttl>1440</ttl>
${item('2025/0488', 'Sat, 13 Sep 2025 22:02:40 +0000', 'Implementation')}
${item('2026/7', 'Mon, 06 Jul 2026 09:05:50 +0000', 'Public-key cryptography')}
</channel></rss>`;

const play = (address: string) =>
  playSource(['eprint', address], () => ({ headers: { etag: '"1"' }, body: rss }));

it('reads plain text in which nothing is markup, under its number', async () => {
  const source = await play('all');
  const { papers, complete, etag } = await source.fetch();
  expect([papers.length, complete, etag]).toEqual([2, true, '"1"']);
  expect(papers[1]).toEqual({
    title: 'Gulls 2026/7',
    abstract: 'We take <a,x> of a <b,y> pair. Then 2 < n & m > 3.',
    authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
    categories: ['Public-key cryptography'],
    ids: { eprint: '2026/7' },
    link: 'https://eprint.iacr.org/2026/7',
    publishedAt: new Date('2026-07-06T09:05:50Z'),
  });
  expect(source.asked[0]?.pathname).toBe('/rss/rss.xml');
  await source.close();
});

it('dates a changed paper by when it was posted, so that it is no news', async () => {
  const source = await play('all');
  const { papers } = await source.fetch();
  expect(papers[0]?.ids).toEqual({ eprint: '2025/488' });
  expect(papers[0]?.publishedAt).toEqual(new Date('2025-09-13T22:02:40Z'));
  await source.close();
});

it('takes one category', async () => {
  const source = await play('public-key cryptography');
  expect((await source.fetch()).papers.map(({ title }) => title)).toEqual(['Gulls 2026/7']);
  await source.close();
});
