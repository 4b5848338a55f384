import { listOf, memberOf, type Reading, type Told, tellBounce, tellOf, wordOf } from './told.ts';

/** Why SendGrid did not even try: it has heard so before ("Dropped", docs.sendgrid.com, 2026). */
const dropped: Readonly<Record<string, 'complaint' | 'unsubscribe' | 'bounce'>> = {
  'Spam Reporting Address': 'complaint',
  'Unsubscribed Address': 'unsubscribe',
  'Bounced Address': 'bounce',
  Invalid: 'bounce',
};

/** Reads what SendGrid posts: a list of events, each with an id of its own. */
export function readSendgrid(body: unknown): Reading {
  const events = listOf(body);
  const ids = events.map((event) => wordOf(memberOf(event, 'sg_event_id')));
  return { key: ids.join(' '), events: events.flatMap(readEvent) };
}

function readEvent(event: unknown): Told[] {
  const names = { reference: memberOf(event, 'delivery'), messageId: memberOf(event, 'smtp-id') };
  const said = { status: memberOf(event, 'status'), text: memberOf(event, 'reason') };
  switch (memberOf(event, 'event')) {
    case 'bounce':
      // "blocked" is a bounce that says nothing of the address.
      return tellBounce(memberOf(event, 'type') === 'blocked' ? 'policy' : 'hard', names, said);
    case 'dropped': {
      const why = dropped[wordOf(memberOf(event, 'reason'))];
      if (why === 'bounce') return tellBounce('hard', names, {});
      return why ? tellOf(why, names) : [];
    }
    case 'delivered':
      return tellOf('delivered', names);
    case 'spamreport':
      return tellOf('complaint', names);
    case 'unsubscribe':
    case 'group_unsubscribe':
      return tellOf('unsubscribe', names);
    default:
      return [];
  }
}
