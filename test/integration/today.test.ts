import { runCommand } from '../../src/commands/commands.ts';
import { createDayMemory } from '../../src/steps/desk/days.ts';
import { addApiKey, addOperator } from '../../src/steps/desk/operators.ts';
import { gatherToday } from '../../src/steps/desk/today.ts';
import { backends } from '../harness/context.ts';
import { PASSWORD } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { resendEdition } from '../harness/resend.ts';

describe.each(backends)('the morning on one screen in the %s', (backend) => {
  let live: Live;
  let edition: string;
  beforeAll(async () => {
    live = await openLive(backend);
    await subscribe(live.outside, 'ada@readers.example');
    await subscribe(live.outside, 'ben@readers.example');
    await subscribe(live.outside, 'cleo@readers.example', {
      profile: { topics: ['numismatics'] },
    });
    edition = await cutWith(live.outside, makePapers('a', 6));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
  });
  afterAll(() => live?.close());

  const run = (name: string, args: object = {}) => runCommand(live.outside, { name, args });

  it('counts everyone who was due once, with a reason for each without', async () => {
    const morning = await gatherToday(live.outside);
    expect(morning).toMatchObject({
      edition: { name: edition, state: 'released', papers: 6 },
      accounts: { candidates: 3, deliveries: 2, exclusions: 1, isBalanced: true },
      states: { accepted: 2, failed: 0, in_doubt: 0, ready: 0 },
      excluded: [{ words: 'no paper matched what the reader follows', count: 1 }],
      progress: { ended: 2, total: 2 },
      needs: [],
    });
    const { lines, exitCode } = await run('today');
    expect(exitCode).toBeUndefined();
    expect(lines.join('\n')).toContain('3 readers due since the cut = 2 digests + 1 without');
    expect(lines.at(-1)).toBe('Nothing needs you.');
  });

  it('ends with 1 where a person is needed, and says what to type', async () => {
    await run('deliveries pause', { what: edition, reason: 'a look' });
    const { lines, exitCode } = await run('today');
    expect(exitCode).toBe(1);
    expect(lines.slice(-2)).toEqual([
      `! Edition ${edition} stands still, by the command line: a look.`,
      `    paperround deliveries resume ${edition}`,
    ]);
    await run('deliveries resume', { what: edition });
    expect((await run('today')).exitCode).toBeUndefined();
  });

  it('is the same for scripts, with a key', async () => {
    const rights = { role: 'look', mayResendAll: false, address: null, actor: 'test' } as const;
    await addOperator(live.outside, { ...rights, name: 'ada', password: PASSWORD });
    const order = { key: 'cron', name: 'ada', role: 'look', actor: 'test' } as const;
    const key = await addApiKey(live.outside, order);
    const answer = await live.get('/api/v1/today', {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(answer.json()).toMatchObject({ accounts: { candidates: 3 }, needs: [] });
    expect((await live.get('/api/v1/today')).statusCode).toBe(401);
  });

  it('pauses a reader until a date of theirs, and lets them go on, on record', async () => {
    const { store } = live.outside;
    const address = 'ada@readers.example';
    const pausedUntil = async () => (await store.subscribers.findByAddress(address))?.pausedUntil;
    await run('subscribers pause', { address, until: '2026-12-24' });
    expect(await pausedUntil()).toBe('2026-12-24');
    const [entry] = await store.audit.list({ action: 'wishes' }, { most: 1 });
    expect(entry).toMatchObject({
      actor: 'cli',
      subject: expect.stringMatching(/^subscription /),
      detail: { changed: ['pause'] },
    });
    await run('subscribers pause', { address });
    expect(await pausedUntil()).toBeNull();
    await expect(run('subscribers pause', { address, until: 'soon' })).rejects.toThrow(/date/);
  });

  it('knows a feed that was added between midnight and the cut', async () => {
    // 00:30 in New York: the day of publication is still the one before.
    live.clock.set('2026-03-05T05:30:00Z');
    const { insert, list } = live.outside.store.feeds;
    const address = 'https://feeds.example/rss';
    await insert({ name: 'late', kind: 'feed', address, at: live.clock.now() });
    const morning = await gatherToday(live.outside);
    expect(morning.date).toBe('2026-03-04');
    expect(morning.feeds.map(({ name }) => name)).toEqual(['late']);
    live.clock.set('2026-03-05T07:00:00Z');
    expect((await gatherToday(live.outside)).feeds).toHaveLength(1);
    await live.outside.store.feeds.remove((await list())[0]?.name ?? '');
  });

  it('draws each day by what became of its digests, second copies with them', async () => {
    const lastDays = async () => (await createDayMemory(live.outside).list()).slice(-2);
    const none = { accepted: 0, failed: 0, inDoubt: 0, open: 0 };
    const [wednesday, thursday] = await lastDays();
    expect(wednesday).toEqual({ ...none, date: '2026-03-04', accepted: 2 });
    expect(thursday).toEqual({ ...none, date: '2026-03-05' });
    live.sink.refuse('ben@readers.example', 550);
    await cutWith(live.outside, makePapers('b', 6));
    await live.settle();
    await resendEdition(live.outside, { edition, address: 'ada@readers.example' });
    await live.settle();
    live.sink.refuse('ben@readers.example');
    expect((await lastDays())[1]).toEqual({ ...none, date: '2026-03-05', accepted: 2, failed: 1 });
  });

  it('leads to each delivery, and to every word of the server', async () => {
    const { data, lines } = await run('deliveries list', { edition, state: 'accepted' });
    expect(lines).toHaveLength(4);
    const [newest] = (data as { items: { id: number }[] }).items;
    const shown = (await run('deliveries show', { delivery: newest?.id })).lines.join('\n');
    expect(shown).toMatch(/delivery \d+ to \w+@readers\.example: accepted/);
    expect(shown).toMatch(/accepted\s+250 /);
    expect((await run('deliveries list', { domain: 'nowhere.example' })).data).toEqual({
      items: [],
    });
    await expect(run('deliveries list', { edition: 'x' })).rejects.toThrow(/no edition "x"/);
    await expect(run('deliveries show', { delivery: 99 })).rejects.toThrow(/no delivery 99/);
  });

  it('tells of each edition that is not at its end, and what ends that', async () => {
    live.clock.set('2026-03-06T05:30:00Z');
    await subscribe(live.outside, 'dora@readers.example');
    live.sink.refuse('dora@readers.example', 450);
    const partly = await cutWith(live.outside, makePapers('c', 6));
    live.clock.set('2026-03-06T07:00:00Z');
    await live.settle();
    expect((await gatherToday(live.outside)).unfinished).toEqual([]);

    const cancelled = await cutWith(live.outside, makePapers('d', 6));
    expect((await gatherToday(live.outside)).unfinished).toEqual([
      {
        name: partly,
        words: expect.stringContaining('is sent in part: 1 digest deferred.'),
        command: `paperround resend ${partly} --deferred`,
      },
    ]);
    await run('deliveries cancel', { what: cancelled, yes: true });
    live.sink.refuse('dora@readers.example');
    live.clock.set('2026-03-07T07:00:00Z');
    await live.settle();
    const { lines } = await run('today');
    const said = lines.join('\n');
    expect(said).toContain(`Edition ${cancelled} is cancelled: nothing more of it goes out:`);
    expect(said).toMatch(/was cancelled by the command line: [23] readers got nothing of it/);
    expect(said).toContain(`    paperround deliveries resume ${cancelled}`);

    // Their next digest has the papers of both.
    await cutWith(live.outside, makePapers('e', 6));
    live.clock.set('2026-03-08T07:00:00Z');
    await live.settle();
    expect((await gatherToday(live.outside)).unfinished).toEqual([]);
  });
});
