/** What is kept so that every silence can be explained, and a rising paper known. */
export const silenceSchema: readonly string[] = [
  // Votes at the cut: what a paper gained since makes it rise.
  `alter table public.edition_paper add column upvotes int not null default 0`,
  // Of the refused items, those that are only too old to be news.
  `alter table public.feed_run add column old int not null default 0`,
  // How the feeds stood when the round was composed: the same for all its readers.
  `alter table public.round add column feeds jsonb not null default '[]'`,
  // What was looked at where no digest came of it: editions, papers, what excluded words hid.
  `alter table public.outcome add column looked_at jsonb`,
  // A hidden paper names the word that hides it.
  `update public.digest set content = jsonb_set(content, '{hidden}',
      (select jsonb_agg(jsonb_build_object('paper', h, 'word', '')) from jsonb_array_elements(content->'hidden') h))
    where content->'hidden'->0 is not null and jsonb_typeof(content->'hidden'->0) = 'number'`,
];
