import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { type Act, openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import { waitFor } from '../harness/wait.ts';

const reader = 'ada@readers.example';

// One reader, a fresh place for each test: the editions e0, e1 ... have one paper each.
describe.each(backends)('what a digest covers in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;
  let subscriptionId: number;

  beforeEach(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp();
    clock = createClock('2026-03-02T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_BEFORE_BODY_SECONDS: '5',
      SMTP_AFTER_DOT_SECONDS: '5',
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    subscriptionId = (await subscribe(context.outside, reader)).id;
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const cut = (series: string) => cutWith(context.outside, makePapers(series, 1));
  const composeAt = (instant: string) => {
    clock.set(instant);
    return compose(context.outside);
  };
  const sendNow = () => send(context.outside, lease);
  const answer = (act: Act | undefined) => {
    server.script = ({ phase }) => (phase === 'dot' ? act : undefined);
  };
  /** The series in the bodies that the server took, one list a message. */
  const taken = () =>
    server.transactions
      .filter(({ isAccepted }) => isAccepted)
      .map(({ body }) => [
        ...new Set([...body.matchAll(/study (e\d)-0/g)].map(([, series]) => series)),
      ]);
  const countStates = async () => {
    const rows = await context.outside.store.deliveries.countByState();
    return rows.map(({ state, cause, count }) => `${count} ${state}${cause ? ` ${cause}` : ''}`);
  };

  it('brings the papers of a failed digest with the next one', async () => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    answer({ reply: '550 5.2.1 mailbox disabled' });
    expect(await sendNow()).toMatchObject({ failed: 1 });
    await cut('e1');
    await composeAt('2026-03-04T07:00:00Z');
    answer(undefined);
    await sendNow();
    expect(taken()).toEqual([['e1', 'e0']]);
  });

  it.each([
    ['accepted', undefined],
    ['in doubt', 'close'],
  ] as const)('never brings the papers of one %s again', async (_state, act) => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    answer(act);
    await sendNow();
    answer(undefined);
    const nothing = await composeAt('2026-03-04T07:00:00Z');
    expect(nothing?.exclusions).toEqual([{ exclusion: 'nothing_new', count: 1 }]);
    await cut('e1');
    await composeAt('2026-03-05T07:00:00Z');
    await sendNow();
    expect(taken().at(-1)).toEqual(['e1']);
  });

  it('ends a waiting digest when a newer one takes its papers', async () => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    answer({ reply: '451 4.3.0 later' });
    expect(await sendNow()).toMatchObject({ deferred: 1 });
    await cut('e1');
    await composeAt('2026-03-04T07:00:00Z');
    expect(await countStates()).toEqual(['1 failed expired', '1 ready']);
    answer(undefined);
    await sendNow();
    expect(taken()).toEqual([['e1', 'e0']]);
  });

  it('keeps a waiting digest where composing the newer one is not finished', async () => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    await cut('e1');
    clock.set('2026-03-04T07:00:00Z');
    const roundId = (await openRound(context.outside)) ?? 0;
    const { outside } = context;
    const broken = { ...outside, renderingHash: 'no such rendering' };
    await expect(composeRound(broken, roundId)).rejects.toThrow();
    expect(await countStates()).toEqual(['1 ready']);
    expect(await composeRound(outside, roundId)).toMatchObject({ isFrozen: true, deliveries: 1 });
    expect(await countStates()).toEqual(['1 failed expired', '1 ready']);
  });

  it('waits with the newer digest for one whose body has begun', async () => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    let say: (act: Act | undefined) => void = () => {};
    const said = new Promise<Act | undefined>((resolve) => {
      say = resolve;
    });
    server.script = ({ phase }) => (phase === 'dot' ? said : undefined);
    const sending = sendNow();
    await waitFor(() => server.transactions[0]?.body.endsWith('\r\n.\r\n') === true);
    await cut('e1');
    const waiting = await composeAt('2026-03-04T07:00:00Z');
    expect(waiting).toMatchObject({ isFrozen: false, candidates: 1 });
    say(undefined);
    await sending;
    server.script = () => undefined;
    expect(await composeRound(context.outside, waiting?.roundId ?? 0)).toMatchObject({
      isFrozen: true,
      deliveries: 1,
    });
    await sendNow();
    expect(taken()).toEqual([['e0'], ['e1']]);
  });

  it('sends nothing to a reader who left after the digest was composed', async () => {
    await cut('e0');
    await composeAt('2026-03-03T07:00:00Z');
    await unsubscribe(context.outside, subscriptionId, 'page');
    await sendNow();
    expect(server.transactions).toEqual([]);
    expect(await countStates()).toEqual(['1 failed cancelled']);
  });

  it('gives one digest for three days down, and records the missed dates', async () => {
    await cut('e0');
    const report = await composeAt('2026-03-05T07:10:00Z');
    expect(report).toMatchObject({ candidates: 3, deliveries: 1, isFrozen: true });
    expect(report?.exclusions).toEqual([{ exclusion: 'missed', count: 2 }]);
    await sendNow();
    expect(taken()).toEqual([['e0']]);
    expect(await composeAt('2026-03-05T23:00:00Z')).toBeUndefined();
    await cut('e1');
    await composeAt('2026-03-06T07:00:00Z');
    await sendNow();
    expect(taken()).toEqual([['e0'], ['e1']]);
  });

  it('brings a second edition of the same day with the next digest', async () => {
    expect(await cut('e0')).toBe('2026-03-02');
    expect(await cut('e1')).toBe('2026-03-02.2');
    await composeAt('2026-03-03T07:00:00Z');
    await sendNow();
    expect(await cut('e2')).toBe('2026-03-03');
    await composeAt('2026-03-04T07:00:00Z');
    await sendNow();
    expect(taken().map((series) => series.sort())).toEqual([['e0', 'e1'], ['e2']]);
  });
});
