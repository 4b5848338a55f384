import { type AlarmFacts, findAlarms, isBusy } from '../../../src/core/alarms/find.ts';

const at = new Date('2026-03-03T07:30:00Z');
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const well: AlarmFacts = {
  at,
  ledger: [],
  workers: [{ host: 'here', pid: 7, silentSeconds: 5 }],
  longestSilenceSeconds: 90,
  loops: [],
  cut: { dueAt: new Date('2026-03-04T06:00:00Z'), waitMs: 60 * 60_000, unwritten: [] },
  morning: { dueSince: undefined, silentSince: undefined, patienceMs: 15 * 60_000 },
  feeds: [
    { name: 'a', state: 'fresh', reason: 'it brought 3 papers' },
    { name: 'b', state: 'quiet', reason: 'it had nothing new' },
    { name: 'c', state: 'partial', reason: '1 item could not be read' },
  ],
  channels: [],
  webhooks: [],
};
const names = (facts: Partial<AlarmFacts>) =>
  findAlarms({ ...well, ...facts }).map(({ name, subject }) => `${name}: ${subject}`);
const cut = (change: Partial<AlarmFacts['cut']>) => ({ cut: { ...well.cut, ...change } });
const morning = (change: Partial<AlarmFacts['morning']>) => ({
  morning: { ...well.morning, ...change },
});

describe('alarms', () => {
  it('are none where all is well', () => {
    expect(findAlarms(well)).toEqual([]);
  });

  it('are what the ledger found, as it stands', () => {
    const finding = { name: 'twice', subject: 'delivery 4', detail: 'twice' } as const;
    expect(findAlarms({ ...well, ledger: [finding] })).toEqual([finding]);
  });

  it('are workers that are gone, or hear nothing', () => {
    expect(names({ workers: [] })).toEqual(['no_worker: workers']);
    const silent = { host: 'there', pid: 8, silentSeconds: 91 };
    expect(names({ workers: [...well.workers, silent] })).toEqual(['wedged: worker there/8']);
    expect(names({ workers: [{ ...silent, silentSeconds: 90 }] })).toEqual([]);
  });

  it('are processes whose loop is late', () => {
    expect(names({ loops: [{ process: 'here/7', delayMs: 400 }] })).toEqual([
      'busy: process here/7',
    ]);
    expect([isBusy({ delayMs: 200 }), isBusy({ delayMs: 201 })]).toEqual([false, true]);
  });

  it('are a cut that did not come, half an hour after it was waited for', () => {
    expect(names(cut({ dueAt: minutesAgo(90) }))).toEqual([]);
    expect(names(cut({ dueAt: minutesAgo(91) }))).toEqual(['no_edition: the draft']);
    expect(names(cut({ dueAt: null }))).toEqual([]);
    const unwritten = (minutes: number) => [{ name: '2026-03-03', cutAt: minutesAgo(minutes) }];
    expect(names(cut({ unwritten: unwritten(30) }))).toEqual([]);
    expect(names(cut({ unwritten: unwritten(31) }))).toEqual(['no_edition: edition 2026-03-03']);
  });

  it('are a morning of which nothing was accepted', () => {
    const silence = ['nothing_accepted: the morning'];
    expect(names(morning({ silentSince: minutesAgo(15) }))).toEqual([]);
    expect(names(morning({ silentSince: minutesAgo(16) }))).toEqual(silence);
    expect(names(morning({ dueSince: minutesAgo(16) }))).toEqual(silence);
    expect(names(morning({ dueSince: minutesAgo(15), silentSince: minutesAgo(3) }))).toEqual([]);
    // While a cut is due, its readers wait for it.
    expect(
      names({ ...morning({ dueSince: minutesAgo(40) }), ...cut({ dueAt: minutesAgo(50) }) }),
    ).toEqual([]);
  });

  it('are feeds that failed the day, each by its name', () => {
    const feeds = [
      { name: 'a', state: 'broken', reason: 'HTTP 410.' },
      { name: 'b', state: 'stale', reason: 'it was not asked' },
    ] as const;
    expect(findAlarms({ ...well, feeds })).toEqual([
      { name: 'feed', subject: 'a', detail: 'broken (HTTP 410)' },
      { name: 'feed', subject: 'b', detail: 'stale (it was not asked)' },
    ]);
  });
});
