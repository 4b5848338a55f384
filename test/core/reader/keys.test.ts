import fc from 'fast-check';
import {
  buildToken,
  hashAddress,
  parseKeyRing,
  parseToken,
} from '../../../src/core/reader/keys.ts';

const old = `1:${'11'.repeat(32)}`;
const ring = parseKeyRing(`2:${'22'.repeat(32)},${old}`);

describe('a token', () => {
  it('gives the row back, for the one right it names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (id) => {
        const token = buildToken(ring, 'unsubscribe', id);
        return (
          parseToken(ring, 'unsubscribe', token) === id &&
          parseToken(ring, 'preferences', token) === undefined &&
          parseToken(ring, 'view', token) === undefined
        );
      }),
    );
  });

  it('still works after a new key was put in front', () => {
    expect(parseToken(ring, 'view', buildToken(parseKeyRing(old), 'view', 7))).toBe(7);
  });

  it('is refused when one character is changed, cut or added', () => {
    const token = buildToken(ring, 'unsubscribe', 12345);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(
        parseToken(ring, 'unsubscribe', token.slice(0, at) + other + token.slice(at + 1)),
      ).toBeUndefined();
      expect(
        parseToken(ring, 'unsubscribe', token.slice(0, at) + token.slice(at + 1)),
      ).toBeUndefined();
    }
    expect(parseToken(ring, 'unsubscribe', `${token}A`)).toBeUndefined();
    expect(parseToken(ring, 'unsubscribe', `${token}.A`)).toBeUndefined();
  });

  it('is not hit by a million tries', () => {
    const [keyId = '', row = ''] = buildToken(ring, 'unsubscribe', 1).split('.');
    const guess = Buffer.alloc(16);
    let hits = 0;
    for (let tries = 0; tries < 1_000_000; tries += 1) {
      guess.writeUInt32LE(tries, tries % 12);
      const token = `${keyId}.${row}.${guess.toString('base64url')}`;
      if (parseToken(ring, 'unsubscribe', token) !== undefined) hits += 1;
    }
    expect(hits).toBe(0);
  });

  it('is refused for any text that was not signed', () => {
    fc.assert(fc.property(fc.string(), (text) => parseToken(ring, 'view', text) === undefined));
  });
});

describe('a key ring', () => {
  it('says what is wrong', () => {
    for (const text of ['', 'x', '1:abc', `1:${'zz'.repeat(32)}`, `${old},${old}`]) {
      expect(() => parseKeyRing(text)).toThrow(/must be|twice/);
    }
  });

  it('keeps the hash of an address when a new key is put in front', () => {
    expect(hashAddress(ring, 'a@b.example')).toBe(hashAddress(parseKeyRing(old), 'a@b.example'));
    expect(hashAddress(ring, 'a@b.example')).not.toBe(hashAddress(ring, 'b@b.example'));
  });
});
