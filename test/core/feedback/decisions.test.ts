import { findPolicyBreak, findReturned, mostPlanned } from '../../../src/core/feedback/break.ts';
import { hideAddresses, writeForward } from '../../../src/core/feedback/forward.ts';
import { parseMail } from '../../../src/core/feedback/mail.ts';
import { judgeRecipient } from '../../../src/core/feedback/recipient.ts';
import { parseKeyRing } from '../../../src/core/reader/keys.ts';
import { buildReference } from '../../../src/core/reader/references.ts';

const keys = parseKeyRing(`2:${'6b'.repeat(32)},1:${'5a'.repeat(32)}`);
const reference = buildReference(keys, { purpose: 'bounce', id: 7 }, '1');

describe('what is decided of mail that comes back', () => {
  const rates = {
    reports: 20,
    domains: 5,
    told: 20,
    toldDomains: 5,
    planned: 200,
    lastText: 'spam',
  };

  it('stops an edition that a vendor says comes back in numbers from several domains, and no other', () => {
    expect(findPolicyBreak(rates)).toContain('20 messages came back from 5 domains');
    expect(findPolicyBreak({ ...rates, told: 19 })).toBeUndefined();
    expect(findPolicyBreak({ ...rates, planned: 201 })).toBeUndefined();
    expect(findPolicyBreak({ ...rates, toldDomains: 4 })).toBeUndefined();
    expect(findPolicyBreak({ ...rates, reports: 1_000, told: 0 })).toBeUndefined();
  });

  it('tells of one that much came back of, whoever says so', () => {
    const mailed = { ...rates, told: 0, toldDomains: 0 };
    expect(findReturned(mailed)).toContain('"spam"');
    expect(findReturned({ ...mailed, domains: 1 })).toContain('from one domain');
    expect(findReturned({ ...mailed, reports: 19 })).toBeUndefined();
    expect(findReturned({ ...mailed, domains: 4, planned: 201 })).toBeUndefined();
  });

  it('counts as many planned ones as decide as all of them would', () => {
    for (const reports of [0, 19, 20, 25, 1_000]) {
      for (const planned of [0, 199, 200, 201, 250, 251, 10_001, 1_000_000]) {
        const counted = Math.min(planned, mostPlanned(reports));
        const all = { ...rates, reports, told: reports, domains: 1, planned };
        const some = { ...all, planned: counted };
        expect(findPolicyBreak(some)).toEqual(findPolicyBreak(all));
        expect(findReturned(some)).toEqual(findReturned(all));
      }
    }
  });

  it.each([
    [`${reference}@in.example`, 'ours'],
    [`${reference.toUpperCase()}@IN.EXAMPLE`, 'ours'],
    ['anything@in.example', 'ours'],
    [`${reference}@elsewhere.example`, 'relay'],
    ['x@sub.in.example', 'relay'],
    ['no-domain', 'relay'],
    [`${reference.slice(0, -1)}0@in.example`, 'unknown'],
    ['u+@in.example', 'unknown'],
  ])('judges the recipient %s: %s', (address, verdict) => {
    expect(judgeRecipient(address, 'in.example', keys)).toBe(verdict);
  });

  it('takes what acts for a reader out of what is forwarded', async () => {
    const text = [
      'From: ada@readers.example',
      `Subject: Re: ${reference}@in.example`,
      '',
      `Why? > https://here.example/unsubscribe/1.a.token <mailto:${reference}@in.example>`,
      `=2B or https://here.example/preferences/1.a.other, thanks`,
    ].join('\r\n');
    const mail = await parseMail(Buffer.from(text), { from: 'ada@readers.example', to: [] });
    const to = { site: 'Here', publicUrl: 'https://here.example', inboundId: 3 };
    const notice = writeForward(mail, to);
    const words = [notice.subject, ...notice.paragraphs].join('\n');
    expect(words).toContain('ada@readers.example');
    expect(words).toContain('thanks');
    expect(words).not.toMatch(/token|other|b\+[0-9a-z]/);
  });

  it('reads a letter in windows-1252 as it was written', async () => {
    const head = [
      'From: ada@readers.example',
      'Subject: =?windows-1252?Q?=93Reefs=94_=96_5_=80?=',
      'Content-Type: text/plain; charset=windows-1252',
      'Content-Transfer-Encoding: 8bit',
    ].join('\r\n');
    const body = Buffer.from('Ada\x92s \x93list\x94 costs 5 \x80', 'latin1');
    const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
    const mail = await parseMail(bytes, { from: 'ada@readers.example', to: [] });
    expect(mail.subject).toBe('“Reefs” – 5 €');
    expect(mail.text.trim()).toBe('Ada’s “list” costs 5 €');
  });

  it('keeps no address of a server’s words', () => {
    expect(hideAddresses('550 <ada@readers.example>: unknown (ada@b.c)')).toBe(
      '550 <…>: unknown (…)',
    );
  });
});
