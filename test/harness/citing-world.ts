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
  /** OpenAlex's number, which may change. */
  readonly number: number;
}

/** What sources know, and how they answer: a test changes both as the world does. */
export interface World {
  papers: WorldPaper[];
  /** What to answer instead, where a test has a source fail. */
  instead?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

const addressOf = (number: number) => `https://openalex.org/W${number}`;
const doiOf = ({ doi, arxiv }: WorldPaper) => doi ?? (arxiv && `10.48550/arxiv.${arxiv}`);
const namesOf = ({ doi, arxiv }: WorldPaper) => [doi, arxiv].filter((name) => name !== undefined);

/** Answers as OpenAlex does, in the form of its recorded answers of 2026. */
export function playOpenalex(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://openalex');
  const citersOf = (cited: WorldPaper) =>
    world.papers.filter(({ cites = [] }) => namesOf(cited).some((name) => cites.includes(name)));
  const write = (paper: WorldPaper) => ({
    id: addressOf(paper.number),
    doi: doiOf(paper) ? `https://doi.org/${doiOf(paper)}` : null,
    ids: { openalex: addressOf(paper.number), pmid: paper.pmid },
    title: paper.title,
    type: paper.arxiv ? 'preprint' : 'article',
    publication_date: paper.date,
    created_date: '2025-10-10T00:00:00.000000',
    primary_location: null,
    authorships: paper.authors.map((name) => ({ author: { display_name: name } })),
    is_retracted: paper.isRetracted ?? false,
    cited_by_count: citersOf(paper).length,
    referenced_works: world.papers
      .filter((cited) => namesOf(cited).some((name) => paper.cites?.includes(name)))
      .map(({ number }) => addressOf(number)),
  });
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const one = /^\/works\/(doi|pmid):(.+)$/.exec(decodeURIComponent(pathname));
  if (one) {
    const [, scheme, id] = one;
    const found = world.papers.find((each) => (scheme === 'doi' ? doiOf(each) : each.pmid) === id);
    send(found ? 200 : 404, found ? write(found) : { error: 'Not found' });
    return;
  }
  const [, field = '', values = ''] =
    /^(doi|cites):(.*)$/.exec(searchParams.get('filter') ?? '') ?? [];
  const wanted = values.split('|');
  const found = world.papers.filter((paper) =>
    field === 'doi'
      ? wanted.includes(doiOf(paper) ?? '')
      : write(paper).referenced_works.some((id) =>
          wanted.includes(id.slice(id.lastIndexOf('/') + 1)),
        ),
  );
  const size = Number(searchParams.get('per-page'));
  const cursor = searchParams.get('cursor') ?? '*';
  const start = cursor === '*' ? 0 : Number(cursor);
  const ordered = found.toSorted((a, b) => b.date.localeCompare(a.date));
  const isLast = start + size >= ordered.length;
  send(200, {
    meta: { count: ordered.length, next_cursor: isLast ? null : String(start + size) },
    results: ordered.slice(start, start + size).map(write),
  });
}

type Player = (world: World, request: IncomingMessage, response: ServerResponse) => void;

/** Who plays which paths. */
const PLAYERS: readonly (readonly [RegExp, Player])[] = [[/^\/works\b/, playOpenalex]];

/** Plays all sources of citations for a test. */
export function playWorld(world: World) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    if (world.instead?.(request, response)) return;
    const { pathname } = new URL(request.url ?? '', 'http://world');
    const player = PLAYERS.find(([path]) => path.test(pathname))?.[1];
    if (player) player(world, request, response);
    else response.writeHead(404).end();
  };
}
