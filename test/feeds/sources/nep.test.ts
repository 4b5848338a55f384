import { playSource } from './play.ts';

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rss="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<rss:channel rdf:about="http://lists.repec.org/"><rss:title>Financial Markets</rss:title></rss:channel>
<rss:item rdf:about="https://d.repec.org/n?u=RePEc:arx:papers:2607.00007&amp;r=&amp;r=fmk"><rss:title>Gulls</rss:title>
<rss:link>https://d.repec.org/n?u=RePEc:arx:papers:2607.00007&amp;r=&amp;r=fmk</rss:link><rss:description>We see.</rss:description>
<dc:creator>Ann Gull</dc:creator><dc:creator>Tern, Bo</dc:creator><dc:date>2026-01</dc:date></rss:item></rdf:RDF>`;
const cell = (name: string, text: string) =>
  `<tr><td style="width: 7em" class="fina">${name}:</td>\n<td class="fiva">${text}</td></tr>`;
const report = `<!DOCTYPE html><html><body><ol class="coblo_ol"><li class="coblo_li"><div id="p1">
<a target="_blank" class="trout" href="https://econpapers.repec.org/RePEc:abc:wpaper:77?ref=nep-fmk">Gulls &amp; terns</a></div>
<table class="basit">${cell('By', '<a class="trout" href="https://e.org/s.pf?ar=on&amp;aus=Ann">Gull, Ann</a>;\n<a class="trout" href="https://e.org/s.pf?aus=Bo">Bo Tern</a>')}
${cell('Abstract', 'We see\nboth.')}${cell('Date', '2026–07')}
${cell('URL', '<a class="trout" href="https://d.repec.org/n?u=RePEc:abc:wpaper:77&amp;r=fmk">https://d.repec.org/n?u=RePEc:abc:wpaper:77</a>')}</table></li></ol></body></html>`;

it('reads the feed: a month is no date, and a link is the same in each report', async () => {
  const source = await playSource(['nep', 'fmk'], () => ({ body: rss }));
  const { papers } = await source.fetch();
  expect(papers).toEqual([
    {
      title: 'Gulls',
      abstract: 'We see.',
      authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
      categories: [],
      ids: { arxiv: '2607.00007' },
      link: 'https://d.repec.org/n?u=RePEc:arx:papers:2607.00007',
    },
  ]);
  expect(source.asked[0]?.pathname).toBe('/rss/nep-fmk.rss.xml');
  await source.close();
});

it('reads the newest report where the feed is gone', async () => {
  const source = await playSource(['nep', 'fmk'], ({ pathname }) => {
    if (pathname.startsWith('/rss/')) return { status: 404, body: 'gone' };
    if (pathname === '/nep-fmk/2026-09-07') return { body: report };
    return { body: '<a href="/nep-fmk/2026-08-31">one</a> <a href="/nep-fmk/2026-09-07">two</a>' };
  });
  const { papers, batchDate } = await source.fetch();
  expect(batchDate).toBe('2026-09-07');
  expect(papers).toEqual([
    {
      title: 'Gulls & terns',
      abstract: 'We see both.',
      authors: [{ name: 'Ann Gull' }, { name: 'Bo Tern' }],
      categories: [],
      ids: { repec: 'repec:abc:wpaper:77' },
      link: 'https://d.repec.org/n?u=RePEc:abc:wpaper:77',
      announcedAt: new Date('2026-09-07T00:00:00Z'),
    },
  ]);
  await source.close();
});

it('does not look for reports where the feed is only late', async () => {
  const source = await playSource(['nep', 'fmk'], () => ({ status: 503, body: '' }));
  await expect(source.fetch()).rejects.toThrow('come back later');
  expect(source.asked.length).toBe(1);
  await source.close();
});

it('says that there is neither feed nor report', async () => {
  const source = await playSource(['nep', 'zzz'], ({ pathname }) =>
    pathname.startsWith('/rss/') ? { status: 404, body: '' } : { body: '<html>No reports</html>' },
  );
  await expect(source.fetch()).rejects.toThrow('NEP has neither a feed nor reports there.');
  await source.close();
});
