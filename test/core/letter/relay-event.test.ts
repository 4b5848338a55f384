import fc from 'fast-check';
import type { SendResult } from '../../../src/core/letter/delivery.ts';
import {
  eventOf,
  hearCarried,
  hearEnd,
  isSpent,
  noLimit,
} from '../../../src/core/letter/relay-event.ts';
import type { SmtpStage } from '../../../src/core/letter/reply.ts';

const no = (stage: SmtpStage, code: number, enhancedCode?: string): SendResult => ({
  kind: 'refused',
  stage,
  reply: { code, text: '', ...(enhancedCode ? { enhancedCode } : {}) },
});
const unsent = (stage: SmtpStage): SendResult => ({ kind: 'unsent', stage, reason: '' });

describe('what a result says of the relay', () => {
  it.each<[SendResult, ReturnType<typeof eventOf>]>([
    [no('connect', 421), 'busy'],
    [no('connect', 450), 'busy'],
    [no('connect', 554), 'refused'],
    [no('connect', 454), 'busy'],
    [no('connect', 535), 'refused'],
    [no('mail', 421), 'busy'],
    [no('mail', 451), 'busy'],
    [no('mail', 550, '5.7.1'), 'refused'],
    [no('rcpt', 421), 'busy'],
    [no('rcpt', 451, '4.7.1'), 'worked'],
    [no('rcpt', 550, '5.7.1'), 'worked'],
    [no('data', 421), 'busy'],
    [no('data', 451, '4.7.28'), 'worked'],
    [no('body', 421), 'busy'],
    [no('body', 554, '5.7.1'), 'worked'],
    [unsent('connect'), 'away'],
    [unsent('mail'), 'away'],
    [unsent('rcpt'), 'worked'],
    [{ kind: 'unsent', stage: 'mail', reason: '', isOfMessage: true }, undefined],
    [{ kind: 'withheld' }, undefined],
    [{ kind: 'paced', waitMs: 1, of: 'relay' }, undefined],
    [{ kind: 'in_doubt', reason: '' }, 'worked'],
    [{ kind: 'accepted', reply: { code: 250, text: '' } }, 'worked'],
  ])('%j: %s', (result, event) => {
    expect(eventOf(result)).toBe(event);
  });

  it('is nothing where only its connection is used up', () => {
    expect(
      ['mail', 'rcpt', 'data', 'body'].map((stage) => isSpent(no(stage as SmtpStage, 421))),
    ).toEqual([true, true, true, false]);
    expect(isSpent({ kind: 'unsent', stage: 'mail', reason: '', isLost: true })).toBe(true);
    expect(isSpent(unsent('mail'))).toBe(false);
    expect(isSpent(no('mail', 451))).toBe(false);
  });
});

describe('how many messages a relay takes on a connection', () => {
  it('is known when two of its ends agree', () => {
    const once = hearEnd(hearCarried(noLimit, 10), 10);
    expect(once.most).toBe(Number.POSITIVE_INFINITY);
    expect(hearEnd(hearCarried(once, 10), 10).most).toBe(10);
  });

  it('is not known by an end that was an accident', () => {
    const accident = hearEnd(noLimit, 3);
    expect(hearEnd(hearCarried(accident, 4), 3).most).toBe(Number.POSITIVE_INFINITY);
    expect(hearEnd(hearEnd(accident, 7), 3).most).toBe(Number.POSITIVE_INFINITY);
  });

  it('is never less than what one connection carries between two ends', () => {
    const ends = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2 });
    fc.assert(
      fc.property(ends, (lives) => {
        let limit = noLimit;
        for (const carried of lives) {
          for (let each = 1; each <= carried; each += 1) limit = hearCarried(limit, each);
          limit = hearEnd(limit, carried);
        }
        const twice = lives.filter((carried, at) => carried === lives[at + 1]);
        expect(limit.most).toBe(Math.min(Number.POSITIVE_INFINITY, ...twice));
      }),
    );
  });
});
