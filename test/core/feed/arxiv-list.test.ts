import { findStaleDate, type ListedDay, rememberList } from '../../../src/core/feed/arxiv-list.ts';
import type { Announcement } from '../../../src/core/paper/paper.ts';

const paper = (arxiv: string, category = 'cs.LG', announcement: Announcement = 'new') => ({
  ids: { arxiv },
  categories: [category],
  announcement,
});
const TUESDAY = '2026-07-07';
const WEDNESDAY = '2026-07-08';
const tuesday = [paper('2607.00001'), paper('2607.00002'), paper('2607.00003', 'math.OC')];
const last: ListedDay = rememberList(undefined, TUESDAY, tuesday);

describe('findStaleDate', () => {
  it("knows yesterday's list under today's date", () => {
    expect(findStaleDate(last, WEDNESDAY, tuesday)).toBe(TUESDAY);
  });

  it('knows one category that is stale among fresh ones', () => {
    const half = [paper('2607.00011'), paper('2607.00003', 'math.OC')];
    expect(findStaleDate(last, WEDNESDAY, half)).toBe(TUESDAY);
  });

  it('takes a list for what it says where something of each category is new', () => {
    const replaced = paper('2607.00001', 'cs.LG', 'replace');
    expect(findStaleDate(last, WEDNESDAY, [paper('2607.00011'), replaced])).toBeUndefined();
    expect(findStaleDate(last, WEDNESDAY, [replaced])).toBeUndefined();
    expect(findStaleDate(last, WEDNESDAY, [])).toBeUndefined();
  });

  it('compares with an earlier list alone, and on no day without announcements', () => {
    expect(findStaleDate(last, TUESDAY, tuesday)).toBeUndefined();
    expect(findStaleDate(undefined, WEDNESDAY, tuesday)).toBeUndefined();
    expect(findStaleDate(last, undefined, tuesday)).toBeUndefined();
    expect(findStaleDate(last, '2026-07-11', tuesday)).toBeUndefined();
  });

  it('compares what has no new papers by all of it', () => {
    const crosses = [paper('2607.00005', 'hep-ph', 'cross')];
    const known = rememberList(undefined, TUESDAY, crosses);
    expect(findStaleDate(known, WEDNESDAY, crosses)).toBe(TUESDAY);
  });

  it('remembers a stale list with what was known before', () => {
    const fresh = paper('2607.00011');
    const both = rememberList(last, TUESDAY, [fresh, paper('2607.00003', 'math.OC')]);
    expect(both.items).toHaveLength(4);
    expect(findStaleDate(both, '2026-07-09', [fresh])).toBe(TUESDAY);
  });
});
