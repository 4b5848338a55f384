import { judgeWarmUp } from '../../../src/core/doctor/judge-warm-up.ts';

describe('judgeWarmUp', () => {
  it.each([
    ['few readers', { since: null, readers: 150, sent: 0 }, 'ok'],
    ['many readers of a domain that is known', { since: null, readers: 3_000, sent: 150 }, 'ok'],
    ['many readers of one that is not', { since: null, readers: 3_000, sent: 12 }, 'warn'],
    ['the same while a warm-up goes on', { since: new Date(0), readers: 3_000, sent: 12 }, 'ok'],
  ] as const)('%s', (_name, facts, level) => {
    expect(judgeWarmUp(facts)).toMatchObject([{ level }]);
  });

  it('does not count beyond what it was told', () => {
    const [finding] = judgeWarmUp({ since: null, readers: 10_001, sent: 1 });
    expect(finding?.says).toContain('more than 10000 readers, and 1 message went out');
  });
});
