import type { IncomingMessage, ServerResponse } from 'node:http';
import { playOpenalex } from './citing-openalex.ts';
import { type Answer, answer, find, type World, type WorldPaper } from './citing-papers.ts';

export type { World, WorldPaper } from './citing-papers.ts';

/** Answers as Semantic Scholar does: ids in capitals, no list where nothing is found, in no order. */
function playSemanticScholar(world: World, { pathname, searchParams }: URL): Answer {
  const path = decodeURIComponent(pathname).replace('/graph/v1/paper/', '');
  const id = path.replace(/\/citations$/, '');
  const { paper, citers } = find(
    world,
    (each) =>
      id === `s2-${each.number}` ||
      id === `DOI:${each.doi}` ||
      id === `ARXIV:${each.arxiv}` ||
      id === `PMID:${each.pmid}`,
  );
  const write = (each: WorldPaper) => ({
    paperId: `s2-${each.number}`,
    title: each.title,
    authors: each.authors.map((name) => ({ authorId: '1', name })),
    externalIds: { DOI: each.doi?.toUpperCase(), ArXiv: each.arxiv, CorpusId: each.number },
    publicationDate: each.date,
    year: Number(each.date.slice(0, 4)),
  });
  if (!paper) return answer(404, { error: `Paper with id ${id} not found` });
  if (!path.endsWith('/citations')) {
    return answer(200, { ...write(paper), citationCount: citers.length });
  }
  const offset = Number(searchParams.get('offset'));
  const limit = Number(searchParams.get('limit'));
  const rows = citers.slice(offset, offset + limit);
  const next = offset + limit < citers.length ? { next: offset + limit } : {};
  const data = rows.map((each) => ({ citingPaper: write(each) }));
  return answer(200, { offset, ...next, ...(data.length > 0 && { data }) });
}

/** Answers as OpenCitations does: bags of ids, and an empty list for what it does not know. */
function playOpencitations(world: World, { pathname }: URL): Answer {
  const id = decodeURIComponent(pathname).replace('/index/v2/citations/', '');
  const { citers } = find(world, ({ doi, pmid }) => id === `doi:${doi}` || id === `pmid:${pmid}`);
  return answer(
    200,
    citers
      .filter(({ doi, pmid }) => doi ?? pmid)
      .map(({ number, doi, pmid, date }) => ({
        oci: `${number}-1`,
        citing: [`omid:br/${number}`, doi && `doi:${doi}`, pmid && `pmid:${pmid}`]
          .filter(Boolean)
          .join(' '),
        cited: `omid:br/1 ${id}`,
        creation: date.slice(0, 7),
        timespan: 'P1Y',
        journal_sc: 'no',
        author_sc: 'no',
      })),
  );
}

/** Answers as Europe PMC does: titles with a full stop, marks from page to page. */
function playEuropepmc(world: World, { searchParams }: URL): Answer {
  const query = searchParams.get('query') ?? '';
  const size = Number(searchParams.get('pageSize'));
  const mark = searchParams.get('cursorMark') ?? '*';
  const start = mark === '*' ? 0 : Number(mark);
  const cites = /^CITES:(\w+)_MED$/.exec(query)?.[1];
  const known = world.papers.filter(({ pmid }) => pmid !== undefined);
  const found = cites
    ? find(world, ({ pmid }) => pmid === cites).citers.filter(({ pmid }) => pmid !== undefined)
    : known.filter(
        ({ doi, pmid }) => query.includes(`DOI:"${doi}"`) || query.includes(`EXT_ID:${pmid} `),
      );
  const rows = found.toSorted((a, b) => b.date.localeCompare(a.date)).slice(start, start + size);
  return answer(200, {
    version: '6.9',
    hitCount: found.length,
    ...(rows.length > 0 && { nextCursorMark: String(start + rows.length) }),
    resultList: {
      result: rows.map((paper) => ({
        id: paper.pmid,
        source: 'MED',
        pmid: paper.pmid,
        doi: paper.doi,
        title: `${paper.title}.`,
        authorList: {
          author: paper.authors.map((name) => {
            const [firstName, lastName] = name.split(' ');
            return { fullName: `${lastName} ${firstName?.[0]}`, firstName, lastName };
          }),
        },
        citedByCount: find(world, ({ pmid }) => pmid === paper.pmid).citers.length,
        firstIndexDate: paper.date,
        firstPublicationDate: paper.date,
      })),
    },
  });
}

/** Answers as INSPIRE does: by the date of the paper, totals beside the page. */
function playInspire(world: World, { pathname, searchParams }: URL): Answer {
  const write = (paper: WorldPaper) => ({
    id: String(paper.number),
    created: `${paper.date}T00:00:00+00:00`,
    metadata: {
      titles: [{ title: paper.title }],
      authors: paper.authors.map((name) => ({ full_name: name.split(' ').reverse().join(', ') })),
      ...(paper.doi && { dois: [{ value: paper.doi }, { value: paper.doi }] }),
      ...(paper.arxiv && { arxiv_eprints: [{ value: paper.arxiv, categories: ['hep-th'] }] }),
      earliest_date: paper.date,
      document_type: ['article'],
      citation_count: find(world, ({ number }) => number === paper.number).citers.length,
    },
  });
  const one = /^\/api\/(arxiv|doi)\/(.+)$/.exec(decodeURIComponent(pathname));
  if (one) {
    const { paper } = find(world, ({ arxiv, doi }) => (one[1] === 'doi' ? doi : arxiv) === one[2]);
    return answer(paper ? 200 : 404, paper ? write(paper) : { status: 404 });
  }
  const recid = Number(/^refersto:recid:(\d+)$/.exec(searchParams.get('q') ?? '')?.[1]);
  const { citers } = find(world, ({ number }) => number === recid);
  const size = Number(searchParams.get('size'));
  const start = (Number(searchParams.get('page')) - 1) * size;
  const hits = citers.toSorted((a, b) => b.date.localeCompare(a.date)).slice(start, start + size);
  return answer(200, { hits: { total: citers.length, hits: hits.map(write) } });
}

/** Answers as Crossref does where it is asked for DOIs. */
function playCrossref(world: World, { searchParams }: URL): Answer {
  const wanted = [...(searchParams.get('filter') ?? '').matchAll(/doi:([^,]+)/g)];
  const found = world.papers.filter(({ doi }) => wanted.some(([, id]) => id === doi));
  const items = found.map(({ doi, title, authors }) => ({
    DOI: doi,
    title: [title],
    author: authors.map((name) => ({ given: name.split(' ')[0], family: name.split(' ')[1] })),
    type: 'journal-article',
  }));
  return answer(200, { message: { 'total-results': items.length, items } });
}

type Player = (world: World, url: URL) => Answer;

/** Who plays which questions; of OpenAlex and Crossref, who has works under one path, by what is asked. */
const PLAYERS: readonly (readonly [RegExp, Player])[] = [
  [/^\/works\?filter=doi%3A.*&rows=/, playCrossref],
  [/^\/works\b/, playOpenalex],
  [/^\/graph\/v1\/paper\//, playSemanticScholar],
  [/^\/index\/v2\//, playOpencitations],
  [/^\/europepmc\//, playEuropepmc],
  [/^\/api\/(?:arxiv|doi|literature)/, playInspire],
];

/** Plays all sources of citations for a test. */
export function playWorld(world: World) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (world.instead?.(request, response)) return;
    const player = PLAYERS.find(([path]) => path.test(request.url ?? ''))?.[1];
    const url = new URL(request.url ?? '', 'http://world');
    const { status, body } = player?.(world, url) ?? answer(404, {});
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}
