import { parseRelays } from '../../../src/core/letter/relay-list.ts';

describe('a list of relays', () => {
  it('gives each its own share and limits', () => {
    const text =
      'smtps://me:p%40ss@a.example.org?weight=3&rate=10/s smtp://b.example.org:587?connections=2&signs=it';
    expect(parseRelays(text)).toEqual([
      {
        url: 'smtps://me:p%40ss@a.example.org',
        weight: 3,
        connections: undefined,
        intervalMs: 102,
        signs: undefined,
      },
      {
        url: 'smtp://b.example.org:587',
        weight: 1,
        connections: 2,
        intervalMs: undefined,
        signs: 'it',
      },
    ]);
  });

  it.each([
    ['http://a.example.org', 'must look like smtp://'],
    ['smtp://a.example.org smtp://a.example.org', 'names a.example.org twice'],
    ['smtp://a.example.org?wieght=2', 'has "wieght"'],
    ['smtp://a.example.org?weight=0', 'weight of a.example.org must be a whole number'],
    ['smtp://a.example.org?rate=fast', 'must be a rate such as'],
    ['smtp://a.example.org?signs=they', 'signs of a.example.org must be we or it'],
  ])('refuses %s in words, without a password', (text, words) => {
    expect(() => parseRelays(text)).toThrow(words);
    const secret = text.replace('://', '://me:secret@');
    expect(() => parseRelays(secret)).toThrow(/^(?!.*secret).*$/);
  });
});
