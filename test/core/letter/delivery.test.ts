import { judgeReply } from '../../../src/core/letter/answers.ts';
import { classifyResult, type SendResult } from '../../../src/core/letter/delivery.ts';
import { type Reply, readReply, type SmtpStage } from '../../../src/core/letter/reply.ts';

const refused = (stage: SmtpStage, code: number): SendResult => ({
  kind: 'refused',
  stage,
  reply: { code, text: 'no' },
});
const MINUTE = 60_000;

function replyOf(line: string): Reply {
  const heard = readReply(`${line}\r\n`);
  if (!heard || !('reply' in heard)) throw new Error(`no reply: ${line}`);
  return heard.reply;
}

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

describe('judgeReply', () => {
  const judge = (line: string, stage: SmtpStage = 'rcpt') =>
    judgeReply(stage, replyOf(line)).verdict;

  it.each([
    ['550 5.1.1 no such user', 'address'],
    ['550 5.1.2 no such domain', 'address'],
    ['553 5.1.3 bad address', 'address'],
    ['550 5.1.6 moved', 'address'],
    ['556 5.1.10 null MX', 'address'],
    ['550 5.1.1 <ada@example.org> user not listed in the directory', 'address'],
    ['550 5.1.7 bad sender', 'policy'],
    ['550 5.1.8 bad sender domain', 'policy'],
    ['550 5.7.1 refused', 'policy'],
    ['554 5.1.1 your host is listed by zen.example', 'policy'],
    ['554 blocked using a DNSBL', 'policy'],
    ['550 5.6.1 not supported', 'policy'],
    ['552 5.3.4 too big', 'policy'],
    ['552 5.7.0 content refused', 'policy'],
    ['552 5.2.2 mailbox full', 'message'],
    ['550 no', 'message'],
    [
      '550 Verification failed for <b+x@in.example> No such user here Sender verify failed',
      'policy',
    ],
    ['550 5.1.0 <b+1abcdefghijklmnop@in.example>: address unknown', 'policy'],
    ['550 Sender address rejected: undeliverable address', 'policy'],
    [
      '550 5.1.1 <b+1abcdefghijklmnop@in.example> wrote to <ada@readers.example>, unknown',
      'address',
    ],
    ["550 5.1.0 - Unknown address error 550-'5.7.1 client host [192.0.2.7] refused'", 'policy'],
    ["550 5.1.0 - Unknown address error 550-'5.1.1 nobody of this name'", 'address'],
    ['550 5.1.351 Remote server returned unknown recipient -> 550 5.1.1 unknown', 'address'],
    ['550 5.1.1 x has sent to too many recipients this hour', 'policy'],
    ['451 sender verify deferred', 'later'],
    ['421 4.7.0 try later', 'busy'],
    ['450 4.7.28 unusual rate', 'busy'],
    ['451 4.7.1 greylisted', 'later'],
    ['452 4.2.2 full', 'later'],
  ])('%s is about the %s', (line, verdict) => {
    expect(judge(line)).toBe(verdict);
  });

  it('stops an edition at once where our domain is not authenticated', () => {
    for (const code of ['5.7.26', '5.7.515']) {
      expect(judgeReply('body', replyOf(`550 ${code} no`))).toMatchObject({
        verdict: 'policy',
        stopsAtOnce: true,
      });
    }
  });

  it('takes no answer to the connection or our own address for one about the reader', () => {
    expect(judge('550 5.1.1 no', 'mail')).toBe('policy');
    expect(judge('535 5.7.8 wrong password', 'connect')).toBe('policy');
  });
});
