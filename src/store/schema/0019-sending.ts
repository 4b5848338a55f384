/** What sending in groups needs. */
export const sendingSchema: readonly string[] = [
  // What answers came to, so that whoever stops an edition counts rows by the second, not letters.
  `create table public.answer_count (
    edition_id bigint not null references public.edition on delete cascade,
    bucket timestamptz not null,
    sender_id bigint not null,
    verdict text not null,
    stops boolean not null,
    count int not null,
    last_reply text,
    last_at timestamptz not null,
    primary key (edition_id, bucket, sender_id, verdict, stops)
  )`,
  `create index answer_count_by_time on public.answer_count (bucket)`,
  // How each relay of a sending process is, as of its last heartbeat.
  `alter table public.sender add column relays jsonb`,
];
