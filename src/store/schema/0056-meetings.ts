/** What a note says of a meeting, and whom a list of an operator invites to a circle. */
export const meetingsSchema: readonly string[] = [
  // A note may tell of the next meeting: what it says follows the meeting, whatever is changed of it.
  `alter table public.circle_note
    add column meeting_id bigint references public.circle_meeting on delete set null`,
  `create index circle_note_by_meeting on public.circle_note (meeting_id)
    where meeting_id is not null`,
  // An operator's list names people: nobody is in before a press of theirs. Who reads nothing here yet
  // confirms first, and is invited then.
  `create table public.circle_guest (
    circle_id bigint not null references public.circle on delete cascade,
    subscriber_id bigint not null references public.subscriber on delete cascade,
    invited_at timestamptz not null,
    told_at timestamptz,
    primary key (circle_id, subscriber_id)
  )`,
  `create index circle_guest_by_subscriber on public.circle_guest (subscriber_id)`,
  `create index circle_guest_untold on public.circle_guest (subscriber_id) where told_at is null`,
];
