import { readConfirmation } from '../../../src/feeds/alerts/confirmations.ts';
import { unwrap } from '../../../src/feeds/alerts/links.ts';
import { readAlert } from '../../../src/feeds/alerts/read-alert.ts';
import * as made from './made.ts';

it('reads a query of Google Scholar: titles, people, venue, ids and what is cited', () => {
  const alert = readAlert(made.scholarQuery);
  expect(alert).toMatchObject({
    kind: 'scholar',
    scholar: 'query',
    about: '"moss growth" OR lichen',
    key: 'scholar:16557509448252422354',
  });
  expect(alert?.papers).toEqual([
    {
      title: 'Moss growth on Ice: a study of 40 plots',
      authors: ['A One', 'B Two-Three'],
      hasMoreAuthors: true,
      venue: 'of Moss Science and Ice',
      year: 2026,
      ids: { doi: '10.5555/moss.2026/7' },
      scholar: '9350464746563952918',
      link: 'https://link.example.org/doi/10.5555/moss.2026%2F7?q=1',
      says: 'We counted 40 plots in two winters and …',
      cites: ['Lichen under the snow of …'],
    },
    {
      title: 'Lichen nets',
      authors: ['C Four'],
      hasMoreAuthors: false,
      year: 2026,
      ids: { arxiv: '2611.01234' },
      scholar: '18446744073709551615',
      link: 'https://arxiv.org/pdf/2611.01234',
      says: 'A net of lichen is …',
      cites: [],
    },
  ]);
});

it('takes the kind of an alert from its subject where the links do not say it', () => {
  const alert = readAlert(made.scholarBefore2022);
  expect(alert).toMatchObject({ scholar: 'citations', about: 'On moss' });
  expect(alert?.papers[0]?.authors).toEqual(['D Five', 'E Six']);
});

it('reads what Outlook forwarded without a class and with wrapped links', () => {
  const alert = readAlert(made.scholarByOutlook);
  expect(alert).toMatchObject({ kind: 'scholar', about: 'moss growth', scholar: 'query' });
  expect(alert?.papers).toEqual([
    expect.objectContaining({
      title: 'Lichen nets',
      authors: ['C Four', 'D Five'],
      ids: { arxiv: '2611.01234' },
      scholar: '9350464746563952918',
      link: 'https://arxiv.org/abs/2611.01234',
    }),
  ]);
  expect(JSON.stringify(alert)).not.toContain('reader');
});

it('reads PubMed, and says how many the mail leaves out', () => {
  const alert = readAlert(made.pubmedToday);
  expect(alert).toMatchObject({ kind: 'pubmed', about: 'moss', more: 7 });
  expect(alert?.papers.map(({ title, authors, ids }) => [title, authors, ids])).toEqual([
    [
      'Moss and frost',
      ['A One', 'B Two', 'C Three'],
      { doi: '10.5555/s-0037-1601453', pmid: '40000001' },
    ],
    ['A book of moss', ['Moss Editorial Board'], { pmid: '40000002' }],
  ]);
});

it('reads arXiv’s listing, without replacements', () => {
  const alert = readAlert(made.arxivListing);
  expect(alert?.papers).toEqual([
    {
      title: 'Moss at Large: A Multi-Site Graph',
      authors: ['Ann B. One', 'Céline Two', 'Three Four'],
      hasMoreAuthors: false,
      ids: { arxiv: '2611.00001' },
      link: 'https://arxiv.org/abs/2611.00001',
      says: 'We walk over moss and count.',
      cites: [],
    },
  ]);
});

it('reads bioRxiv’s collections, each paper once', () => {
  expect(
    readAlert(made.openrxiv)?.papers.map(({ title, authors, ids }) => [title, authors, ids]),
  ).toEqual([
    [
      'Moss of the north',
      ['Ann One', 'Bo Two Jr.', 'Cy Three'],
      { doi: '10.64898/2026.01.20.000001' },
    ],
    ['Lichen reads', ['Di Four', 'Ed Five'], { doi: '10.1101/2025.02.12.000002' }],
  ]);
});

it('reads Cell Press by the link that its counter wraps, and leaves the foot out', () => {
  expect(readAlert(made.cell)?.papers).toEqual([
    {
      title: 'Moss organoids show how mosses grow',
      authors: ['Ann One', 'Bo Two'],
      hasMoreAuthors: false,
      ids: { pii: 'S1934590925004576' },
      link: 'https://www.cell.com/moss/fulltext/S1934-5909(25)00457-6',
      cites: [],
      section: 'Article',
    },
  ]);
});

it('tells papers from news and matter by the part they stand in', () => {
  const nature = readAlert(made.natureContents);
  expect(nature?.papers).toEqual([
    expect.objectContaining({
      title: 'A trial of moss',
      authors: ['Ann One', 'Bo Two'],
      hasMoreAuthors: true,
      ids: { doi: '10.1038/s41591-025-04143-2' },
    }),
  ]);
  expect(nature?.others.map(({ kind }) => kind)).toEqual(['news', 'news']);
  const wiley = readAlert(made.wiley);
  expect(wiley?.papers).toEqual([
    expect.objectContaining({
      title: 'Connecting mosses: A review of networks',
      authors: ['Ann One', 'Bo K. F. Two'],
    }),
  ]);
  expect(wiley?.papers[0]).not.toHaveProperty('link');
  expect(wiley?.others).toEqual([expect.objectContaining({ title: 'Issue Information' })]);
});

it('reads a mail of no known kind by its ids alone, and says so', () => {
  const alert = readAlert(made.unknown);
  expect(alert).toMatchObject({ kind: 'unknown', others: [] });
  expect(alert?.papers).toEqual([
    expect.objectContaining({
      title: 'Frost on moss and what it does',
      authors: ['Ann One', 'Bo Two'],
      ids: { doi: '10.5555/frost.7' },
    }),
  ]);
});

it('finds nothing in a mail that names no paper', () => {
  const mail = { from: 'a@example.org', subject: 'Lunch', html: '<p>See you at noon?</p>' };
  expect(readAlert(mail)).toBeUndefined();
});

it('shows what Gmail asks, and never the link that cancels', () => {
  expect(readConfirmation(made.gmailAsks)).toEqual({
    by: 'Gmail',
    signers: ['google.com'],
    link: 'https://mail-settings.google.com/mail/vf-%5BANGjd%5D-FSq',
    requestedBy: 'reader@example.org',
  });
  expect(readConfirmation({ ...made.gmailAsks, from: 'someone@example.org' })).toBeUndefined();
});

it.each([
  ['https://links.springernature.com/f/a/x', undefined],
  ['https://el.wiley.com/ls/click?upn=u001.a', undefined],
  ['javascript:alert(1)', undefined],
  ['https://arxiv.org/abs/2611.01234', 'https://arxiv.org/abs/2611.01234'],
  ['https://www.google.com/url?q=https%3A%2F%2Fa.example%2F1&sa=U', 'https://a.example/1'],
  ['https://urldefense.com/v3/__https://a.example/1__;!!abc', 'https://a.example/1'],
  ['https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_1&d=x', 'https://a.example/1'],
])('unwraps %s', (link, target) => {
  expect(unwrap(link)).toBe(target);
});
