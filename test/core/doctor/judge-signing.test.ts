import { judgeSigning } from '../../../src/core/doctor/judge-signing.ts';
import { signerOf } from '../../../src/core/letter/relay-list.ts';
import { vendorOf, vendors } from '../../../src/core/letter/vendors.ts';

const OTHER = 'relay.example.org';
const SES = 'email-smtp.eu-west-1.amazonaws.com';
const judge = (host: string, signs: 'we' | 'it' | undefined, hasKeys: boolean) =>
  judgeSigning({
    host,
    signer: signerOf({ signs }, hasKeys),
    isSaid: signs !== undefined,
    domain: 'papers.example',
  });

describe('who signs by a relay', () => {
  it.each([
    ['we, since there are keys', OTHER, undefined, true, 'ok', 'is signed here for papers.example'],
    ['we, as was said', OTHER, 'we', true, 'ok', 'is signed here for papers.example'],
    ['it, as was said', OTHER, 'it', true, 'skip', 'signed by it (signs=it)'],
    ['it, as was said without keys', OTHER, 'it', false, 'skip', 'signed by it (signs=it)'],
    ['nobody here', OTHER, undefined, false, 'warn', 'DKIM_KEYS is not set'],
    ['we, whose signature it breaks', SES, undefined, true, 'warn', 'Message-ID and Date'],
    ['we, although it breaks it', SES, 'we', true, 'warn', 'our signature breaks there'],
    ['a vendor, as was said', SES, 'it', true, 'skip', 'signed by Amazon SES'],
    ['perhaps a vendor', SES, undefined, false, 'warn', 'DKIM_KEYS is not set'],
  ] as const)('is told: %s', (_, host, signs, hasKeys, level, words) => {
    const finding = judge(host, signs, hasKeys);
    expect([finding.level, finding.says]).toEqual([level, expect.stringContaining(words)]);
    if (level === 'warn') expect(finding.change).toContain('signs=it');
  });
});

describe('the vendors that change what we sign', () => {
  it.each([
    ['email-smtp.us-east-1.amazonaws.com', 'Amazon SES'],
    ['email-smtp-fips.us-west-2.amazonaws.com', 'Amazon SES'],
    ['Email-SMTP.eu-central-1.amazonaws.com', 'Amazon SES'],
    ['smtp-relay.brevo.com', 'Brevo'],
    ['smtp-relay.sendinblue.com', 'Brevo'],
    ['smtp.postmarkapp.com', 'Postmark'],
    ['smtp-broadcasts.postmarkapp.com', 'Postmark'],
    ['smtp.office365.com', 'Microsoft 365 and Outlook.com'],
    ['smtp-mail.outlook.com', 'Microsoft 365 and Outlook.com'],
    ['smtp.emailit.com', 'Emailit'],
  ])('are known by %s', (host, name) => {
    expect(vendorOf(host)?.name).toBe(name);
  });

  it.each([
    'relay.example.org',
    'email-smtp.us-east-1.amazonaws.com.example.org',
    'notsmtp.postmarkapp.com',
    'ec2-1-2-3-4.compute-1.amazonaws.com',
    '127.0.0.1',
  ])('are not %s', (host) => {
    expect(vendorOf(host)).toBeUndefined();
  });

  it('say what they change and where that was seen', () => {
    for (const { changes, seen } of vendors) {
      if (changes !== undefined) expect(changes).toMatch(/^Message-ID/);
      expect(seen).toMatch(/[./#]/);
    }
  });
});
