import { type DateFacts, explainDate, type LetterFact } from '../../../src/core/letter/why.ts';
import { type Exclusion, emptyProfile } from '../../../src/core/reader/subscription.ts';

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const subscription = {
  id: 1,
  subscriberId: 1,
  address: 'ada@readers.example',
  state: 'active' as const,
  profile: emptyProfile,
  papersPerDigest: 10,
  schedule: { days: [1, 2, 3, 4, 5], minuteOfDay: 420, zone: 'Europe/Berlin' },
  pausedUntil: '2026-11-30',
  announcements: 'service' as const,
  confirmedAt: at('01T00:00'),
  isSample: false,
  endedAt: null,
  endReason: null,
};
const letter = (changed: Partial<LetterFact>): LetterFact => ({
  delivery: 1,
  kind: 'digest',
  notice: null,
  resend: 0,
  editions: ['2026-11-20'],
  extent: '84 papers today, 9 for you',
  state: 'accepted',
  cause: null,
  composedAt: at('20T06:00'),
  acceptedAt: at('20T06:01'),
  nextAt: null,
  attempts: [],
  stops: [],
  feedback: [],
  ...changed,
});
const explain = (
  outcome: { exclusion?: Exclusion; letter?: LetterFact },
  changed: Partial<DateFacts> = {},
) =>
  explainDate({
    address: 'ada@readers.example',
    date: '2026-11-20',
    now: at('21T12:00'),
    subscription,
    suppression: { reason: 'complaint', at: at('19T10:00') },
    dueAt: at('20T06:00'),
    outcome: {
      dueAt: at('20T06:00'),
      round: 1,
      exclusion: outcome.exclusion ?? null,
      lookedAt: null,
      lookedAtEditions: [],
      feeds: [],
      letter: outcome.letter,
    },
    others: [],
    ...changed,
  });

describe('why', () => {
  it('begins with the reader and the date, and ends with when they were due', () => {
    expect(explain({ exclusion: 'held' })).toEqual([
      'ada@readers.example, Friday, 20 November 2026:',
      'They got no digest: the edition waits for an operator.',
      'They were due at 07:00 in Europe/Berlin, 2026-11-20 06:00 UTC.',
    ]);
  });

  it.each([
    ['paused', 'As it stands now, it is paused until Monday, 30 November 2026.'],
    ['suppressed', 'The reason: complaint, at 2026-11-19 10:00 UTC.'],
  ] as const)('tells of one who was %s', (exclusion, said) => {
    expect(explain({ exclusion })[2]).toBe(said);
  });

  it.each([
    [{}, 'They got mail: accepted by the mail server at 2026-11-20 06:01 UTC.'],
    [
      { state: 'failed', cause: 'permanent' },
      'They got no mail: the delivery failed, for the mail server refused it for good.',
    ],
    [
      { state: 'failed', cause: 'expired' },
      'They got no mail: the delivery failed, for a newer digest took its papers.',
    ],
    [
      { state: 'in_doubt' },
      'It is in doubt: the message was on the wire and no answer of the server is recorded.',
    ],
    [
      { state: 'deferred', nextAt: at('20T06:30') },
      'They have no mail yet: it is tried again at 2026-11-20 06:30 UTC.',
    ],
    [{ state: 'ready' }, 'They have no mail yet: it is ready, or just being sent.'],
    [{ state: 'ready', stops: ['all sending is paused'] }, 'They have no mail yet: it is ready.'],
  ] as [Partial<LetterFact>, string][])('tells of a delivery that is %j', (changed, said) => {
    expect(explain({ letter: letter(changed) })[1]).toBe(said);
  });

  it('says of what was cancelled by whom that was, and what lets it go on', () => {
    const cancelled = { state: 'failed', cause: 'cancelled' } as const;
    const byOperator =
      'They got no mail: an operator cancelled it before it went out. Its papers come with the next digest.';
    expect(explain({ letter: letter(cancelled) }).slice(1, 3)).toEqual([
      byOperator,
      'To send it all the same: paperround resend 2026-11-20 ada@readers.example',
    ]);
    const stops = ['edition 2026-11-20 is cancelled since yesterday'];
    expect(explain({ letter: letter({ ...cancelled, stops }) }).slice(1, 3)).toEqual([
      byOperator,
      'It stands still: edition 2026-11-20 is cancelled since yesterday.',
    ]);
    const left = { ...subscription, state: 'ended', endedAt: at('20T06:02') } as const;
    expect(explain({ letter: letter(cancelled) }, { subscription: left })[1]).toBe(
      'They got no mail: they left before it went out, at 2026-11-20 06:02 UTC.',
    );
  });

  it("tells every attempt with the server's own words", () => {
    const attempt = { at: at('20T06:00'), relay: 'relay.example', outcome: 'deferred' };
    const attempts = [{ ...attempt, reply: '451 4.7.1 come back later' }];
    expect(explain({ letter: letter({ attempts }) }).slice(2, 5)).toEqual([
      'Digest of edition 2026-11-20: 84 papers today, 9 for you.',
      'Composed at 2026-11-20 06:00 UTC; 1 attempt:',
      '  2026-11-20 06:00 UTC  deferred by relay.example: 451 4.7.1 come back later',
    ]);
  });

  it('says of a pruned digest that it is gone, and of other mail that it went', () => {
    const { extent: _, ...pruned } = letter({});
    const others = [letter({ resend: 1 }), letter({ kind: 'notice', notice: 'quiet' })];
    const lines = explain({ letter: pruned }, { others });
    expect(lines[2]).toBe('Digest of edition 2026-11-20: the digest itself is not kept any more.');
    expect(lines.slice(-2)).toEqual([
      'Besides, copy 2 of edition 2026-11-20: accepted, at 2026-11-20 06:01 UTC.',
      'Besides, a notice (quiet): accepted, at 2026-11-20 06:01 UTC.',
    ]);
  });
});
