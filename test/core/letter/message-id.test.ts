import { buildMessageId, readMessageId } from '../../../src/core/letter/message-id.ts';
import { parseKeyRing } from '../../../src/core/reader/keys.ts';

const keys = parseKeyRing(`1:${'ab'.repeat(32)}`);

describe('a Message-ID', () => {
  it('names its delivery, whatever its number', () => {
    for (const id of [1, 35, 36, 1_000_000_007, Number.MAX_SAFE_INTEGER]) {
      const built = buildMessageId(keys, id, 'papers.example.org');
      expect(built).toMatch(/^<d\.[0-9a-z]+\.[0-9a-f]{16}@papers\.example\.org>$/);
      expect(readMessageId(built)).toBe(id);
    }
  });

  it('is the same for a delivery and another for each, and for each installation', () => {
    const built = [1, 1, 2].map((id) => buildMessageId(keys, id, 'a.example'));
    expect(new Set(built).size).toBe(2);
    const others = parseKeyRing(`1:${'cd'.repeat(32)}`);
    expect(built).not.toContain(buildMessageId(others, 1, 'a.example'));
  });

  it('stays as it is when a key is added', () => {
    const more = parseKeyRing(`2:${'cd'.repeat(32)},1:${'ab'.repeat(32)}`);
    expect(buildMessageId(more, 7, 'a.example')).toBe(buildMessageId(keys, 7, 'a.example'));
  });

  it.each([
    '',
    '<e12.0123456789abcdef.r0@a.example>',
    '<n.0123456789abcdef01234567@a.example>',
    '<d.@>',
  ])('of an older form names none: %s', (written) => {
    expect(readMessageId(written)).toBeUndefined();
  });
});
