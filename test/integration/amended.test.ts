import type { Paper } from '../../src/core/paper/paper.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { recordAmendments } from '../../src/steps/feeds/record-amendments.ts';
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

describe.each(backends)('amended papers in the %s', (backend) => {
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

  /** An amendment as a feed brings it. */
  const amend = (kind: 'correction' | 'retraction', title: string, more: Partial<Paper> = {}) =>
    context.outside.store.transaction(async (tx) => {
      const paper: Paper = {
        ...{ title, kind, abstract: '', authors: [], categories: [], ids: {} },
        link: `https://journal.example/${kind}`,
        ...more,
      };
      const { cut } = context.outside.config;
      await storePapers(tx, [paper], { cut, at: clock.now() });
      await recordAmendments(tx, [paper], clock.now());
    });
  const morning = async (date: string, papers: readonly Paper[]) => {
    clock.set(`${date}T06:00:00Z`);
    await cutWith(context.outside, papers);
    clock.set(`${date}T07:00:00Z`);
    await compose(context.outside);
    await send(context.outside, lease);
  };
  const told = (name: string) =>
    sink.received
      .filter(({ to }) => to.startsWith(`${name}@`))
      .map(
        ({ email }) =>
          /CORRECTED OR RETRACTED\n.*\n.*\n\n([\s\S]*?)\n\n\n/.exec(`${email.text}\n\n\n`)?.[1] ??
          '',
      );

  it('are told once to those who were sent them, under a heading of their own', async () => {
    const { outside } = context;
    const papers = makePapers('m0', 2);
    const [first, second] = papers;
    await subscribe(outside, 'old@readers.example');
    await morning('2026-03-02', papers);
    clock.set('2026-03-02T12:00:00Z');
    await subscribe(outside, 'new@readers.example');

    await amend('correction', `Publisher Correction: ${first?.title}`);
    await morning('2026-03-03', makePapers('m1', 2));
    await morning('2026-03-04', makePapers('m2', 2));
    clock.set('2026-03-04T12:00:00Z');
    await amend('retraction', `RETRACTED: ${first?.title}`);
    await amend('correction', `Erratum to: ${second?.title}`);
    await morning('2026-03-05', makePapers('m3', 2));

    const [monday, tuesday, wednesday, thursday] = told('old');
    expect([monday, wednesday]).toEqual(['', '']);
    expect(tuesday).toMatch(
      `${first?.title}\n\n    Publisher Correction\n    https://journal.example/correction`,
    );
    expect(thursday).toContain(`${first?.title}\n\n    Retracted\n`);
    expect(thursday).toContain(`${second?.title}\n\n    Erratum\n`);
    expect(told('new')).toEqual(['', '', '']);
    const mails = sink.received.filter(({ to }) => to.startsWith('old@'));
    expect(mails[1]?.email.html).toContain('Corrected or retracted');
    expect(mails[3]?.email.text).toContain('2 corrected or retracted.');
    // The amendment itself stands behind the papers, for everybody.
    expect(sink.received.at(-1)?.email.text).toMatch(/Corrections and retractions/i);
  });

  it('are told also where the paper is withdrawn under its own title and id', async () => {
    const papers = makePapers('m4', 2);
    const [gone] = papers;
    await morning('2026-03-06', papers);
    clock.set('2026-03-06T12:00:00Z');
    await amend('retraction', gone?.title ?? '', { ids: gone?.ids ?? {}, announcement: 'replace' });
    await morning('2026-03-09', makePapers('m5', 2));
    expect(told('old').at(-1)).toContain(`${gone?.title}\n\n    Withdrawn or retracted\n`);
  });

  it('are told to whoever keeps them, or voted for them on the web, though no mail had them', async () => {
    const { outside } = context;
    const papers = makePapers('m6', 2);
    const [kept, voted] = papers;
    clock.set('2026-03-10T06:00:00Z');
    await cutWith(outside, papers);
    // Who comes after an edition is not sent it.
    clock.set('2026-03-10T12:00:00Z');
    const late = await subscribe(outside, 'late@readers.example');
    const other = await subscribe(outside, 'other@readers.example');
    const [newest] = await outside.store.shown.listNewest(1);
    const stored = await outside.store.papers.listOfEdition(newest?.id ?? 0);
    const idOf = (title = '') => stored.find((paper) => paper.title === title)?.id ?? 0;
    await morning('2026-03-12', makePapers('m7', 2));
    clock.set('2026-03-12T12:00:00Z');
    const { subscriberId } = late;
    const at = clock.now();
    await outside.store.kept.insert({
      subscriberId,
      paperId: idOf(kept?.title),
      at,
      isByMail: false,
    });
    await outside.store.votes.upsert({
      subscriberId,
      paperId: idOf(voted?.title),
      way: 'more',
      at,
    });
    await amend('retraction', `RETRACTED: ${kept?.title}`);
    await amend('retraction', `RETRACTED: ${voted?.title}`);
    await morning('2026-03-13', makePapers('m8', 2));
    expect(told('late').at(-1)).toContain(`${kept?.title}\n\n    Retracted\n`);
    expect(told('late').at(-1)).toContain(`${voted?.title}\n\n    Retracted\n`);
    expect(other.subscriberId).not.toBe(subscriberId);
    expect(told('other').at(-1)).toBe('');
  });
});
