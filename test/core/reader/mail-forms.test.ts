import { readFileSync } from 'node:fs';
import {
  bounds,
  foldDomain,
  foldMailbox,
  type MailForm,
  mailForms,
} from '../../../src/core/reader/mail-forms.ts';

describe('a mailbox, as limits count it', () => {
  it.each([
    ['carl+1@example.org', 'carl@example.org'],
    ['carl+a+b@example.org', 'carl@example.org'],
    ['c.a.rl@example.org', 'c.a.rl@example.org'],
    ['c.a.r.l+x@gmail.com', 'carl@gmail.com'],
    ['carl@googlemail.com', 'carl@gmail.com'],
    ['carl-news@yahoo.com', 'carl@yahoo.com'],
    ['carl@ya.ru', 'carl@yandex.ru'],
    ['+@example.org', '+@example.org'],
    ['+tag@gmail.com', '+tag@gmail.com'],
  ])('%s is %s', (address, mailbox) => {
    expect(foldMailbox(address)).toBe(mailbox);
  });

  it.each([
    ['a.b.example.org', 'example.org'],
    ['cs.example.ac.uk', 'example.ac.uk'],
    ['example', 'example'],
  ])('the domain %s is %s', (domain, registered) => {
    expect(foldDomain(domain)).toBe(registered);
  });
});

describe('forms that cause mail', () => {
  it('are bounded by the mailbox at the least, and by place and domain where an address is typed', () => {
    for (const { counters } of Object.values<MailForm>(mailForms)) {
      expect(counters.mailbox).toBeDefined();
      if (counters.mailbox === 'typed') {
        expect(counters).toMatchObject({ place: 'typed', domain: 'typed' });
      }
    }
  });

  it('share no counter of strangers where somebody asks by a signed link', () => {
    const { return: back, private: page, desk } = mailForms;
    for (const { counters } of [back, page, desk]) {
      expect(Object.values(counters)).not.toContain('typed');
    }
  });

  it('stand in SECURITY.md with their limits', () => {
    const head = ['form', 'asked for by', 'mails', ...bounds];
    const rows = Object.values<MailForm>(mailForms).map(({ doors, asker, mails, counters }) => [
      doors.map((door) => `\`${door}\``).join(', '),
      asker,
      mails.join(', '),
      ...bounds.map((bound) => counters[bound] ?? ''),
    ]);
    const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
    expect(readFileSync('SECURITY.md', 'utf8')).toContain(lines.join('\n'));
  });
});
