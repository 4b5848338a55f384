import { alarmKinds } from '../../../src/core/alarms/alarm.ts';
import { findNews, keepNews, listNews, type ToldAlarm } from '../../../src/core/alarms/news.ts';
import { nextBeaconAt } from '../../../src/core/alarms/retry.ts';
import { buildAlarmEvent, writeAlarms } from '../../../src/core/alarms/write.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const at = new Date('2026-03-03T12:00:00Z');
const before = (ms: number) => new Date(at.getTime() - ms);
const fresh: ToldAlarm = {
  id: 1,
  name: 'paused',
  subject: 'all',
  detail: 'too many were refused.',
  firstAt: at,
  endedAt: null,
  tellings: 0,
  toldAt: null,
};
const told = (tellings: number, agoMs: number): ToldAlarm => ({
  ...fresh,
  firstAt: before(100 * HOUR_MS),
  tellings,
  toldAt: before(agoMs),
});
const kindOf = (alarm: ToldAlarm) => {
  const news = findNews([alarm], at);
  return (Object.keys(news) as (keyof typeof news)[]).filter((kind) => news[kind].length > 0);
};

describe('the news of alarms', () => {
  it('begins at once, or once it lasts where a restart would do the same', () => {
    expect(kindOf(fresh)).toEqual(['began']);
    const { patienceMs } = alarmKinds.no_worker;
    expect(patienceMs).toBeGreaterThan(0);
    const gone = (ms: number): ToldAlarm => ({ ...fresh, name: 'no_worker', firstAt: before(ms) });
    expect(kindOf(gone(patienceMs - 1))).toEqual([]);
    expect(kindOf(gone(patienceMs))).toEqual(['began']);
  });

  it('comes again after one hour, six hours, and daily', () => {
    for (const [tellings, hours] of [
      [1, 1],
      [2, 6],
      [3, 24],
      [9, 24],
    ] as const) {
      expect(kindOf(told(tellings, hours * HOUR_MS - 1))).toEqual([]);
      expect(kindOf(told(tellings, hours * HOUR_MS))).toEqual(['lasting']);
    }
  });

  it('ends with what was told, and is none where nothing was', () => {
    expect(kindOf({ ...told(1, 1), endedAt: at })).toEqual(['over']);
    expect(kindOf({ ...fresh, endedAt: at })).toEqual([]);
  });

  it('is kept as far as it is ours', () => {
    const news = findNews([fresh, { ...fresh, id: 2 }, { ...told(1, 1), id: 3, endedAt: at }], at);
    expect(listNews(news).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(listNews(keepNews(news, [2, 3])).map(({ id }) => id)).toEqual([2, 3]);
  });
});

describe('what is said of alarms', () => {
  const teller = { siteName: 'Round', publicUrl: 'https://round.example' };
  const lasting = { ...told(1, HOUR_MS), name: 'feed', subject: 'a', detail: 'broken' } as const;
  const over = { ...told(1, 1), name: 'in_doubt', subject: 'deliveries', endedAt: at } as const;
  const subjectOf = (news: Partial<Parameters<typeof writeAlarms>[0]>) =>
    writeAlarms({ began: [], lasting: [], over: [], ...news }, teller).subject;

  it('names one in the subject, and counts several', () => {
    expect(subjectOf({ began: [fresh] })).toBe('Round: sending was paused by the breaker (all)');
    expect(subjectOf({ lasting: [lasting] })).toBe('Round: still a feed failed (a)');
    expect(subjectOf({ over: [over] })).toBe('Round: over: deliveries are in doubt (deliveries)');
    expect(subjectOf({ over: [over, over] })).toBe('Round: 2 alarms over');
    expect(subjectOf({ began: [fresh], lasting: [lasting], over: [over] })).toBe(
      'Round: 2 alarms, 1 over: sending was paused by the breaker; a feed failed',
    );
  });

  it('says each with what to do, what lasts since when, and what is over', () => {
    const { paragraphs } = writeAlarms(
      { began: [fresh], lasting: [lasting], over: [over] },
      teller,
    );
    expect(paragraphs).toEqual([
      expect.stringMatching(
        /^Sending was paused by the breaker \(all\): too many were refused\. When .+resume/,
      ),
      expect.stringMatching(
        /^Still so, since 2026-02-27 08:00 UTC: a feed failed \(a\): broken\. The day/,
      ),
      'Over since 2026-03-03 12:00 UTC: deliveries are in doubt (deliveries).',
      'How it stands now: https://round.example/admin or "paperround today".',
    ]);
  });

  it('has the same for a program', () => {
    const event = buildAlarmEvent({ began: [fresh], lasting: [], over: [over] }, at, teller);
    expect(event).toMatchObject({
      type: 'alarms',
      timestamp: '2026-03-03T12:00:00.000Z',
      data: {
        began: [{ name: 'paused', subject: 'all', since: '2026-03-03T12:00:00.000Z' }],
        over: [{ name: 'in_doubt', until: '2026-03-03T12:00:00.000Z' }],
      },
    });
  });
});

describe('a beacon that was not taken', () => {
  it('is sent again after twice as long each time, an hour at most, for a day', () => {
    const waits = [1, 2, 3, 6, 7, 20].map((tries) => {
      const next = nextBeaconAt({ madeAt: at, tries }, at);
      return ((next?.getTime() ?? 0) - at.getTime()) / MINUTE_MS;
    });
    expect(waits).toEqual([1, 2, 4, 32, 60, 60]);
    expect(nextBeaconAt({ madeAt: before(24 * HOUR_MS), tries: 1 }, at)).toBeUndefined();
  });
});
