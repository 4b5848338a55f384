/** A digest is stored without what its edition holds, and without what its delivery holds. */
export const compactSchema: readonly string[] = [
  // Which form of digests a sending process reads: absent in those of versions before this.
  `alter table public.sender add column version int`,
  `alter table public.rendering add column id bigint generated always as identity unique`,
  // Either the content of an older version or a packed one, whose date is when it was composed
  // and whose seed follows from its Message-ID. A rendering is never removed, so that nothing has
  // to be asked of it for each of a million rows.
  `alter table public.digest
    add column packed text,
    add column rendering_id bigint,
    alter column content drop not null,
    alter column rendering drop not null,
    alter column date drop not null,
    alter column seed drop not null,
    add check (num_nonnulls(content, packed) = 1),
    add check (num_nonnulls(rendering, rendering_id) = 1)`,

  // A row of a delivery is written four times until it is accepted, each time into every index.
  // Which copies an edition has is asked of `delivery_copied`: a second one has a number.
  `drop index public.delivery_by_edition`,
  // What is due is found by `delivery_claimable`, which holds the same rows; what of a reader's is
  // open, which each round asks, had to be looked for among all that they ever got.
  `drop index public.delivery_open`,
  `create index delivery_open_of_reader on public.delivery (subscriber_id)
    where state in ('ready', 'deferred', 'sending')`,
  // Long texts that are asked for whole: their hashes do. One message of a reader, an edition and
  // a resend has one Message-ID, and these three are unique.
  `alter table public.delivery drop constraint delivery_message_id_key`,
  `create index delivery_by_message on public.delivery using hash (message_id)`,
  `drop index public.delivery_arrived`,
  `create index delivery_arrived on public.delivery using hash (address_hash)
    where state = 'accepted'`,
  // Room on each page for the mark of a message that begins, which changes no index.
  `alter table public.delivery set (fillfactor = 80)`,
];
