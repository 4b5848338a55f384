/** What came back of an edition, found beside any number of its deliveries. */
export const returnedSchema: readonly string[] = [
  `alter table public.feedback add column edition_id bigint`,
  `update public.feedback f set edition_id = d.edition_id
    from public.delivery d where d.id = f.delivery_id`,
  // By the database, since processes of older versions write rows without it.
  `create function public.name_edition() returns trigger language plpgsql as $$
    begin
      new.edition_id := (select d.edition_id from public.delivery d where d.id = new.delivery_id);
      return new;
    end $$`,
  `create trigger feedback_names_edition before insert on public.feedback
    for each row execute function public.name_edition()`,
  `create index feedback_of_edition on public.feedback (edition_id, kind, at)
    where edition_id is not null`,
];
