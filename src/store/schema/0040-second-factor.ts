/** The second factor of operators: a code of an app, codes to come back with, and where they are known. */
export const secondFactorSchema: readonly string[] = [
  // It counts from `enrolled_at` on, when a code showed that the app has it. No step is taken twice.
  `create table public.operator_factor (
    operator_id bigint primary key references public.operator on delete cascade,
    sealed_secret text not null,
    last_step bigint not null default 0,
    created_at timestamptz not null,
    enrolled_at timestamptz
  )`,
  `create table public.recovery_code (
    operator_id bigint not null references public.operator on delete cascade,
    code_hash text not null,
    used_at timestamptz,
    primary key (operator_id, code_hash)
  )`,
  `create table public.operator_place (
    operator_id bigint not null references public.operator on delete cascade,
    place_hash text not null,
    first_seen_at timestamptz not null,
    seen_at timestamptz not null,
    primary key (operator_id, place_hash)
  )`,
];
