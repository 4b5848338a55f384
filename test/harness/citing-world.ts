import type { IncomingMessage, ServerResponse } from 'node:http';

/** A paper of the world outside, under the ids that sources know. */
export interface WorldPaper {
  readonly doi?: string;
  readonly arxiv?: string;
  readonly pmid?: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly date: string;
  /** The DOIs or arXiv ids of what it refers to. */
  readonly cites?: readonly string[];
  readonly isRetracted?: boolean;
  /** ORCID iD and OpenAlex author of the first author. */
  readonly authorIds?: readonly string[];
  /** OpenAlex's number, which may change. */
  readonly number: number;
}

/** What sources know, and how they answer: a test changes both as the world does. */
export interface World {
  papers: WorldPaper[];
  /** What to answer instead, where a test has a source fail. */
  instead?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const answer = (status: number, body: unknown): Answer => ({ status, body });
const addressOf = (number: number) => `https://openalex.org/W${number}`;
const doiOf = ({ doi, arxiv }: WorldPaper) => doi ?? (arxiv && `10.48550/arxiv.${arxiv}`);
const namesOf = ({ doi, arxiv }: WorldPaper) => [doi, arxiv].filter((name) => name !== undefined);

/** Answers as OpenAlex does, in the form of its recorded answers of 2026. */
function playOpenalex(world: World, { pathname, searchParams }: URL): Answer {
  const citersOf = (cited: WorldPaper) =>
    world.papers.filter(({ cites = [] }) => namesOf(cited).some((name) => cites.includes(name)));
  const write = (paper: WorldPaper) => ({
    id: addressOf(paper.number),
    doi: doiOf(paper) ? `https://doi.org/${doiOf(paper)}` : null,
    ids: { openalex: addressOf(paper.number), pmid: paper.pmid },
    title: paper.title,
    type: paper.arxiv ? 'preprint' : 'article',
    publication_date: paper.date,
    // The index was built anew on that day.
    created_date: paper.date < '2025-10-10' ? '2025-10-10' : paper.date,
    primary_location: null,
    authorships: paper.authors.map((name, at) => ({
      author: {
        display_name: name,
        ...(at === 0 && { orcid: `https://orcid.org/${paper.authorIds?.[0]}` }),
      },
    })),
    is_retracted: paper.isRetracted ?? false,
    cited_by_count: citersOf(paper).length,
    referenced_works: world.papers
      .filter((cited) => namesOf(cited).some((name) => paper.cites?.includes(name)))
      .map(({ number }) => addressOf(number)),
  });
  const one = /^\/works\/(doi|pmid):(.+)$/.exec(decodeURIComponent(pathname));
  if (one) {
    const [, scheme, id] = one;
    const found = world.papers.find((each) => (scheme === 'doi' ? doiOf(each) : each.pmid) === id);
    return answer(found ? 200 : 404, found ? write(found) : { error: 'Not found' });
  }
  const [, field = '', values = ''] =
    /^(doi|cites|author\.orcid|author\.id):(.*)$/.exec(searchParams.get('filter') ?? '') ?? [];
  const wanted = values.split('|');
  const found = world.papers.filter((paper) =>
    field === 'doi'
      ? wanted.includes(doiOf(paper) ?? '')
      : field.startsWith('author')
        ? paper.authorIds?.includes(values)
        : write(paper).referenced_works.some((id) =>
            wanted.includes(id.slice(id.lastIndexOf('/') + 1)),
          ),
  );
  const size = Number(searchParams.get('per-page'));
  const cursor = searchParams.get('cursor') ?? '*';
  const start = cursor === '*' ? 0 : Number(cursor);
  const ordered = found.toSorted((a, b) => b.date.localeCompare(a.date));
  const isLast = start + size >= ordered.length;
  return answer(200, {
    meta: { count: ordered.length, next_cursor: isLast ? null : String(start + size) },
    results: ordered.slice(start, start + size).map(write),
  });
}

/** What a source has of a paper, and what cites it. */
const find = (world: World, isIt: (paper: WorldPaper) => boolean) => {
  const paper = world.papers.find(isIt);
  const names = paper ? namesOf(paper) : [];
  const citers = world.papers.filter(({ cites = [] }) =>
    names.some((name) => cites.includes(name)),
  );
  return { paper, citers };
};

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
