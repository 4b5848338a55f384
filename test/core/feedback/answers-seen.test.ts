import { type BounceKind, judgeBounce } from '../../../src/core/feedback/bounce.ts';
import { judgeReply } from '../../../src/core/letter/answers.ts';
import { readReply } from '../../../src/core/letter/reply.ts';

/** What servers were seen to answer RCPT or a body with, and what it says of the reader. */
const seen: readonly [BounceKind, string, string][] = [
  [
    'policy',
    'cPanel',
    '550-Verification failed for <b+x@in.example>|550-No such user here|550 Sender verify failed',
  ],
  [
    'policy',
    'Exim, cached',
    '550-Callback setup failed while verifying <b+x@in.example>|550 Sender verify failed',
  ],
  ['policy', 'Postfix', '550 5.1.8 <b+x@in.example>: Sender address rejected: Domain not found'],
  [
    'policy',
    'Sendmail',
    '553 5.1.8 <b+x@in.example>... Domain of sender address b+x@in.example does not exist',
  ],
  ['policy', 'Exim 3', '550 unknown local part in sender <b+x@in.example>'],
  ['policy', 'hMailServer', "550 Sender's domain doesn't exist"],
  ['policy', 'Kerio', '550 5.1.0 MAIL FROM address does not accept mail'],
  ['policy', 'IONOS', '550 Sender has no A, AAAA, or MX DNS records.'],
  ['policy', 'MDaemon', '550 Sender blocked by local rule'],
  ['policy', 'hMailServer', '550 Unauthorized sender'],
  ['policy', 'Exim', '550 Administrative prohibition'],
  [
    'policy',
    'Mimecast',
    '550 Administrative prohibition - envelope blocked - https://community.mimecast.example',
  ],
  ['policy', 'cPanel', '550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)'],
  [
    'policy',
    'mail.ru',
    '550 We do not accept mail from hosts with dynamic IP or generic DNS PTR-records',
  ],
  ['policy', 'old Postfix', '554 Client host rejected: cannot find your hostname, [192.0.2.7]'],
  ['policy', 'Sophos', '550 Sender IP reverse lookup rejected'],
  ['policy', 'mail2000', '550 192.0.2.7 is in a black list at bl.example.net'],
  ['policy', 'Outlook.com', '550 part of their network is on our block list (S3140)'],
  ['policy', 'QQ', '550 Domain frequency limited. http://service.mail.example'],
  ['policy', 'QQ', '550 Mail content denied.'],
  ['policy', 'Exim', '550 relay not permitted'],
  ['policy', 'qmail', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"],
  [
    'policy',
    'Exchange Online',
    '550 5.7.350 Remote server returned message detected as spam -> 554 Blocked',
  ],
  ['policy', 'Verizon', '571 Email from 192.0.2.7 is currently blocked by Verizon Online'],
  ['policy', 'many', '550 Blocked - see http://blocked.example'],
  ['disabled', 'many', '550 mailbox is blocked'],
  ['hard', 'Gmail', '550 The email account that you tried to reach does not exist.'],
  ['hard', 'many', '551 User not local'],
  ['hard', 'Yandex', '550 5.7.1 No such user! 1700000000-abcdef'],
  [
    'hard',
    'qmail with validrcptto',
    '553 sorry, this recipient is not in my validrcptto list (#5.7.1)',
  ],
  ['hard', 'qmail with chkuser', '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)'],
  [
    'hard',
    'Exim in front of another',
    '550-Callout verification failed:|550 550 5.1.1 <a@readers.example>: User unknown',
  ],
  ['hard', 'Exim 4.9x', '550 Unroutable address'],
  ['hard', 'kundenserver', '550 Unknown local part a in <a@readers.example>'],
  ['hard', 'Communigate', '550 no such local user'],
  ['hard', 'MailEnable', '550 Recipient Rejected: No account by that name here'],
  ['hard', 'Domino', '550 a@readers.example... No such user'],
  ['hard', 'IMail', '550 not a valid user here'],
  [
    'hard',
    'mail.ru',
    '550 Message was not accepted -- invalid mailbox. Local mailbox a@readers.example is unavailable: user not found',
  ],
  ['hard', '163.com', '550 User not found: a@readers.example'],
  ['hard', 'Rackspace', '550 The user was not found'],
  ['hard', 'BT', '550 There is no one at this address'],
  ['hard', 'Orange', '550 Adresse inconnue'],
  ['hard', 'an Austrian host', '550 Empfänger unbekannt'],
  ['hard', 'Telefónica', '550 Usuario desconocido'],
  [
    'hard',
    'Exchange Online',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient a@readers.example not found by SMTP address lookup',
  ],
  ['disabled', '163.com', '550 User suspended: a@readers.example'],
  ['disabled', 'vpopmail', '550 account is locked, email bounced'],
  [
    'disabled',
    'Yahoo',
    '554 delivery error: dd Sorry your message cannot be delivered. This mailbox is disabled (554.30).',
  ],
  ['soft', 'qmail-toaster', '552 sorry, the user is over quota (#5.1.1)'],
  [
    'soft',
    'Exim in front of another',
    "550-Callout verification failed:|550 550 Recipient's mailbox is full",
  ],
  ['soft', 'Communigate', '550 5.7.1 user account is over quota'],
  ['soft', 'Dovecot', '552 5.2.2 Mailbox is full'],
  [
    'soft',
    'Gmail',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. ReceivingRatePerm',
  ],
];

describe('an answer that was seen', () => {
  it.each(seen)('is %s: %s', (kind, _where, lines) => {
    const written = Buffer.from(`${lines.replaceAll('|', '\r\n')}\r\n`).toString('latin1');
    const heard = readReply(written);
    if (!heard || !('reply' in heard)) throw new Error('it is no reply');
    expect(judgeBounce(heard.reply)).toBe(kind);
    // What is about us is on the wire never about the address, nor the reverse.
    const { verdict } = judgeReply('rcpt', heard.reply);
    expect(verdict).not.toBe(kind === 'policy' ? 'address' : 'policy');
  });

  it('is judged alike where a report repeats it with its code', () => {
    for (const [kind, , lines] of seen) {
      const text = lines.replaceAll('|', ' ').replaceAll('\n', ' ');
      const found = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.])/.exec(text)?.[0];
      const reply = { code: 550, text, ...(found ? { enhancedCode: found } : {}) };
      expect([text, judgeBounce(reply)]).toEqual([text, kind]);
    }
  });

  it('is of us where it names the address in From, and nobody else', () => {
    const from = 'papers@news.example';
    const said = (text: string) => ({ code: 550, enhancedCode: '5.1.1', text });
    expect(judgeBounce(said('5.1.1 <Papers@news.example>: no such user'), from)).toBe('policy');
    const both = '5.1.1 <a@readers.example>: no such user; from=<papers@news.example>';
    expect(judgeBounce(said(both), from)).toBe('hard');
    expect(judgeBounce(said('5.1.1 no such user'), from)).toBe('hard');
  });
});
