import {
  firstState,
  hear,
  isMostlyBusy,
  isSlow,
  type RelayEvent,
  type RelayState,
  rested,
} from '../../../src/core/letter/relay-state.ts';

const MOST = 16;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const state = (given: Partial<RelayState> = {}): RelayState => ({ ...firstState(MOST), ...given });

/** The state after these happened one after the other, each so long after the one before. */
function hearAll(from: RelayState, events: readonly RelayEvent[], everyMs = 0, at = 10 * MINUTE) {
  return events.reduce((now, event, count) => {
    const moment = at + count * everyMs;
    return hear(now, { event, at: moment, startedAt: moment }, MOST);
  }, from);
}
const times = (count: number, event: RelayEvent) => Array.from({ length: count }, () => event);

describe('the state of a relay', () => {
  it.each<[number, number]>([
    [16, 8],
    [8, 4],
    [5.9, 2],
    [3, 1],
    [2, 1],
    [1.5, 1],
    [1, 1],
  ])('goes from %d connections to %d at a busy answer', (before, expected) => {
    expect(hearAll(state({ connections: before }), ['busy']).connections).toBe(expected);
  });

  it('is halved once by the busy answers of one second', () => {
    expect(hearAll(state(), times(10, 'busy'), 99).connections).toBe(8);
    expect(hearAll(state(), times(3, 'busy'), SECOND).connections).toBe(2);
  });

  it.each([1, 2, 4, 8])('gains one connection by eight good answers for each of %d', (open) => {
    const before = state({ connections: open });
    const gained = (count: number) => hearAll(before, times(count, 'worked')).connections - open;
    expect(gained(8 * open)).toBeGreaterThan(0.75);
    expect(gained(8 * open + 8)).toBeGreaterThanOrEqual(1);
    expect(gained(8 * open)).toBeLessThanOrEqual(1);
  });

  it('gains no more than it was given', () => {
    const recovered = hearAll(hearAll(state(), ['busy']), times(2_000, 'worked'));
    expect(recovered.connections).toBe(MOST);
    expect(isSlow(recovered, MOST)).toBe(false);
  });

  it('keeps most of its connections where one answer in fifty is busy', () => {
    const events = times(2_000, 'worked').map(
      (event, at): RelayEvent => (at % 50 === 49 ? 'busy' : event),
    );
    const end = hearAll(state(), events, 2);
    expect(end.restMs).toBe(0);
    expect(end.connections).toBeGreaterThan(MOST / 2);
    expect(isMostlyBusy(end)).toBe(false);
  });

  it('rests while most of its answers are busy, up to a minute, and no longer', () => {
    let slow = state({ connections: 1 });
    const rests: number[] = [];
    for (let second = 0; second < 12; second += 1) {
      slow = hearAll(slow, ['busy'], 0, 10 * MINUTE + second * SECOND);
      rests.push(slow.restMs / SECOND);
    }
    expect(rests).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(isMostlyBusy(slow)).toBe(true);
    expect(hearAll(slow, times(2, 'worked')).restMs).toBe(60 * SECOND);
    expect(hearAll(slow, times(20, 'worked')).restMs).toBe(0);
  });

  it('never rests where good answers are twice as many as the busy ones', () => {
    const events = Array.from({ length: 200 }, (_, at): RelayEvent => (at % 3 ? 'worked' : 'busy'));
    expect(hearAll(state({ connections: 1 }), events, SECOND).restMs).toBe(0);
  });

  it.each<[RelayEvent & ('away' | 'refused'), number[]]>([
    ['away', [0.5, 1, 2, 4, 8, 16, 30, 30]],
    ['refused', [60, 120, 240, 480, 900, 900]],
  ])('is left alone while it is %s, each time for longer: %j seconds', (event, seconds) => {
    let at = 10 * MINUTE;
    let left = state();
    for (const expected of seconds) {
      left = hearAll(left, [event], 0, at);
      expect(left.down).toEqual({ event, ms: expected * SECOND, until: at + expected * SECOND });
      at += expected * SECOND;
    }
    expect(hearAll(left, ['worked'], 0, at).down).toBeUndefined();
    expect(hearAll(hearAll(left, ['worked'], 0, at), [event], 0, at + 1).down?.ms).toBe(
      (seconds[0] ?? 0) * SECOND,
    );
  });

  it('counts failures of one moment as one, and none where it answered others meanwhile', () => {
    expect(hearAll(state(), times(5, 'away'), 10).down?.ms).toBe(500);
    const at = 10 * MINUTE;
    const worked = hearAll(state(), ['worked'], 0, at);
    const failed = { event: 'away', at: at + 1, startedAt: at - 1 } as const;
    expect(hear(worked, failed, MOST).down).toBeUndefined();
  });

  it('begins anew where another trouble follows', () => {
    const away = hearAll(state(), times(3, 'away'), MINUTE);
    expect(hearAll(away, ['refused'], 0, 20 * MINUTE).down).toMatchObject({
      event: 'refused',
      ms: MINUTE,
    });
  });

  it('doubles its pace by a quiet minute', () => {
    const at = 10 * MINUTE;
    const slow = state({ connections: 3, changedAt: at });
    expect(rested(slow, at + MINUTE - 1, MOST)).toBe(slow);
    expect(rested(slow, at + MINUTE, MOST)).toMatchObject({
      connections: 6,
      changedAt: at + MINUTE,
    });
    expect(rested({ ...slow, connections: 12 }, at + MINUTE, MOST).connections).toBe(MOST);
    const resting = state({ connections: 1, restMs: 4 * SECOND, changedAt: at });
    expect(rested(resting, at + MINUTE, MOST)).toMatchObject({
      connections: 1,
      restMs: 2 * SECOND,
    });
    expect(rested({ ...resting, restMs: SECOND }, at + MINUTE, MOST).restMs).toBe(0);
    expect(rested(state(), at + MINUTE, MOST)).toEqual(state());
  });
});
