import { isGoodMorning, type MorningFacts } from '../../../src/core/alarms/good-morning.ts';

const states = { ready: 0, sending: 0, deferred: 0, accepted: 0, failed: 0, in_doubt: 0 };
const idle: MorningFacts = {
  isCutPending: false,
  isHeld: false,
  isReaderDue: false,
  openRounds: 0,
  candidates: 0,
  deliveries: 0,
  exclusions: 0,
  states,
  alarms: [],
};
const busy: MorningFacts = {
  ...idle,
  candidates: 1_000,
  deliveries: 900,
  exclusions: 100,
  states: { ...states, accepted: 880, failed: 20 },
};

describe('a morning', () => {
  it('is good where everything due has ended, or nothing was due', () => {
    expect(isGoodMorning(idle)).toBe(true);
    expect(isGoodMorning(busy)).toBe(true);
    expect(isGoodMorning({ ...idle, candidates: 3, exclusions: 3 })).toBe(true);
  });

  it.each<[string, Partial<MorningFacts>]>([
    ['its cut is due', { isCutPending: true }],
    ['its edition is held', { isHeld: true }],
    ['readers are still due', { isReaderDue: true }],
    ['a round is open', { openRounds: 1 }],
    ['the books do not balance', { exclusions: 99 }],
    ['something waits', { states: { ...busy.states, ready: 1 } }],
    ['something is on the wire', { states: { ...busy.states, sending: 1 } }],
    ['many were put off', { states: { ...busy.states, deferred: 46 } }],
    ['many are in doubt', { states: { ...busy.states, in_doubt: 10 } }],
    ['nothing was accepted', { states: { ...states, failed: 900 } }],
    ['a feed failed', { alarms: ['feed'] }],
    ['there is an alarm beside doubts', { alarms: ['in_doubt', 'paused'] }],
  ])('is not good while %s', (_why, facts) => {
    expect(isGoodMorning({ ...busy, ...facts })).toBe(false);
  });

  it('is good with a few put off or in doubt', () => {
    expect(isGoodMorning({ ...busy, states: { ...busy.states, deferred: 45 } })).toBe(true);
    const doubts = { ...busy.states, in_doubt: 9 };
    expect(isGoodMorning({ ...busy, states: doubts, alarms: ['in_doubt'] })).toBe(true);
    const one = { ...idle, candidates: 2, deliveries: 2 };
    expect(isGoodMorning({ ...one, states: { ...states, accepted: 1, deferred: 1 } })).toBe(true);
    expect(isGoodMorning({ ...one, states: { ...states, deferred: 1 } })).toBe(false);
  });
});
