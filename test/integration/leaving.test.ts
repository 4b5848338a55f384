import type { Subscription } from '../../src/core/reader/subscription.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

describe.each(backends)('leaving in the %s', (backend) => {
  let live: Live;
  beforeEach(async () => {
    live = await openLive(backend, { now: '2026-03-03T12:00:00Z' });
  });
  afterEach(() => live?.close());

  const leave = (id: number) => live.post(live.sign('unsubscribe', id), ONE_CLICK);
  const auditOf = async (id: number) =>
    (await live.outside.store.audit.list({}, { most: 50 })).filter(
      ({ subject, action }) => subject === `subscription ${id}` && action === 'unsubscribe',
    );

  it('ends the subscription and what waits of it, writes it down once, and tells a provider in a line', async () => {
    const reader = await subscribe(live.outside, 'ada@readers.example');
    const other = await subscribe(live.outside, 'ben@readers.example');
    await cutWith(live.outside, makePapers('a', 5));
    live.clock.set('2026-03-04T07:00:00Z');
    live.sink.refuse('ada@readers.example', 451);
    live.sink.refuse('ben@readers.example', 451);
    await live.settle();
    const answer = await leave(reader.id);
    expect([answer.statusCode, answer.body]).toEqual([200, 'You are unsubscribed.\n']);
    expect((await leave(reader.id)).body).toBe(answer.body);
    expect(await live.outside.store.subscribers.find(reader.id)).toMatchObject({
      state: 'ended',
      endReason: 'one-click',
      endedAt: live.clock.now(),
    });
    expect(await live.outside.store.subscribers.find(other.id)).toMatchObject({ state: 'active' });
    const statesOf = async ({ subscriberId }: Subscription) =>
      (await live.outside.store.deliveries.listOfSubscriber(subscriberId)).map(
        ({ kind, state, cause }) => [kind, state, cause],
      );
    expect(await statesOf(reader)).toEqual([['digest', 'failed', 'cancelled']]);
    expect(await statesOf(other)).toEqual([['digest', 'deferred', null]]);
    expect(await auditOf(reader.id)).toMatchObject([
      { actor: 'reader', detail: { how: 'one-click' } },
    ]);
  });

  it('leaves no date that fell due without its outcome', async () => {
    const reader = await subscribe(live.outside, 'ada@readers.example');
    live.clock.set('2026-03-04T07:00:00Z');
    await leave(reader.id);
    await live.settle();
    const { state } = (await live.outside.store.subscribers.find(reader.id)) ?? {};
    expect(state).toBe('ended');
    expect(await live.outside.store.subscribers.findLastDate(reader.id)).toBe('2026-03-04');
    expect(await auditOf(reader.id)).toHaveLength(1);
  });
});
