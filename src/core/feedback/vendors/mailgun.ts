import { memberOf, type Reading, tellBounce, tellOf, wordOf } from './told.ts';

/** Reads what Mailgun posts (documentation.mailgun.com, "Events", 2026): one event a request. */
export function readMailgun(body: unknown): Reading {
  const event = memberOf(body, 'event-data');
  const names = {
    reference: memberOf(event, 'user-variables', 'delivery'),
    messageId: memberOf(event, 'message', 'headers', 'message-id'),
  };
  const key = wordOf(memberOf(body, 'signature', 'token'));
  const name = wordOf(memberOf(event, 'event'));
  if (name === 'complained') return { key, events: tellOf('complaint', names) };
  if (name === 'delivered') return { key, events: tellOf('delivered', names) };
  if (name === 'unsubscribed') return { key, events: tellOf('unsubscribe', names) };
  const isOver = name === 'failed' && memberOf(event, 'severity') === 'permanent';
  if (!isOver && name !== 'rejected') return { key, events: [] };
  const reason = wordOf(memberOf(event, 'reason'));
  if (reason === 'suppress-complaint') return { key, events: tellOf('complaint', names) };
  if (reason === 'suppress-unsubscribe') return { key, events: tellOf('unsubscribe', names) };
  const status = memberOf(event, 'delivery-status', 'enhanced-code');
  const text = [
    memberOf(event, 'delivery-status', 'code'),
    memberOf(event, 'delivery-status', 'message'),
    memberOf(event, 'delivery-status', 'description'),
  ]
    .map(wordOf)
    .filter(Boolean)
    .join(' ');
  // "old" was tried for hours, and "espblock" is about us.
  const failure = name === 'rejected' || reason === 'espblock' ? 'policy' : 'hard';
  if (reason === 'old') return { key, events: tellBounce('soft', names, { status, text }) };
  return { key, events: tellBounce(failure, names, { status, text }) };
}
