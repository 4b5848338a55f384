import fc from 'fast-check';
import { judgeBounce } from '../../../src/core/feedback/bounce.ts';
import { classifyMail } from '../../../src/core/feedback/classify.ts';
import { writeForward } from '../../../src/core/feedback/forward.ts';
import { parseMail } from '../../../src/core/feedback/mail.ts';
import { findPointers } from '../../../src/core/feedback/places.ts';
import { parseKeyRing } from '../../../src/core/reader/keys.ts';

const keys = parseKeyRing(`1:${'5a'.repeat(32)}`);
const to = { site: 'Here', publicUrl: 'https://here.example', inboundId: 1 };

/** Everything that is done to a mail before the database; how long the processor was at it. */
async function read(source: string | Buffer, from: string | undefined = '') {
  const began = process.cpuUsage();
  const mail = await parseMail(Buffer.from(source as string, 'latin1'), { from, to: [] });
  const { isOwn } = findPointers(mail, keys, 'here.example');
  const meaning = classifyMail(mail, { isOwn, isToLeave: true });
  if (meaning.verdict === 'bounce') judgeBounce(meaning.reply);
  writeForward(mail, to);
  return { verdict: meaning.verdict, ms: process.cpuUsage(began).user / 1000 };
}

const MB = 1024 * 1024;
/** Far above what any of these takes, far below what one that grows by the square would take. */
const LONGEST_MS = 30_000;
const head = 'From: a@b.example\r\nContent-Type: ';
const report = 'multipart/report; report-type=delivery-status; boundary=x\r\n\r\n';
const nested = (depth: number) =>
  Array.from(
    { length: depth },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  ).join('');
const messages = (depth: number) =>
  `${'Content-Type: message/rfc822\r\n\r\n'.repeat(depth)}Subject: x\r\n\r\nx`;

describe('any mail at all', () => {
  const field = fc.tuple(
    fc.constantFrom(
      'From',
      'To',
      'Subject',
      'Action',
      'Status',
      'Final-Recipient',
      'Content-Type',
      'X-Failed-Recipients',
      'Diagnostic-Code',
      'Auto-Submitted',
      'Original-Envelope-Id',
      ' ',
    ),
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'failed',
        '5.1.1',
        'multipart/report; boundary=x',
        'message/delivery-status',
        'text/html',
        '<a@b.example>:',
        '=?utf-8?B?////?=',
        'smtp; 550',
      ),
    ),
  );
  const lines = fc.array(
    fc.oneof(
      field.map(([name, value]) => `${name}: ${value}`),
      fc.constantFrom('', '--x', '--x--', 'Hi. This is the qmail-send program at x.', '<a@b.c>:'),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 60 },
  );

  it('is read without an error', async () => {
    const body = fc.asyncProperty(lines, fc.constantFrom('', 'a@b.example'), async (all, from) => {
      await read(all.join('\r\n'), from);
    });
    await fc.assert(body, { numRuns: 500 });
  });

  it.each([
    ['a line of 1 MB', `From: a@b.example\r\n\r\n${'x'.repeat(MB)}`],
    ['a header of 1 MB', `From: ${'<a@b.example>, '.repeat(70_000)}\r\n\r\nx`],
    [
      'a subject of 1 MB of encoded words',
      `Subject: ${'=?utf-8?Q?=C3=A4?= '.repeat(50_000)}\r\n\r\nx`,
    ],
    ['1 MB of blanks', `From: a@b.example\r\n\r\n${' '.repeat(MB)}x`],
    ['1 MB of line ends', `From: a@b.example\r\n\r\n${'\n'.repeat(MB)}`],
    [
      '10,000 parts',
      `${head}multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\npart\r\n'.repeat(10_000)}--x--`,
    ],
    [
      '10,000 report parts',
      `${head}${report}${'--x\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n'.repeat(10_000)}`,
    ],
    ['10,000 parts deep', nested(10_000)],
    ['200 messages deep', messages(200)],
    [
      '100,000 recipients',
      `${head}${report}--x\r\nContent-Type: message/delivery-status\r\n\r\n${'Action: failed\r\nStatus: 5.1.1\r\n\r\n'.repeat(100_000)}--x--`,
    ],
    [
      'a fold of 1 MB',
      `${head}${report}--x\r\nContent-Type: message/delivery-status\r\n\r\nDiagnostic-Code: smtp;${'\r\n x'.repeat(300_000)}`,
    ],
    ['1 MB that looks like addresses', `From: a@b.example\r\n\r\n${'a@'.repeat(MB / 2)}`],
    [
      '1 MB that looks like references',
      `From: a@b.example\r\n\r\n${Array.from({ length: 40_000 }, (_, at) => `b+${String(at).padStart(24, 'a')}\r\n`).join('')}`,
    ],
    ['1 MB of open tags', `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<'.repeat(MB)}`],
    ['1 MB of open quotes', `From: "${'"\\'.repeat(MB / 2)}\r\n\r\nx`],
    ['1 MB that looks like Message-IDs', `From: a@b.example\r\n\r\n${'<a.'.repeat(MB / 3)}`],
    ['1 MB of NUL', '\0'.repeat(MB)],
    ['nothing', ''],
  ])('%s takes no long time', async (_, source) => {
    for (const from of ['', 'a@b.example']) {
      expect((await read(source, from)).ms).toBeLessThan(LONGEST_MS);
    }
  });
});
