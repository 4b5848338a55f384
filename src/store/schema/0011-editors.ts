/** What editors do: marks on the papers of a draft, and editions that wait for a release or pass on. */
export const editorsSchema: readonly string[] = [
  `create table public.editor_mark (
    paper_id bigint primary key references public.paper on delete cascade,
    mark text not null check (mark in ('picked', 'hidden', 'postponed')),
    place int,
    actor text not null,
    at timestamptz not null,
    check ((mark = 'picked') = (place is not null))
  )`,
  `alter table public.edition_paper add column pick int`,
  // An edition that was never released may pass its papers on, to the draft of then.
  `alter table public.edition add column held_at timestamptz,
    add column passed_because text check (passed_because in ('refused', 'unanswered')),
    add column passed_to bigint references public.edition on delete set null`,
];
