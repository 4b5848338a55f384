import {
  decideResend,
  type Fate,
  type Pressing,
  reachesEveryone,
  type Target,
} from '../../../src/core/letter/resend.ts';

const failed: Target = {
  id: 1,
  kind: 'digest',
  editionId: 1,
  subscriberId: 1,
  address: 'ada@readers.example',
  addressHash: 'hash',
  messageId: '<a@b>',
  state: 'failed',
  isKept: true,
  isSubscribed: true,
  isSuppressed: false,
  isCancelled: false,
  wasTriedAgain: false,
  isQuiet: true,
  hasOpen: false,
  isCovered: false,
  hasNewer: false,
};

const decide = (target: Partial<Target>, press: Partial<Pressing> = {}) => {
  const whole = { ...failed, ...target };
  return decideResend(whole, {
    kind: 'delivery',
    allowsCopies: false,
    frozen: whole.state,
    ...press,
  });
};
const yes = { allowsCopies: true };

describe('what becomes of a delivery that is resent', () => {
  it.each<[string, Partial<Target>, Partial<Pressing>, Fate]>([
    ['a failed one whose papers nothing brought', {}, {}, 'reopen'],
    ['a failed one whose papers came later', { isCovered: true }, {}, 'needs_yes'],
    ['the same, with a yes', { isCovered: true }, yes, 'copy'],
    ['an accepted one', { state: 'accepted' }, {}, 'needs_yes'],
    ['the same, with a yes', { state: 'accepted' }, yes, 'copy'],
    ['one in doubt', { state: 'in_doubt' }, {}, 'needs_yes'],
    ['the same, with a yes', { state: 'in_doubt' }, yes, 'retry'],
    ['in doubt for the second time', { state: 'in_doubt', wasTriedAgain: true }, yes, 'copy'],
    ['just in doubt', { state: 'in_doubt', isQuiet: false }, yes, 'too_fresh'],
    ['a deferred one', { state: 'deferred' }, {}, 'hurry'],
    ['one that waits', { state: 'ready' }, yes, 'on_its_way'],
    ['one while a newer digest waits', { hasOpen: true }, yes, 'on_its_way'],
    ['one that somebody else sent again', { state: 'accepted', hasNewer: true }, yes, 'sent_since'],
    ['one that is not what it was', {}, { frozen: 'accepted' }, 'changed'],
    ['one of a reader who left', { isSubscribed: false }, yes, 'unsubscribed'],
    ['one to a suppressed address', { isSuppressed: true }, yes, 'suppressed'],
    ['one of a cancelled edition', { isCancelled: true }, yes, 'cancelled'],
    ['one that was pruned', { isKept: false }, yes, 'gone'],
    ['a notice', { kind: 'notice' }, yes, 'notice'],
    ['a failed one, corrected', {}, { kind: 'correction', ...yes }, 'copy'],
    ['a deferred one, corrected', { state: 'deferred' }, { kind: 'correction' }, 'on_its_way'],
    [
      'a deferred notice, hurried',
      { state: 'deferred', kind: 'notice' },
      { kind: 'deferred' },
      'hurry',
    ],
  ])('%s', (_, target, press, fate) => {
    expect(decide(target, press)).toBe(fate);
  });

  it('never mails who left or is suppressed, whatever else holds', () => {
    const states = ['ready', 'sending', 'deferred', 'accepted', 'failed', 'in_doubt'] as const;
    for (const state of states) {
      for (const kind of ['delivery', 'failed', 'filter', 'reader', 'correction'] as const) {
        expect(decide({ state, isSubscribed: false }, { kind, ...yes })).toBe('unsubscribed');
        expect(decide({ state, isSuppressed: true }, { kind, ...yes })).toBe('suppressed');
      }
    }
  });
});

describe('reaching everyone', () => {
  it('is what a correction and a filter of what arrived do, and nothing else', () => {
    const of = { editionId: 1, edition: 'x' };
    expect(reachesEveryone({ kind: 'correction', note: 'n', ...of })).toBe(true);
    expect(reachesEveryone({ kind: 'filter', filter: { domain: 'x' } })).toBe(true);
    expect(reachesEveryone({ kind: 'filter', filter: { state: 'failed' } })).toBe(false);
    expect(reachesEveryone({ kind: 'failed', ...of })).toBe(false);
  });
});
