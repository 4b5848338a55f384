/** What was done, in the past, by the names of the audit's actions; any other is named as it is. */
const verbs: Readonly<Record<string, string>> = {
  add: 'added',
  announce: 'sent',
  add_library: 'added to the library of',
  backup: 'backed up',
  close_circle: 'closed',
  begin_import: 'began to import',
  cancel: 'cancelled',
  change: 'changed',
  'change address': 'changed the address of',
  confirm: 'confirmed',
  cut: 'cut',
  discard: 'put aside',
  end_alert_address: 'ended the address for alerts of',
  end_announcements: 'ended announcements to',
  erase: 'erased',
  export: 'exported',
  factor_add: 'set up the second factor of',
  factor_codes: 'made new recovery codes for',
  factor_remove: 'took off the second factor of',
  fetch: 'fetched',
  follow_library: 'had a library followed for',
  hand_circle: 'handed on',
  hold: 'held in doubt',
  import: 'imported',
  keep: 'kept a paper for',
  join_circle: 'joined',
  key_add: 'made a key for',
  key_revoke: 'ended',
  leave_out: 'left out the batch that waited for',
  'leave out': 'left kinds of text out of',
  leave_circle: 'left',
  leave_proposal: 'left as it is',
  let_reader: 'let act again',
  lift: 'lifted',
  make_circle: 'made',
  make_alert_address: 'made an address for alerts of',
  mail_link: 'mailed the link to their preferences to',
  name_works: 'named works for',
  open_circle: 'opened',
  pass: 'passed on',
  passkey_add: 'added a passkey of',
  passkey_remove: 'removed a passkey of',
  password: 'gave a new password to',
  pause: 'paused',
  press: 'pressed',
  press_end: 'ended',
  read_library: 'read the library of',
  propose: 'made',
  put_up_shelf: 'had kept papers go to Zotero for',
  reader_session: 'began a session of',
  reconcile: 'reconciled',
  refuse: 'refused',
  refused_sign_in: 'was refused at the door of',
  release: 'released',
  remove: 'removed',
  remove_library: 'removed the library of',
  remove_works: 'took works from',
  rename: 'renamed',
  renew_secret: 'gave a new secret to',
  replace_alert_address: 'replaced the address for alerts of',
  resend: 'resent',
  resend_batch: 'sent a batch once more to',
  resolve: 'decided',
  restore: 'restored',
  resume: 'let go on',
  review: 'decided about the refused addresses of',
  role: 'changed the role of',
  sign_in: 'signed in as',
  sign_out: 'signed out',
  slow_warm_up: 'slowed down',
  start_warm_up: 'began a warm-up at',
  stop_warm_up: 'ended',
  stop_reader: 'stopped from acting',
  subscribe: 'subscribed',
  suppress: 'suppressed',
  take_out_of_circle: 'took a member out of',
  take_down: 'took down',
  take_proposal: 'took into the draft',
  switch_off: 'switched off',
  switch_on: 'switched on',
  test: 'sent a test of',
  test_channel: 'sent a test to',
  test_webhook: 'sent a test to',
  try: 'tried',
  take_down_shelf: 'ended the way to Zotero for',
  unfollow_library: 'ended the following of a library for',
  unsubscribe: 'unsubscribed',
  unkeep: 'took a paper from what is kept for',
  unvote: 'took back a vote of',
  vote: 'voted for',
  withdraw: 'withdrew',
  wishes: 'changed the wishes of',
  write: 'wrote',
};

const actors: Readonly<Record<string, string>> = {
  cli: 'the command line',
  breaker: 'the breaker',
  reader: 'a reader',
  readers: 'three readers',
  service: 'the service',
  stranger: 'a stranger',
  bounce: 'a bounce',
  complaint: 'a complaint',
  cut: 'the cut',
  'warm-up': 'the warm-up',
};

/** What an entry of the audit says of how, as words: `reason: by hand; may resend all: yes`. */
export function tellDetail(detail: Readonly<Record<string, unknown>>): string {
  return Object.entries(detail)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${spaced(name)}: ${tellValue(value)}`)
    .join('; ');
}

/** What was done: `renamed`. */
export function tellAction(action: string): string {
  return verbs[action] ?? action.replaceAll('_', ' ');
}

/** Who did it: an operator by their name. */
export function tellActor(actor: string): string {
  return actors[actor] ?? actor.replace(/^operator:/, '');
}

/** Whom the words of `tellActor` name. */
export function readActor(words: string): string {
  const known = Object.keys(actors).find((actor) => actors[actor] === words);
  return known ?? (words.includes(':') || words in actors ? words : `operator:${words}`);
}

function tellValue(value: unknown): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(tellValue).join(', ') || 'none';
  if (typeof value === 'object') return `(${tellDetail({ ...value })})`;
  return String(value);
}

/** `mayResendAll` as people write it. */
function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}
