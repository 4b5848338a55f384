import { tellDraft } from '../../../src/core/edition/edition.ts';

describe('the draft in words', () => {
  const cutDueAt = new Date('2026-03-03T06:00:00Z');
  it.each([
    ['2026-03-03T05:59:00Z', { papers: 4, cutDueAt }, '4 papers so far, cut 2026-03-03 06:00 UTC'],
    [
      '2026-03-03T06:10:00Z',
      { papers: 1, cutDueAt },
      '1 paper so far, to be cut since 2026-03-03 06:00 UTC: it waits for feeds that are late, or for a worker',
    ],
    ['2026-03-03T06:10:00Z', { papers: 0, cutDueAt: null }, '0 papers so far'],
  ])('says at %s when it is cut, or why it was not', (now, draft, words) => {
    expect(tellDraft(draft, new Date(now))).toBe(words);
  });
});
