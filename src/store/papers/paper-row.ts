import type { StoredPaper } from '../../core/edition/cut.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import type { Paper, PaperIds } from '../../core/paper/paper.ts';
import { sql } from '../database.ts';

/** A row of `paper` under the alias `p`, as `columns` reads it. */
export interface PaperRow {
  id: number;
  title: string;
  abstract: string;
  authors: Paper['authors'];
  categories: string[];
  ids: PaperIds;
  link: string | null;
  publishedAt: Date | null;
  upvotes: number | null;
  kind: PaperKind;
  keywords: string[] | null;
  code: string | null;
}

export const columns = sql`p.id, p.title, p.abstract, p.authors, p.categories, p.ids, p.link,
  p.published_at as "publishedAt", p.upvotes, p.kind, p.keywords, p.code`;

/** The paper that a row holds. */
export function toPaper(row: PaperRow): StoredPaper {
  return {
    id: row.id,
    title: row.title,
    abstract: row.abstract,
    authors: row.authors,
    categories: row.categories,
    ids: row.ids,
    ...(row.link ? { link: row.link } : {}),
    ...(row.publishedAt ? { publishedAt: row.publishedAt } : {}),
    ...(row.upvotes === null ? {} : { upvotes: row.upvotes }),
    ...(row.kind === 'paper' ? {} : { kind: row.kind }),
    ...(row.keywords ? { keywords: row.keywords } : {}),
    ...(row.code ? { code: row.code } : {}),
  };
}
