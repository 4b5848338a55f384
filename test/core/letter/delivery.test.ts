import {
  classifyResult,
  parseReply,
  type SendResult,
  type SmtpStage,
} from '../../../src/core/letter/delivery.ts';

const refused = (stage: SmtpStage, code: number): SendResult => ({
  kind: 'refused',
  stage,
  reply: { code, text: 'no' },
});
const MINUTE = 60_000;

describe('classifyResult', () => {
  it('takes a 5yz for the reader or the message as final, and one for us as not', () => {
    for (const stage of ['rcpt', 'data', 'body'] as const) {
      expect(classifyResult(refused(stage, 550), 1)).toEqual({
        state: 'failed',
        cause: 'permanent',
      });
    }
    for (const stage of ['connect', 'mail'] as const) {
      expect(classifyResult(refused(stage, 550), 1)).toMatchObject({ state: 'deferred' });
    }
  });

  it('tries a 4yz again, at every stage', () => {
    for (const stage of ['connect', 'mail', 'rcpt', 'data', 'body'] as const) {
      expect(classifyResult(refused(stage, 451), 1)).toMatchObject({ state: 'deferred' });
    }
  });

  it('waits longer with every attempt, and two hours at most', () => {
    const delays = Array.from({ length: 8 }, (_, index) => {
      const outcome = classifyResult({ kind: 'unsent', stage: 'connect', reason: '' }, index + 1);
      return outcome?.state === 'deferred' ? outcome.delayMs / MINUTE : undefined;
    });
    expect(delays).toEqual([5, 10, 20, 30, 60, 120, 120, 120]);
  });

  it('records nothing where the check before the body refused', () => {
    expect(classifyResult({ kind: 'withheld' }, 1)).toBeUndefined();
  });
});

describe('parseReply', () => {
  it('splits off the codes', () => {
    expect(parseReply(550, '550 5.1.1 No such user')).toEqual({
      code: 550,
      enhancedCode: '5.1.1',
      text: '5.1.1 No such user',
    });
    expect(parseReply(250, '250 ok')).toEqual({ code: 250, text: 'ok' });
  });
});
