import { readMessageId } from '../../core/letter/message-id.ts';
import { type Sql, sql } from '../database.ts';

/** Written by a version whose Message-IDs do not name their row: what the index holds. */
const isOfBefore = sql`d.message_id not like '<d.%'`;

/** Holds for a delivery `d` with one of these Message-IDs; each is found without a look at any other. */
export function isNamed(messageIds: readonly string[]): Sql {
  const ids = messageIds.flatMap((messageId) => readMessageId(messageId) ?? []);
  return sql`((d.id = any(${ids}::bigint[]) and d.message_id = any(${messageIds}::text[]))
    or (d.message_id = any(${messageIds}::text[]) and ${isOfBefore}))`;
}
