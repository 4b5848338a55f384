import { type Answer, answer, namesOf, type World, type WorldPaper } from './citing-papers.ts';

/** OpenAlex's name of a number. */
const addressOf = (number: number) => `https://openalex.org/W${number}`;
const doiOf = ({ doi, arxiv }: WorldPaper) => doi ?? (arxiv && `10.48550/arxiv.${arxiv}`);

/** Answers as OpenAlex does, in the form of its recorded answers of 2026. */
export function playOpenalex(world: World, { pathname, searchParams }: URL): Answer {
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
    referenced_works: (paper.cites ? world.papers : [])
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
  const cited = world.papers
    .filter((paper) => wanted.includes(`W${paper.number}`))
    .flatMap(namesOf);
  const found = world.papers.filter((paper) =>
    field === 'doi'
      ? wanted.includes(doiOf(paper) ?? '')
      : field.startsWith('author')
        ? paper.authorIds?.includes(values)
        : cited.some((name) => paper.cites?.includes(name)),
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
