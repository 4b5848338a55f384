import { tellUnfinished, type UnfinishedFacts } from '../../../src/core/desk/unfinished.ts';

const facts: UnfinishedFacts = {
  name: '2026-03-03',
  state: 'released',
  pause: null,
  ready: 0,
  deferred: 0,
  sending: 0,
  unserved: 0,
};
const pause = { cancels: false, actor: 'cli', reason: 'a look' };

describe('an edition that is not at its end', () => {
  it.each([
    [{ state: 'cut' }, /still written.*any worker/, 'paperround deliveries status'],
    [
      { ready: 1, deferred: 12_000 },
      /in part: 1 digest ready, more than 10,000 deferred\. .*four days/,
      'paperround resend 2026-03-03 --deferred',
    ],
    [{ sending: 2 }, /2 digests on the wire/, 'paperround deliveries list --edition 2026-03-03'],
    [
      { pause, ready: 3 },
      /stands still with 3 digests ready, by the command line \(a look\)/,
      'paperround deliveries resume 2026-03-03',
    ],
    [
      { pause: { ...pause, cancels: true }, unserved: 1 },
      /cancelled by the command line: 1 reader got nothing of it.*next digest/,
      'paperround deliveries resume 2026-03-03',
    ],
  ] as const)('says of %o what waits and what ends it', (given, words, command) => {
    const told = tellUnfinished({ ...facts, ...given });
    expect(told?.words).toMatch(words);
    expect(told?.command).toBe(command);
  });

  it('is none where all is sent, nothing waits for a pause, or all readers got the papers since', () => {
    expect(tellUnfinished(facts)).toBeUndefined();
    expect(tellUnfinished({ ...facts, pause })).toBeUndefined();
    expect(tellUnfinished({ ...facts, pause: { ...pause, cancels: true } })).toBeUndefined();
  });
});
