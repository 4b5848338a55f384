/** What lists are asked for, the newest first, beside any number of others. */
export const listsSchema: readonly string[] = [
  `create index delivery_failed on public.delivery (id) where state = 'failed'`,
  `create index audit_by_actor on public.audit (actor, id desc)`,
  `create index audit_by_action on public.audit (action, id desc)`,
  `create index suppression_by_reason on public.suppression (reason, at desc, address_hash)`,
  `create index inbound_by_verdict on public.inbound (verdict, id)`,
  `create index inbound_by_state on public.inbound (state, verdict)`,
];
