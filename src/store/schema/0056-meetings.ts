/** What a note says of a meeting, and whom a list of an operator invites to a circle. */
export const meetingsSchema: readonly string[] = [
  // A note may tell of the next meeting: what it says follows the meeting, whatever is changed of it.
  `alter table public.circle_note
    add column meeting_id bigint references public.circle_meeting on delete set null`,
  `create index circle_note_by_meeting on public.circle_note (meeting_id)
    where meeting_id is not null`,
  // An operator's list names people: nobody is in before a press of theirs. Who reads nothing here yet
  // is known by a keyed hash alone until they have confirmed, and is invited then.
  `create table public.circle_guest (
    circle_id bigint not null references public.circle on delete cascade,
    address_hash text not null,
    named_at timestamptz not null,
    primary key (circle_id, address_hash)
  )`,
  `create index circle_guest_by_address on public.circle_guest (address_hash)`,
  // Of such a circle as many may join as it holds.
  `alter table public.circle_invitation add column most_uses int not null default 50`,
];
