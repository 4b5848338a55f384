import {
  needsPerson,
  type StandingChannel,
  standingOf,
  tellChannel,
} from '../../../src/core/channels/standing.ts';
import { explainChannelDate } from '../../../src/core/channels/why.ts';

const at = new Date('2026-11-30T07:00:00Z');
const fresh: StandingChannel = {
  offBecause: null,
  offAt: null,
  provedAt: null,
  inDoubt: 0,
  last: null,
};
const last = (
  state: 'accepted' | 'failed' | 'deferred' | 'ready',
  words: string | null = null,
) => ({
  ...{ edition: '2026-11-30', state, at: at.toISOString(), words },
});

describe('how a channel stands', () => {
  const cases: readonly (readonly [Partial<StandingChannel>, string, string, boolean])[] = [
    [{}, 'on', 'nothing was posted yet: test it', false],
    [
      { provedAt: at },
      'on',
      'a test stood at 2026-11-30 07:00 UTC; no edition was posted yet',
      false,
    ],
    [
      { last: last('accepted') },
      'on',
      'edition 2026-11-30 was taken at 2026-11-30 07:00 UTC',
      false,
    ],
    [
      { last: last('failed', 'HTTP 400') },
      'failed',
      'edition 2026-11-30 was not posted: HTTP 400',
      true,
    ],
    [
      { last: last('deferred', 'HTTP 429') },
      'waits',
      'edition 2026-11-30 is tried again: HTTP 429',
      false,
    ],
    [{ last: last('ready') }, 'on', 'edition 2026-11-30 is on its way', false],
    [{ inDoubt: 2 }, 'in doubt', 'nobody knows whether 2 posts stand', true],
    [
      { offBecause: 'hand', offAt: at },
      'paused',
      'paused by an operator since 2026-11-30 07:00 UTC',
      false,
    ],
    [
      { offBecause: 'gone', offAt: at, last: last('failed', 'HTTP 404') },
      'stopped',
      'stopped since 2026-11-30 07:00 UTC: its service says that nothing posted there stands: HTTP 404',
      true,
    ],
  ];
  it.each(cases)('%j', (given, state, words, needs) => {
    const channel = { ...fresh, ...given };
    expect(standingOf(channel).state).toBe(state);
    expect(tellChannel(channel)).toBe(words);
    expect(needsPerson(channel)).toBe(needs);
  });
});

describe('why a date of a channel brought what it did', () => {
  const asked = { name: 'lab', date: '2026-11-30', now: at, dueAt: at };
  const none = { outcome: undefined, post: undefined };
  it('says it of a day that is none, is to come or is not known', () => {
    expect(explainChannelDate({ ...asked, ...none, dueAt: undefined })).toEqual([
      '2026-11-30 is none of the days of lab.',
    ]);
    const later = new Date('2026-11-30T08:00:00Z');
    expect(explainChannelDate({ ...asked, ...none, dueAt: later })[0]).toMatch(/is due on/);
    expect(explainChannelDate({ ...asked, ...none })[0]).toMatch(/^Nothing is recorded/);
  });
  it('says what kept it, or every try', () => {
    const kept = { exclusion: 'paused', deliveryId: null } as const;
    expect(explainChannelDate({ ...asked, outcome: kept, post: undefined })).toEqual([
      'Nothing was posted to lab: the subscription is paused.',
    ]);
    const post = {
      ...{ id: 7, edition: '2026-11-30', state: 'in_doubt' as const, nextAt: null },
      tries: [{ at, outcome: 'in_doubt', words: 'no answer within 15 s' }],
    };
    const outcome = { exclusion: null, deliveryId: 7 };
    expect(explainChannelDate({ ...asked, outcome, post })).toEqual([
      'Delivery 7 of edition 2026-11-30 may or may not stand there.',
      'Tried at 2026-11-30 07:00 UTC, in doubt: no answer within 15 s.',
    ]);
  });
});
