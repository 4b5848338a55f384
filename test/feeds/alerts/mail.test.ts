import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readAlertMail } from '../../../src/feeds/alerts/read-mail.ts';
import * as made from './made.ts';

const write = (mail: { from: string; subject: string; html: string }, base64 = false) =>
  [
    `From: Someone <${mail.from}>`,
    `Subject: ${mail.subject}`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=UTF-8',
    `Content-Transfer-Encoding: ${base64 ? 'base64' : '8bit'}`,
    '',
    base64
      ? (
          Buffer.from(mail.html)
            .toString('base64')
            .match(/.{1,76}/g) ?? []
        ).join('\r\n')
      : mail.html,
    '',
  ].join('\r\n');

it('reads a mail as it came, in base64 too', async () => {
  for (const isBase64 of [false, true]) {
    const { alerts } = await readAlertMail(Buffer.from(write(made.pubmedToday, isBase64)));
    expect(alerts.map(({ kind, papers }) => [kind, papers.length])).toEqual([['pubmed', 2]]);
  }
});

it('reads the mails that are attached to one', async () => {
  const forwarded = [
    'From: reader@example.org',
    'Subject: Fwd: two alerts',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'see these',
    ...[made.pubmedToday, made.wiley].flatMap((mail) => [
      '--b',
      'Content-Type: message/rfc822',
      '',
      write(mail),
    ]),
    '--b--',
    '',
  ].join('\r\n');
  const { alerts } = await readAlertMail(Buffer.from(forwarded));
  expect(alerts.map(({ kind }) => kind)).toEqual(['pubmed', 'wiley']);
});

const recorded = '../shared/feeds/alerts';
const rows: readonly (readonly [file: string, kind: string, papers: number, others: number])[] = [
  ['aha-atypon-2026-just-published.eml', 'aha', 1, 0],
  ['biorxiv-2026-subject-collections-text.eml', 'openrxiv', 38, 0],
  ['cellpress-2026-online-now.eml', 'cell', 1, 0],
  ['nature-2026-journal-contents-cut.eml', 'nature-contents', 0, 12],
  ['nature-2026-weekly-alert-cut.eml', 'nature-weekly', 0, 18],
  ['pubmed-2017-my-ncbi-old-template.eml', 'pubmed', 4, 0],
  ['scholar-2019-citations-author-en.eml', 'scholar', 3, 0],
  ['scholar-2019-citations-work-en.eml', 'scholar', 2, 0],
  ['scholar-2019-related-en.eml', 'scholar', 3, 0],
  ['scholar-2023-citations-own-ja.eml', 'scholar', 2, 0],
  ['scholar-2026-articles-author-en.eml', 'scholar', 1, 0],
  ['wiley-2026-early-view.eml', 'wiley', 1, 0],
];

if (!existsSync(recorded)) {
  it.skip('recorded mails: ../shared is not here', () => undefined);
} else {
  it('reads each recorded mail', async () => {
    for (const [file, kind, papers, others] of rows) {
      const { alerts } = await readAlertMail(readFileSync(`${recorded}/${file}`));
      const seen = alerts.map((alert) => [alert.kind, alert.papers.length, alert.others.length]);
      expect([file, seen]).toEqual([file, [[kind, papers, others]]]);
    }
  });

  it('knows each recorded confirmation, and takes neither address nor deed out of any mail', async () => {
    for (const file of readdirSync(recorded).filter((name) => name.endsWith('.eml'))) {
      const { confirmation, alerts } = await readAlertMail(readFileSync(`${recorded}/${file}`));
      expect([file, confirmation !== undefined]).toEqual([file, file.includes('confirm')]);
      expect(JSON.stringify(alerts)).not.toMatch(
        /reader(?:@|%40)|unsubscribe|cancel_alert|email_for_op/,
      );
    }
  });
}
