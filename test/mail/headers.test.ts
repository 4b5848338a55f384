import fc from 'fast-check';
import { encodeQuotedPrintable } from '../../src/core/letter/quoted-printable.ts';
import type { Rendering } from '../../src/core/letter/rendering.ts';
import { joinSource } from '../../src/core/letter/source.ts';
import { buildHeaders, type Marks } from '../../src/mail/headers.ts';
import { createMessageWriter } from '../../src/mail/message.ts';

const rendering: Rendering = {
  version: '1',
  templates: { digestHtml: '', digestText: '', noticeHtml: '', noticeText: '' },
  sender: { siteName: 'Reef & Radar', postalAddress: '1 Example Street', contact: 'ops@a.example' },
  from: 'digest@news.example',
  publicUrl: 'https://news.example',
};
const marks: Marks = {
  reference: 'b+1abcdefghijklmnop',
  campaign: '2026-03-03:regular:digest',
  list: 'digest' as const,
  unsubscribe: 'https://news.example/unsubscribe/1.2.3',
};
const delivery = {
  address: 'ada@readers.example',
  date: new Date('2026-03-03T07:00:00Z'),
  messageId: '<e5.x.r0@news.example>',
  seed: 'abcdef',
};
const textOf = (headers: ReturnType<typeof buildHeaders>, name: string) => {
  const header = headers[name];
  return typeof header === 'object' ? header.value : header;
};

describe('headers', () => {
  it('of a confirmation say that a machine wrote it, and nothing of a list', () => {
    const headers = buildHeaders({ ...marks, list: undefined, unsubscribe: undefined }, rendering);
    expect(Object.keys(headers).sort()).toEqual([
      'Auto-Submitted',
      'Feedback-ID',
      'X-Entity-Ref-ID',
    ]);
  });

  it('name no way to leave where there is no subscription to end', () => {
    const headers = buildHeaders({ ...marks, unsubscribe: undefined }, rendering);
    expect(Object.keys(headers)).not.toContain('List-Unsubscribe-Post');
    expect(textOf(headers, 'List-Id')).toBe('"Reef & Radar" <digest.news.example>');
  });

  it('name the mailto behind the https way, and where complaints go, only where mail comes in', () => {
    const unsubscribeMail = 'mailto:u+1abc@in.example?subject=unsubscribe';
    const headers = buildHeaders(
      { ...marks, unsubscribeMail },
      { ...rendering, reportAddress: 'fbl@in.example' },
    );
    expect(textOf(headers, 'List-Unsubscribe')).toBe(
      `<${marks.unsubscribe}>, <${unsubscribeMail}>`,
    );
    expect(textOf(headers, 'CFBL-Address')).toBe('fbl@in.example; report=arf');
    expect(buildHeaders(marks, rendering)).not.toHaveProperty('CFBL-Address');
  });

  it('keep a short or a long domain as a sender of five to fifteen signs', () => {
    for (const from of ['a@x.io', 'a@a-very-long-name.of-a-university.example']) {
      const value = textOf(buildHeaders(marks, { ...rendering, from }), 'Feedback-ID') ?? '';
      expect(value).toMatch(/^2026-03-03:regular:digest:[a-z0-9]{5,15}$/);
    }
  });

  it('cannot be added to by any name, subject or text', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a\r\nBcc: x@y.example\r\n\r\nbody',
        'x\0\u202e\u2028y',
        '=?utf-8?Q?=0D=0A?=',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (siteName, subject, text) => {
        const sender = { ...rendering.sender, siteName };
        const letter = {
          subject: `Papers ${subject}`,
          text: [encodeQuotedPrintable(`Hello ${text}`)],
          html: [encodeQuotedPrintable('<p>x</p>')],
          marks,
        };
        const source = joinSource(createMessageWriter({ ...rendering, sender })(delivery, letter));
        const head = source.split('\r\n\r\n')[0] ?? '';
        const names = head.split(/\r\n(?![ \t])/).map((line) => /^[\w-]+(?=:)/.exec(line)?.[0]);
        expect([...names].sort()).toEqual([
          'Auto-Submitted',
          'Content-Type',
          'Date',
          'Feedback-ID',
          'From',
          'List-Archive',
          'List-Help',
          'List-ID',
          'List-Owner',
          'List-Post',
          'List-Unsubscribe',
          'List-Unsubscribe-Post',
          'MIME-Version',
          'Message-ID',
          'Precedence',
          'Reply-To',
          'Subject',
          'To',
          'X-Entity-Ref-ID',
        ]);
        // RFC 5322, 2.1.1.
        expect(Math.max(...head.split('\r\n').map((line) => line.length))).toBeLessThan(999);
      }),
    );
  });
});
