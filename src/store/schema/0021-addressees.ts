/**
 * What went to an address is found by its readers, and of notices, which go to anybody's, by a hash.
 * So digests, which are nearly all, cost no entry each.
 */
export const addresseesSchema: readonly string[] = [
  `create index delivery_of_notices on public.delivery using hash (address_hash)
    where kind = 'notice'`,
  `drop index public.delivery_arrived`,
];
