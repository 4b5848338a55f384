import fc from 'fast-check';
import { parseKeyRing } from '../../../src/core/reader/keys.ts';
import { buildReference, findReferences } from '../../../src/core/reader/references.ts';

const ring = parseKeyRing(`2:${'ab'.repeat(32)},1:${'cd'.repeat(32)}`);
const other = parseKeyRing(`1:${'ef'.repeat(32)}`);
const anyReference = fc.record({
  purpose: fc.constantFrom('bounce' as const, 'leave' as const),
  id: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
});

describe('references', () => {
  it('come back from any case of letters, and fit the local part of an address', () => {
    fc.assert(
      fc.property(anyReference, (reference) => {
        const text = buildReference(ring, reference);
        expect(text.length).toBeLessThanOrEqual(30);
        for (const spelled of [text, text.toUpperCase()]) {
          expect(findReferences(ring, `<${spelled}@bounce.example.org>`)).toEqual([reference]);
        }
      }),
    );
  });

  it('are found behind what forwarders put before them, and in xtext', () => {
    const reference = { purpose: 'bounce', id: 4711 } as const;
    const text = buildReference(ring, reference);
    for (const spelled of [
      `SRS0=Ab1c=2B=example.org=${text}@forwarder.example`,
      `prvs=0123456789=${text}@example.org`,
      `Original-Envelope-Id: ${text.replace('+', '+2B')}`,
      `X-Entity-Ref-ID:\r\n ${text}\r\n`,
    ]) {
      expect(findReferences(ring, spelled)).toEqual([reference]);
    }
  });

  it('are not believed from another ring, for another purpose or row, or with a letter changed', () => {
    const text = buildReference(ring, { purpose: 'bounce', id: 4711 });
    expect(findReferences(other, text)).toEqual([]);
    expect(findReferences(ring, text.replace('b+', 'u+'))).toEqual([]);
    expect(findReferences(ring, `${text}a`)).toEqual([]);
    for (let at = 2; at < text.length; at += 1) {
      const changed = text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
      expect(findReferences(ring, changed)).toEqual([]);
    }
  });

  it('signed with an older key are still known', () => {
    const reference = { purpose: 'leave', id: 1 } as const;
    expect(findReferences(ring, buildReference(ring, reference, '1'))).toEqual([reference]);
    expect(() => buildReference(ring, reference, '9')).toThrow('no key "9"');
  });

  it('are found once each among many, in little time', () => {
    const own = buildReference(ring, { purpose: 'bounce', id: 7 });
    const text = `${'b+0123456789abcdefghijklmnopq '.repeat(20_000)}${own} ${own}`;
    expect(findReferences(ring, text)).toEqual([{ purpose: 'bounce', id: 7 }]);
  });
});
