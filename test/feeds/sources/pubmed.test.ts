import { parsePubmed } from '../../../src/feeds/sources/pubmed.ts';
import { count, playSource } from './play.ts';

const article = (
  pmid: string,
  more: { article?: string; citation?: string; ids?: string } = {},
) => `
<PubmedArticle><MedlineCitation Status="Publisher" Owner="NLM"><PMID Version="1">${pmid}</PMID>
<Article PubModel="Print">${more.article ?? `<ArticleTitle>Gulls ${pmid}.</ArticleTitle>`}</Article>
${more.citation ?? ''}</MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="received"><Year>2025</Year><Month>1</Month><Day>3</Day></PubMedPubDate>
<PubMedPubDate PubStatus="entrez"><Year>2026</Year><Month>7</Month><Day>6</Day><Hour>16</Hour><Minute>17</Minute></PubMedPubDate>
</History><ArticleIdList><ArticleId IdType="pubmed">${pmid}</ArticleId>${more.ids ?? ''}</ArticleIdList>
<ReferenceList><Reference><Citation>Old.</Citation><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>`;
const set = (...articles: string[]) => `<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>${articles.join('')}</PubmedArticleSet>`;
const read = async (more: Parameters<typeof article>[1]) => {
  const { papers } = await parsePubmed(Buffer.from(set(article('7', more))));
  return papers[0];
};

describe('parsePubmed', () => {
  it('keeps keywords, and tells a retracted article', async () => {
    const paper = await read({
      article: `<ArticleTitle>Gulls.</ArticleTitle><PublicationTypeList><PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>`,
      citation:
        '<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">Gulls</Keyword><Keyword MajorTopicYN="N">Tin roofs</Keyword></KeywordList>',
    });
    expect([paper?.kind, paper?.keywords]).toEqual(['retraction', ['Gulls', 'Tin roofs']]);
  });

  it('reads a record with sections, marks, a group, and its own ids only', async () => {
    const paper = await read({
      article: `<Journal><JournalIssue CitedMedium="Internet"><PubDate><Year>2026</Year><Month>Dec</Month><Day>13</Day></PubDate></JournalIssue></Journal>
<ArticleTitle>[Gulls and H<sub>2</sub>O in <i>Larus</i>].</ArticleTitle>
<ELocationID EIdType="pii" ValidYN="Y">x1</ELocationID><ELocationID EIdType="doi" ValidYN="Y">10.5555/Gull.7</ELocationID>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Gulls &lt; terns (<i>p</i> = 0.05).</AbstractText><AbstractText Label="RESULTS">They fly.</AbstractText><CopyrightInformation>Ours.</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Gull</LastName><ForeName>Ann I</ForeName><Initials>AI</Initials><AffiliationInfo><Affiliation>Pier. ann@example.org.</Affiliation></AffiliationInfo></Author><Author><CollectiveName>Seabird Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList><ArticleDate DateType="Electronic"><Year>2026</Year><Month>07</Month><Day>04</Day></ArticleDate>`,
      ids: '<ArticleId IdType="pmc">PMC77</ArticleId>',
    });
    expect(paper).toEqual({
      title: 'Gulls and H₂O in Larus',
      abstract: 'Background: Gulls < terns (p = 0.05). Results: They fly.',
      authors: [{ name: 'Ann I Gull' }, { name: 'Seabird Group' }],
      categories: [],
      ids: { doi: '10.5555/gull.7', pmid: '7', pmcid: 'PMC77' },
      link: 'https://pubmed.ncbi.nlm.nih.gov/7/',
      publishedAt: new Date('2026-07-04T00:00:00Z'),
      announcedAt: new Date('2026-07-06T16:17:00Z'),
    });
  });

  it('takes a season for no date, and keeps a full stop that is the title’s own', async () => {
    const paper = await read({
      article:
        '<Journal><JournalIssue><PubDate><Year>2026</Year><Season>Fall</Season></PubDate></JournalIssue></Journal><ArticleTitle>A gull, Larus gen. et sp. nov.</ArticleTitle>',
    });
    expect(paper?.title).toBe('A gull, Larus gen. et sp. nov.');
    expect(paper?.publishedAt).toEqual(new Date('2026-07-06T16:17:00Z'));
    expect([paper?.abstract, paper?.authors]).toEqual(['', []]);
  });

  it('tells an erratum, and the article that a preprint became', async () => {
    const erratum = await read({
      article:
        '<ArticleTitle>Correction.</ArticleTitle><PublicationTypeList><PublicationType UI="D016425">Published Erratum</PublicationType></PublicationTypeList>',
    });
    expect([erratum?.title, erratum?.kind]).toEqual(['Correction', 'correction']);
    const preprint = await read({
      article:
        '<ArticleTitle>Gulls.</ArticleTitle><PublicationTypeList><PublicationType UI="D000076942">Preprint</PublicationType></PublicationTypeList>',
      citation:
        '<CommentsCorrectionsList><CommentsCorrections RefType="UpdateIn"><RefSource>J Gull. 2026 Jul 2. doi: 10.5555/Gull.8.</RefSource><PMID Version="1">8</PMID></CommentsCorrections></CommentsCorrectionsList>',
    });
    expect(preprint?.ids.article).toBe('10.5555/gull.8');
  });

  it('reads an empty set, and names what was asked for and did not come', async () => {
    const nothing = '<PubmedArticleSet></PubmedArticleSet>';
    expect(await parsePubmed(Buffer.from(nothing), ['5'])).toEqual({
      papers: [],
      refusals: [{ item: 'PMID 5', reason: 'PubMed lists it and gives no record of it.' }],
    });
  });

  it('refuses what is no set of articles', async () => {
    const error =
      '<eSummaryResult><ERROR>Neither query_key nor id specified</ERROR></eSummaryResult>';
    await expect(parsePubmed(Buffer.from(error))).rejects.toThrow("no list of PubMed's articles");
  });
});

