import { existsSync, readdirSync, readFileSync } from 'node:fs';
import PostalMime from 'postal-mime';
import { readAlert } from '../../../src/feeds/alerts/read-alert.ts';
import { readAlertMail } from '../../../src/feeds/alerts/read-mail.ts';
import { forwardedAttached, forwardedByOutlook, forwardedInline } from './forwarded.ts';
import * as made from './made.ts';

const forms = { forwardedInline, forwardedByOutlook };
const titlesOf = (alert: ReturnType<typeof readAlert>) => alert?.papers.map(({ title }) => title);
const mails = Object.entries(made).filter(
  (entry): entry is [string, { from: string; subject: string; html: string }] =>
    'html' in entry[1] && entry[1].from !== 'reader@example.org',
);

describe.each(Object.entries(forms))('a mail that is %s', (_, forward) => {
  it.each(mails)('names what %s names', (_name, mail) => {
    const direct = readAlert(mail);
    const read = readAlert(forward(mail, 'reader@example.org'));
    expect(titlesOf(read)).toEqual(titlesOf(direct));
    expect(read).toMatchObject({ kind: direct?.kind, about: direct?.about });
    expect(JSON.stringify(read)).not.toMatch(/reader(?:@|%40)|safelinks/);
  });
});

const recorded = '../shared/feeds/alerts';
const files = existsSync(recorded)
  ? readdirSync(recorded).filter((name) => name.endsWith('.eml') && !name.includes('confirm'))
  : [];
if (files.length === 0) {
  it.skip('recorded mails: ../shared is not here', () => undefined);
} else {
  it.each(files)('reads %s forwarded, as it reads it as it came', async (file) => {
    const raw = readFileSync(`${recorded}/${file}`);
    const { alerts } = await readAlertMail(raw);
    const attached = await readAlertMail(forwardedAttached([raw], 'reader@example.org'));
    expect(attached.alerts.map(titlesOf)).toEqual(alerts.map(titlesOf));
    const { from, subject = '', html } = await PostalMime.parse(raw);
    if (!html) return;
    const mail = { from: from?.address ?? '', subject, html };
    for (const forward of Object.values(forms)) {
      const read = readAlert(forward(mail, 'reader@example.org'));
      expect([file, titlesOf(read)]).toEqual([file, titlesOf(alerts[0])]);
    }
  });
}
