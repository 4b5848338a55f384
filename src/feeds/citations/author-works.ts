import { z } from 'zod';
import {
  type AuthorId,
  type AuthorWork,
  type FoundAuthor,
  MOST_AUTHOR_WORKS,
} from '../../core/citations/author.ts';
import { canBeAsked } from '../../core/citations/work.ts';
import type { Source } from '../fetched.ts';
import { checkItem, parseJson } from '../json.ts';
import { askSource, mailOf } from '../sources/ask.ts';
import { openalexWork, readOpenalexWork } from '../sources/openalex.ts';
import { readEach } from './adapter.ts';

const PAGE_SIZE = 100;
const FIELDS =
  'id,doi,ids,title,type,publication_date,created_date,primary_location,authorships,is_retracted';

const listShape = z.object({
  meta: z.object({ count: z.number().int(), next_cursor: z.string().nullish() }),
  results: z.array(z.unknown()),
});
const people = z.object({
  authorships: z.array(
    z.object({
      author: z.object({
        id: z.string().nullish(),
        orcid: z.string().nullish(),
        display_name: z.string().nullish(),
      }),
    }),
  ),
});

/** The newest works that OpenAlex says are an author's. Throws FeedError where it cannot be asked. */
export async function fetchAuthorWorks(author: AuthorId, source: Source): Promise<FoundAuthor> {
  const [scheme, id = ''] = author.split(':');
  const filter = scheme === 'orcid' ? `author.orcid:${id}` : `author.id:${id}`;
  const works: AuthorWork[] = [];
  let name = '';
  let read = 0;
  let total = 0;
  for (let cursor: string | undefined = '*'; cursor !== undefined && read < MOST_AUTHOR_WORKS; ) {
    const bytes = await askSource(source, {
      kind: 'openalex',
      path: '/works',
      params: {
        filter,
        select: FIELDS,
        sort: 'publication_date:desc',
        'per-page': String(PAGE_SIZE),
        cursor,
        mailto: mailOf(source),
      },
    });
    const { meta, results } = parseJson(bytes, listShape);
    read += results.length;
    total = meta.count;
    works.push(...(await readEach(results, readWork)));
    name ||= findName(results, id);
    cursor = results.length > 0 && read < total ? (meta.next_cursor ?? undefined) : undefined;
  }
  return { name, works: works.filter(({ ids }) => canBeAsked(ids)), total };
}

function readWork(item: unknown): AuthorWork {
  const { ids, title, publishedAt } = readOpenalexWork(checkItem(item, openalexWork));
  return { ids, title, ...(publishedAt && { year: publishedAt.getUTCFullYear() }) };
}

function findName(results: readonly unknown[], id: string): string {
  for (const item of results) {
    const read = people.safeParse(item);
    const own = read.data?.authorships.find(({ author }) =>
      [author.id, author.orcid].some((each) => each?.endsWith(`/${id}`)),
    );
    if (own?.author.display_name) return own.author.display_name;
  }
  return '';
}
