/** How readers come, say what they want, and go. */
export const readersSchema: readonly string[] = [
  `update public.subscription set profile =
    '{"fields": [], "crossLists": true, "surprise": true, "quietNote": false}'::jsonb || profile`,

  // What was typed into a form, until the next step has read it: so that the answer to the form
  // takes the same time for every address.
  `create table public.request (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('subscribe', 'link')),
    address text not null,
    wishes jsonb,
    form text not null,
    asked_from text,
    consent_text text,
    at timestamptz not null
  )`,
  // The very words that were agreed to, by their hash.
  `create table public.consent_text (
    hash text primary key,
    text text not null,
    created_at timestamptz not null
  )`,
  `create table public.consent (
    id bigint generated always as identity primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    form text not null,
    text_hash text references public.consent_text,
    wishes jsonb,
    asked_at timestamptz not null,
    asked_from text,
    reminded_at timestamptz,
    expires_at timestamptz not null,
    confirmed_at timestamptz,
    confirmed_from text
  )`,
  `create index consent_by_subscriber on public.consent (subscriber_id)`,
  `create index consent_open on public.consent (expires_at) where confirmed_at is null`,
  `create index consent_origin on public.consent (asked_at)
    where asked_from is not null or confirmed_from is not null`,
  // A link that was mailed for one purpose and ends: what a forwarded digest must not give.
  `create table public.mailed_link (
    id bigint generated always as identity primary key,
    subscription_id bigint not null references public.subscription on delete cascade,
    purpose text not null check (purpose in ('private', 'address')),
    address text,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  `create index mailed_link_by_subscription on public.mailed_link (subscription_id)`,
  `create index mailed_link_expired on public.mailed_link (expires_at)`,
  // What a reader was sent, for their own eyes, after deliveries were pruned.
  `create table public.kept_digest (
    delivery_id bigint primary key,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    edition_id bigint not null references public.edition on delete cascade,
    accepted_at timestamptz not null,
    papers bigint[] not null
  )`,
  `create index kept_digest_by_subscriber on public.kept_digest (subscriber_id, accepted_at desc)`,
  // How often something was asked for by one address, IP or domain (hashed) in one window.
  `create table public.limit_count (
    name text not null,
    key_hash text not null,
    window_start timestamptz not null,
    count int not null,
    primary key (name, key_hash, window_start)
  )`,
  `create index limit_count_old on public.limit_count (window_start)`,
  `create index subscription_pending on public.subscription (id) where state = 'pending'`,
  // Until the digest that greets a new reader is composed.
  `alter table public.subscription add column wants_welcome boolean not null default false`,
  `create index subscription_welcome on public.subscription (id) where wants_welcome`,
  // After a bounce one confirmation may go out all the same: the key of that notice.
  `alter table public.suppression add column spares text`,
  // Outcomes that went with a reader who was erased: candidates stay what they were.
  `alter table public.round add column erased int not null default 0`,
  `insert into public.kept_digest (delivery_id, subscriber_id, edition_id, accepted_at, papers)
    select d.id, d.subscriber_id, d.edition_id, d.accepted_at,
      array(select (c->>'paper')::bigint from jsonb_array_elements(g.content->'choices') c)
    from public.delivery d join public.digest g on g.delivery_id = d.id
    where d.state = 'accepted' and d.kind = 'digest' and d.subscriber_id is not null
      and d.edition_id is not null`,
];
