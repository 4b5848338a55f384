import type { DestinationStream } from 'pino';
import { createLog } from '../../src/process/log.ts';
import { previewEdition } from '../../src/steps/digests/view.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const DAY = 24 * 3_600_000;

// What a reader may teach their digest: by the links of a mail, and by a library.
describe.each(backends)('votes and library, in the %s', (backend) => {
  let live: Live;
  let logged = '';
  const ada = 'ada@readers.example';
  beforeAll(async () => {
    const to: DestinationStream = {
      write(line: string) {
        logged += line;
      },
    };
    live = await openLive(backend, {
      env: { SIGNUPS_PER_IP: '1000', FORM_MAILS_PER_ADDRESS: '20', REQUESTS_PER_MINUTE: '10000' },
      log: createLog('debug', to),
    });
    await subscribe(live.outside, ada, { papers: 5 });
    await cutWith(live.outside, makePapers('a', 20));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
  });
  afterAll(() => live?.close());

  const find = async () => {
    const reader = await live.outside.store.subscribers.findByAddress(ada);
    if (!reader) throw new Error('the reader is gone');
    return reader;
  };
  const votesOf = async () => live.outside.store.votes.listExamples((await find()).subscriberId);
  /** The vote links of the last mail: one token, a paper each. */
  const linksOf = () => {
    const text = live.mailTo(ada).at(-1)?.email.text ?? '';
    const links = [...text.matchAll(/http\S+(\/vote\/\S+)/g)];
    return links.map(([, path = '']) => path);
  };
  const tastePage = async () =>
    live.sign('preferences', (await find()).id).replace('/preferences/', '/taste/');
  /** The titles of a digest of the whole newest edition. */
  const titles = async () => {
    const [newest] = await live.outside.store.editions.listShown(1);
    const reader = { ...(await find()), papersPerDigest: 20 };
    const edition = newest?.id ?? 0;
    const letter = await previewEdition(live.outside, edition, reader);
    return [...(letter?.text ?? '').matchAll(/^ ?\d+\. (?!http)(.+)$/gm)].map(
      ([, title = '']) => title,
    );
  };
  /** The middle of the places of a subject's four papers, the first 0; one that is left out comes last. */
  const placeOf = async (subject: string) => {
    const all = await titles();
    const places = all.flatMap((title, at) => (title.startsWith(subject) ? [at] : []));
    return (places.reduce((sum, at) => sum + at, 0) + (4 - places.length) * 20) / 4;
  };

  it('stand under each chosen paper, by one token, and record nothing when opened', async () => {
    const links = linksOf();
    expect(links).toHaveLength(5);
    for (const link of links) {
      for (const way of ['?way=more', '?way=less', '', '?way=none', '?way=%00']) {
        const page = await live.get(link + way);
        expect(page.statusCode).toBe(200);
        expect(page.body).not.toContain(ada);
        expect(page.headers['cache-control']).toBe('no-store');
        const head = await live.app.inject({ method: 'HEAD', url: link + way });
        expect(head.statusCode).toBe(200);
      }
    }
    expect(await votesOf()).toEqual([]);
    expect((await live.get(`${links[0]}?way=less`)).body).toContain('<h1>Less like this?</h1>');
  });

  it('lead nowhere when forged, for other papers, or as a foreign form', async () => {
    const [link = ''] = linksOf();
    const [, , token = '', paper = ''] = link.split('/');
    const others = await live.outside.store.papers.listOfEdition(1);
    const chosen = new Set(linksOf().map((each) => each.split('/').at(-1)));
    const unchosen = others.find(({ id }) => !chosen.has(String(id)))?.id;
    const mine = await find();
    const forged = [
      `/vote/${token}/${unchosen}`,
      `/vote/${token}/x`,
      `/vote/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}/${paper}`,
      `${live.sign('preferences', mine.id).replace('/preferences/', '/vote/')}/${paper}`,
      `${live.sign('view', 1).replace('/view/', '/vote/')}/${paper}`,
      `/taste/${token}`,
    ];
    for (const url of forged) {
      expect([url, (await live.get(url)).statusCode]).toEqual([url, 404]);
      expect((await live.post(url, { way: 'more' })).statusCode).toBe(404);
    }
    expect((await live.post(link, { way: 'nonsense' })).statusCode).toBe(400);
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect((await live.post(link, { way: 'more' }, headers)).statusCode).toBe(403);
      const page = await tastePage();
      for (const path of ['/votes', '/library', '/library/remove']) {
        expect((await live.post(page + path, {}, headers)).statusCode).toBe(403);
      }
    }
    expect(await votesOf()).toEqual([]);
  });

  it('are recorded by a press, change the next digest both ways, and are taken back', async () => {
    await cutWith(live.outside, makePapers('b', 20));
    const links = linksOf();
    const mail = live.mailTo(ada).at(-1)?.email.text ?? '';
    const subjectOf = (link: string) => {
      const number = new RegExp(`^ ?(\\d+)\\. \\S+${link}$`, 'm').exec(mail)?.[1];
      return new RegExp(`^ ?${number}\\. (\\w+ \\w+)`, 'm').exec(mail)?.[1] ?? '';
    };
    const plain = await titles();
    // The last of the mail is asked for, its first is not.
    const [low = '', high = ''] = [links.at(-1), links[0]];
    const [wanted, unwanted] = [subjectOf(low), subjectOf(high)];
    expect(wanted).not.toBe(unwanted);
    const before = { wanted: await placeOf(wanted), unwanted: await placeOf(unwanted) };

    const more = await live.post(low, { way: 'more' });
    expect(more.statusCode).toBe(200);
    expect(more.body).toContain('Recorded: more like this');
    expect(more.body).toMatch(/moved up \d+ places?\.|New in it: /);
    expect(await placeOf(wanted)).toBeLessThan(before.wanted);
    expect((await live.get(low)).body).toContain('You asked for more like this before.');

    const neutral = await placeOf(unwanted);
    const less = await live.post(high, { way: 'less' });
    expect(less.body).toContain('Recorded: less like this');
    expect(await placeOf(unwanted)).toBeGreaterThan(neutral);
    expect(await votesOf()).toHaveLength(2);

    expect((await live.post(high, { way: 'none' })).body).toContain('Taken back');
    expect((await live.post(low, { way: 'none' })).body).toContain('Taken back');
    expect(await votesOf()).toEqual([]);
    expect(await titles()).toEqual(plain);
    const again = await live.post(low, { way: 'none' });
    expect(again.body).toContain('the same papers in the same order');
  });

  it('are all learned when they are pressed at once', async () => {
    const { subscriberId } = await find();
    await Promise.all(linksOf().map((link) => live.post(link, { way: 'more' })));
    const tastes = await live.outside.store.votes.listTastes([subscriberId]);
    expect(tastes.get(subscriberId)?.examples).toBe(linksOf().length);
    await live.post(`${await tastePage()}/votes`, { paper: 'all' });
    expect((await live.outside.store.votes.listTastes([subscriberId])).size).toBe(0);
  });

  it('are seen and cleared on a page of their own, which no GET changes', async () => {
    const page = await tastePage();
    const preferences = await live.get(live.sign('preferences', (await find()).id));
    expect(preferences.body).toContain(`href="${page}"`);
    const [one = '', two = ''] = linksOf();
    await live.post(one, { way: 'more' });
    await live.post(two, { way: 'less' });
    const seen = await live.get(page);
    expect(seen.statusCode).toBe(200);
    expect(seen.body).not.toContain(ada);
    expect(seen.body).toContain('Moves papers up');
    expect(seen.body.match(/>Take back</g)).toHaveLength(2);
    const id = one.split('/').at(-1) ?? '';
    expect((await live.get(`${page}/votes?paper=all`)).statusCode).toBe(404);
    expect((await live.post(`${page}/votes`)).statusCode).toBe(400);
    expect(await votesOf()).toHaveLength(2);
    await live.post(`${page}/votes`, { paper: id });
    expect(await votesOf()).toMatchObject([{ kind: 'less' }]);
    const cleared = await live.post(`${page}/votes`, { paper: 'all' });
    expect(cleared.body).toContain('You have not voted on a paper.');
    expect(cleared.body).toContain('Nothing yet.');
    expect(await votesOf()).toEqual([]);
  });

  it('learn from BibTeX at once and from an id once its paper comes by', async () => {
    const page = await tastePage();
    const pasted = [
      '@article{birds, title = {Bird migration over mountains seen by weather radar},',
      '  abstract = {Weather radar counts birds at night during migration.}}',
      '10.5555/later.3',
      'not a paper',
    ].join('\r\n');
    const added = await live.post(`${page}/library`, { pasted });
    expect(added.statusCode).toBe(200);
    expect(added.body).toContain('2 papers added.');
    expect(added.body).toContain('Line 4, “not a paper”');
    expect(added.body).toContain('not known yet');
    const [newest] = await live.outside.store.editions.listShown(1);
    const preview = async () =>
      (await previewEdition(live.outside, newest?.id ?? 0, await find()))?.text ?? '';
    expect(await preview()).toMatch(/Bird migration[^\n]*\n[\s\S]*?Like 1 paper in your library\./);
    expect((await live.post(`${page}/library`, { pasted })).body).toContain('2 there already');

    // The paper of the id is stored with the next edition: it counts in that very digest.
    await cutWith(live.outside, makePapers('later', 20));
    live.clock.advance(DAY);
    await live.settle();
    const mail = live.mailTo(ada).at(-1)?.email.text ?? '';
    expect(mail).toMatch(/Battery electrodes[^\n]*\n[\s\S]*?Like 1 paper in your\s+library\./);
    const known = await live.get(page);
    expect(known.body).toContain('Battery electrodes and silicon: study later-3');
    expect(known.body).not.toContain('not known yet');
    await live.post(`${page}/library/remove`, { key: 'doi:10.5555/later.3' });
    expect((await live.get(page)).body).not.toContain('study later-3');
    const emptied = await live.post(`${page}/library/remove`, { key: 'all' });
    expect(emptied.body).toContain('Your library is empty.');
    expect(await preview()).not.toContain('in your library');
  });

  it('refuse what is too much, in plain words', async () => {
    const page = await tastePage();
    const large = await live.post(`${page}/library`, { pasted: '{'.repeat(1_000_001) });
    expect(large.statusCode).toBe(400);
    expect(large.body).toContain('more than 1 MB');
    const larger = await live.post(`${page}/library`, { pasted: '{'.repeat(2_000_000) });
    expect(larger.statusCode).toBe(413);
    const braces = await live.post(`${page}/library`, { pasted: '{'.repeat(1_000_000) });
    expect(braces.statusCode).toBe(400);
    expect((await live.post(`${page}/library`, { pasted: ' ' })).statusCode).toBe(400);
    const html = await live.post(`${page}/library`, { pasted: '<script>alert(1)</script>' });
    expect(html.body).not.toContain('<script>');
    const nul = await live.post(`${page}/library`, { pasted: '@a{b, title={A\u0000 title}}' });
    expect(nul.body).toContain('1 paper added.');
    await live.post(`${page}/library/remove`, { key: 'all' });
  });

  it('go along with the reader: looked back on, found, exported, erased', async () => {
    const [one = ''] = linksOf();
    await live.post(one, { way: 'more' });
    await live.post(`${await tastePage()}/library`, { pasted: '2503.01234' });
    const reader = await find();
    await live.post(`${live.sign('preferences', reader.id)}/private`);
    await live.settle();
    const page = live.linkTo('private', ada);
    const seen = await live.get(page);
    expect(seen.body).toContain('You asked for more like this.');
    expect(seen.body).toContain('Papers you voted on');
    const data = (await live.get(`${page}/export`)).json();
    expect(data.votes).toMatchObject([{ way: 'more' }]);
    expect(data.library).toMatchObject([{ key: 'arxiv:2503.01234' }]);
    expect(data.learned.liked.length).toBeGreaterThan(0);
    // A paper they voted on is found even where no kept digest has it any more.
    const word = String(data.votes[0].title).split(' ').at(-1) ?? '';
    expect((await live.get(`${page}?q=${word}`)).body).toContain('You asked for more');

    const leaver = 'leaver@readers.example';
    await subscribe(live.outside, leaver);
    live.clock.advance(DAY);
    await cutWith(live.outside, makePapers('z', 20));
    live.clock.advance(DAY);
    await live.settle();
    const text = live.mailTo(leaver).at(-1)?.email.text ?? '';
    const vote = new URL(/http\S+\/vote\/\S+/.exec(text)?.[0] ?? '').pathname;
    await live.post(live.linkTo('unsubscribe', leaver));
    expect((await live.get(vote)).body).toContain('You are unsubscribed');
    expect((await live.post(vote, { way: 'more' })).body).toContain('You are unsubscribed');
    const left = await live.outside.store.subscribers.findByAddress(leaver);
    expect(await live.outside.store.votes.listExamples(left?.subscriberId ?? 0)).toEqual([]);

    await live.post(`${live.sign('preferences', reader.id)}/private`);
    await live.settle();
    await live.post(`${live.linkTo('private', ada)}/erase`);
    expect((await live.get(one)).statusCode).toBe(410);
    expect(await live.outside.store.libraries.list(reader.subscriberId)).toEqual([]);
    expect(await live.outside.store.votes.listExamples(reader.subscriberId)).toEqual([]);
    expect((await live.outside.store.votes.listTastes([reader.subscriberId])).size).toBe(0);
  });

  it('leave no token and no address in the log', () => {
    expect(logged).toContain('/vote/:token/:paper');
    expect(logged).not.toMatch(/\/(vote|taste)\/[^:…]/);
    expect(logged).not.toContain('@readers.example');
  });
});
