/** What was done, in the past, by the names of the audit's actions; any other is named as it is. */
const verbs: Readonly<Record<string, string>> = {
  add: 'added',
  add_library: 'added to the library of',
  backup: 'backed up',
  begin_import: 'began to import',
  cancel: 'cancelled',
  'change address': 'changed the address of',
  confirm: 'confirmed',
  cut: 'cut',
  erase: 'erased',
  export: 'exported',
  factor_add: 'set up the second factor of',
  factor_codes: 'made new recovery codes for',
  factor_remove: 'took off the second factor of',
  fetch: 'fetched',
  follow_library: 'had a library followed for',
  import: 'imported',
  key_add: 'made a key for',
  key_revoke: 'ended',
  'leave out': 'left kinds of text out of',
  lift: 'lifted',
  mail_link: 'mailed the link to their preferences to',
  pass: 'passed on',
  password: 'gave a new password to',
  pause: 'paused',
  press: 'pressed',
  press_end: 'ended',
  read_library: 'read the library of',
  reconcile: 'reconciled',
  refuse: 'refused',
  refused_sign_in: 'was refused at the door of',
  release: 'released',
  remove: 'removed',
  remove_library: 'removed the library of',
  rename: 'renamed',
  resend: 'resent',
  resolve: 'decided',
  restore: 'restored',
  resume: 'let go on',
  review: 'decided about the refused addresses of',
  role: 'changed the role of',
  sign_in: 'signed in as',
  sign_out: 'signed out',
  subscribe: 'subscribed',
  suppress: 'suppressed',
  test: 'sent a test of',
  try: 'tried',
  unfollow_library: 'ended the following of a library for',
  unsubscribe: 'unsubscribed',
  unvote: 'took back a vote of',
  vote: 'voted for',
  wishes: 'changed the wishes of',
};

const actors: Readonly<Record<string, string>> = {
  cli: 'the command line',
  breaker: 'the breaker',
  reader: 'a reader',
  service: 'the service',
  stranger: 'a stranger',
  bounce: 'a bounce',
  complaint: 'a complaint',
  cut: 'the cut',
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
