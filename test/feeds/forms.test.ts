import { parsePlainFeed } from '../../src/feeds/feed.ts';

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The only item of a feed that has nothing to learn from. */
async function read(item: string) {
  const dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';
  const prism = 'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"';
  const link = item.includes('<link>') ? '' : '<link>https://x.example/1</link>';
  const title = item.includes('<title>') ? '' : '<title>Rain</title>';
  const xml = `<rss version="2.0" ${dc} ${prism}><channel><title>Journal of Roofs</title>
    <item>${title}${link}${item}</item></channel></rss>`;
  const { papers } = await parsePlainFeed(new TextEncoder().encode(xml));
  const [paper] = papers;
  if (!paper) throw new Error('it was not read');
  return paper;
}

const A = 'Ann Example';
const B = 'Bo Sample';
const people: [string[], string[]][] = [
  [
    ['Ann Example<sup>1</sup>, Bo Sample<sup>2,3</sup>, Cy Muster<sup>1,*</sup>'],
    [A, B, 'Cy Muster'],
  ],
  [['Ann Example (https://orcid.org/0000-0001-2345-6789); Bo Sample'], [A, B]],
  [['ANN EXAMPLE, BO SAMPLE'], ['ANN EXAMPLE', 'BO SAMPLE']],
  [['Example A; Sample B; Muster C'], ['A Example', 'B Sample', 'C Muster']],
  [['Example, A.; Sample, B.'], ['A. Example', 'B. Sample']],
  [['A. Example, B. Sample & C. Muster'], ['A. Example', 'B. Sample', 'C. Muster']],
  [['Example A., Sample B.'], ['A. Example', 'B. Sample']],
  [['Example, Ann and Sample, Bo and von Muster, Cy'], [A, B, 'Cy von Muster']],
  [['Dr. Ann Example, MD, PhD'], [A]],
  [['Ann Example, MD, PhD; Bo Sample, MSc'], [A, B]],
  [['Ann Example, et al.'], [A]],
  [['Ann Example\n            ,\n            Bo Sample'], [A, B]],
  [
    ['Ann Example', 'Bo Sample', 'et al.'],
    [A, B],
  ],
  [
    ['Ann Example ', '  Bo  Sample'],
    [A, B],
  ],
  [
    ['Example, Ann', 'Sample, Bo J.', 'Muster, Cy, Jr.'],
    [A, 'Bo J. Sample', 'Cy Muster Jr.'],
  ],
  [
    ['Example Ann', 'Sample Bo'],
    ['Example Ann', 'Sample Bo'],
  ],
  [['Ann Example | Bo Sample | Cy Muster'], [A, B, 'Cy Muster']],
  [['Ann Example / Bo Sample'], [A, B]],
  [['Ann Example · Bo Sample · Cy Muster'], [A, B, 'Cy Muster']],
  [['by Ann Example, Bo Sample and Cy Muster'], [A, B, 'Cy Muster']],
  [['Authors: Ann Example, Bo Sample'], [A, B]],
  [['Ann Example, Bo Sample, and the Roof Study Group'], [A, B, 'the Roof Study Group']],
  [['Ann Example y Beto Muestra'], ['Ann Example', 'Beto Muestra']],
  [['Ana Ejemplo, Beto Muestra e Clara Prova'], ['Ana Ejemplo', 'Beto Muestra', 'Clara Prova']],
  [['ann@x.example (Ann Example)'], [A]],
  [['ann@x.example'], []],
  [["Ann O'Example, Bo D'Sample"], ["Ann O'Example", "Bo D'Sample"]],
  [
    ['Ann Example-Muster, Bo van den Sample, Cy de la Muster'],
    ['Ann Example-Muster', 'Bo van den Sample', 'Cy de la Muster'],
  ],
  [
    ['<a href="https://x.example">Ann Example</a>, <a href="https://x.example">Bo Sample</a>'],
    [A, B],
  ],
  [['Ann Example [1], Bo Sample [2]'], [A, B]],
  [['Ann Example; Bo Sample;'], [A, B]],
  [['Пример А. Б., Образец В. Г.'], ['А. Б. Пример', 'В. Г. Образец']],
  [['張三、李四、王五'], ['張三', '李四', '王五']],
  [['范例, 样本, 王五'], ['范例', '样本', '王五']],
  [['Ann Example, University of Roofs; Bo Sample, Gutter College'], [A, B]],
  [['Ann Example (University of Roofs), Bo Sample (Gutter College, Tin)'], [A, B]],
];
const dates: [string, string | null][] = [
  ['2026-11-03 10:00:00 UTC', '2026-11-03'],
  ['Nov 3 2026 12:00AM', '2026-11-03'],
  ['03-Nov-2026', '2026-11-03'],
  ['2026/11/03', '2026-11-03'],
  ['Tuesday, November 3, 2026 - 10:00', '2026-11-03'],
  ['3.11.2026 10:15', '2026-11-03'],
  ['Tue, 3 Nov 2026 24:00:00 GMT', '2026-11-04'],
  ['2026-11-03T10:00:00.000+0000', '2026-11-03'],
  ['20261103', '2026-11-03'],
  ['Tue Nov 03 10:00:00 CET 2026', '2026-11-03'],
  ['Tue Nov  3 10:00:00 2026', '2026-11-03'],
  ['Tue, 03 Nov 2026 08:00:00 Z', '2026-11-03'],
  ['2026-11-03T10:00Z', '2026-11-03'],
  ['November 2026', null],
  ['2026', null],
  ['Mar, 03 nov 2026 10:00:00 +0100', '2026-11-03'],
  ['3 novembre 2026', '2026-11-03'],
  ['Di, 3 Nov 2026 10:00:00 +0100', '2026-11-03'],
  ['1793700000', '2026-11-03'],
  ['1793700000000', '2026-11-03'],
  ['0000-00-00 00:00:00', null],
  ['Tue, 03 Nov 2026', '2026-11-03'],
  ['2026-11-3', '2026-11-03'],
  ['Tuesday 3rd November 2026 at 10:00', '2026-11-03'],
  ['3 Nov, 2026', '2026-11-03'],
  ['2026年11月3日', '2026-11-03'],
  ['Tue, 03 Nov 2026 10:00:00 GMT+01:00', '2026-11-03'],
  ['Tue, 03 Nov 2026 10:00:00 UTC+1', '2026-11-03'],
  ['2026-11-03T10:00:00+01', '2026-11-03'],
  ['2026-11-03 10:00:00.0', '2026-11-03'],
  ['11/03/2026 10:00:00 AM', '2026-11-03'],
  ['Tue, 3 November 2026 10:00:00 +0000', '2026-11-03'],
];
const D = '10.5555/jr.2026.1';
const dois: [string, string | undefined][] = [
  ['<link>https://doi-org.ezproxy.uni.example/10.5555/jr.2026.1</link>', D],
  ['<guid>10.5555/JR.2026.1</guid>', D],
  ['<dc:identifier>https://doi.org/10.5555/jr.2026.1</dc:identifier>', D],
  ['<dc:identifier>DOI 10.5555/jr.2026.1</dc:identifier>', D],
  ['<dc:identifier>DOI: 10.5555/jr.2026.1</dc:identifier>', D],
  ['<dc:identifier>info:doi/10.5555/jr.2026.1</dc:identifier>', D],
  ['<dc:identifier>urn:doi:10.5555/jr.2026.1</dc:identifier>', D],
  [
    '<dc:identifier>ISSN 1234-5679</dc:identifier><dc:identifier>doi:10.5555/jr.2026.1</dc:identifier>',
    D,
  ],
  ['<prism:doi>doi:10.5555/jr.2026.1</prism:doi>', D],
  ['<link>https://x.example/doi/pdf/10.5555/jr.2026.1</link>', D],
  ['<link>https://x.example/doi/epdf/10.5555/jr.2026.1?needAccess=true</link>', D],
  ['<link>https://x.example/articles/10.5555/jr.2026.1/full</link>', D],
  ['<link>https://x.example/article/10.5555/jr.2026.1/abstract</link>', D],
  ['<link>https://x.example/article/10.5555/jr.2026.1/pdf</link>', D],
  ['<link>https://x.example/10.5555/jr.2026.1.pdf</link>', D],
  ['<link>https://x.example/content/10.5555/jr.2026.1.full</link>', D],
  ['<link>https://x.example/content/10.5555/jr.2026.1v2.full-text</link>', `${D}v2`],
  ['<link>https://x.example/doi/10.5555/jr.2026.1?journalCode=jr</link>', D],
  ['<link>https://x.example/doi/10.5555/jr.2026.1#abstract</link>', D],
  ['<link>https://x.example/a?doi=10.5555%2Fjr.2026.1&amp;x=1</link>', D],
  ['<link>https://x.example/lookup/doi/10.5555/jr.2026.1</link>', D],
  ['<link>https://x.example/openurl?rft_id=info:doi/10.5555/jr.2026.1</link>', D],
  [
    '<description>Roof text that says something. https://doi.org/10.5555/jr.2026.1</description>',
    D,
  ],
  ['<dc:source>Journal of Roofs 12 (2026) doi:10.5555/jr.2026.1</dc:source>', D],
  ['<comments>https://doi.org/10.5555/jr.2026.1</comments>', undefined],
  [
    '<description>This corrects the article DOI: 10.5555/jr.2026.1 as we say here.</description>',
    undefined,
  ],
  [
    '<link>https://x.example/article/view/12</link><description>We follow Example (doi:10.5555/jr.2026.1) and listen to roofs.</description>',
    undefined,
  ],
  ['<doi>10.5555/jr.2026.1</doi>', D],
  ['<prism:url>https://doi.org/10.5555/jr.2026.1</prism:url>', D],
  ['<link>https://link.springer.com/10.5555/jr.2026.1</link>', D],
  ['<link>https://x.example/prl/abstract/10.5555/jr.2026.1</link>', D],
  ['<link>https://x.example/doi/suppl/10.5555/jr.2026.1</link>', D],
  ['<dc:identifier>10.5555/jr.2026.1.</dc:identifier>', D],
];
const t = 'Tin roofs sing when it rains. We listened to forty of them.';
const abstracts: [string, string][] = [
  [`Abstract—${t}`, t],
  [`Abstract. ${t}`, t],
  [`ABSTRACT: ${t}`, t],
  [`Summary: ${t}`, t],
  [`<b>Abstract</b>${t}`, t],
  [`Abstract${t}`, t],
  [`<p><strong>Abstract</strong></p><p>${t}</p>`, t],
  [`<jats:title>Abstract</jats:title><jats:p>${t}</jats:p>`, t],
  [`ABSTRACT\n${t}`, t],
  [`<h2>Abstract</h2><p>${t}</p><h2>Keywords</h2><p>rain, tin</p>`, t],
  [`<p>${t}</p><p><em>Keywords</em>: rain; tin</p>`, t],
  [`<p>${t}</p><p>Keywords: rain; tin</p>`, t],
  [`<p>${t}</p><p>© 2026 The Authors. Published by Roof Press.</p>`, t],
  [`${t} © 2026 The Author(s). Published by Elsevier Ltd.`, t],
  [`${t} Copyright © 2026 Elsevier Inc. All rights reserved.`, t],
  [`<div><p>${t}</p></div><div><a href="x">PDF</a> | <a href="y">HTML</a></div>`, t],
  [`<img src="x.png" alt="Graphical abstract"/><p>${t}</p>`, t],
  [`<p>Graphical abstract</p><p>${t}</p>`, t],
  ['&nbsp;', ''],
  ['-', ''],
  ['N/A', ''],
  ['No abstract available.', ''],
  ['Abstract not available', ''],
  ['[No abstract]', ''],
  ['Not available.', ''],
  ['Abstract', ''],
  ['<p></p>', ''],
  ['…', ''],
  ['See full text.', ''],
  ['No description available', ''],
  ['This article has no abstract.', ''],
  ['Click here to read the article', ''],
  ['Full text available', ''],
  ['An abstract is not available for this content so a preview has been provided.', ''],
  ['Journal of Roofs', ''],
  ['Ahead of print', ''],
  ['Original Article', ''],
  ['Article', ''],
  ['Research Article | Open Access', ''],
];
const titles: [string, string][] = [
  ['<title><![CDATA[Rain on <i>Tin</i> &amp; slate]]></title>', 'Rain on Tin & slate'],
  ['<title>Rain on &amp;lt;i&amp;gt;Tin&amp;lt;/i&amp;gt;</title>', 'Rain on Tin'],
  ['<title>Rain on\n   tin</title>', 'Rain on tin'],
  ['<title>&lt;p&gt;Rain on tin&lt;/p&gt;</title>', 'Rain on tin'],
  ['<title>Rain &amp;amp; tin</title>', 'Rain & tin'],
  ['<title>Rain: &amp;#8220;tin&amp;#8221;</title>', 'Rain: “tin”'],
  ['<title>H&lt;sub&gt;2&lt;/sub&gt;O on tin</title>', 'H₂O on tin'],
  ['<title>&lt;b&gt;Rain on tin&lt;/b&gt;</title>', 'Rain on tin'],
  ['<title>p &lt; 0.05 in roofs</title>', 'p < 0.05 in roofs'],
  ['<title>[OPEN ACCESS] Rain on tin</title>', 'Rain on tin'],
  ['<title>Rain on tin [Open Access]</title>', 'Rain on tin'],
  ['<title>[Research Paper] Rain on tin</title>', 'Rain on tin'],
  ['<title>Research Article: Rain on tin</title>', 'Rain on tin'],
  ['<title>[In Press] Rain on tin</title>', 'Rain on tin'],
  ['<title>Rain on tin (Open Access)</title>', 'Rain on tin'],
  ['<title>[PDF] Rain on tin</title>', 'Rain on tin'],
  ['<title>[HTML] Rain on tin</title>', 'Rain on tin'],
  ['<title>[ACCEPTED MANUSCRIPT] Rain on tin</title>', 'Rain on tin'],
  ['<title>Accepted Manuscript: Rain on tin</title>', 'Rain on tin'],
  ['<title>Early View: Rain on tin</title>', 'Rain on tin'],
  ['<title>NEW: Rain on tin</title>', 'NEW: Rain on tin'],
  ['<title>Rain on tin - Free</title>', 'Rain on tin - Free'],
];

describe('one item alone', () => {
  it.each(people)('has the people of %j', async (given, expected) => {
    const item = given.map((name) => `<dc:creator>${escapeText(name)}</dc:creator>`).join('');
    expect((await read(item)).authors.map(({ name }) => name)).toEqual(expected);
  });

  it.each(dates)('has the day of "%s"', async (given, expected) => {
    const { publishedAt } = await read(`<pubDate>${given}</pubDate>`);
    expect(publishedAt?.toISOString().slice(0, 10) ?? null).toBe(expected);
  });

  it.each(dois)('has the DOI of %s', async (given, expected) => {
    expect((await read(given)).ids.doi).toBe(expected);
  });

  it.each(abstracts)('has the abstract of "%s"', async (given, expected) => {
    expect((await read(`<description>${escapeText(given)}</description>`)).abstract).toBe(expected);
  });

  it.each(titles)('has the title of %s', async (given, expected) => {
    expect((await read(given)).title).toBe(expected);
  });
});
