import {
  type Failure,
  listOf,
  memberOf,
  type Reading,
  type Told,
  tellBounce,
  tellOf,
  wordOf,
} from './told.ts';

/** SparkPost's classes of bounces: support.sparkpost.com, "Bounce classification codes", 2026. 90 is a wish to leave. */
const failures: Readonly<Record<string, Failure>> = {
  '10': 'hard',
  '30': 'hard',
  '1': 'soft',
  '20': 'soft',
  '21': 'soft',
  '22': 'soft',
  '23': 'soft',
  '24': 'soft',
  '40': 'soft',
  '70': 'soft',
  '25': 'policy',
  '50': 'policy',
  '51': 'policy',
  '52': 'policy',
  '53': 'policy',
  '54': 'policy',
};
const UNSUBSCRIBED = '90';

/** Reads what SparkPost posts: a list of events, each wrapped twice. */
export function readSparkpost(body: unknown): Reading {
  const events = listOf(body).flatMap((item) => {
    const wrapped = memberOf(item, 'msys');
    return typeof wrapped === 'object' && wrapped !== null ? Object.values(wrapped) : [];
  });
  const ids = events.map((event) => wordOf(memberOf(event, 'event_id')));
  return { key: ids.join(' '), events: events.flatMap(readEvent) };
}

function readEvent(event: unknown): Told[] {
  const names = { reference: memberOf(event, 'rcpt_meta', 'delivery') };
  switch (memberOf(event, 'type')) {
    case 'bounce':
    case 'out_of_band': {
      const kind = wordOf(memberOf(event, 'bounce_class'));
      if (kind === UNSUBSCRIBED) return tellOf('unsubscribe', names);
      const failure = failures[kind];
      const text = memberOf(event, 'raw_reason') ?? memberOf(event, 'reason');
      return failure ? tellBounce(failure, names, { text }) : [];
    }
    case 'policy_rejection':
      return tellBounce('policy', names, { text: memberOf(event, 'raw_reason') });
    case 'delivery':
      return tellOf('delivered', names);
    case 'spam_complaint':
      return tellOf('complaint', names);
    case 'list_unsubscribe':
    case 'link_unsubscribe':
      return tellOf('unsubscribe', names);
    default:
      return [];
  }
}
