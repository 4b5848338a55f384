import { buildReference } from '../../src/core/reader/references.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { resumeSending } from '../../src/steps/deliveries/pause.ts';
import { handleInbound } from '../../src/steps/feedback/handle.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { reportOf } from '../harness/report.ts';

const MINUTE_MS = 60_000;

// Whoever got a digest knows its signed return path and may say "5.7.1" about it, so often as they like.
describe.each(backends)('reports of filters, in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let edition: string;
  let deliveries: number[];
  const domains = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.example`);

  beforeAll(async () => {
    place = await createPlace(backend);
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, { INBOUND_DOMAIN: 'in.example' });
    const { outside } = context;
    const readers = [];
    for (let at = 0; at < 100; at += 1) {
      const domain = at < 50 ? 'own.example' : domains[at % domains.length];
      readers.push(await subscribe(outside, `reader${at}@${domain}`));
    }
    edition = await cutWith(outside, makePapers('round', 5));
    clock.advance(24 * 3_600_000);
    await compose(outside);
    deliveries = [];
    for (const { subscriberId } of readers) {
      const [own] = await outside.store.deliveries.listOfSubscriber(subscriberId);
      const of = { ids: [], messageIds: [own?.messageId ?? ''] };
      deliveries.push((await outside.store.feedback.findDelivery(of))?.id ?? 0);
    }
  });
  afterAll(async () => {
    await context?.close();
    await place?.remove();
  });

  let count = 0;
  const arrive = async (source: 'smtp' | 'webhook', deliveryId: number) => {
    const { store, keys } = context.outside;
    const reference = buildReference(keys, { purpose: 'bounce', id: deliveryId });
    const said = { type: 'bounce', reference, enhancedCode: '5.7.1', text: 'refused' };
    const raw = source === 'smtp' ? reportOf('5.7.1', 'refused') : JSON.stringify(said);
    count += 1;
    const id = await store.inbound.insert({
      source,
      key: `report ${count}`,
      mailFrom: source === 'smtp' ? '' : null,
      rcptTo: source === 'smtp' ? [`${reference}@in.example`] : [],
      raw: Buffer.from(raw),
      at: clock.now(),
    });
    const verdict = source === 'smtp' ? 'bounce' : 'events';
    expect(await handleInbound(context.outside, id ?? 0)).toBe(verdict);
    clock.advance(1);
  };
  const pauses = async () =>
    (await context.outside.store.pauses.listActive()).map(({ edition: name }) => name);
  const alarmsBegun = async () =>
    (await tellAlarms(context.outside)).began.filter(({ name }) => name === 'returned');

  it('stop no edition by mail, whoever writes them, and alarm from a tenth of it on', async () => {
    for (const id of deliveries.slice(0, 19)) await arrive('smtp', id);
    expect(await alarmsBegun()).toEqual([]);
    for (const id of deliveries.slice(19, 40)) await arrive('smtp', id);
    expect(await pauses()).toEqual([]);
    clock.advance(MINUTE_MS);
    expect(await alarmsBegun()).toMatchObject([
      { subject: `edition ${edition}`, detail: expect.stringContaining('40 messages') },
    ]);
  });

  it('stop it where a vendor tells them of several domains, and not again by one more', async () => {
    clock.advance(61 * MINUTE_MS);
    for (const id of deliveries.slice(50, 69)) await arrive('webhook', id);
    expect(await pauses()).toEqual([]);
    await arrive('webhook', deliveries[69] ?? 0);
    expect(await pauses()).toEqual([edition]);
    clock.advance(MINUTE_MS);
    await resumeSending(context.outside, { what: edition, actor: 'test' });
    for (const id of deliveries.slice(70, 89)) await arrive('webhook', id);
    expect(await pauses()).toEqual([]);
  });

  it('of one domain are one opinion, even of a vendor', async () => {
    clock.advance(61 * MINUTE_MS);
    for (const id of deliveries.slice(20, 50)) await arrive('webhook', id);
    expect(await pauses()).toEqual([]);
  });
});
