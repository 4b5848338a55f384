import { readAlertName, writeAlertName } from '../../../src/core/alerts/alert-address.ts';
import { ALERT_BOUNDS, findReached } from '../../../src/core/alerts/bounds.ts';
import { isSameMailbox, judgeSender } from '../../../src/core/alerts/trust.ts';

const owner = 'ada@lab.uni.example';
const nobody = { from: '', mailFrom: null, mayServer: false, signedBy: [] };
const scholar = { signers: ['google.com'], owner };
const other = { signers: [], owner };

describe('who sent a mail', () => {
  it.each([
    ['a service by its signature', { signedBy: ['google.com'] }, scholar, 'service'],
    ['by one of its subdomains', { signedBy: ['mail.google.com'] }, scholar, 'service'],
    ['not by what only ends alike', { signedBy: ['notgoogle.com'] }, scholar, 'unproved'],
    ['not by From', { from: 'scholaralerts-noreply@google.com' }, scholar, 'unproved'],
    [
      'its owner, signed by their university',
      { from: owner, signedBy: ['uni.example'] },
      other,
      'owner',
    ],
    [
      'their name, signed by another',
      { from: owner, signedBy: ['else.example'] },
      other,
      'unproved',
    ],
    [
      'another of their university',
      { from: 'eve@uni.example', signedBy: ['uni.example'] },
      other,
      'unproved',
    ],
    [
      'its owner by SPF',
      { from: owner, mailFrom: 'bounce@uni.example', mayServer: true },
      other,
      'owner',
    ],
    ['not where that fails', { from: owner, mailFrom: owner, mayServer: false }, other, 'unproved'],
    [
      'a filter of their own, also where a signature broke',
      {
        from: 'scholaralerts-noreply@google.com',
        mailFrom: 'ada+caf_=al-1=in.example@lab.uni.example',
        mayServer: true,
      },
      scholar,
      'owner',
    ],
    [
      'not a filter of somebody else',
      {
        from: 'x@rsc.example',
        mailFrom: 'eve+caf_=al-1=in.example@lab.uni.example',
        mayServer: true,
      },
      other,
      'unproved',
    ],
  ] as const)('%s', (_, sending, whom, sender) => {
    expect(judgeSender({ ...nobody, ...sending }, whom)).toBe(sender);
  });

  it('is one mailbox in several spellings, and nobody is none', () => {
    expect(isSameMailbox('A.da+x@gmail.com', 'ada@googlemail.com')).toBe(true);
    expect(isSameMailbox('', '')).toBe(false);
  });
});

describe('an address for alerts', () => {
  it('is known by its form, whatever the case, at our domain alone', () => {
    const name = writeAlertName(Uint8Array.from({ length: 16 }, (_, at) => at * 16 + 15));
    expect(name).toMatch(/^al-[0-9a-z]{16}$/);
    expect(`${name}@in.example.org`.length).toBeLessThanOrEqual(40);
    expect(readAlertName(`${name.toUpperCase()}@IN.example`, 'in.example')).toBe(name);
    expect(readAlertName(`${name}@other.example`, 'in.example')).toBeUndefined();
    expect(readAlertName(`${name}x@in.example`, 'in.example')).toBeUndefined();
    expect(readAlertName('b+1x@in.example', 'in.example')).toBeUndefined();
  });

  it('has bounds of a day, of what is held, and of the house', () => {
    const free = { dayBytes: 0, dayMails: 0, heldBytes: 0, houseBytes: 0 };
    expect(findReached(free, 5_000_000)).toBeUndefined();
    expect(findReached({ ...free, dayBytes: ALERT_BOUNDS.aDay }, 1)).toBe('day');
    expect(findReached({ ...free, dayMails: ALERT_BOUNDS.mailsADay }, 1)).toBe('day');
    expect(findReached({ ...free, heldBytes: ALERT_BOUNDS.held }, 1)).toBe('held');
    expect(findReached({ ...free, houseBytes: ALERT_BOUNDS.house }, 1)).toBe('house');
  });
});
