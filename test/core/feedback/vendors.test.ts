import { judgeBounce } from '../../../src/core/feedback/bounce.ts';
import { readBrevo } from '../../../src/core/feedback/vendors/brevo.ts';
import { readMailgun } from '../../../src/core/feedback/vendors/mailgun.ts';
import { readPostmark } from '../../../src/core/feedback/vendors/postmark.ts';
import { readSendgrid } from '../../../src/core/feedback/vendors/sendgrid.ts';
import { readSes } from '../../../src/core/feedback/vendors/ses.ts';
import { readSparkpost } from '../../../src/core/feedback/vendors/sparkpost.ts';
import type { Reading, Told } from '../../../src/core/feedback/vendors/told.ts';

const OURS = 'b+made-up';

/** What is made of an event: its kind, and whom it is about. */
function tell({ type, enhancedCode = '', text = '' }: Told): string {
  if (type !== 'bounce') return type;
  const code = enhancedCode.startsWith('4') ? 450 : 550;
  return `bounce ${judgeBounce({ code, enhancedCode, text })}`;
}

type Read = (body: unknown) => Reading;
const ses: Read = (event) =>
  readSes({
    MessageId: 'n1',
    Message: JSON.stringify({
      mail: {
        headers: [{ name: 'X-Entity-Ref-ID', value: OURS }],
        commonHeaders: { messageId: '<e1.x@news.example>' },
      },
      ...(event as object),
    }),
  });
const mailgun: Read = (event) =>
  readMailgun({
    signature: { token: 't' },
    'event-data': { 'user-variables': { delivery: OURS }, ...(event as object) },
  });
const postmark: Read = (record) =>
  readPostmark({ ID: 1, Metadata: { delivery: OURS }, ...(record as object) });
const sendgrid: Read = (event) =>
  readSendgrid([{ sg_event_id: 'e', delivery: OURS, ...(event as object) }]);
const sparkpost: Read = (event) =>
  readSparkpost([
    {
      msys: {
        message_event: { event_id: '1', rcpt_meta: { delivery: OURS }, ...(event as object) },
      },
    },
  ]);
const brevo: Read = (event) => readBrevo({ 'X-Mailin-custom': OURS, ...(event as object) });

