import { decideSignUp, type KnownAddress } from '../../../src/core/reader/sign-up.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const now = new Date('2026-03-03T12:00:00Z');
const ago = (ms: number) => new Date(now.getTime() - ms);
const unknown: KnownAddress = { state: undefined, waiting: undefined, suppression: undefined };
const decide = (known: Partial<KnownAddress>) =>
  decideSignUp({ ...unknown, ...known }, now, 30 * DAY).mail;
const waiting = (askedAt: Date, remindedAt: Date | null = null) => ({ askedAt, remindedAt });

describe('what a sign-up is answered with', () => {
  it('depends on what is known of the address', () => {
    expect(decide({})).toBe('confirmation');
    expect(decide({ state: 'ended' })).toBe('confirmation');
    expect(decide({ state: 'active' })).toBe('known');
    expect(decide({ state: 'pending', waiting: waiting(ago(MINUTE)) })).toBe('none');
    expect(decide({ state: 'pending', waiting: waiting(ago(DAY)) })).toBe('reminder');
    expect(decide({ state: 'pending', waiting: waiting(ago(DAY), ago(MINUTE)) })).toBe('none');
  });

  it('is nothing after a complaint or an operator’s word, however long ago', () => {
    for (const reason of ['complaint', 'operator'] as const) {
      for (const state of [undefined, 'active', 'ended'] as const) {
        const suppression = { reason, at: new Date(0), spares: null };
        expect(decide({ state, suppression })).toBe('none');
      }
    }
  });

  it('is one confirmation after a bounce, once its time has passed', () => {
    const bounce = (age: number, spares: string | null = null) => ({
      suppression: { reason: 'bounce' as const, at: ago(age), spares },
    });
    expect(decide(bounce(29 * DAY))).toBe('none');
    expect(decideSignUp({ ...unknown, ...bounce(30 * DAY) }, now, 30 * DAY)).toEqual({
      mail: 'confirmation',
      isSpared: true,
    });
    expect(decide(bounce(60 * DAY, 'confirmation-1'))).toBe('none');
  });
});
