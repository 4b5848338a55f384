import type { FrozenDigest } from '../../core/letter/delivery.ts';
import type { DigestContent } from '../../core/letter/digest.ts';
import type { NoticeContent } from '../../core/letter/notice.ts';
import { unpackDigest } from '../../core/letter/packed-digest.ts';
import { sql } from '../database.ts';

/** What is frozen, in one of the two forms that a row may have. */
export type StoredContent =
  | { readonly content: DigestContent | NoticeContent; readonly packed: null }
  | { readonly content: null; readonly packed: string };

/** The same as a query of both columns gives it, where there may be no row any more. */
export interface ContentColumns {
  readonly content: DigestContent | NoticeContent | null;
  readonly packed: string | null;
}

/** The columns of `public.digest g` that hold the content; `readContent` reads them. */
export const contentColumns = sql`g.content, g.packed`;

/** Everything that is frozen beside a delivery `d`, in a digest `g`; `readDigest` reads it. */
export const digestColumns = sql`${contentColumns},
  coalesce(g.rendering, (select r.hash from public.rendering r where r.id = g.rendering_id))
    as rendering,
  coalesce(g.date, d.composed_at) as date,
  coalesce(g.seed, substr(encode(sha256(convert_to(d.message_id, 'UTF8')), 'hex'), 1, 24)) as seed,
  g.key_id as "keyId"`;

/** The content of a row; null where it was pruned or erased. */
export function readContent({ content, packed }: ContentColumns): FrozenDigest['content'] | null {
  return packed === null ? content : unpackDigest(packed);
}

/** A row of `digestColumns` with its content read. */
export function readDigest<Row extends ContentColumns>({
  content,
  packed,
  ...row
}: Row): Omit<Row, 'content' | 'packed'> & Pick<FrozenDigest, 'content'> {
  const read = readContent({ content, packed });
  if (!read) throw new Error('a digest is stored without content');
  return { ...row, content: read };
}
