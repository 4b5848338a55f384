import { AddressError, maskAddress, parseAddress } from '../../../src/core/reader/address.ts';

describe('an address', () => {
  it('is kept as typed, found again in any case, its domain in ASCII', () => {
    expect(parseAddress(' Ada.L+papers@BÜCHER.example ')).toEqual({
      address: 'Ada.L+papers@xn--bcher-kva.example',
      key: 'ada.l+papers@xn--bcher-kva.example',
    });
    expect(parseAddress('reward@readers.invalid').key).toBe('reward@readers.invalid');
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.org',
    'a@b.example, c@d.example',
    'Ada <ada@example.org>',
    'ada@example.org\r\nRCPT TO:<eve@example.org>',
    'a\u0000da@example.org',
    '"ada lovelace"@example.org',
    'ädä@example.org',
    'ada@exam ple.org',
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(250)}.org`,
    'ada@-example.org',
    'ada@example.org/x',
    'ada@exam\tple.org',
    'ada@%65xample.org',
    'ada@example.org?cc=b',
  ])('refuses %j in a sentence', (text) => {
    expect(() => parseAddress(text)).toThrow(/is not an email address/);
  });

  it.each([
    '😀',
    'a😀',
    '😀@x.example',
    '\ud83d',
    'a\ud83d@x.example',
    'a@😀',
    '@',
    `${'😀'.repeat(60)}`,
  ])('is no fault of ours where it is half a character, or a whole one: %j', (text) => {
    expect(() => parseAddress(text)).toThrow(AddressError);
  });

  it('is masked so that only its owner knows it', () => {
    expect(maskAddress('ada.lovelace@example.org')).toBe('a…e@e…e.org');
    expect(maskAddress('ab@x.org')).toBe('a…@x….org');
  });
});
