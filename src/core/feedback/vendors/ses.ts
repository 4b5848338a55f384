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

/** Reads a notification of Amazon SNS, signed and of a topic of ours, about Amazon SES (docs.aws.amazon.com/ses, 2026). */
export function readSes(body: unknown): Reading {
  const key = wordOf(memberOf(body, 'MessageId'));
  const event = parse(wordOf(memberOf(body, 'Message')));
  const mail = memberOf(event, 'mail');
  const headers = listOf(memberOf(mail, 'headers'));
  const reference = headers.find((each) =>
    /^x-entity-ref-id$/i.test(wordOf(memberOf(each, 'name'))),
  );
  const names = {
    reference: memberOf(reference, 'value'),
    messageId: memberOf(mail, 'commonHeaders', 'messageId'),
  };
  return { key, events: readEvent(event, names) };
}

function readEvent(event: unknown, names: { reference: unknown; messageId: unknown }): Told[] {
  const name = wordOf(memberOf(event, 'eventType') ?? memberOf(event, 'notificationType'));
  if (name === 'Bounce') {
    const bounce = memberOf(event, 'bounce');
    const [recipient] = listOf(memberOf(bounce, 'bouncedRecipients'));
    return tellBounce(failureOf(bounce), names, {
      status: memberOf(recipient, 'status'),
      text: memberOf(recipient, 'diagnosticCode'),
    });
  }
  if (name === 'Complaint') {
    const complaint = memberOf(event, 'complaint');
    const isTakenBack = memberOf(complaint, 'complaintFeedbackType') === 'not-spam';
    return isTakenBack ? [] : tellOf('complaint', names);
  }
  if (name === 'Delivery') return tellOf('delivered', names);
  if (name === 'Subscription') return tellOf('unsubscribe', names);
  if (name === 'Reject') return tellBounce('policy', names, { text: 'Amazon SES rejected it' });
  return [];
}

function failureOf(bounce: unknown): Failure {
  if (memberOf(bounce, 'bounceType') === 'Permanent') return 'hard';
  return memberOf(bounce, 'bounceSubType') === 'ContentRejected' ? 'policy' : 'soft';
}

/** The first notification of a topic is a sentence, no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
