/**
 * A Message-ID names its delivery, so that no index has to. What older versions write is found by a
 * hash of it, as before.
 */
export const messageIdsSchema: readonly string[] = [
  `drop index public.delivery_by_message`,
  `create index delivery_by_old_message on public.delivery using hash (message_id)
    where message_id not like '<d.%'`,
];
