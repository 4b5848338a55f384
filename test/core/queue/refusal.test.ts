import { readRefusal, tellRefusal } from '../../../src/core/queue/refusal.ts';

describe('a refusal', () => {
  it.each([
    [
      "OOM command not allowed when used memory > 'maxmemory'. script: 1d8, on @user_script:3.",
      'OOM',
    ],
    ['ERR Error running script (call to f_1d8): @user_script:1: -OOM command not allowed', 'OOM'],
    [
      "READONLY You can't write against a read only replica. script: 1d8, on @user_script:3.",
      'READONLY',
    ],
    ["CROSSSLOT Keys in request don't hash to the same slot", 'CROSSSLOT'],
    ['MOVED 9263 127.0.0.1:4812', 'MOVED'],
    ["NOPERM this user has no permissions to run the 'eval' command", 'NOPERM'],
    ["ERR ACL failure in script: User x has no permissions to run the 'set' command", 'NOPERM'],
    ['UNBLOCKED force unblock from blocking operation, instance state changed', 'UNBLOCKED'],
    ['LOADING Redis is loading the dataset in memory', 'LOADING'],
    ['SOMETHING new from 10.0.0.1', 'SOMETHING'],
    ['what no server says', 'ERR'],
  ])('%s', (message, word) => {
    expect(readRefusal(message).word).toBe(word);
  });

  it('tells neither hosts nor keys', () => {
    const told = ['MOVED 9263 10.1.2.3:4812', 'WRONGTYPE of bull:key', 'NEW at secret.example'].map(
      (message) => tellRefusal(readRefusal(message)),
    );
    expect(told.join('\n')).not.toMatch(/10\.1|bull|secret/);
    expect(told[0]).toBe(
      'the queue refuses work: it is a cluster, and was none when this process began (MOVED)',
    );
  });
});
