/**
 * What models elsewhere answered, so that nothing is asked twice; what was spent on them in a day of
 * UTC; and, of an edition, the space that its papers were grouped in.
 */
export const modelsSchema: readonly string[] = [
  `create table public.model_answer (
    key text primary key,
    answer text not null,
    used_at timestamptz not null
  )`,
  `create index model_answer_by_use on public.model_answer (used_at)`,
  `create table public.model_use (
    day date primary key,
    tokens bigint not null default 0,
    milliseconds bigint not null default 0
  )`,
  `alter table public.edition add column space text`,
];
