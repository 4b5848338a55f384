import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const DAY = 24 * 3_600_000;

// What a reader may do with a fresh link: look back, take along, move, erase.
describe.each(backends)('the data of a reader, in the %s', (backend) => {
  let live: Live;
  const ada = 'ada@readers.example';
  beforeAll(async () => {
    live = await openLive(backend, {
      env: { SIGNUPS_PER_IP: '1000', FORM_MAILS_PER_ADDRESS: '20' },
    });
    await subscribe(live.outside, ada, {
      profile: { topics: ['coral reefs'], surprise: false },
      papers: 4,
    });
    await subscribe(live.outside, 'ben@readers.example');
    for (const series of ['a', 'b']) {
      await cutWith(live.outside, makePapers(series, 20));
      live.clock.set(series === 'a' ? '2026-03-04T07:00:00Z' : '2026-03-05T07:00:00Z');
      await live.settle();
      live.clock.advance(3_600_000);
    }
  });
  afterAll(() => live?.close());

  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const enter = async (address: string) => {
    const reader = await find(address);
    await live.post(`${live.sign('preferences', reader?.id ?? 0)}/private`);
    await live.settle();
    return live.linkTo('private', address);
  };

  it('is reached by a fresh link alone, which ends after a day', async () => {
    const page = await enter(ada);
    const seen = await live.get(page);
    expect(seen.statusCode).toBe(200);
    expect(seen.body).not.toContain(ada);
    expect(seen.headers['cache-control']).toBe('no-store');
    const other = await find('ben@readers.example');
    expect(
      (await live.get(live.sign('private', other?.id ?? 0).replace('private', 'view'))).statusCode,
    ).toBe(404);
    live.clock.advance(DAY);
    for (const path of ['', '/export', '/erase', '/bibtex?paper=1']) {
      expect((await live.get(page + path)).statusCode).toBe(410);
    }
    expect((await live.post(`${page}/erase`)).statusCode).toBe(410);
    expect(await find(ada)).toMatchObject({ state: 'active' });
  });

  it('shows the digests they got, finds papers again, and cites those that were ticked', async () => {
    const page = await enter(ada);
    const seen = await live.get(page);
    expect(seen.body.match(/<details/g)).toHaveLength(2);
    expect(seen.body).toContain('Wednesday, 4 March 2026');
    expect(seen.body.match(/Coral reefs and bleaching/g)).toHaveLength(8);
    const vote = /href="(\/vote\/[^"]+)"/.exec(seen.body)?.[1] ?? '';
    expect((await live.get(vote)).body).toContain('More or less like this?');
    const found = await live.get(`${page}?q=REEFS%20b-5`);
    expect(found.body.match(/type="checkbox"/g)).toHaveLength(1);
    expect((await live.get(`${page}?q=%25nothing`)).body).toContain(
      'Nothing that you got has these words.',
    );
    const id = /value="(\d+)"/.exec(found.body)?.[1] ?? '';
    const bibtex = await live.get(`${page}/bibtex?paper=${id}&paper=${id}`);
    expect(bibtex.headers['content-disposition']).toContain('papers.bib');
    expect(bibtex.body.match(/^@misc/gm)).toHaveLength(1);
    expect(bibtex.body).toContain('doi = {10.5555/b.5}');
    // A paper that was never in a message of theirs is none of theirs.
    const others = await live.outside.store.papers.listOfEdition(1);
    const unseen = others.find(({ title }) => title.startsWith('Battery'));
    expect((await live.get(`${page}/bibtex?paper=${unseen?.id}`)).statusCode).toBe(400);
    expect((await live.get(`${page}/bibtex`)).body).toContain('Tick at least one paper');
  });

  it('goes along as JSON', async () => {
    const answer = await live.get(`${await enter(ada)}/export`);
    expect(answer.headers['content-disposition']).toContain('my-data.json');
    const data = answer.json();
    expect(data).toMatchObject({
      address: ada,
      subscription: { state: 'active', profile: { topics: ['coral reefs'] } },
      consents: [{ form: 'test' }],
      digests: [{ date: '2026-03-04' }, { date: '2026-03-03' }],
    });
    expect(data.digests[0].papers).toHaveLength(4);
    expect(data.deliveries.map(({ state }: { state: string }) => state)).toContain('accepted');
    expect(data.dates.length).toBeGreaterThan(1);
    expect(answer.body).not.toContain('ben@');
  });

  it('moves to another address: asked for at the old, confirmed at the new', async () => {
    const page = await enter(ada);
    const fresh = 'ada@new.example';
    for (const wrong of ['', 'nonsense', 'a@b.example, c@d.example']) {
      expect((await live.post(`${page}/address`, { address: wrong })).statusCode).toBe(400);
    }
    expect((await live.post(`${page}/address`, { address: 'ben@readers.example' })).body).toContain(
      'on its way',
    );
    await live.settle();
    expect(live.mailTo('ben@readers.example').at(-1)?.email.subject).toContain('already');
    await live.post(`${page}/address`, { address: fresh });
    await live.settle();
    const link = live.linkTo('address', fresh);
    const asked = await live.get(link);
    expect(asked.body).not.toContain('readers.example');
    expect((await find(ada))?.address).toBe(ada);
    expect((await live.post(link)).body).toContain('Your address is changed');
    expect((await live.post(link)).statusCode).toBe(410);
    await live.settle();
    expect(await find(ada)).toBeUndefined();
    expect(await find(fresh)).toMatchObject({
      state: 'active',
      profile: { topics: ['coral reefs'] },
    });
    expect(live.mailTo(ada).at(-1)?.email.subject).toContain('another address');
    // The old mailbox has lost its fresh link; a digest's own links still leave.
    expect((await live.get(page)).statusCode).toBe(410);
    await cutWith(live.outside, makePapers('c', 20));
    live.clock.advance(DAY);
    await live.settle();
    expect(live.mailTo(fresh).at(-1)?.email.subject).toContain('Coral reefs');
  });

  it('is erased with what went to the same address while another reader had it', async () => {
    await subscribe(live.outside, ada);
    await live.post(`${await enter(ada)}/erase`);
    expect(await find(ada)).toBeUndefined();
    // Who moved from it has digests of that time, and keeps them.
    const moved = await find('ada@new.example');
    const { deliveries, keptDigests } = live.outside.store;
    const sent = await deliveries.listOfSubscriber(moved?.subscriberId ?? 0);
    expect(sent.filter(({ kind }) => kind === 'digest').length).toBeGreaterThan(2);
    expect(await keptDigests.list(moved?.subscriberId ?? 0, 10)).toHaveLength(1);
    if (backend === 'service') {
      expect(JSON.stringify(await live.dump('delivery'))).not.toContain(ada);
    }
  });

  it('is erased whole: nothing that names them is left but the hash of a suppression', async () => {
    const address = 'erased@readers.example';
    await subscribe(live.outside, address);
    await cutWith(live.outside, makePapers('d', 20));
    live.clock.advance(DAY);
    await live.settle();
    const reader = await find(address);
    const view = live.linkTo('view', address);
    const leave = live.linkTo('unsubscribe', address);
    expect((await live.get(view)).statusCode).toBe(200);
    const page = await enter(address);
    await live.get(`${page}/erase`);
    expect(await find(address)).toBeDefined();
    await live.outside.store.records.recordSuppression({
      addressHash: live.hash(address),
      reason: 'complaint',
      note: null,
      at: live.clock.now(),
    });
    expect((await live.post(`${page}/erase`)).body).toContain('Everything is erased');
    expect(await find(address)).toBeUndefined();
    expect((await live.get(view)).statusCode).toBe(410);
    expect((await live.get(leave)).statusCode).toBe(200);
    expect((await live.post(leave)).body).toContain('You get no mail');
    expect((await live.get(page)).statusCode).toBe(410);
    expect(await live.outside.store.records.findSuppression(live.hash(address))).toMatchObject({
      reason: 'complaint',
    });
    expect(reader).toBeDefined();
    if (backend === 'service') {
      const tables = [
        'delivery',
        'attempt',
        'digest',
        'subscriber',
        'consent',
        'request',
        'audit',
        'limit_count',
        'mailed_link',
        'kept_digest',
        'outcome',
      ];
      for (const table of tables) {
        const rows = JSON.stringify(await live.dump(table));
        expect([table, rows.includes('erased@')]).toEqual([table, false]);
        expect([table, rows.includes(live.hash(address))]).toEqual([table, false]);
      }
      const rounds = (await live.dump('round')) as {
        candidates: number;
        erased: number;
        id: string;
      }[];
      const outcomes = (await live.dump('outcome')) as { round_id: string }[];
      for (const { id, candidates, erased } of rounds) {
        const left = outcomes.filter((outcome) => outcome.round_id === id).length;
        expect([id, left + erased]).toEqual([id, candidates]);
      }
    }
  });
});
