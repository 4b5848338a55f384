import type { ClaimedDelivery } from '../../src/core/letter/delivery.ts';
import type { Context } from '../../src/process/context.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import type { Attempt } from '../../src/store/ledger/outcomes.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 200;

describe.each(backends)('leases and fences in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let server: ScriptedSmtp;
  let readers: string[];

  beforeAll(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp({ pipelining: true });
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: server.url });
    readers = await prepareRound(context.outside, clock, READERS);
  });
  afterAll(async () => {
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const store = () => context.outside.store;
  const register = async () =>
    (await store().senders.insert({ host: 'here', pid: 1, leaseMs: 60_000 })).id;
  const claim = async (senderId: number) => {
    const [claimed] = await store().deliveries.claim({ senderId, now: clock.now(), most: 1 });
    return claimed;
  };
  const hold = (claimed: ClaimedDelivery | undefined, senderId: number) => {
    if (!claimed) throw new Error('nothing was claimed');
    return { id: claimed.id, fence: claimed.fence, senderId };
  };
  const find = async (id: number) => (await store().deliveries.find(id))?.state;
  const attempt = {
    relay: 'here',
    startedAt: new Date('2026-03-03T12:00:00Z'),
    bodyStartedAt: new Date('2026-03-03T12:00:00Z'),
    endedAt: new Date('2026-03-03T12:00:01Z'),
    stops: false,
  };
  const accepted: Attempt = {
    ...attempt,
    result: { kind: 'accepted', reply: { code: 250, text: 'taken' } },
    outcome: { state: 'accepted' },
    verdict: 'accepted',
  };
  const refused: Attempt = {
    ...attempt,
    result: { kind: 'refused', stage: 'body', reply: { code: 554, text: 'no' } },
    outcome: { state: 'failed', cause: 'permanent' },
    verdict: 'message',
  };
  const unanswered: Attempt = {
    ...attempt,
    result: { kind: 'in_doubt', reason: 'no answer' },
    outcome: { state: 'in_doubt' },
    verdict: 'doubt',
  };
  const record = async (held: ReturnType<typeof hold>, what: Attempt) =>
    (await store().deliveries.recordOutcomes([{ held, attempt: what }])).get(held.id);
  const mark = async (held: ReturnType<typeof hold>) =>
    (await store().deliveries.recordInFlight([held])).length > 0;
  const giveBack = (held: ReturnType<typeof hold>) =>
    store().deliveries.recordReturned([{ ...held, at: clock.now() }]);
  const recordAccepted = (held: ReturnType<typeof hold>) => record(held, accepted);
  /** One that was marked by a sender whose lease is over, as a frozen process leaves it. */
  const leaveMarked = async () => {
    const dead = await register();
    const held = hold(await claim(dead), dead);
    expect(await mark(held)).toBe(true);
    await store().senders.end(dead);
    return held;
  };
  const takeBack = () => store().deliveries.recordAbandoned(clock.now());

  it('lets a sender whose lease ran out claim nothing, and not live again', async () => {
    const sender = await register();
    await store().senders.end(sender);
    expect(await claim(sender)).toBeUndefined();
    expect(await store().senders.keep(sender, 60_000)).toBe(false);
    expect(await claim(sender)).toBeUndefined();
  });

  it('makes ready again what a dead sender held before the mark, fenced off from it', async () => {
    const [dead, alive] = [await register(), await register()];
    const held = hold(await claim(dead), dead);
    expect(await takeBack()).toEqual([]);
    await store().senders.end(dead);
    expect(await mark(held)).toBe(false);
    expect(await takeBack()).toEqual([{ id: held.id, state: 'ready' }]);
    expect(await recordAccepted(held)).toBe(false);

    const next = hold(await claim(alive), alive);
    expect(next).toEqual({ id: held.id, fence: held.fence + 1, senderId: alive });
    await giveBack(held);
    expect(await mark(held)).toBe(false);
    expect(await recordAccepted(held)).toBe(false);
    expect(await find(held.id)).toBe('sending');
    await giveBack(next);
    expect(await find(held.id)).toBe('ready');
  });

  it('ends a doubt by the answer that its own sender read too late', async () => {
    const [before, after, no, silent] = [
      await leaveMarked(),
      await leaveMarked(),
      await leaveMarked(),
      await leaveMarked(),
    ];
    // One answer comes before anybody missed it, the others when all are in doubt.
    expect(await recordAccepted(before)).toBe(true);
    expect(await takeBack()).toHaveLength(3);
    expect(await recordAccepted(after)).toBe(true);
    expect(await record(no, refused)).toBe(true);
    expect(await record(silent, unanswered)).toBe(false);
    await giveBack(silent);
    const ended = [before, after, no, silent].map(({ id }) => find(id));
    expect(await Promise.all(ended)).toEqual(['accepted', 'accepted', 'failed', 'in_doubt']);
    expect(await store().deliveries.recordTriedAgain(clock.now(), -1_000)).toEqual([
      { id: silent.id },
    ]);

    // Tried again, it is somebody else's: what its first sender reads is evidence, no more.
    expect(await recordAccepted(silent)).toBe(false);
    expect(await find(silent.id)).toBe('ready');
  });

  it('tries nothing again of which a late answer says that it was taken', async () => {
    const held = await leaveMarked();
    await takeBack();
    await recordAccepted({ ...held, fence: held.fence + 1 });
    expect(await store().deliveries.recordTriedAgain(clock.now(), -1_000)).toEqual([]);
    expect(await find(held.id)).toBe('in_doubt');
    expect(await claim(await register())).not.toMatchObject({ id: held.id });
    await store().senders.endAll();
    await takeBack();
  });

  it('marks a delivery once, however often it is asked', async () => {
    const sender = await register();
    const held = hold(await claim(sender), sender);
    const marks = await Promise.all(Array.from({ length: 5 }, () => mark(held)));
    expect(marks.filter(Boolean)).toHaveLength(1);
    expect(await recordAccepted(held)).toBe(true);
    expect(await recordAccepted(held)).toBe(false);
  });

  it('takes back what a process gave up, without waiting for the process to end', async () => {
    const lost = { times: 0 };
    const lease = await openLease(context.outside, {
      host: 'here',
      pid: 1,
      onLost: () => {
        lost.times += 1;
      },
    });
    const before = lease.current().id;
    await lease.giveUp();
    expect(lease.current().id).not.toBe(before);
    expect(await claim(before)).toBeUndefined();
    hold(await claim(lease.current().id), lease.current().id);
    await lease.end();
    expect((await takeBack()).map(({ state }) => state)).toEqual(['ready']);
  });

  it('sends each delivery once, with four senders at once', async () => {
    const leases = await Promise.all(
      [1, 2, 3, 4].map((pid) =>
        openLease(context.outside, { host: 'here', pid, onLost: () => {} }),
      ),
    );
    const reports = await Promise.all(leases.map((lease) => send(context.outside, lease)));
    await Promise.all(leases.map((lease) => lease.end()));

    // The tests above left one in doubt and recorded four by hand.
    const sent = server.accepted();
    expect(sent).toHaveLength(READERS - 5);
    expect(new Set(sent).size).toBe(READERS - 5);
    expect(sent.every((address) => readers.includes(address))).toBe(true);
    expect(reports.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(READERS - 5);
    expect(await store().deliveries.countByState()).toEqual([
      { state: 'accepted', cause: null, count: READERS - 2 },
      { state: 'failed', cause: 'permanent', count: 1 },
      { state: 'in_doubt', cause: null, count: 1 },
    ]);
  });
});
