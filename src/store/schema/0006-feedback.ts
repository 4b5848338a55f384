/** What comes back: as it arrived, and what it meant for a delivery. */
export const feedbackSchema: readonly string[] = [
  // Kept as it arrived until it was understood, or a person has looked at it.
  `create table public.inbound (
    id bigint generated always as identity primary key,
    source text not null check (source in ('smtp', 'spool', 'webhook')),
    source_key text not null unique,
    received_at timestamptz not null,
    mail_from text,
    rcpt_to jsonb not null default '[]',
    raw bytea not null,
    state text not null default 'waiting' check (state in ('waiting', 'handled', 'kept', 'done')),
    verdict text,
    reason text,
    sender text,
    subject text,
    delivery_id bigint references public.delivery on delete set null,
    subscriber_id bigint references public.subscriber on delete set null,
    handled_at timestamptz,
    told_at timestamptz
  )`,
  `create index inbound_waiting on public.inbound (id) where state = 'waiting'`,
  `create index inbound_kept on public.inbound (id) where state = 'kept'`,
  `create index inbound_by_age on public.inbound (handled_at) where state in ('handled', 'done')`,
  `create index inbound_by_delivery on public.inbound (delivery_id) where delivery_id is not null`,
  `create index inbound_by_subscriber on public.inbound (subscriber_id) where subscriber_id is not null`,

  // Each delivery has one row a kind, however often the same is reported.
  `create table public.feedback (
    id bigint generated always as identity primary key,
    inbound_id bigint references public.inbound on delete set null,
    delivery_id bigint references public.delivery on delete cascade,
    address_hash text not null,
    kind text not null check (kind in ('hard', 'disabled', 'soft', 'policy', 'complaint')),
    code int,
    enhanced_code text,
    text text,
    at timestamptz not null,
    sent_at timestamptz,
    unique (delivery_id, kind)
  )`,
  `create index feedback_by_address on public.feedback (address_hash, at)`,
  `create index feedback_by_age on public.feedback (at)`,
  `create index feedback_by_inbound on public.feedback (inbound_id) where inbound_id is not null`,
  // The last message to an address that arrived.
  `create index delivery_arrived on public.delivery (address_hash, accepted_at)
    where state = 'accepted'`,
];
