import { runCommand } from '../../src/commands/commands.ts';
import { type CallApi, enterApi } from '../harness/api.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

// A Sunday noon in UTC; in Kiritimati it is Monday, at two in the morning.
const NOON = '2026-03-08T12:00:00Z';
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const readers = [
  { address: 'week@readers.example' },
  { address: 'paused@readers.example' },
  { address: 'suppressed@readers.example' },
  { address: 'evening@readers.example', days: everyDay, hour: '20:00' },
  { address: 'morning@readers.example', days: everyDay },
  { address: 'east@readers.example', zone: 'Pacific/Kiritimati' },
];

describe.each(backends)('sending without waiting for days and hours, in the %s', (backend) => {
  let live: Live;
  let call: CallApi;
  const run = async (name: string, args: object = {}) =>
    (await runCommand(live.outside, { name, args })).lines.join('\n');
  const runsOnRecord = () => live.outside.store.audit.list({ action: 'run' }, { most: 10 });
  const nextDue = async () => (await live.outside.store.subscribers.findFirstDue(new Date(0))) ?? 0;

  beforeAll(async () => {
    live = await openLive(backend, { now: '2026-03-07T12:00:00Z' });
    call = await enterApi(live, { name: 'ada' });
    await cutWith(live.outside, makePapers('reef', 12));
    live.clock.set(NOON);
    for (const reader of readers) await run('subscribers add', reader);
    await run('subscribers pause', { address: 'paused@readers.example', until: '2026-04-01' });
    const order = { address: 'suppressed@readers.example', reason: 'they asked' };
    await run('suppressions add', order);
  });
  afterAll(() => live?.close());

  it('is hinted at after "subscribers add" in the sandbox alone', async () => {
    const said = await run('subscribers add', { address: 'late@readers.example' });
    expect(said).toContain('their next digest is due on Monday, 9 March 2026, at 07:00 in Etc/UTC');
    const hint = 'paperround deliveries run --to late@readers.example';
    expect(said.includes(hint)).toBe(backend === 'sandbox');
    expect(said).not.toContain('--everyone');
    await run('subscribers erase', { address: 'late@readers.example', yes: true });
  });

  it('sends one reader what is there, and nobody else', async () => {
    const week = { to: 'week@readers.example' };
    expect(await run('deliveries run', week)).toMatch(
      /^the digest to week@.* accepted by the mail server.*\ntheir next .* Monday, 9 March 2026/,
    );
    expect(live.sink.received.map(({ to }) => to)).toEqual([week.to]);
    await expect(run('deliveries run', week)).rejects.toThrow(
      'has had a digest today, or a reason for none: paperround why week@readers.example 2026-03-08',
    );
    await expect(run('deliveries run', { to: 'no@readers.example' })).rejects.toThrow(
      'is not subscribed',
    );
    await expect(run('deliveries run', { ...week, everyone: true })).rejects.toThrow('not both');
    expect(await run('deliveries run', { to: 'paused@readers.example' })).toContain(
      'gets no digest: the subscription is paused',
    );
    expect(live.sink.received).toHaveLength(1);
  });

  it('counts everyone first on a service, and without a yes changes nothing', async () => {
    if (backend === 'sandbox') return;
    const before = [await nextDue(), await runsOnRecord()];
    const words =
      '4 readers would be due at once: 1 on a day that is none of theirs, 2 before their hour, 1 after their hour; 1 of them are paused or suppressed and get nothing. Nothing was sent.';
    await expect(run('deliveries run', { everyone: true })).rejects.toThrow(words);
    const answer = await call({
      method: 'POST',
      path: '/deliveries/run',
      body: { everyone: true },
    });
    expect([answer.statusCode, answer.json().title]).toEqual([422, words]);
    await live.settle();
    expect(live.sink.received).toHaveLength(1);
    expect([await nextDue(), await runsOnRecord()]).toEqual(before);
  });

  it('sends everyone what is there, on a service with a yes', async () => {
    const yes = backend === 'service' ? { yes: true } : {};
    expect(await run('deliveries run', { everyone: true, ...yes })).toBe(
      '3 accepted\n1 reader without: the address is suppressed',
    );
    const [entry] = await runsOnRecord();
    expect(entry?.detail).toEqual({ readers: 4 });
    const east = await live.outside.store.subscribers.findByAddress('east@readers.example');
    const dates = await live.outside.store.rounds.listOfSubscription(east?.id ?? 0);
    expect(dates.map(({ localDate }) => localDate)).toEqual(['2026-03-09']);
    expect(await run('deliveries run', { everyone: true })).toMatch(/^Nobody is due/);
  });

  it('answers a script before the workers are done', async () => {
    await run('subscribers add', { address: 'new@readers.example' });
    const body = { to: 'new@readers.example' };
    const answer = await call({ method: 'POST', path: '/deliveries/run', body });
    expect([200, 202]).toContain(answer.statusCode);
    await live.settle();
    expect(live.mailTo('new@readers.example')).toHaveLength(1);
  });
});
