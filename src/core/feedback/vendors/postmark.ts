import {
  type Failure,
  memberLike,
  memberOf,
  type Reading,
  tellBounce,
  tellOf,
  wordOf,
} from './told.ts';

/** What Postmark calls the ways in which a message comes back: postmarkapp.com/developer, "Bounce types", 2026. */
const failures: Readonly<Record<string, Failure>> = {
  HardBounce: 'hard',
  BadEmailAddress: 'hard',
  SoftBounce: 'soft',
  Transient: 'soft',
  DnsError: 'soft',
  Undeliverable: 'soft',
  Blocked: 'policy',
  SpamNotification: 'policy',
  DMARCPolicy: 'policy',
  VirusNotification: 'policy',
};

/** Reads what Postmark posts: one record a request. */
export function readPostmark(body: unknown): Reading {
  const kind = wordOf(memberOf(body, 'RecordType'));
  const type = wordOf(memberOf(body, 'Type'));
  const names = { reference: memberLike(memberOf(body, 'Metadata'), 'delivery') };
  const id = wordOf(memberOf(body, 'ID')) || wordOf(memberOf(body, 'MessageID'));
  const reading = (events: Reading['events']) => ({
    key: [kind, id, type, wordOf(memberOf(body, 'ChangedAt'))].join(':'),
    events,
  });
  if (kind === 'SpamComplaint' || type === 'SpamComplaint') {
    return reading(tellOf('complaint', names));
  }
  if (kind === 'Delivery') return reading(tellOf('delivered', names));
  if (kind === 'SubscriptionChange') {
    // `false` says that they came back; a bounce tells of itself.
    const isLeft =
      memberOf(body, 'SuppressSending') === true &&
      memberOf(body, 'SuppressionReason') === 'ManualSuppression';
    return reading(isLeft ? tellOf('unsubscribe', names) : []);
  }
  if (type === 'Unsubscribe' || type === 'ManuallyDeactivated') {
    return reading(tellOf('unsubscribe', names));
  }
  const failure = kind === 'Bounce' ? failures[type] : undefined;
  const text = `${wordOf(memberOf(body, 'Details'))} ${wordOf(memberOf(body, 'Description'))}`;
  return reading(failure ? tellBounce(failure, names, { text: text.trim() }) : []);
}
