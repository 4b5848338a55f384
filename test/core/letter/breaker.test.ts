import { findBreak, type SendingRates } from '../../../src/core/letter/breaker.ts';

const rates = (given: Partial<SendingRates>): SendingRates => ({
  attempts: 100,
  policy: 0,
  doubt: 0,
  address: 0,
  stopping: 0,
  lastReply: null,
  ...given,
});

describe('findBreak', () => {
  it('lets an edition go on that nothing speaks against', () => {
    expect(findBreak(rates({}), 0.03)).toBeUndefined();
    expect(findBreak(rates({ attempts: 0 }), 0.03)).toBeUndefined();
  });

  it('stops at one answer that says that our domain is not authenticated', () => {
    const lastReply = '550 5.7.26 unauthenticated';
    const reason = findBreak(rates({ attempts: 1, stopping: 1, lastReply }), 0.03);
    expect(reason).toMatch(/not authenticated.*"550 5\.7\.26 unauthenticated"$/);
  });

  it.each([
    [20, 2, true],
    [20, 1, false],
    [19, 19, false],
    [1_000, 100, true],
    [1_000, 99, false],
  ])('of %i messages, %i refused for what we are: stops is %s', (attempts, policy, stops) => {
    const reason = findBreak(rates({ attempts, policy }), 0.03);
    expect(reason !== undefined).toBe(stops);
    if (stops) expect(reason).toContain(`${policy} of ${attempts}`);
  });

  it('counts bodies without an answer with the refusals, and by themselves', () => {
    expect(findBreak(rates({ policy: 5, doubt: 5 }), 0.03)).toContain('10 of 100');
    expect(findBreak(rates({ doubt: 10 }), 0.03)).toContain('no answer after their body');
    expect(findBreak(rates({ policy: 4, doubt: 5 }), 0.03)).toBeUndefined();
  });

  it('stops at a share of wrong addresses, but not at a few of them', () => {
    expect(findBreak(rates({ address: 5 }), 0.03)).toContain('5 of 100 addresses');
    expect(findBreak(rates({ attempts: 20, address: 4 }), 0.03)).toBeUndefined();
    expect(findBreak(rates({ attempts: 1_000, address: 29 }), 0.03)).toBeUndefined();
    expect(findBreak(rates({ attempts: 1_000, address: 30 }), 0.03)).toBeDefined();
  });

  it('does not take wrong addresses for refusals of ours', () => {
    expect(findBreak(rates({ policy: 9, address: 20 }), 0.5)).toBeUndefined();
  });
});
