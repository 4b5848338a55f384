import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { cutEdition } from '../../src/steps/editions/cut.ts';
import { loadSample, removeSample } from '../../src/steps/editions/sample.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { planResend } from '../../src/steps/resend/plan.ts';
import { pressResend } from '../../src/steps/resend/press.ts';
import { findScope, type ResendWish } from '../../src/steps/resend/scope.ts';
import { workPress } from '../../src/steps/resend/work.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers, toImportFile } from '../harness/papers.ts';
import { resendEdition, resendNow } from '../harness/resend.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

describe.each(backends)('resending in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;
  let edition: string;
  const address = 'ada@readers.example';

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    clock = createClock('2026-03-02T12:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await subscribe(context.outside, address);
    edition = await cutWith(context.outside, makePapers('a', 5));
    clock.set('2026-03-03T07:00:00Z');
    await compose(context.outside);
    await send(context.outside, lease);
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const resend = () => resendEdition(context.outside, { edition, address });
  const messageIds = () => sink.received.map(({ email }) => email.messageId);
  const pressAll = async (wish: ResendWish, keys: readonly string[]) => {
    const { outside } = context;
    const scope = await findScope(outside, wish);
    const { asOf } = await planResend(outside, scope);
    const order = { scope, asOf, allowsCopies: true, reason: 'by ten at once', actor: 'test' };
    const pressed = await Promise.all(
      keys.map(async (key) => {
        const { pressId } = await pressResend(outside, { ...order, key });
        return workPress(outside, pressId);
      }),
    );
    await send(outside, lease);
    return pressed;
  };

  it('makes a second and a third delivery of the same digest, each with a new Message-ID', async () => {
    expect(await resend()).toMatchObject({ fate: 'copy', made: 1, isEnded: true });
    await send(context.outside, lease);
    expect(await resend()).toMatchObject({ fate: 'copy', made: 1 });
    await send(context.outside, lease);
    const ids = messageIds();
    expect(new Set(ids).size).toBe(3);
    expect(sink.received.map(({ email }) => email.references)).toEqual([undefined, ids[0], ids[1]]);
    const texts = sink.received.map(({ email }) => email.text?.replace(/https?:\S+/g, ''));
    expect(new Set(texts).size).toBe(1);
  });

  it('refuses a second copy without a yes, and says so', async () => {
    const wish = { kind: 'reader', edition, address } as const;
    const refused = await resendNow(context.outside, wish, { allowsCopies: false });
    expect(refused).toMatchObject({ made: 0, fates: [{ fate: 'needs_yes', count: 1 }] });
    expect(refused.plan).toMatchObject({ total: 1, going: 1, copies: 1 });
    await send(context.outside, lease);
    expect(messageIds()).toHaveLength(3);
  });

  it('answers ten presses of one button at once, and one more later, with one copy', async () => {
    const keys = Array.from({ length: 10 }, () => 'one button');
    await pressAll({ kind: 'reader', edition, address }, keys);
    expect(messageIds()).toHaveLength(4);
    await pressAll({ kind: 'reader', edition, address }, ['one button']);
    expect(messageIds()).toHaveLength(4);
    await expect(pressAll({ kind: 'delivery', delivery: 1 }, ['one button'])).rejects.toThrow(
      /something else/,
    );
  });

  it('answers two operators who looked at the same with one copy', async () => {
    const keys = ['ada', 'ben'];
    await pressAll({ kind: 'reader', edition, address }, keys);
    expect(messageIds()).toHaveLength(5);
    const { outside } = context;
    const scope = await findScope(outside, { kind: 'reader', edition, address });
    const [asOf, order] = [0, { scope, allowsCopies: true, reason: 'late', actor: 'test' }];
    const late = await pressResend(outside, { ...order, asOf, key: 'looked long ago' });
    expect(await workPress(outside, late.pressId)).toMatchObject({
      made: 0,
      fates: [{ fate: 'sent_since', count: 1 }],
    });
  });

  it('goes on with a press whose process died before it began', async () => {
    const { outside } = context;
    const scope = await findScope(outside, { kind: 'reader', edition, address });
    const asOf = await outside.store.presses.findLastDelivery();
    const order = { scope, asOf, allowsCopies: true, reason: 'a crash', actor: 'test', key: 'k' };
    const { pressId } = await pressResend(outside, order);
    expect(await outside.store.presses.listOpen()).toEqual([{ id: pressId }]);
    await Promise.all([workPress(outside, pressId), workPress(outside, pressId)]);
    expect(await outside.store.presses.listOpen()).toEqual([]);
    await send(outside, lease);
    expect(messageIds()).toHaveLength(6);
  });

  it('writes down who, when and why, for the press and for each delivery', async () => {
    const entries = await context.outside.store.audit.list({}, { most: 3 });
    expect(entries.map(({ action, actor }) => [action, actor])).toEqual([
      ['press_end', 'test'],
      ['resend', 'test'],
      ['press', 'test'],
    ]);
    for (const { detail } of entries) expect(detail).toMatchObject({ reason: 'a crash' });
  });

  it('brings nothing again with the next digest', async () => {
    clock.set('2026-03-04T07:00:00Z');
    expect((await compose(context.outside))?.exclusions).toEqual([
      { exclusion: 'nothing_new', count: 1 },
    ]);
  });

  it('refuses a reader who left', async () => {
    const reader = await context.outside.store.subscribers.findByAddress(address);
    await unsubscribe(context.outside, reader?.id ?? 0, 'page');
    expect(await resend()).toMatchObject({ made: 0, fate: 'unsubscribed' });
  });

  /** Five papers that each of the sample's readers follows. */
  const samplePapers = (series: string) =>
    toImportFile(
      makePapers(series, 5).map((paper) => ({
        ...paper,
        abstract: `${paper.abstract} It concerns RLHF, multimodal agents and tool use.`,
      })),
    );

  it('lets the sample go while a round of its readers and others is open', async () => {
    const { outside } = context;
    await loadSample(outside, samplePapers('s'));
    const [sample] = await outside.store.editions.listUnwritten();
    await cutEdition(outside, sample?.id ?? 0);
    await subscribe(outside, 'bea@readers.example');
    const roundId = (await openRound(outside)) ?? 0;
    expect(await outside.store.rounds.find(roundId)).toMatchObject({ candidates: 4 });
    expect(await removeSample(outside)).toEqual({ papers: 5, readers: 3 });
    expect(await composeRound(outside, roundId)).toMatchObject({ isFrozen: true });
    expect(await outside.store.rounds.listOpen()).toEqual([]);
  });

  it('lets the sample go after its round, with what others got of it', async () => {
    // The one above removed it for good: only its mark is left.
    const { outside } = context;
    await outside.store.records.recordSetting('sample', null);
    await loadSample(outside, samplePapers('t'));
    const [sample] = await outside.store.editions.listUnwritten();
    await cutEdition(outside, sample?.id ?? 0);
    expect(await compose(outside)).toMatchObject({ candidates: 3, deliveries: 3 });
    await send(outside, lease);
    expect(await removeSample(outside)).toEqual({ papers: 5, readers: 3 });
    // None of its readers is due any more, in no round.
    const last = await outside.store.rounds.find(await outside.store.rounds.findLastId());
    expect(last).toMatchObject({ candidates: 0, deliveries: 0, exclusions: 0 });
  });
});
