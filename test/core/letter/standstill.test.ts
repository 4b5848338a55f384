import { type Standstill, stops, tellStandstill } from '../../../src/core/letter/standstill.ts';

const pause: Standstill = {
  scope: 'edition',
  edition: '2026-03-03',
  announcementId: null,
  cancels: false,
  actor: 'breaker',
  reason: '21 of 100 were refused',
  at: new Date('2026-03-03T07:01:30Z'),
};

describe('what stands in the way of mail', () => {
  it.each<[Partial<Standstill>, string]>([
    [
      {},
      'edition 2026-03-03 is paused since 2026-03-03 07:01 UTC, by breaker (21 of 100 were refused); to let it go on: paperround deliveries resume 2026-03-03',
    ],
    [
      { cancels: true, actor: 'ada', reason: 'cancelled' },
      'edition 2026-03-03 is cancelled since 2026-03-03 07:01 UTC, by ada; to let it go on: paperround deliveries resume 2026-03-03',
    ],
    [
      { scope: 'all', edition: null, actor: 'cli', reason: 'by hand' },
      'all sending is paused since 2026-03-03 07:01 UTC, by cli (by hand); to let it go on: paperround deliveries resume all',
    ],
    [
      { scope: 'notices', edition: null, actor: 'cli', reason: 'by hand' },
      'notices are paused since 2026-03-03 07:01 UTC, by cli (by hand); to let it go on: paperround deliveries resume notices',
    ],
    [
      { scope: 'announcement', edition: null, announcementId: 7 },
      'announcement 7 is paused since 2026-03-03 07:01 UTC, by breaker (21 of 100 were refused); to let it go on: paperround deliveries resume announcement-7',
    ],
  ])('is said with what lets it go on: %j', (change, words) => {
    expect(tellStandstill({ ...pause, ...change })).toBe(words);
  });

  it.each([
    ['all', null, 'cli', true, true],
    ['edition', 7, 'cli', true, false],
    ['edition', 8, 'cli', false, false],
    ['notices', null, 'cli', false, true],
    ['notices', null, 'breaker', false, false],
  ] as const)('stops what it is about: %s %s of %s', (scope, editionId, actor, digest, notice) => {
    const pause = { scope, editionId, actor, announcementId: null };
    const none = { editionId: null, announcementId: null };
    const ofDigest = stops(pause, { ...none, editionId: 7, kind: 'digest' });
    const ofNotice = stops(pause, { ...none, kind: 'notice' });
    expect([ofDigest, ofNotice]).toEqual([digest, notice]);
  });

  it('stops of announcements the one that it is about', () => {
    const pause = { scope: 'announcement', editionId: null, announcementId: 7 } as const;
    const stopped = [7, 8].map((announcementId) =>
      stops(
        { ...pause, actor: 'breaker' },
        { kind: 'announcement', editionId: null, announcementId },
      ),
    );
    expect(stopped).toEqual([true, false]);
  });
});
