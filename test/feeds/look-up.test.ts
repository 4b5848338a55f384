import { loopbackFeeds, startLoopback } from './loopback.ts';

const atom = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`;
const entry = (id: string) =>
  `<entry><id>http://arxiv.org/abs/${id}v2</id><title>Gulls ${id}</title><summary>They rest.</summary><author><name>Ann Gull</name></author></entry>`;
const fault = atom(
  '<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format</summary></entry>',
);
const work = (DOI: string) => ({
  ...{ DOI, title: [`Terns ${DOI}`], type: 'journal-article' },
  author: [{ given: 'Bo', family: 'Tern' }],
});
const article = (pmid: string) => `<PubmedArticle><MedlineCitation><PMID>${pmid}</PMID><Article>
  <ArticleTitle>Moss ${pmid}.</ArticleTitle><Abstract><AbstractText>It grows.</AbstractText></Abstract>
  </Article></MedlineCitation></PubmedArticle>`;

async function play(answer: (url: URL) => { status?: number; body: string }) {
  const server = await startLoopback((request, response) => {
    const { status = 200, body } = answer(new URL(request.url ?? '', 'http://source'));
    response.writeHead(status).end(body);
  });
  const feeds = loopbackFeeds(server.base);
  return {
    feeds,
    asked: () => server.asked.map((url) => new URL(url, 'http://source')),
    close: async () => {
      await feeds.close();
      await server.close();
    },
  };
}

describe('papers by their ids', () => {
  it('come from arXiv in one request, whatever their version', async () => {
    const source = await play(() => ({ body: atom(entry('2601.00001'), entry('math/0309136')) }));
    const found = await source.feeds.lookUp('arxiv', ['2601.00001', 'math/0309136', '2601.00009']);
    expect([...found].map(([id, { title }]) => [id, title])).toEqual([
      ['2601.00001', 'Gulls 2601.00001'],
      ['math/0309136', 'Gulls math/0309136'],
    ]);
    expect(source.asked().map(({ searchParams }) => searchParams.get('id_list'))).toEqual([
      '2601.00001,math/0309136,2601.00009',
    ]);
    await source.close();
  });

  it('come from arXiv also where it cannot read one of them', async () => {
    const source = await play(({ searchParams }) => {
      const ids = searchParams.get('id_list')?.split(',') ?? [];
      return ids.includes('bad/0000000')
        ? { status: 400, body: fault }
        : { body: atom(...ids.map(entry)) };
    });
    const ids = ['2601.00001', 'bad/0000000', '2601.00002', '2601.00003'];
    const found = await source.feeds.lookUp('arxiv', ids);
    expect([...found.keys()]).toEqual(['2601.00001', '2601.00002', '2601.00003']);
    await source.close();
  });

  it('come from Crossref by filters, and alone where a comma would part one', async () => {
    const odd = '10.5555/(sici)1,2';
    const source = await play(({ pathname, searchParams }) => {
      if (pathname === `/works/${encodeURIComponent(odd)}`)
        return { body: JSON.stringify({ message: work(odd) }) };
      if (pathname !== '/works') return { status: 404, body: 'Resource not found.' };
      const dois = [...(searchParams.get('filter') ?? '').matchAll(/doi:([^,]+)/g)];
      const items = dois.flatMap(([, doi = '']) => (doi.endsWith('unknown') ? [] : [work(doi)]));
      return { body: JSON.stringify({ message: { 'total-results': items.length, items } }) };
    });
    const ids = ['10.5555/a', odd, '10.5555/unknown', '10.5555/gone,2'];
    const found = await source.feeds.lookUp('doi', ids);
    expect([...found.keys()]).toEqual(['10.5555/a', odd]);
    expect(found.get('10.5555/a')?.authors).toEqual([{ name: 'Bo Tern' }]);
    expect(source.asked()[0]?.searchParams.get('filter')).toBe('doi:10.5555/a,doi:10.5555/unknown');
    await source.close();
  });

  it('come from PubMed, in one request', async () => {
    const body = `<?xml version="1.0"?><PubmedArticleSet>${article('1')}${article('2')}</PubmedArticleSet>`;
    const source = await play(() => ({ body }));
    const found = await source.feeds.lookUp('pmid', ['1', '2', '3']);
    expect([...found].map(([id, { title, abstract }]) => [id, title, abstract])).toEqual([
      ['1', 'Moss 1', 'It grows.'],
      ['2', 'Moss 2', 'It grows.'],
    ]);
    expect(source.asked().map(({ searchParams }) => searchParams.get('id'))).toEqual(['1,2,3']);
    await source.close();
  });

  it('say why where the source cannot be asked', async () => {
    const source = await play(() => ({ status: 503, body: '' }));
    await expect(source.feeds.lookUp('doi', ['10.5555/a'])).rejects.toMatchObject({ status: 503 });
    await source.close();
  });
});

describe('papers that somebody names without an id', () => {
  it('are asked of Crossref by title and first author', async () => {
    const source = await play(() => ({
      body: JSON.stringify({
        message: { 'total-results': 2, items: [work('10.5555/a'), work('10.5555/b')] },
      }),
    }));
    const named = { title: 'Terns nest on wet slate roofs', authors: [{ name: 'B Tern' }] };
    expect(await source.feeds.findNamed(named)).toBeUndefined();
    const [asked] = source.asked();
    expect(asked?.pathname).toBe('/works');
    expect(Object.fromEntries(asked?.searchParams ?? [])).toMatchObject({
      'query.bibliographic': named.title,
      'query.author': 'B Tern',
    });
    await source.close();
  });
});
