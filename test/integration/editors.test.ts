import { runCommand } from '../../src/commands/commands.ts';
import type { Paper } from '../../src/core/paper/paper.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { backends } from '../harness/context.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { waitFor } from '../harness/wait.ts';

/** Puts papers into the draft; their ids, in order. */
async function gather({ outside }: Live, papers: readonly Paper[]): Promise<number[]> {
  await outside.store.transaction((tx) =>
    storePapers(tx, papers, { cut: outside.config.cut, at: outside.now() }),
  );
  const draft = await outside.store.editions.findDraft();
  const kept = await outside.store.papers.listOfEdition(draft?.id ?? 0);
  return papers.map(({ title }) => kept.find((paper) => paper.title === title)?.id ?? 0);
}

const commandsOf =
  (live: Live) =>
  async (name: string, args: object = {}) =>
    (await runCommand(live.outside, { name, args })).lines.join('\n');

const textTo = (live: Live, address: string) => live.mailTo(address).at(-1)?.email.text ?? '';

describe.each(backends)('what editors say of a draft in the %s', (backend) => {
  let live: Live;
  let desk: DeskVisit;
  const papers = makePapers('day', 10);
  let ids: number[] = [];
  const titleOf = (index: number) => papers[index]?.title ?? '';

  beforeAll(async () => {
    live = await openLive(backend, { now: '2026-03-03T06:30:00Z' });
    desk = await enterDesk(live, { name: 'ada', address: 'ada@desk.example' });
    const all = { topics: ['reefs', 'sensors', 'migration', 'electrodes', 'microbes'] };
    await subscribe(live.outside, 'all@readers.example', { profile: all });
    await subscribe(live.outside, 'reef@readers.example', { profile: { topics: ['reefs'] } });
    await subscribe(live.outside, 'coin@readers.example', { profile: { topics: ['coins'] } });
    await subscribe(live.outside, 'not@readers.example', {
      profile: { topics: ['reefs'], exclude: ['diamonds'] },
    });
    ids = await gather(live, papers);
  });
  afterAll(() => live?.close());

  const run = (name: string, args: object = {}) => commandsOf(live)(name, args);
  const mark = (how: string, ...indexes: number[]) =>
    run(`editions ${how}`, { papers: indexes.map((index) => ids[index]) });

  it('is said by the CLI and the desk alike, and seen by both', async () => {
    // Sensors, twice: the second becomes the first pick. Nobody gets the second reef paper.
    await mark('pick', 1);
    await desk.post('/admin/editions/draft/marks', {
      papers: String(ids[6]),
      mark: 'picked',
    });
    const page = await desk.get('/admin/editions/draft');
    expect(page.body).toContain('2 of at most 3 picked');
    await desk.post('/admin/editions/draft/marks', { up: `${ids[6]} 1` });
    await mark('hide', 5);
    await mark('postpone', 3);
    const draft = await run('editions draft');
    expect(draft).toContain('The draft has 10 papers');
    expect(draft).toContain('2 picked, 1 hidden, 1 for the next edition');
    const lines = draft.split('\n').filter((line) => /pick \d|hidden {2}|postponed {2}/.test(line));
    expect(lines.map((line) => line.split(/ {2,}/)[0]?.trim())).toEqual(
      [6, 1, 5, 3].map((index) => String(ids[index])),
    );
    expect((await run('editions draft', { mark: 'hidden' })).match(/study day/g)).toHaveLength(1);
    expect((await run('editions draft', { words: 'birD' })).match(/study day/g)).toHaveLength(2);
    expect(await run('editions draft', { words: '100%' })).toContain('None of them');
  });

  it('goes no further than it may', async () => {
    await mark('pick', 2);
    await expect(mark('pick', 4)).rejects.toThrow(/at most 3 picks/);
    await mark('unmark', 2);
    await expect(run('editions hide', { papers: [999_999] })).rejects.toThrow(/no paper 999999/);
    // All or none of them.
    await expect(run('editions hide', { papers: [ids[9], 999_999] })).rejects.toThrow();
    const none = await desk.post('/admin/editions/draft/marks', { mark: 'hidden' });
    expect([none.statusCode, none.body.includes('Choose a paper first')]).toEqual([409, true]);
    expect(await run('editions draft')).toContain('2 picked, 1 hidden, 1 for the next edition');
  });

  it('may be tested on oneself before the cut: one mail, which covers nothing', async () => {
    const sent = live.sink.received.length;
    const answer = await desk.post('/admin/editions/draft/test', { to: 'ada@desk.example' });
    expect(answer.body).toContain('A test is on its way to ada@desk.example');
    await live.settle();
    expect(live.sink.received.length).toBe(sent + 1);
    const [mail] = live.mailTo('ada@desk.example');
    expect(mail?.email.subject).toMatch(/^\[Test\] /);
    expect(mail?.email.text).toContain('This is a test: nobody else got it.');
    expect(mail?.email.text).not.toContain(titleOf(5));
    expect(mail?.email.text).not.toContain(titleOf(3));
    expect(mail?.email.text).not.toMatch(/unsubscribe\//);
    await run('editions test', {
      edition: 'draft',
      to: 'eve@desk.example',
      as: 'reef@readers.example',
    });
    expect(textTo(live, 'eve@desk.example')).toContain(titleOf(0));
    await expect(
      run('editions test', {
        edition: 'draft',
        to: 'eve@desk.example',
        as: 'coin@readers.example',
      }),
    ).rejects.toThrow(/nothing in it matches/);
    await expect(run('editions test', { edition: 'x', to: 'eve@desk.example' })).rejects.toThrow(
      /no edition x/,
    );
  });

  it('is what readers get, and marked as the editors’', async () => {
    const answer = await desk.post('/admin/editions/cut');
    const name = answer.headers.location?.toString().split('/').at(-1) ?? '';
    expect(name).toBe('2026-03-03');
    live.clock.set('2026-03-03T07:00:00Z');
    await live.settle();
    const all = textTo(live, 'all@readers.example');
    // Chosen for them, and picked: marked in its place, and not twice.
    expect(all).toContain('PICKED BY THE EDITORS\n');
    expect(all.split(titleOf(1))).toHaveLength(2);
    expect(all.split(titleOf(6))).toHaveLength(2);
    const reef = textTo(live, 'reef@readers.example');
    const section = /PICKED BY THE EDITORS\n-+\n([\s\S]*?)FOR YOU\n-+\n/.exec(reef)?.[1] ?? '';
    expect(section.indexOf(titleOf(6))).toBeGreaterThanOrEqual(0);
    expect(section.indexOf(titleOf(1))).toBeGreaterThan(section.indexOf(titleOf(6)));
    expect(reef).toContain('8 papers today, 1 for you, 2 picked by the editors');
    // A pick brings no mail by itself, and an excluded word keeps it out.
    expect(live.mailTo('coin@readers.example')).toHaveLength(0);
    expect(textTo(live, 'not@readers.example')).not.toContain('PICKED');
    for (const { email } of live.sink.received) {
      expect(email.html ?? '').not.toContain(titleOf(5));
      expect(email.text ?? '').not.toContain(titleOf(3));
    }
    const page = (await live.get(`/editions/${name}`)).body;
    expect(page).toContain('Picked by the editors');
    expect(page).not.toContain(titleOf(5));
    const shown = (await desk.get(`/admin/editions/${name}`)).body;
    expect(shown).toContain('8, 1 hidden');
  });

  it('cannot be said of what was cut; what was postponed comes with the next, once', async () => {
    await expect(mark('hide', 0)).rejects.toThrow(/is in edition 2026-03-03 and not in the draft/);
    live.clock.set('2026-03-04T05:30:00Z');
    expect(await run('editions draft')).toContain('The draft has 1 paper');
    expect(await run('editions cut')).toContain('1 paper in 1 group');
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    expect(textTo(live, 'all@readers.example')).toContain(titleOf(3));
  });

  it('cuts nothing of papers that are all hidden or postponed', async () => {
    ids = await gather(live, makePapers('none', 2));
    await mark('hide', 0);
    await mark('postpone', 1);
    expect(await run('editions cut')).toContain('nothing was cut');
    expect(await run('editions draft')).toContain('1 hidden, 1 for the next edition');
  });

  it('is kept in the audit with who said it', async () => {
    const audit = await run('audit', { subject: `paper ${ids[0]}` });
    expect(audit).toMatch(/cli +hide/);
    expect(await run('audit', { action: 'pick' })).toContain('operator:ada');
    expect(await run('audit', { action: 'test' })).toContain('draft');
  });
});

describe.each(backends)('an edition that needs approval in the %s', (backend) => {
  let live: Live;
  let desk: DeskVisit;
  beforeAll(async () => {
    const env = { APPROVE_BEFORE_SEND: 'true', CONTACT_EMAIL: 'desk@operator.example' };
    live = await openLive(backend, { now: '2026-03-03T04:00:00Z', env });
    desk = await enterDesk(live, { name: 'ada', address: 'ada@desk.example' });
    await enterDesk(live, { name: 'look', address: 'look@desk.example', role: 'look' });
    await subscribe(live.outside, 'early@readers.example');
    await subscribe(live.outside, 'late@readers.example', { zone: 'America/New_York' });
  });
  afterAll(() => live?.close());

  const run = (name: string, args: object = {}) => commandsOf(live)(name, args);
  const at = async (instant: string) => {
    live.clock.set(instant);
    const { store, now } = live.outside;
    await waitFor(async () => {
      await live.settle();
      const draft = await store.editions.findDraft();
      return !draft?.cutDueAt || draft.cutDueAt > now();
    });
    await live.settle();
  };
  const digestsTo = (name: string) => live.mailTo(`${name}@readers.example`).length;
  const asked = () => live.mailTo('ada@desk.example').map(({ email }) => email.subject);
  /** The planner tells by itself, some time after the hour. */
  const waitForAsked = (count: number) =>
    waitFor(async () => {
      await live.settle();
      return asked().length >= count;
    });

  it('is held at the cut, and its operators are told, and reminded once before the first is due', async () => {
    await gather(live, makePapers('one', 3));
    await at('2026-03-03T06:00:30Z');
    await waitForAsked(1);
    expect(asked()).toEqual(['Edition 2026-03-03 waits for you']);
    expect(textTo(live, 'ada@desk.example')).toContain('due at 07:00 UTC');
    expect(textTo(live, 'ada@desk.example')).toContain('/admin/editions/2026-03-03');
    await at('2026-03-03T06:10:00Z');
    expect(asked()).toHaveLength(1);
    await at('2026-03-03T06:30:00Z');
    await waitForAsked(2);
    await at('2026-03-03T06:45:00Z');
    expect(asked()).toEqual([
      'Edition 2026-03-03 waits for you',
      'Reminder: edition 2026-03-03 waits for you',
    ]);
    expect(live.mailTo('look@desk.example')).toHaveLength(0);
    expect((await live.get('/editions/2026-03-03')).statusCode).toBe(404);
    const today = await runCommand(live.outside, { name: 'today', args: {} });
    expect(today.exitCode).toBe(1);
    expect(today.lines.join('\n')).toContain('paperround editions release 2026-03-03');
  });

  it('goes to nobody who is due meanwhile, who are told why', async () => {
    await at('2026-03-03T07:00:00Z');
    expect(digestsTo('early')).toBe(0);
    const why = await run('why', { address: 'early@readers.example', date: '2026-03-03' });
    expect(why).toMatch(/held|waits/);
    await expect(
      run('resend', { edition: '2026-03-03', address: 'early@readers.example' }),
    ).rejects.toThrow(/no released edition/);
    const page = await desk.get('/admin/editions/2026-03-03');
    expect(page.body).toContain('It waits for you');
    expect((await desk.get('/admin/templates?edition=2026-03-03')).body).toContain('of 80 kB');
  });

  it('is released once, whoever presses; early readers get it with their next digest', async () => {
    const presses = await Promise.allSettled([
      run('editions release', { edition: '2026-03-03' }),
      desk.post('/admin/editions/2026-03-03/decide', { do: 'release', reason: 'looked at' }),
    ]);
    const refused = presses.filter(
      (press) =>
        press.status === 'rejected' ||
        (typeof press.value === 'object' && press.value.statusCode === 409),
    );
    expect(refused).toHaveLength(1);
    await at('2026-03-03T12:00:00Z');
    expect([digestsTo('early'), digestsTo('late')]).toEqual([0, 1]);
    expect((await live.get('/editions/2026-03-03')).statusCode).toBe(200);
    expect((await run('audit', { action: 'release' })).match(/edition 2026-03-03/g)).toHaveLength(
      1,
    );
  });

  it('passes its papers to the next edition where nobody answers, and they come once', async () => {
    await gather(live, makePapers('two', 2));
    await at('2026-03-04T06:00:30Z');
    await at('2026-03-04T07:00:00Z');
    expect(textTo(live, 'early@readers.example')).toContain('study one-0');
    // Others than those that pass on: the same subjects again would be taken for duplicates.
    await gather(live, makePapers('three', 4).slice(2));
    await at('2026-03-05T06:00:30Z');
    const list = await run('editions show');
    expect(list).toContain('not answered: its papers passed to the next edition');
    expect(await run('editions show', { edition: '2026-03-05' })).toContain('4 papers');
    await run('editions release', { edition: '2026-03-05' });
    await at('2026-03-05T07:00:00Z');
    const text = textTo(live, 'early@readers.example');
    for (const study of ['two-0', 'three-2']) expect(text).toContain(`study ${study}`);
    expect(text).not.toContain('study one-0');
    expect(text.split('study two-0')).toHaveLength(2);
    await expect(run('editions release', { edition: '2026-03-04' })).rejects.toThrow(
      /passed to a later one/,
    );
    expect((await live.get('/editions/2026-03-04')).statusCode).toBe(404);
  });

  it('stays held over a day without papers', async () => {
    await gather(live, makePapers('four', 2));
    await at('2026-03-06T06:00:30Z');
    await at('2026-03-07T06:00:30Z');
    expect(await run('editions show', { edition: '2026-03-06' })).toContain('held');
  });

  it('is refused: its papers are in the draft again, with what was said of them', async () => {
    desk = await enterDesk(live, { name: 'ben', address: 'ben@desk.example' });
    const answer = await desk.post('/admin/editions/2026-03-06/decide', {
      do: 'refuse',
      reason: 'one is wrong',
    });
    expect(answer.headers.location).toBe('/admin/editions/2026-03-06');
    const draft = await runCommand(live.outside, { name: 'editions draft', args: {} });
    const { items: papers } = draft.data as { items: { id: number; title: string }[] };
    expect(papers.map(({ title }) => title.includes('study four')).sort()).toEqual([true, true]);
    await run('editions hide', { papers: [papers[0]?.id ?? 0] });
    await at('2026-03-08T06:00:30Z');
    expect(await run('editions show', { edition: '2026-03-08' })).toContain('1 paper, 1 group');
    await at('2026-03-08T07:00:00Z');
    const before = digestsTo('early');
    await run('editions release', { edition: '2026-03-08' });
    await at('2026-03-09T07:00:00Z');
    expect(digestsTo('early')).toBe(before + 1);
  });

  it('is not asked of the sample, and a look-only operator decides nothing', async () => {
    await gather(live, makePapers('five', 1));
    await at('2026-03-10T06:00:30Z');
    const other = await enterDesk(live, { name: 'only', role: 'look' });
    const answer = await other.post('/admin/editions/2026-03-10/decide', { do: 'release' });
    expect(answer.statusCode).toBe(403);
    expect(await run('editions show', { edition: '2026-03-10' })).toContain('held');
    expect((await other.get('/admin/editions/2026-03-10')).body).not.toContain('Release it');
  });
});
