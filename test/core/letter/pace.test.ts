import { type Pace, slowDown, speedUp } from '../../../src/core/letter/pace.ts';

const MINUTE = 60_000;
const full: Pace = { connections: 8, restMs: 0, changedAt: 0 };

/** What so many busy answers, each two seconds after the last, make of a pace. */
function slowed(pace: Pace, times: number, from = 10_000): Pace {
  let now = pace;
  for (let at = 0; at < times; at += 1) now = slowDown(now, from + at * 2_000);
  return now;
}

/** How much of a relay a pace asks for, in messages of 100 ms a second. */
const rateOf = ({ connections, restMs }: Pace) => (connections * 1_000) / (100 + restMs);

describe('the pace of a relay', () => {
  it('halves its connections at each busy answer, down to one', () => {
    expect([1, 2, 3].map((times) => slowed(full, times).connections)).toEqual([4, 2, 1]);
    expect(slowed({ ...full, connections: 5 }, 1).connections).toBe(2);
  });

  it('rests twice as long from then on, but never more than a minute', () => {
    const rests = [4, 5, 6].map((times) => slowed(full, times).restMs);
    expect(rests[0]).toBeGreaterThan(0);
    expect(rests[1]).toBe(2 * (rests[0] ?? 0));
    expect(rests[2]).toBe(4 * (rests[0] ?? 0));
    const slowest = slowed(full, 40);
    expect(slowest.connections).toBe(1);
    expect(slowest.restMs).toBeLessThanOrEqual(MINUTE);
  });

  it('takes the busy answers of one moment for one', () => {
    const once = slowDown(full, 10_000);
    expect(slowDown(once, 10_400)).toEqual(once);
    expect(slowDown(once, 11_500).connections).toBe(2);
  });

  it('never asks for more after a busy answer', () => {
    let now = full;
    for (let at = 1; at <= 12; at += 1) {
      const next = slowDown(now, at * 5_000);
      expect(rateOf(next)).toBeLessThanOrEqual(rateOf(now));
      now = next;
    }
  });

  it('stays as it is until a minute was quiet, and then doubles', () => {
    const slow = slowed(full, 2);
    expect(speedUp(slow, 8, slow.changedAt + MINUTE - 1)).toEqual(slow);
    expect(speedUp(slow, 8, slow.changedAt + MINUTE).connections).toBe(4);
  });

  it('comes back to what was configured and no further, from any pace', () => {
    let now = slowed(full, 12);
    let rate = rateOf(now);
    for (let minute = 1; minute <= 30; minute += 1) {
      now = speedUp(now, 8, now.changedAt + MINUTE);
      expect(rateOf(now)).toBeGreaterThanOrEqual(rate);
      expect(now.connections).toBeLessThanOrEqual(8);
      rate = rateOf(now);
    }
    expect(now).toMatchObject({ connections: 8, restMs: 0 });
  });
});
