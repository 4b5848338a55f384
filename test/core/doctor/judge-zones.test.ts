import { judgeZones, momentsOfYear, type ZoneFacts } from '../../../src/core/doctor/judge-zones.ts';
import { offsetIn } from '../../../src/core/reader/schedule.ts';

const moments = momentsOfYear(new Date('2026-11-29T12:00:00Z'));
const asHere = (zone: string) => moments.map((at) => offsetIn(zone, at));
const judge = (...zones: ZoneFacts[]) => judgeZones({ moments, zones }, '2025c');
const facts = (zone: string, offsets: readonly number[] | null, readers = 2): ZoneFacts => ({
  zone,
  readers,
  offsets,
});

describe('the zones in use', () => {
  it('are well where both tables agree', () => {
    expect(judge(facts('Asia/Kathmandu', asHere('Asia/Kathmandu')))).toEqual([
      expect.objectContaining({ level: 'ok', says: expect.stringContaining('1 zone in use') }),
    ]);
  });

  it('are named with what differs, by how much and for how long', () => {
    // Summer time all year, as British Columbia decided in 2026.
    const lawful = moments.map(() => -420);
    const [found] = judge(facts('America/Vancouver', lawful));
    const differing = asHere('America/Vancouver').filter((offset) => offset !== -420).length;
    if (differing === 0) expect(found?.level).toBe('ok');
    else {
      expect(found?.level).toBe('warn');
      expect(found?.says).toMatch(
        /\(2025c\) and the database's differ for America\/Vancouver \(2 readers\): on 2026-11-29 it is UTC-08:00 by Node, UTC-07:00 by the database; so on \d+ days/,
      );
      expect(found?.change).toMatch(/newest release of Node 22 or 24.*tzdata/);
    }
  });

  it('are told together where they differ alike', () => {
    const late = (zone: string) => asHere(zone).map((offset) => offset + 60);
    const found = judge(
      facts('Europe/Berlin', late('Europe/Berlin')),
      facts('Europe/Paris', late('Europe/Paris'), 1),
      facts('Asia/Tokyo', late('Asia/Tokyo'), 0),
    );
    expect(found.map(({ level }) => level)).toEqual(['warn', 'warn']);
    expect(found[0]?.says).toContain('Europe/Berlin (2 readers), Europe/Paris (1 reader)');
    expect(found[1]?.says).toContain('Asia/Tokyo (a setting)');
  });

  it('fail where this runtime does not know one', () => {
    const found = judge(facts('Mars/Base', null));
    expect(found).toEqual([
      expect.objectContaining({
        level: 'fail',
        says: expect.stringContaining('do not know Mars/Base (2 readers): mail goes there by UTC'),
      }),
    ]);
  });

  it('are a warning where the database does not know one, for no mail hangs on that', () => {
    const found = judge(facts('Asia/Calcutta', null));
    expect(found).toEqual([
      expect.objectContaining({
        level: 'warn',
        says: expect.stringContaining('The database does not know Asia/Calcutta (2 readers)'),
        change: expect.stringContaining('tzdata-legacy'),
      }),
    ]);
  });
});
