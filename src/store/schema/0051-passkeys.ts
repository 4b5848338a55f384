/** Passkeys of operators: public keys of devices that ask their owner before they sign. */
export const passkeysSchema: readonly string[] = [
  `create table public.operator_passkey (
    credential_id text primary key,
    operator_id bigint not null references public.operator on delete cascade,
    name text not null,
    public_key text not null,
    counter bigint not null,
    transports jsonb not null,
    added_at timestamptz not null,
    used_at timestamptz
  )`,
  `create index operator_passkey_of on public.operator_passkey (operator_id)`,
  // What was signed once opens nothing again; a row is of no account once its challenge is too old.
  `create table public.used_challenge (
    challenge_hash text primary key,
    expires_at timestamptz not null
  )`,
];
