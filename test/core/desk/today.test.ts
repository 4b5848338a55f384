import { findNeeds, measureProgress, tellTimeLeft } from '../../../src/core/desk/today.ts';

const nothing = {
  faults: [],
  pauses: [],
  held: [],
  doubts: [],
  bounced: [],
  inbox: 0,
  reported: 0,
  feeds: [],
  channels: [],
  webhooks: [],
  citations: [],
  alerts: [{ sender: 'lab.example', kind: null, mails: 9, readers: 1 }],
};

describe('what needs a person', () => {
  it('is nothing on a good morning, feeds that are quiet or old included', () => {
    const feeds = (['fresh', 'quiet', 'stale'] as const).map((state) => ({
      name: state,
      state,
      reason: 'so',
    }));
    expect(findNeeds({ ...nothing, feeds })).toEqual([]);
  });

  it('is told with the next command to type, what stops most first', () => {
    const needs = findNeeds({
      faults: ['no worker runs'],
      pauses: [{ what: '2026-03-03', actor: 'breaker', reason: 'refused' }],
      held: ['2026-03-04'],
      doubts: [{ kind: 'digest', edition: '2026-03-03', announcementId: null, count: 2 }],
      bounced: [{ edition: '2026-03-04', count: 1 }],
      inbox: 2,
      reported: 1,
      feeds: [
        { name: 'a feed', state: 'broken', reason: 'it answered 500' },
        { name: 'b', state: 'partial', reason: '2 items could not be read' },
      ],
      channels: [{ name: 'lab', words: 'nobody knows whether 1 post stands' }],
      webhooks: [{ name: 'crm', because: 'gone', at: new Date('2026-03-03T06:00:00Z') }],
      alerts: [
        { sender: 'google.com', kind: 'scholar', mails: 2, readers: 1 },
        { sender: 'rsc.org', kind: null, mails: 3, readers: 3 },
      ],
      citations: [
        { source: 'openalex', says: 'OpenAlex has not answered since 2026-03-01', change: '' },
      ],
    });
    expect(needs.map(({ kind, command }) => [kind, command])).toEqual([
      ['health', 'paperround deliveries status'],
      ['paused', 'paperround deliveries resume 2026-03-03'],
      ['held', 'paperround editions release 2026-03-04'],
      ['in_doubt', 'paperround resend 2026-03-03 --in-doubt --dry-run'],
      ['bounced', 'paperround deliveries bounced'],
      ['inbox', 'paperround inbound list'],
      ['reported', 'paperround proposals list --reported'],
      ['feed', 'paperround feeds show "a feed"'],
      ['refused', 'paperround feeds show "b"'],
      ['channel', 'paperround channels log lab'],
      ['webhook', 'paperround webhooks on crm'],
      ['alerts', 'paperround alerts unread'],
      ['alerts', 'paperround alerts unread'],
      ['citations', 'paperround doctor --only citations'],
    ]);
    for (const { words } of needs) expect(words).toMatch(/^[A-Z0-9].*\.$/);
    expect(needs[3]?.words).toBe('2 digests of edition 2026-03-03 may or may not have arrived.');
  });
});

describe('progress', () => {
  it('says how many ended, at which pace, and what is left of it', () => {
    const progress = measureProgress({ total: 1_000, open: 400, accepted: 200, inMs: 120_000 });
    expect(progress).toEqual({ ended: 600, total: 1_000, perMinute: 100, secondsLeft: 240 });
    expect(tellTimeLeft(progress.secondsLeft)).toBe('about 4 minutes left');
  });

  it('is not over before the last that a warm-up holds back', () => {
    const given = { total: 230, open: 225, accepted: 8, inMs: 120_000 };
    const heldForMs = 10 * 3_600_000;
    const { secondsLeft } = measureProgress({ ...given, heldForMs });
    expect(tellTimeLeft(secondsLeft)).toBe('about 10 hours left');
    expect(measureProgress({ ...given, accepted: 0, heldForMs }).secondsLeft).toBe(36_000);
    expect(measureProgress({ ...given, open: 0, heldForMs }).secondsLeft).toBe(0);
    expect(measureProgress({ ...given, isPaused: true, heldForMs }).secondsLeft).toBeUndefined();
  });

  it('promises nothing where nothing moves', () => {
    const { secondsLeft } = measureProgress({ total: 9, open: 9, accepted: 0, inMs: 1_000 });
    expect(secondsLeft).toBeUndefined();
    expect(tellTimeLeft(secondsLeft)).toBe('nothing moves now');
    const paused = { total: 9, open: 9, accepted: 3, inMs: 1_000, isPaused: true };
    expect(measureProgress(paused).secondsLeft).toBeUndefined();
  });
});
