import type { FrozenDigest } from '../../core/letter/delivery.ts';
import { type ContentColumns, readContent } from '../../core/letter/stored-content.ts';
import { sql } from '../database.ts';

/** The columns of `public.digest g` that hold the content; `readContent` reads them. */
export const contentColumns = sql`g.content, g.packed`;

/** Everything that is frozen beside a delivery `d`, in a digest `g`; `readDigest` reads it. */
export const digestColumns = sql`${contentColumns},
  coalesce(g.rendering, (select r.hash from public.rendering r where r.id = g.rendering_id))
    as rendering,
  coalesce(g.date, d.composed_at) as date,
  coalesce(g.seed, substr(encode(sha256(convert_to(d.message_id, 'UTF8')), 'hex'), 1, 24)) as seed,
  g.key_id as "keyId"`;

/** Holds for a delivery `d` that a reader got and may look back on. */
export const isKept = sql`(d.kind = 'digest' and d.state = 'accepted'
  and d.subscriber_id is not null and d.edition_id is not null)`;

/** The chosen papers of a digest `g`, best first, in either of its forms. */
export const papersOf = sql`array(select (c.choice->>'paper')::bigint
    from jsonb_array_elements(g.content->'choices') with ordinality c(choice, place)
  union all select (g.packed::jsonb->>2)::bigint + (c.choice->>0)::bigint
    from jsonb_array_elements(g.packed::jsonb->3) with ordinality c(choice, place))`;

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
