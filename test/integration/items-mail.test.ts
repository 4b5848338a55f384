import type { Context } from '../../src/process/context.ts';
import type { Lease } from '../../src/steps/deliveries/lease.ts';
import { openLease } from '../../src/steps/deliveries/lease.ts';
import { renderDelivery, renderShown, renderWebView } from '../../src/steps/digests/view.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { alerted, named } from '../harness/items.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

describe.each(backends)('papers beside the editions in the %s', (backend) => {
  let place: Place;
  let context: Context;
  let sink: SmtpSink;
  let lease: Lease;
  let day = 2;
  const clock = createClock('2026-03-02T06:00:00Z');

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    lease = await openLease(context.outside, { host: 'h', pid: 1, onLost: () => {} });
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await sink?.close();
    await place?.remove();
  });

  const add = (subscriberId: number, ...given: Parameters<typeof alerted>) =>
    context.outside.store.items.add(subscriberId, alerted(...given), clock.now());
  /** The next morning: cut with these papers, composed, sent. */
  const nextDay = async (papers: Parameters<typeof cutWith>[1] = []) => {
    day += 1;
    clock.set(`2026-03-${String(day).padStart(2, '0')}T06:30:00Z`);
    if (papers.length > 0) await cutWith(context.outside, papers);
    clock.set(`2026-03-${String(day).padStart(2, '0')}T07:01:00Z`);
    const composed = await compose(context.outside);
    return { composed, sent: await send(context.outside, lease) };
  };
  const lettersOf = async (subscriberId: number) => {
    const { deliveries } = context.outside.store;
    const rows = await deliveries.listLetters({
      id: null,
      subscriberId,
      from: new Date(0),
      to: new Date('2030-01-01'),
    });
    return rows.filter(({ kind }) => kind === 'digest');
  };
  const lastLetter = async (subscriberId: number) => {
    const last = (await lettersOf(subscriberId)).at(-1);
    const letter = last && (await renderDelivery(context.outside, last.id));
    if (!last || !letter) throw new Error('there is no letter');
    return { ...letter, id: last.id, covers: last.covers, content: last.content };
  };

  it('stand at the top of the digest, once, with what named them', async () => {
    const wishes = { profile: { topics: ['reefs'] } };
    const { subscriberId } = await subscribe(context.outside, 'ada@readers.example', wishes);
    const papers = makePapers('first', 10);
    const [reef] = papers;
    if (!reef) throw new Error('no paper');
    await add(subscriberId, [named('Reward models for tides', 'B Franklin'), reef]);
    await add(subscriberId, [reef], 'reef studies');
    await nextDay(papers);
    const { text, html, subject, covers } = await lastLetter(subscriberId);
    expect(covers).toHaveLength(1);
    expect(text.match(new RegExp(reef.title, 'g'))).toHaveLength(1);
    expect(text.indexOf('From your alerts')).toBeLessThan(text.indexOf('FOR YOU'));
    expect(text.indexOf(reef.title)).toBeLessThan(text.indexOf('Reward models for tides'));
    const reason = 'From your Google Scholar alert “reward models” and one other.';
    expect(text.replace(/\s+/g, ' ')).toContain(reason);
    expect(html).toContain('From your alerts');
    expect(subject).toContain('more');
  });

  it('are told once, and not again with the edition that brings them', async () => {
    const reader = await context.outside.store.subscribers.findByAddress('ada@readers.example');
    const { subscriberId } = reader ?? { subscriberId: 0 };
    const before = (await lettersOf(subscriberId)).length;
    const tides = { ...named('Reward models for tides', 'B Franklin'), abstract: 'Of reefs.' };
    await add(subscriberId, [tides], 'another alert');
    await nextDay([tides, ...makePapers('second', 5)]);
    const { text } = await lastLetter(subscriberId);
    expect(await lettersOf(subscriberId)).toHaveLength(before + 1);
    expect(text).not.toContain('From your alerts');
    expect(text).not.toContain('Reward models for tides');
  });

  it('bring a mail of their own where nothing else is for the reader', async () => {
    const wishes = { profile: { topics: ['nothing like it'] } };
    const { subscriberId } = await subscribe(context.outside, 'bob@readers.example', wishes);
    await add(subscriberId, [named('A paper for Bob alone')]);
    const { composed } = await nextDay(makePapers('third', 5));
    expect(composed?.isFrozen).toBe(true);
    const letter = await lastLetter(subscriberId);
    expect(letter.covers).toEqual([]);
    expect(letter.text).toContain('A paper for Bob alone');
    expect(letter.text).toContain('1 from your alerts');
    expect(letter.text).not.toContain('The whole edition');
    expect(letter.links.unsubscribe).toBeDefined();
    expect(letter.subject).toContain('A paper for Bob alone');
    // Nothing of it is on a page, and what operators see does not name it.
    expect(await renderWebView(context.outside, letter.id)).toBeUndefined();
    const shown = await renderShown(context.outside, letter.id);
    const all = `${shown?.subject} ${shown?.html} ${shown?.text}`;
    expect(all).not.toContain('Bob alone');
    expect(shown?.text).toContain('and 1 more on your page');
    await nextDay(makePapers('fourth', 5));
    expect(await lettersOf(subscriberId)).toHaveLength(1);
  });

  it('are all that a reader gets who wishes for no editions', async () => {
    const wishes = { profile: { itemsOnly: true } };
    const { id, subscriberId } = await subscribe(context.outside, 'eve@readers.example', wishes);
    await nextDay(makePapers('fifth', 5));
    const date = `2026-03-0${day}`;
    const outcome = await context.outside.store.rounds.findOutcome(id, date);
    expect(outcome?.exclusion).toBe('nothing_named');
    await add(subscriberId, [named('A paper for Eve')]);
    const { sent } = await nextDay();
    expect(sent.accepted).toBeGreaterThan(0);
    expect((await lastLetter(subscriberId)).text).toContain('A paper for Eve');
  });
});
