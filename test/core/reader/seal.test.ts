import { parseKeyRing } from '../../../src/core/reader/keys.ts';
import { isSealedByOld, seal, unseal } from '../../../src/core/reader/seal.ts';

const [first, second] = ['1'.repeat(32), '2'.repeat(32)];
const old = parseKeyRing(`a:${first}`);
const ring = parseKeyRing(`b:${second},a:${first}`);
const mine = { purpose: 'zotero', bound: '1 users/1' };

describe('a sealed secret', () => {
  it('opens where it belongs, under any key of the ring', () => {
    const sealed = seal(old, mine, 'a secret é');
    expect(sealed).not.toContain('secret');
    expect(seal(old, mine, 'a secret é')).not.toBe(sealed);
    expect(unseal(ring, mine, sealed)).toBe('a secret é');
    expect([isSealedByOld(ring, sealed), isSealedByOld(old, sealed)]).toEqual([true, false]);
    expect(isSealedByOld(ring, seal(ring, mine, 'x'))).toBe(false);
  });

  it('opens for nothing else, and not once it was changed', () => {
    const sealed = seal(ring, mine, 'a secret');
    expect(unseal(ring, { ...mine, purpose: 'other' }, sealed)).toBeUndefined();
    expect(unseal(ring, { ...mine, bound: '2 users/1' }, sealed)).toBeUndefined();
    expect(unseal(old, mine, sealed)).toBeUndefined();
    expect(unseal(ring, mine, `a${sealed.slice(1)}`)).toBeUndefined();
    for (const broken of ['', 'b', 'b.', 'b.AAAA', `${sealed.slice(0, -4)}AAAA`, `${sealed}AAAA`]) {
      expect(unseal(ring, mine, broken)).toBeUndefined();
    }
  });
});
