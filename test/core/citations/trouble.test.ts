import { findTroubles } from '../../../src/core/citations/trouble.ts';
import { judgeCitations } from '../../../src/core/doctor/judge-citations.ts';

const now = new Date('2026-03-30T06:00:00Z');
const day = (text: string) => new Date(`2026-${text}T06:00:00Z`);
const well = {
  source: 'openalex' as const,
  failures: 0,
  restsUntil: null,
  problem: null,
  failedSince: null,
  answeredAt: now,
  broughtAt: day('03-29'),
  late: 0,
};

describe('a source of citations', () => {
  it('is no trouble while it answers, or is down for a night', () => {
    expect(findTroubles([well], now)).toEqual([]);
    expect(findTroubles([{ ...well, failedSince: day('03-29') }], now)).toEqual([]);
    expect(findTroubles([], now)).toEqual([]);
  });

  it('that is away is told, with its words and the key that may help', () => {
    const problem = 'api.openalex.org asks us to come back later (HTTP 429).';
    const [trouble] = findTroubles([{ ...well, failedSince: day('03-20'), problem }], now);
    expect(trouble?.says).toMatch(/^OpenAlex has not answered since 2026-03-20.*HTTP 429/);
    expect(trouble?.change).toContain('OPENALEX_KEY');
  });

  it('that stands still is told where others bring something', () => {
    const silent = { ...well, source: 'semanticscholar' as const, broughtAt: day('02-01') };
    expect(findTroubles([silent], now)).toEqual([]);
    expect(findTroubles([well, silent], now)).toMatchObject([{ source: 'semanticscholar' }]);
    const slow = { ...silent, source: 'opencitations' as const };
    expect(findTroubles([well, slow], now)).toEqual([]);
  });

  it('that may not be asked for all in time is told', () => {
    expect(findTroubles([{ ...well, late: 300 }], now)[0]?.says).toContain('300 works');
  });

  it('is judged by the doctor where readers named works', () => {
    expect(judgeCitations({ works: 0, sources: [] }, now)).toMatchObject([{ level: 'ok' }]);
    expect(judgeCitations({ works: 3, sources: [well] }, now)).toMatchObject([{ level: 'ok' }]);
    const late = { ...well, late: 1 };
    expect(judgeCitations({ works: 3, sources: [late] }, now)).toMatchObject([{ level: 'warn' }]);
  });
});
