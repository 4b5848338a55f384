import type { Paper } from '../../src/core/paper/paper.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
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
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

describe.each(backends)('rising papers in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    clock = createClock('2026-03-02T06:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const vote = (paper: Paper | undefined, upvotes: number) =>
    context.outside.store.transaction((tx) =>
      storePapers(tx, paper ? [{ ...paper, upvotes }] : [], {
        cut: context.outside.config.cut,
        at: clock.now(),
      }),
    );
  const morning = async (date: string, series: string) => {
    clock.set(`${date}T06:00:00Z`);
    await cutWith(context.outside, makePapers(series, 3));
    clock.set(`${date}T07:00:00Z`);
    await compose(context.outside);
    await send(context.outside, lease);
  };
  const risen = (name: string) =>
    sink.received
      .filter(({ to }) => to.startsWith(`${name}@`))
      .map(({ email }) => /RISING[\s\S]*?\n\n {2}- (.*)\n/.exec(email.text ?? '')?.[1] ?? 'none');

  it('are shown once, to those who had them in no message and would want them', async () => {
    const { outside } = context;
    const [first] = makePapers('m0', 3);
    await subscribe(outside, 'old@readers.example');
    await morning('2026-03-02', 'm0');
    clock.set('2026-03-02T12:00:00Z');
    await subscribe(outside, 'new@readers.example');
    await subscribe(outside, 'averse@readers.example', { profile: { exclude: ['bleaching'] } });
    await subscribe(outside, 'other@readers.example', { profile: { topics: ['radar'] } });

    await vote(first, 9);
    await morning('2026-03-03', 'm1');
    await vote(first, 12);
    await morning('2026-03-04', 'm2');
    await vote(first, 60);
    await morning('2026-03-05', 'm3');
    expect(risen('old')).toEqual(['none', 'none', 'none', 'none']);
    expect(risen('new')).toEqual(['none', first?.title, 'none']);
    expect(risen('averse')).toEqual(['none', 'none', 'none']);
    expect(risen('other')).toEqual(['none', 'none', 'none']);
    const mail = sink.received.filter(({ to }) => to.startsWith('new@'))[1]?.email;
    expect(mail?.text).toMatch(
      /12 upvotes on Hugging Face, 12 of them since\s+Monday, 2 March\s+2026\./,
    );
    expect(mail?.text).toContain('3 papers today, 3 for you, 1 rising.');
  });
});