describe('fetchPubmed', () => {
  const found = (idlist: readonly string[], total: number) => ({
    esearchresult: { count: String(total), retmax: String(idlist.length), idlist },
  });

  it('asks for ids by the day of entry and then for their records, with the key', async () => {
    const source = await playSource(
      ['pubmed', 'gulls[tiab]'],
      (url) => {
        const start = Number(url.searchParams.get('retstart'));
        const ids = count(Math.min(200, 250 - start), start).map(String);
        return url.pathname.endsWith('esearch.fcgi')
          ? { body: found(ids, 250) }
          : {
              body: set(...(url.searchParams.get('id') ?? '').split(',').map((id) => article(id))),
            };
      },
      { keys: { pubmed: 'secret-key' } },
    );
    const { papers, complete } = await source.fetch();
    expect([papers.length, complete, source.asked.length]).toEqual([250, true, 4]);
    expect(Object.fromEntries(source.asked[0]?.searchParams ?? [])).toEqual({
      db: 'pubmed',
      term: 'gulls[tiab]',
      retmode: 'json',
      datetype: 'edat',
      mindate: '2026/07/06',
      maxdate: '2026/07/07',
      retstart: '0',
      retmax: '200',
      tool: 'paperround',
      email: 'operator@host.invalid',
      api_key: 'secret-key',
    });
    await source.close();
  });

  it('asks for no records where nothing was found', async () => {
    const source = await playSource(['pubmed', 'none'], () => ({ body: found([], 0) }));
    expect(await source.fetch()).toMatchObject({ papers: [], refusals: [], complete: true });
    expect(source.asked.length).toBe(1);
    await source.close();
  });

  it('passes on an error that comes with a 200, and says which key would help', async () => {
    const wrong = await playSource(['pubmed', 'x['], () => ({
      body: { esearchresult: { ERROR: 'Search is not well formed' } },
    }));
    await expect(wrong.fetch()).rejects.toThrow('PubMed says: Search is not well formed');
    await wrong.close();
    const busy = await playSource(['pubmed', 'gulls'], () => ({ status: 429, body: {} }));
    await expect(busy.fetch()).rejects.toThrow('PUBMED_KEY is not set');
    await busy.close();
  });
});
