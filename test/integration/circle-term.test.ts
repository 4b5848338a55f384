import { tendCircles } from '../../src/steps/circles/tend.ts';
import { eraseReader, exportReader } from '../../src/steps/readers/private.ts';
import { backends } from '../harness/context.ts';
import { EIGHT, type Lab, openLab } from '../harness/lab.ts';
import { type Live, openLive } from '../harness/live.ts';

// A term of a lab of eight in simulated time, each step on what the one before left.
describe.each(backends)('a term of a lab that reads together, in the %s', (backend) => {
  let live: Live;
  let lab: Lab;

  beforeAll(async () => {
    live = await openLive(backend, {
      now: '2026-03-02T06:00:00Z',
      env: {
        REQUESTS_PER_MINUTE: '100000',
        SIGNUPS_PER_IP: '1000',
        SIGNUPS_PER_DOMAIN: '1000',
        FORM_MAILS_PER_ADDRESS: '100',
      },
    });
    lab = await openLab(live, '2026-03-02');
  });
  afterAll(async () => {
    await live?.close();
  });

  /** The links that need no signing in. */
  const programs = async (name: (typeof EIGHT)[number]) => {
    await lab.act(name, { act: 'renew_feed' });
    const links = [...(await lab.page(name)).matchAll(/href="(http[^"]+\/circle\/[^"]+)"/g)];
    return links.map(([, link = '']) => new URL(link.replaceAll('&#x3D;', '=')).pathname);
  };

  it('is invited: all eight are in, and see who is', async () => {
    const page = await lab.page('Hal');
    expect(page).toContain('8 members. You are Hal here.');
    for (const name of EIGHT) expect(page).toContain(name);
  });

  it('marks and discusses: each hears of the others with the next mail, by name', async () => {
    const title = await lab.titleOf(0);
    await lab.mark('Ben', 0, 'Their tides are ours.');
    await lab.mark('Eva', 1);
    const of = await lab.placeOf('Cyd', title);
    await lab.act('Cyd', { act: 'say', of, line: 'Figure 2 has no error bars.' });
    await lab.morning('2026-03-03');
    for (const name of EIGHT) {
      const letter = lab.letter(name);
      expect(letter.includes('Ben: “Their tides are ours.”')).toBe(name !== 'Ben');
      expect(letter.includes('Cyd: “Figure 2 has no error bars.”')).toBe(name !== 'Cyd');
      expect(letter.includes('Eva marked it.')).toBe(name !== 'Eva');
      expect(letter).toContain('Tidal Lab');
    }
    await lab.morning('2026-03-04');
    for (const name of EIGHT) expect(lab.letters(name)).toBe(1);
  });

  it('meets: one sets the paper and the hour, the others hear of it, and calendars follow', async () => {
    const [first = ''] = (await lab.page('Dan')).match(/(?<=<h3 dir="auto"><a[^>]*>)[^<]+/) ?? [];
    const of = await lab.placeOf('Dan', first);
    const past = await lab.act('Dan', { act: 'meet', of, date: '2026-03-01', time: '14:00' });
    expect([past.statusCode, past.body.includes('at a time to come')]).toEqual([400, true]);
    await lab.act('Dan', { act: 'meet', of, date: '2026-03-12', time: '14:00', place: 'Room 4' });
    await lab.morning('2026-03-05');
    const when = 'Thursday, 12 March 2026, 14:00 (UTC), Room 4';
    expect(lab.letter('Ada')).toContain(`Dan: next meeting over it: ${when}.`);
    expect(await lab.page('Ada')).toContain(when);
    const ics = await lab.page('Ada', `${lab.here}/meetings.ics`);
    expect(ics).toContain('DTSTART:20260312T140000Z');
    expect(ics).toContain('SEQUENCE:0');
    // Moved, it stays the same event.
    await lab.act('Eva', { act: 'meet', of, date: '2026-03-13', time: '09:30', place: '' });
    const moved = await lab.page('Ada', `${lab.here}/meetings.ics`);
    expect(moved.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(moved).toContain('DTSTART:20260313T093000Z');
    expect(moved).toContain('SEQUENCE:1');
    expect(/UID:.*/.exec(moved)?.[0]).toBe(/UID:.*/.exec(ics)?.[0]);
    await lab.morning('2026-03-06');
    expect(lab.letter('Dan')).toContain('Eva: next meeting over it: Friday, 13 March 2026, 09:30');
    await lab.act('Eva', { act: 'cancel_meeting' });
    await lab.act('Eva', { act: 'meet', of, date: '2026-03-16', time: '09:30', place: '' });
    const off = await lab.page('Ada', `${lab.here}/meetings.ics`);
    expect(off).toContain('STATUS:CANCELLED');
    expect(off).toContain('DTSTART:20260316T093000Z');
  });

  it('reads a page of each week, a feed and a calendar by links of one member', async () => {
    const [atom = '', rss = '', , ics = '', week = ''] = await programs('Fay');
    const feed = await live.get(rss);
    expect(feed.headers['content-type']).toContain('application/rss+xml');
    for (const words of ['Ben: “Their tides are ours.”', 'Figure 2 has no error bars.']) {
      expect(feed.body).toContain(words);
    }
    expect((await live.get(atom)).statusCode).toBe(200);
    expect((await live.get(ics)).headers['content-type']).toContain('text/calendar');
    live.clock.set('2026-03-17T12:00:00Z');
    const now = await live.get(week);
    // They met over it on Monday.
    expect(now.body).toContain('the week of 16 March 2026');
    expect(now.body).toContain('Meeting: Monday, 16 March 2026, 09:30 (UTC)');
    expect(now.body).not.toContain('Their tides are ours.');
    const first = await live.get(`${week}/weeks/2026-W10`);
    expect(first.body).toContain('Their tides are ours.');
    expect(first.body).not.toContain('rel="prev"');
    expect(first.body).not.toContain('<form');
    expect((await live.get(`${week}/weeks/2026-W54`)).statusCode).toBe(404);
    // A new link ends the old one.
    const [renewed = ''] = await programs('Fay');
    expect(renewed).not.toBe(atom);
    for (const path of [atom, rss, ics, week]) expect((await live.get(path)).statusCode).toBe(410);
    expect((await live.get(renewed)).statusCode).toBe(200);
  });

  it('erases one: what they wrote is gone from pages, feeds and calendars, and stood in their export', async () => {
    const { id } = await lab.subscription('Ben');
    const data = await exportReader(live.outside, id);
    expect(data?.circles).toEqual([expect.objectContaining({ name: 'Tidal Lab', as: 'Ben' })]);
    expect(data?.circleNotes).toEqual([expect.objectContaining({ text: 'Their tides are ours.' })]);
    const [, rss = ''] = await programs('Gil');
    await eraseReader(live.outside, id, 'reader');
    for (const words of ['Their tides', 'Ben']) {
      expect((await live.get(rss)).body).not.toContain(words);
      expect(await lab.page('Ada')).not.toContain(words);
    }
    // What others said of the paper stays.
    expect(await lab.page('Ada')).toContain('Figure 2 has no error bars.');
  });

  it('loses its owner: who is in it for longest has it two weeks later', async () => {
    await lab.leaveTheSite('Ada');
    await tendCircles(live.outside);
    expect(await lab.page('Cyd')).not.toContain('A new link');
    live.clock.set('2026-04-01T12:00:00Z');
    await tendCircles(live.outside);
    expect(await lab.page('Cyd')).toContain('A new link');
    expect(await lab.page('Dan')).not.toContain('A new link');
  });

  it('is closed: read for two weeks, then gone', async () => {
    await lab.mark('Dan', 2, 'The last line.');
    await lab.act('Cyd', { act: 'close' });
    expect(await lab.page('Hal')).toContain('This circle is closed. It can be read until 15 April');
    // What waited comes all the same, and is the last that comes.
    await lab.morning('2026-04-02');
    expect(lab.letter('Hal')).toContain('The last line.');
    live.clock.set('2026-04-16T12:00:00Z');
    await tendCircles(live.outside);
    expect((await (await lab.as('Hal')).get(lab.here)).statusCode).toBe(404);
    expect(await live.outside.store.circles.hasOpen()).toBe(false);
  });

  it('would be closed by itself, once nobody is in it', async () => {
    const gil = await lab.as('Gil');
    const opened = await gil.post('/circles', { name: 'A club', as: 'Gil' });
    const here = String(opened.headers.location);
    await gil.post(here, { act: 'leave' });
    await tendCircles(live.outside);
    live.clock.set('2026-05-01T12:00:00Z');
    await tendCircles(live.outside);
    const circle = await live.outside.store.circles.find(Number(here.split('/').at(-1)));
    expect(circle?.closedBecause).toBe('empty');
  });
});
