/** What everybody may see of papers, and the words that they are found by. */
export const publicSchema: readonly string[] = [
  // The one place that says what is public: what an edition that was given to readers shows, and no
  // editor hid. Pages, search, feeds and lists for other machines read it and nothing else.
  `create view public.public_paper as
    select s.paper_id, s.same_as, s.edition_id, s.group_number, s.position, s.summary, s.pick,
      e.name as edition, e.date, e.cut_at, e.released_at, e.is_sample
    from public.edition_paper s join public.edition e on e.id = s.edition_id
    where e.released_at is not null and not exists (
      select 1 from public.editor_mark m where m.paper_id = s.paper_id and m.mark = 'hidden')`,
  `create index edition_paper_by_paper on public.edition_paper (paper_id)`,
  // Made of what stands elsewhere, by a step and a few hundred at a time: no backup holds them.
  // "head" decides the order and stays in the row, which a search of many hits reads; "words", which
  // is only looked into for phrases, stands apart from it.
  `create table public.paper_words (
    paper_id bigint primary key references public.paper on delete cascade,
    edition_id bigint not null references public.edition on delete cascade,
    date date not null,
    head tsvector not null,
    words tsvector not null
  ) with (toast_tuple_target = 128)`,
  `alter table public.paper_words alter column head set storage main,
    alter column words set storage external`,
  `create index paper_words_found on public.paper_words using gin (words)`,
  `create index paper_words_newest on public.paper_words (date desc, paper_id desc)`,
  `create index paper_words_by_edition on public.paper_words (edition_id)`,
  // Editions all of whose papers have their words.
  `create table public.edition_words (
    edition_id bigint primary key references public.edition on delete cascade
  )`,
];
