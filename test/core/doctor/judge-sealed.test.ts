import { judgeSealed } from '../../../src/core/doctor/judge-sealed.ts';

const ring = {
  newest: '2',
  secrets: new Map([
    ['2', ''],
    ['1', ''],
  ]),
};

describe('what is sealed', () => {
  it('is told where it hangs on a key that is older, or gone', () => {
    const found = judgeSealed(
      [
        { what: 'webhook', keyId: '2', count: 3 },
        { what: 'second factor', keyId: '1', count: 2 },
        { what: 'webhook', keyId: '0', count: 1 },
      ],
      ring,
    );
    expect(found.map(({ level, says }) => [level, says])).toEqual([
      ['warn', 'Sealed secrets (second factor): 2 under the older key 1 of SECRET_KEYS.'],
      [
        'warn',
        'Sealed secrets (webhook): 1 that cannot be opened: the key 0 is not in SECRET_KEYS any more.',
      ],
    ]);
  });
});
