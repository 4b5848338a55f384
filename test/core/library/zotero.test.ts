import {
  judgeZotero,
  nextReading,
  readZoteroWish,
  tellReading,
} from '../../../src/core/library/zotero.ts';
import { english } from '../../../src/core/words/words.ts';

const KEY = 'a1B2c3D4e5F6g7H8i9J0k1L2';
const at = new Date('2026-11-30T07:00:00Z');
const hoursTo = (next: Date | undefined) => next && (next.getTime() - at.getTime()) / 3_600_000;

describe('a library at Zotero', () => {
  it.each([
    ['users/475425', 'users/475425'],
    [' 475425 ', 'users/475425'],
    ['groups/2482', 'groups/2482'],
    ['https://www.zotero.org/groups/2482/reef_papers/library', 'groups/2482'],
    ['https://api.zotero.org/users/475425/items?v=3', 'users/475425'],
    ['zotero.org/groups/2482', 'groups/2482'],
    ['zotero.org/2482', undefined],
    ['https://www.zotero.org/ada/library', undefined],
    ['users/0', undefined],
    ['', undefined],
    ['reefs', undefined],
  ])('is read as people type it: %s', (typed, place) => {
    const wish = readZoteroWish(typed, '');
    expect('fault' in wish ? undefined : wish.place).toBe(place);
    if ('fault' in wish) expect(wish.fault).toContain('Settings, Security, Applications');
  });

  it('takes a key as Zotero gives it, and quotes none', () => {
    expect(readZoteroWish('groups/1', ` ${KEY}\n`)).toEqual({ place: 'groups/1', key: KEY });
    const refused = readZoteroWish('groups/1', 'my secret key!');
    expect(refused).toEqual({ fault: 'That is no key: Zotero gives 24 letters and digits.' });
  });

  it('is read again after a day, sooner after a failure, and no sooner than it says', () => {
    expect(hoursTo(nextReading(at))).toBe(24);
    expect(hoursTo(nextReading(at, { problem: 'unreachable', failures: 1 }))).toBe(1);
    expect(hoursTo(nextReading(at, { problem: 'unreachable', failures: 9 }))).toBe(24);
    expect(hoursTo(nextReading(at, { problem: 'private', failures: 1 }))).toBe(24);
    const asked = { problem: 'busy', failures: 1, waitMs: 48 * 3_600_000 } as const;
    expect(hoursTo(nextReading(at, asked))).toBe(48);
    expect(nextReading(at, { problem: 'gone', failures: 15 })).toBeUndefined();
  });

  it('says what is wrong by what it answers', () => {
    expect(judgeZotero({ status: 403, code: 'status' }, false)).toBe('private');
    expect(judgeZotero({ status: 403, code: 'status' }, true)).toBe('key');
    expect(judgeZotero({ status: 404, code: 'status' }, true)).toBe('gone');
    expect(judgeZotero({ status: 429, code: 'busy' }, true)).toBe('busy');
    expect(judgeZotero({ status: 500, code: 'status' }, true)).toBe('unreachable');
    expect(judgeZotero({ code: 'timeout' }, true)).toBe('unreachable');
    const failed = { readAt: at, nextAt: null, problem: 'gone', leftOut: 3 } as const;
    expect(tellReading(failed, 1, english)).toBe(
      'Read on 2026-11-30 07:00 UTC: it brought 1 paper, and 3 found no room. The last try failed: Zotero knows no such library; it is not tried again until you ask for it.',
    );
  });
});
