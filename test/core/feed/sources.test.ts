import { buildFeedAddress, buildFeedUrl, parseFeedAddress } from '../../../src/core/feed/feed.ts';
import { datePaper, splitDate } from '../../../src/core/feed/source-dates.ts';
import { readIssn, SOURCE_FORMS } from '../../../src/core/feed/source-forms.ts';
import { SOURCE_KINDS, SOURCES } from '../../../src/core/feed/sources.ts';

describe('forms of sources', () => {
  const typed = SOURCE_KINDS.flatMap((kind) => SOURCE_FORMS[kind].examples);

  it.each([...typed, 'crossref:funder/10.13039/100000001', 'eprint:implementation'])(
    'reads %s back, as it is typed and from its page',
    (text) => {
      const feed = parseFeedAddress(text);
      expect(parseFeedAddress(buildFeedAddress(feed))).toEqual(feed);
      expect(parseFeedAddress(buildFeedUrl(feed))).toEqual(feed);
    },
  );

  it.each([
    ['https://osf.io/preprints/socarxiv/discover', 'osf:socarxiv'],
    ['https://zenodo.org/communities/biosyslit/records', 'zenodo:biosyslit'],
    [
      'https://openreview.net/group?id=ICLR.cc/2026/Conference#tab',
      'openreview:ICLR.cc/2026/Conference',
    ],
    ['https://pubmed.ncbi.nlm.nih.gov/?term=gulls&sort=date', 'pubmed:gulls'],
    ['https://europepmc.org/search?query=gulls', 'europepmc:gulls'],
    ['https://www.inspirehep.net/literature?q=a%20gull&sort=mostrecent', 'inspire:a gull'],
    ['https://eprint.iacr.org/', 'eprint:all'],
    ['https://nep.repec.org/nep-fmk/2026-09-07', 'nep:fmk'],
    [
      'https://openalex.org/works?filter=authorships.author.id:A1',
      'openalex:filter=authorships.author.id:A1',
    ],
    ['crossref:issn 2167-8359', 'crossref:2167-8359'],
    ['crossref:21678359', 'crossref:2167-8359'],
    ['crossref:funder:https://doi.org/10.13039/100000001', 'crossref:funder/10.13039/100000001'],
    ['nep:nep-FMK', 'nep:fmk'],
  ])('reads %s as %s', (text, address) => {
    expect(buildFeedAddress(parseFeedAddress(text))).toBe(address);
  });

  it.each([
    // The feed of a saved search, and pages of one paper.
    'https://pubmed.ncbi.nlm.nih.gov/rss/search/abc/?limit=15',
    'https://pubmed.ncbi.nlm.nih.gov/34902460/',
    'https://zenodo.org/records/7',
    'https://eprint.iacr.org/2026/488',
    'https://osf.io/preprints/psyarxiv/2s7pw',
    'https://eprint.iacr.org/%zz',
  ])('takes %s for any other address', (text) => {
    expect(parseFeedAddress(text).kind).toBe('feed');
  });

  it.each([
    ['crossref:2167-8358', "is not a journal's ISSN"],
    ['crossref:peerj', "is not a journal's ISSN"],
    ['pubmed:', 'is not a search of PubMed'],
    ['nep:finance', 'is not a report of NEP'],
    ['openreview:ICLR', 'is not a venue of OpenReview'],
    ['osf:psy arxiv', 'is not a preprint server of OSF'],
  ])('refuses %s and shows the forms', (text, says) => {
    expect(() => parseFeedAddress(text)).toThrow(says);
    expect(() => parseFeedAddress(text)).toThrow('crossref:2167-8359');
  });
});

it.each([
  ['2167-8359', '2167-8359'],
  ['ISSN 2167-8359', '2167-8359'],
  ['1234-5679', '1234-5679'],
  ['0000-006x', '0000-006X'],
  ['2167-8350', undefined],
  ['2026-1129', undefined],
])('reads the ISSN %s', (text, issn) => {
  expect(readIssn(text)).toBe(issn);
});

it('says of each source where it is and where that was seen', () => {
  for (const kind of SOURCE_KINDS) {
    const { base, setting, pageSize, mostItems, seen } = SOURCES[kind];
    expect(new URL(base).protocol).toBe('https:');
    expect(setting).toMatch(/^[A-Z]+_URL$/);
    expect(mostItems).toBeGreaterThanOrEqual(pageSize);
    expect(seen).not.toBe('');
  }
});

describe('datePaper', () => {
  const came = new Date('2026-07-06T08:00:00Z');

  it.each([
    ['2026-07-04', '2026-07-04', true],
    ['2026-12-01', '2026-07-06T08:00:00Z', true],
    ['2026', '2026-07-06T08:00:00Z', true],
    ['2025', '2026-07-06T08:00:00Z', true],
    ['2024', '2024-01-01', false],
    ['2024-11', '2024-11-01', false],
    ['', '2026-07-06T08:00:00Z', true],
    ['2026-02-31', '2026-07-06T08:00:00Z', true],
  ])('dates what is printed as %p', (printed, publishedAt, isNews) => {
    const dated = datePaper(came, splitDate(printed));
    expect(dated.publishedAt).toEqual(new Date(publishedAt));
    expect(dated.announcedAt).toEqual(isNews ? came : undefined);
  });

  it('knows only a day where nobody told when it came', () => {
    expect(datePaper(undefined, [2026, 7, 4])).toEqual({ publishedAt: new Date('2026-07-04') });
    expect(datePaper(undefined, [2026, 7])).toEqual({});
    expect(datePaper(undefined, [])).toEqual({});
  });
});
