import { connect } from 'node:net';
import type { Subscription } from '../../src/core/reader/subscription.ts';
import { raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { waitFor } from '../harness/wait.ts';

const HOUR = 3_600_000;
const pasted = [
  '@article{birds, title = {Bird migration over mountains seen by weather radar},',
  '  abstract = {Weather radar counts birds at night during migration.}}',
  '10.5555/later.3',
].join('\n');

// Requests of one reader wait for each other in a service's database alone; the sandbox has one connection.
const describeService = backends.includes('service') ? describe : describe.skip;

// Anybody may become a reader with a large library: what it costs must stay small.
describeService('what a reader has us learn', () => {
  let live: Live;
  let reader: Subscription;
  let page: string;
  const ada = 'ada@readers.example';
  beforeAll(async () => {
    live = await openLive('service', {
      env: { FORM_MAILS_PER_ADDRESS: '20', REQUESTS_PER_MINUTE: '10000' },
    });
    await subscribe(live.outside, ada, { papers: 5 });
    await cutWith(live.outside, makePapers('a', 20));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    const found = await live.outside.store.subscribers.findByAddress(ada);
    if (!found) throw new Error('the reader is gone');
    reader = found;
    page = live.sign('preferences', reader.id).replace('/preferences/', '/taste/');
    await live.post(`${page}/library`, { pasted });
  }, 180_000);
  afterAll(() => live?.close());

  const kept = async () => (await live.dump('taste'))[0] as Record<string, unknown>;
  const query = async (statement: string) => {
    const database = openPostgres(live.outside.config.databaseUrl ?? '', () => {});
    return await database.rows(raw(statement)).finally(() => database.close());
  };
  const isHeldUp = async () =>
    (await query(`select 1 from pg_catalog.pg_locks where not granted`)).length > 0;
  const voteLink = () => {
    const text = live.mailTo(ada).find(({ email }) => email.text?.includes('/vote/'))?.email.text;
    return new URL(/http\S+\/vote\/[^\s?]+/.exec(text ?? '')?.[0] ?? '').pathname;
  };
  const exported = async () => {
    await live.post(`${live.sign('preferences', reader.id)}/private`);
    await live.settle();
    return (await live.get(`${live.linkTo('private', ada)}/export`)).json();
  };
  /** Holds up whatever would change the reader's taste, while something else is done. */
  const meanwhile = (work: () => Promise<void>) =>
    live.outside.store.transaction(async (tx) => {
      await tx.votes.lockReader(reader.subscriberId);
      await work();
    });

  it('is learned once, where nothing changes', async () => {
    const { learned_at: learnedAt } = await kept();
    const presses: [string, Record<string, string>][] = [
      [`${page}/library`, { pasted }],
      [`${page}/library`, { pasted: '10.5555/later.3' }],
      [`${page}/library/remove`, { key: 'doi:10.5555/nothing' }],
      [`${page}/votes`, { paper: '1' }],
      [`${page}/votes`, { paper: 'all' }],
      [voteLink(), { way: 'none' }],
    ];
    for (const [path, fields] of presses) {
      live.clock.advance(HOUR);
      expect([path, (await live.post(path, fields)).statusCode]).toEqual([path, 200]);
      expect([path, (await kept())['learned_at']]).toEqual([path, learnedAt]);
    }
    await live.post(voteLink(), { way: 'more' });
    const voted = (await kept())['learned_at'];
    expect(voted).not.toEqual(learnedAt);
    live.clock.advance(HOUR);
    await live.post(voteLink(), { way: 'more' });
    expect((await kept())['learned_at']).toEqual(voted);
    await live.post(voteLink(), { way: 'less' });
    expect((await kept())['learned_at']).not.toEqual(voted);
    await live.post(`${page}/votes`, { paper: 'all' });
  });

  it('is said in the words that were kept with it, and learned for no page', async () => {
    await query(`update public.taste set words = '{"liked": ["kept words"], "disliked": []}'`);
    expect((await live.get(page)).body).toContain('kept words');
    expect((await exported()).learned).toEqual({ liked: ['kept words'], disliked: [] });
  });

  it('is put in words once where an older version learned it', async () => {
    await query(`update public.taste set words = null, described_at = null`);
    expect((await live.get(page)).body).toContain('migration');
    const { words } = await kept();
    expect(words).toMatchObject({ liked: expect.arrayContaining(['migration']) });
    // An older process beside this one writes what it learned and leaves the words.
    await query(`update public.taste set learned_at = learned_at + interval '1 hour',
      words = '{"liked": ["old words"], "disliked": []}'`);
    expect((await live.get(page)).body).not.toContain('old words');
  });

  it('goes one after another, a few wait, and more are told to come back', async () => {
    const [first, ...others] = await new Promise<number[]>((resolve, reject) => {
      meanwhile(async () => {
        const asked = Array.from({ length: 9 }, () => live.get(`${page}?all=1`));
        const presses = asked.map((_, at) =>
          live.post(`${page}/library`, { pasted: `2503.0${at}111` }),
        );
        const refused = await Promise.race(presses);
        expect(refused.statusCode).toBe(503);
        expect(refused.headers['retry-after']).toBe('5');
        expect(refused.body).toContain('One moment');
        // Pages that cost nothing are served all the while.
        for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(200);
        Promise.all(presses).then(
          (all) => resolve(all.map(({ statusCode }) => statusCode)),
          reject,
        );
      }).catch(reject);
    });
    expect([first, ...others].filter((status) => status === 200)).toHaveLength(6);
    expect([first, ...others].filter((status) => status === 503)).toHaveLength(3);
    expect((await live.post(`${page}/library/remove`, { key: 'all' })).statusCode).toBe(200);
  });

  it('is not done for one who has gone', async () => {
    await live.app.listen({ host: '127.0.0.1', port: 0 });
    const address = live.app.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    let waiting: Promise<unknown> = Promise.resolve();
    await meanwhile(async () => {
      const first = live.post(`${page}/library`, { pasted: '2503.01111' });
      // The one at work, so that the other is the one in line.
      await waitFor(isHeldUp);
      const body = 'pasted=2503.02222';
      const socket = connect(address.port, '127.0.0.1');
      socket.write(
        `POST ${page}/library HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
          `Content-Length: ${body.length}\r\n\r\n${body}`,
      );
      const count = () =>
        new Promise<number>((resolve) => {
          live.app.server.getConnections((_, connections) => resolve(connections));
        });
      await waitFor(async () => (await count()) === 1);
      // Long enough to stand in line; then it is gone.
      await live.get(page);
      await live.get(page);
      socket.destroy();
      await waitFor(async () => (await count()) === 0);
      waiting = first;
    });
    await waiting;
    await live.post(`${page}/library`, { pasted: '2503.03333' });
    const library = await live.outside.store.libraries.listKeys(reader.subscriberId);
    expect([...library].sort()).toEqual(['arxiv:2503.01111', 'arxiv:2503.03333']);
  });
});