const bounce = (type: string, subtype: string, recipient: object = {}) => ({
  eventType: 'Bounce',
  bounce: { bounceType: type, bounceSubType: subtype, bouncedRecipients: [recipient] },
});
const unknown = { status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 unknown' };
const blocked = { status: '5.7.1', diagnosticCode: 'smtp; 550 5.7.1 client host blocked' };

describe('what vendors tell', () => {
  it.each<[string, Read, object, string[]]>([
    ['SES', ses, bounce('Permanent', 'General', unknown), ['bounce hard']],
    ['SES', ses, bounce('Permanent', 'General', blocked), ['bounce policy']],
    ['SES', ses, bounce('Permanent', 'OnAccountSuppressionList'), ['bounce hard']],
    ['SES', ses, bounce('Transient', 'MailboxFull', { status: '5.2.2' }), ['bounce soft']],
    ['SES', ses, bounce('Undetermined', 'Undetermined'), ['bounce soft']],
    ['SES', ses, { notificationType: 'Complaint', complaint: {} }, ['complaint']],
    ['SES', ses, { eventType: 'Complaint', complaint: { complaintFeedbackType: 'not-spam' } }, []],
    ['SES', ses, { eventType: 'Delivery' }, ['delivered']],
    ['SES', ses, { eventType: 'Subscription' }, ['unsubscribe']],
    ['Postmark', postmark, { RecordType: 'Bounce', Type: 'HardBounce' }, ['bounce hard']],
    ['Postmark', postmark, { RecordType: 'Bounce', Type: 'SoftBounce' }, ['bounce soft']],
    ['Postmark', postmark, { RecordType: 'Bounce', Type: 'Blocked' }, ['bounce policy']],
    ['Postmark', postmark, { RecordType: 'Bounce', Type: 'AutoResponder' }, []],
    ['Postmark', postmark, { RecordType: 'Delivery' }, ['delivered']],
    ['Postmark', postmark, { RecordType: 'SpamComplaint', Type: 'SpamComplaint' }, ['complaint']],
    [
      'Postmark',
      postmark,
      {
        RecordType: 'SubscriptionChange',
        SuppressSending: true,
        SuppressionReason: 'ManualSuppression',
      },
      ['unsubscribe'],
    ],
    ['Postmark', postmark, { RecordType: 'SubscriptionChange', SuppressSending: false }, []],
    ['Mailgun', mailgun, { event: 'failed', severity: 'permanent' }, ['bounce hard']],
    ['Mailgun', mailgun, { event: 'failed', severity: 'temporary' }, []],
    [
      'Mailgun',
      mailgun,
      {
        event: 'failed',
        severity: 'permanent',
        'delivery-status': { code: 552, 'enhanced-code': '5.7.1' },
      },
      ['bounce policy'],
    ],
    [
      'Mailgun',
      mailgun,
      { event: 'failed', severity: 'permanent', reason: 'suppress-complaint' },
      ['complaint'],
    ],
    ['Mailgun', mailgun, { event: 'complained' }, ['complaint']],
    ['Mailgun', mailgun, { event: 'delivered' }, ['delivered']],
    ['Mailgun', mailgun, { event: 'opened' }, []],
    ...(
      [
        ['soft', { reason: 'old', 'delivery-status': { code: 602, message: 'Too old' } }],
        ['soft', { 'delivery-status': { code: 452, 'enhanced-code': '4.2.2' } }],
        ['soft', { 'delivery-status': { code: 421, message: 'try later' } }],
        ['policy', { 'delivery-status': { code: 554, message: 'blocked as spam' } }],
        ['policy', { reason: 'espblock', 'delivery-status': { code: 554 } }],
        ['soft', { 'delivery-status': { code: 552, message: 'mailbox full' } }],
        ['hard', { 'delivery-status': { code: 550, message: 'user unknown' } }],
        ['hard', { 'delivery-status': null }],
      ] as const
    ).map(([kind, said]): [string, Read, object, string[]] => [
      'Mailgun',
      mailgun,
      { event: 'failed', severity: 'permanent', ...said },
      [`bounce ${kind}`],
    ]),
    ['SendGrid', sendgrid, { event: 'bounce', type: 'bounce', status: '5.1.1' }, ['bounce hard']],
    ['SendGrid', sendgrid, { event: 'bounce', type: 'blocked' }, ['bounce policy']],
    [
      'SendGrid',
      sendgrid,
      { event: 'bounce', type: 'bounce', status: '4.0.0', reason: '452 over quota' },
      ['bounce soft'],
    ],
    ['SendGrid', sendgrid, { event: 'deferred' }, []],
    ['SendGrid', sendgrid, { event: 'dropped', reason: 'Bounced Address' }, ['bounce hard']],
    ['SendGrid', sendgrid, { event: 'dropped', reason: 'Unsubscribed Address' }, ['unsubscribe']],
    ['SendGrid', sendgrid, { event: 'spamreport' }, ['complaint']],
    ['SendGrid', sendgrid, { event: 'group_resubscribe' }, []],
    ['SparkPost', sparkpost, { type: 'bounce', bounce_class: '10' }, ['bounce hard']],
    ['SparkPost', sparkpost, { type: 'out_of_band', bounce_class: 22 }, ['bounce soft']],
    ['SparkPost', sparkpost, { type: 'bounce', bounce_class: '51' }, ['bounce policy']],
    ['SparkPost', sparkpost, { type: 'bounce', bounce_class: '90' }, ['unsubscribe']],
    ['SparkPost', sparkpost, { type: 'bounce', bounce_class: '60' }, []],
    ['SparkPost', sparkpost, { type: 'spam_complaint' }, ['complaint']],
    ['SparkPost', sparkpost, { type: 'delay' }, []],
    ['SparkPost', sparkpost, { type: 'delivery' }, ['delivered']],
    ['Brevo', brevo, { event: 'hard_bounce', reason: '550 5.1.1 unknown' }, ['bounce hard']],
    ['Brevo', brevo, { event: 'soft_bounce', reason: '550 5.1.1 unknown' }, ['bounce soft']],
    ['Brevo', brevo, { event: 'hard_bounce', reason: '554 blocked using zen' }, ['bounce policy']],
    ['Brevo', brevo, { event: 'hard_bounce', reason: '' }, ['bounce hard']],
    ['Brevo', brevo, { event: 'spam' }, ['complaint']],
    ['Brevo', brevo, { event: 'complaint' }, ['complaint']],
    ['Brevo', brevo, { event: 'delivered' }, ['delivered']],
    ['Brevo', brevo, { event: 'opened' }, []],
  ])('%s: event %#', (_, read, event, expected) => {
    const { events } = read(event);
    expect(events.map(tell)).toEqual(expected);
    expect(events.every(({ reference }) => reference === OURS)).toBe(true);
  });

  it('is nothing where it is of no message of ours, or no such thing at all', () => {
    for (const read of [
      readSes,
      readPostmark,
      readMailgun,
      readSendgrid,
      readSparkpost,
      readBrevo,
    ]) {
      for (const body of [
        undefined,
        null,
        7,
        'text',
        [],
        {},
        [null, 1],
        [{ msys: {} }],
        { Message: '{' },
      ]) {
        expect(read(body).events).toEqual([]);
      }
    }
    expect(readBrevo({ event: 'hard_bounce', email: 'ada@readers.example' }).events).toEqual([]);
  });

  it('is known by our id, in whatever case a relay wrote its name', () => {
    const bounced = { ID: 1, RecordType: 'Bounce', Type: 'HardBounce' };
    const { events } = readPostmark({ ...bounced, Metadata: { Delivery: OURS } });
    expect(events).toMatchObject([{ reference: OURS }]);
    expect(readPostmark({ ...bounced, Metadata: [] }).events).toEqual([]);
    const told = readBrevo({ event: 'spam', 'x-mailin-custom': OURS }).events;
    expect(told).toMatchObject([{ reference: OURS }]);
  });

  it('is not lost where one event of a batch is odd', () => {
    const good = { sg_event_id: 'e', delivery: OURS, event: 'spamreport' };
    expect(readSendgrid([null, good, 'x', { event: 'bounce' }]).events).toHaveLength(1);
  });
});
