import {
  buildRecoveryCodes,
  buildSecret,
  findStep,
  GRACE_MS,
  mayEnrol,
  readCode,
} from '../../../src/core/desk/second-factor.ts';

describe('a second factor', () => {
  const names = { site: 'Owls & Co', operator: 'ada' };
  const { secret, uri } = buildSecret(Buffer.from('12345678901234567890'), names);

  // RFC 6238, appendix B: the same secret, the last six of its eight digits.
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [1234567890, '005924', 41152263],
    [2000000000, '279037', 66666666],
  ])('knows the code of the RFC at %i s', (seconds, code, step) => {
    const at = new Date(seconds * 1000);
    expect(findStep(secret, code, at)).toBe(step);
    // A clock may be one step off, and not two.
    expect(findStep(secret, code, new Date(at.getTime() + 30_000))).toBe(step);
    expect(findStep(secret, code, new Date(at.getTime() + 61_000))).toBeUndefined();
  });

  it('takes six digits alone for a code of the app', () => {
    for (const typed of ['', '28708', '2870822', 'abcdef']) {
      expect(findStep(secret, typed, new Date(59_000))).toBeUndefined();
    }
    expect(readCode(' 287 082 ')).toEqual({ app: '287082' });
    expect(readCode('ABCD efgh-ijkl mnop')).toEqual({ recovery: 'abcd-efgh-ijkl-mnop' });
  });

  it('tells apps whose it is', () => {
    expect(uri).toMatch(/^otpauth:\/\/totp\/Owls%20%26%20Co:ada\?/);
    expect(uri).toContain(`secret=${secret}`);
  });

  it('has ten recovery codes, each of eighty bits of its own', () => {
    const codes = buildRecoveryCodes(Uint8Array.from({ length: 100 }, (_, at) => at));
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  });

  it('is set up from known places only, for seven days', () => {
    const requiredSince = new Date('2026-03-03T12:00:00Z');
    const before = new Date('2026-03-01T12:00:00Z');
    const may = (knownSince: Date | undefined, afterMs: number) =>
      mayEnrol({ requiredSince, knownSince, now: new Date(requiredSince.getTime() + afterMs) });
    expect(may(before, 0)).toBe(true);
    expect(may(before, GRACE_MS - 1)).toBe(true);
    expect(may(before, GRACE_MS)).toBe(false);
    expect(may(undefined, 0)).toBe(false);
    expect(may(requiredSince, 1)).toBe(false);
  });
});
