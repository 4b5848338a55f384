import type { DeliveryFilter } from '../../core/letter/delivery-filter.ts';
import { empty, join, type Sql, sql } from '../database.ts';

/** Holds for a delivery `d` that a filter lets through. */
export function matches(filter: DeliveryFilter): Sql {
  const { state, editionId, cause, domain, subscriberId } = filter;
  const conditions = [
    sql`true`,
    state === undefined ? empty : sql`d.state = ${state}`,
    editionId === undefined ? empty : sql`d.edition_id = ${editionId}`,
    cause === undefined ? empty : sql`d.cause = ${cause}`,
    domain === undefined
      ? empty
      : sql`split_part(lower(d.address), '@', 2) = ${domain.toLowerCase()}`,
    subscriberId === undefined ? empty : sql`d.subscriber_id = ${subscriberId}`,
  ];
  return join(
    conditions.filter((condition) => condition !== empty),
    ' and ',
  );
}
