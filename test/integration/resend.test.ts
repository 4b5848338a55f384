import type { Context } from '../../src/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { openRound } from '../../src/steps/digests/open-round.ts';
import { resendEdition } from '../../src/steps/digests/resend.ts';
import { cutEdition } from '../../src/steps/editions/cut.ts';
import { loadSample, removeSample } from '../../src/steps/editions/sample.ts';
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
import { makePapers, toImportFile } from '../harness/papers.ts';
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

  const resend = () => resendEdition(context.outside, { edition, address, actor: 'test' });
  const messageIds = () => sink.received.map(({ email }) => email.messageId);

  it('makes a second and a third delivery of the same digest, each with a new Message-ID', async () => {
    expect(await resend()).toMatchObject({ resend: 1 });
    await send(context.outside, lease);
    expect(await resend()).toMatchObject({ resend: 2 });
    await send(context.outside, lease);
    expect(new Set(messageIds()).size).toBe(3);
    const texts = sink.received.map(({ email }) => email.text?.replace(/https?:\S+/g, ''));
    expect(new Set(texts).size).toBe(1);
  });

  it('answers ten clicks at once with one copy', async () => {
    const clicks = await Promise.allSettled(Array.from({ length: 10 }, resend));
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const click of clicks) {
      if (click.status === 'rejected') expect(String(click.reason)).toMatch(/still on its way/);
    }
    await send(context.outside, lease);
    expect(messageIds()).toHaveLength(4);
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
    await expect(resend()).rejects.toThrow(/not subscribed any more/);
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
  });
});
