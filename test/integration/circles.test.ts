import { renderDelivery, renderShown } from '../../src/steps/digests/view.ts';
import { eraseReader } from '../../src/steps/readers/private.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { type ReaderBrowser, signReaderIn } from '../harness/reader-session.ts';

const addressOf = (name: string) => `${name}@readers.example`;

describe.each(backends)('readers of a circle in the %s', (backend) => {
  let live: Live;
  let day = 3;
  const browsers = new Map<string, ReaderBrowser>();

  const as = async (name: string): Promise<ReaderBrowser> => {
    const known = browsers.get(name) ?? (await signReaderIn(live, addressOf(name)));
    browsers.set(name, known);
    return known;
  };
  const readerOf = async (name: string) => {
    const reader = await live.outside.store.subscribers.findByAddress(addressOf(name));
    if (!reader) throw new Error(`${name} is gone`);
    return reader;
  };
  /** The next morning with these papers, mails sent. */
  const nextDay = async (prefix: string, count = 6) => {
    day += 1;
    live.clock.set(`2026-03-${String(day).padStart(2, '0')}T06:00:00Z`);
    await cutWith(live.outside, makePapers(prefix, count));
    live.clock.set(`2026-03-${String(day).padStart(2, '0')}T07:01:00Z`);
    await live.settle();
  };
  const lastMail = (name: string) => live.mailTo(addressOf(name)).at(-1)?.email.text ?? '';
  const lastHtml = (name: string) => String(live.mailTo(addressOf(name)).at(-1)?.email.html ?? '');
  const papersOfDay = async () => {
    const [newest] = await live.outside.store.shown.listNewest(1);
    return live.outside.store.papers.listOfEdition(newest?.id ?? 0);
  };
  /** A paper of the newest edition that is in nobody's ten. */
  const somePaper = async (at = 0) => {
    const paper = (await papersOfDay())[at];
    if (!paper) throw new Error('no paper came out');
    return paper;
  };
  const open = async (name: string, circle: string) => {
    const made = await (await as(name)).post('/circles', { name: circle, as: name });
    const here = String(made.headers.location);
    const page = (await (await as(name)).get(here)).body;
    const invitation = /value="http[^"]*(\/join\/[^"]+)"/.exec(page)?.[1] ?? '';
    return { here, invitation, id: Number(here.split('/').at(-1)) };
  };
  const mark = async (name: string, circle: number, paper: number, line = '') =>
    (await as(name)).post(`/circles/for/${paper}`, { circle: String(circle), line });
  const memberOf = async (name: string, circle: number) => {
    const { subscriberId } = await readerOf(name);
    const member = await live.outside.store.circles.findMember(circle, subscriberId);
    if (!member) throw new Error(`${name} is in no such circle`);
    return member;
  };

  beforeAll(async () => {
    live = await openLive(backend, {
      env: {
        REQUESTS_PER_MINUTE: '100000',
        SIGNUPS_PER_IP: '1000',
        SIGNUPS_PER_DOMAIN: '1000',
        FORM_MAILS_PER_ADDRESS: '100',
      },
    });
    // Of what the editions bring nothing is for these readers: what comes by mail is the circle's.
    const wishes = { profile: { topics: ['nothing like it'] } };
    for (const name of ['ada', 'ben', 'cyd', 'dan', 'eva']) {
      await subscribe(live.outside, addressOf(name), wishes);
    }
    await nextDay('first');
  });
  afterAll(async () => {
    await live?.close();
  });

  let lab: Awaited<ReturnType<typeof open>>;

  it('open it, invite by a link, and are in after a press, under a name that is theirs alone', async () => {
    lab = await open('ada', 'Tidal Lab');
    const stranger = await live.get(lab.invitation);
    expect(stranger.body).toContain('Read together in “Tidal Lab”?');
    expect(stranger.body).toContain('/sign-in?next');
    const ben = await as('ben');
    const asked = await ben.get(lab.invitation);
    expect(asked.body).toContain('Join');
    expect(await live.outside.store.circles.countMembers(lab.id)).toBe(1);
    const taken = await ben.post(lab.invitation, { as: 'ÀDA ' });
    expect([
      taken.statusCode,
      taken.body.includes('Somebody in this circle has that name'),
    ]).toEqual([400, true]);
    const joined = await ben.post(lab.invitation, { as: 'Ben' });
    expect(joined.headers.location).toBe(lab.here);
    await (await as('cyd')).post(lab.invitation, { as: 'Cyd' });
    const page = (await (await as('ada')).get(lab.here)).body;
    expect(page).toContain('3 members. You are ada here.');
    expect(page).toContain('2 have joined by it');
    for (const name of ['Ben', 'Cyd']) expect(page).toContain(name);
    for (const name of ['ben', 'cyd']) expect(page).not.toContain(addressOf(name));
    // Only who is in sees it, or that it is there.
    expect((await (await as('dan')).get(lab.here)).statusCode).toBe(404);
    expect((await live.get(lab.here)).headers.location).toContain('/sign-in');
    expect((await ben.get(lab.here)).body).not.toContain('/join/');
  });

  it('mark papers, which stand in the others’ next mail under its name, once', async () => {
    const paper = await somePaper();
    const marked = await mark('ben', lab.id, paper.id, 'Read section 3 & <b>4</b>.');
    expect(marked.body).toContain('Your circle has it');
    await nextDay('second');
    for (const name of ['ada', 'cyd']) {
      const text = lastMail(name);
      expect(text).toContain('Tidal Lab');
      expect(text).toContain(paper.title);
      expect(text.replace(/\s+/g, ' ')).toContain('Ben: “Read section 3 & 4.”');
      expect(text).toContain('1 from your circles');
    }
    const html = lastHtml('ada');
    expect(html).toContain('Tidal Lab');
    // It writes in nobody's name: whoever holds the mail has to sign in.
    expect(html).toContain(`/circles/for/${paper.id}"`);
    const before = live.mailTo(addressOf('ada')).length;
    for (const name of ['ben', 'dan']) expect(lastMail(name)).not.toContain(paper.title);
    await nextDay('third');
    expect(live.mailTo(addressOf('ada'))).toHaveLength(before);
  });

  it('answer each other, and see each line once', async () => {
    const ada = await as('ada');
    const page = (await ada.get(lab.here)).body;
    const of = /name="of" value="(\d+)"/.exec(page)?.[1] ?? '';
    const said = await ada.post(lab.here, { act: 'say', of, line: 'Their baseline is old.' });
    expect(said.headers.location).toBe(lab.here);
    await nextDay('fourth');
    const text = lastMail('ben').replace(/\s+/g, ' ');
    expect(text).toContain('ada: “Their baseline is old.”');
    expect(text).not.toContain('Read section 3');
    expect((await ada.get(lab.here)).body).toContain('Their baseline is old.');
  });

  it('mark what no feed brought by its id', async () => {
    const ben = await as('ben');
    const bad = await ben.post(lab.here, { act: 'say', typed: 'the one on gulls', line: 'x' });
    expect([bad.statusCode, bad.body.includes('No arXiv id, DOI or PubMed id')]).toEqual([
      400,
      true,
    ]);
    await ben.post(lab.here, { act: 'say', typed: 'https://arxiv.org/abs/2511.01234v2', line: '' });
    await nextDay('fifth');
    expect(lastMail('ada')).toContain('arXiv 2511.01234');
    expect(lastMail('ada')).toContain('https://arxiv.org/abs/2511.01234');
    expect(lastMail('ada')).toContain('Ben marked it.');
  });

  it('stop at the bounds, which are said where they are felt', async () => {
    const cyd = await as('cyd');
    const paper = await somePaper();
    const long = await mark('cyd', lab.id, paper.id, 'x'.repeat(501));
    expect([long.statusCode, long.body.includes('A line has at most 500 characters.')]).toEqual([
      400,
      true,
    ]);
    const huge = await mark('cyd', lab.id, paper.id, 'x'.repeat(1_000_000));
    expect(huge.statusCode).toBe(413);
    for (let line = 1; line <= 10; line += 1) {
      expect((await mark('cyd', lab.id, paper.id, `line ${line}`)).statusCode).toBe(200);
    }
    const eleventh = await mark('cyd', lab.id, paper.id, 'one more');
    expect([eleventh.statusCode, eleventh.body.includes('10 lines a day are the most')]).toEqual([
      400,
      true,
    ]);
    const named = await cyd.post('/circles', { name: 'www.example.org', as: 'Cyd' });
    expect([named.statusCode, named.body.includes('no address, and no link')]).toEqual([400, true]);
    await nextDay('sixth');
    expect(lastMail('ada').replace(/\s+/g, ' ')).toContain('2 others stand on its page.');
  });

  it('mute and report by one press, and the owner takes down', async () => {
    const [ada, ben] = [await as('ada'), await as('ben')];
    const paper = await somePaper();
    await mark('cyd', lab.id, paper.id, 'Buy tin roofs.');
    const { id: cyd } = await memberOf('cyd', lab.id);
    await ben.post(lab.here, { mute: String(cyd) });
    const body = (await ada.get(lab.here)).body;
    const note = /Buy tin roofs\.[\s\S]*?name="note" value="(\d+)"/.exec(body)?.[1] ?? '';
    await (await as('cyd')).post(lab.here, { act: 'report', note });
    expect((await ada.get(lab.here)).body).toContain('reported by one');
    expect((await ben.get(lab.here)).body).not.toContain('Buy tin roofs');
    const refused = await ben.post(lab.here, { act: 'take_down', note });
    expect([refused.statusCode, refused.body.includes('Only the owner')]).toEqual([400, true]);
    const before = live.mailTo(addressOf('ada')).length;
    await ada.post(lab.here, { act: 'take_down', note });
    await nextDay('seventh');
    expect(live.mailTo(addressOf('ada'))).toHaveLength(before);
    expect((await ada.get(lab.here)).body).not.toContain('Buy tin roofs');
  });

  it('take their words along: from letters that are sent again too, and from what waits', async () => {
    const paper = await somePaper(1);
    await mark('ben', lab.id, paper.id, 'Only Ben says this.');
    await nextDay('eighth');
    expect(lastMail('ada')).toContain('Only Ben says this.');
    await mark('ben', lab.id, (await somePaper(2)).id, 'This waits.');
    const { subscriberId, id } = await readerOf('ada');
    const letters = await live.outside.store.deliveries.listLetters({
      id: null,
      subscriberId,
      from: new Date(0),
      to: new Date('2030-01-01'),
    });
    const last = letters.filter(({ kind }) => kind === 'digest').at(-1)?.id ?? 0;
    expect((await renderDelivery(live.outside, last))?.text).toContain('Only Ben says this.');
    expect((await renderShown(live.outside, last))?.text).not.toContain('Only Ben');
    const ben = await readerOf('ben');
    await eraseReader(live.outside, ben.id, 'reader');
    const again = await renderDelivery(live.outside, last);
    for (const word of ['Only Ben', 'Ben', paper.title]) expect(again?.text).not.toContain(word);
    const page = (await (await as('ada')).get(lab.here)).body;
    for (const word of ['Only Ben', 'This waits', 'Ben']) expect(page).not.toContain(word);
    const before = live.mailTo(addressOf('ada')).length;
    await nextDay('ninth');
    expect(live.mailTo(addressOf('ada'))).toHaveLength(before);
    expect(id).toBeGreaterThan(0);
  });

  it('leave by one press; the owner’s circle goes to whoever is in it for longest', async () => {
    await (await as('eva')).post(lab.invitation, { as: 'Eva' });
    const left = await (await as('ada')).post(lab.here, { act: 'leave' });
    expect(left.headers.location).toBe('/circles');
    expect((await (await as('ada')).get(lab.here)).statusCode).toBe(404);
    expect((await memberOf('cyd', lab.id)).isOwner).toBe(true);
    const page = (await (await as('eva')).get(lab.here)).body;
    // What she wrote stays.
    expect(page).toContain('Their baseline is old.');
  });

  it('are taken out by the owner, and an invitation does not bring them back', async () => {
    const { id: eva } = await memberOf('eva', lab.id);
    await (await as('cyd')).post(lab.here, { act: 'take_out', member: String(eva) });
    const back = await (await as('eva')).post(lab.invitation, { as: 'Eva' });
    expect(back.body).toContain('took you out');
  });

  it('find invitations ended after two weeks, or by a press', async () => {
    const cyd = await as('cyd');
    await cyd.post(lab.here, { act: 'end_invitation' });
    expect((await (await as('dan')).get(lab.invitation)).statusCode).toBe(410);
    await cyd.post(lab.here, { act: 'invite' });
    const page = (await cyd.get(lab.here)).body;
    const invitation = /value="http[^"]*(\/join\/[^"]+)"/.exec(page)?.[1] ?? '';
    expect((await (await as('dan')).get(invitation)).statusCode).toBe(200);
    live.clock.set('2026-03-28T07:00:00Z');
    expect((await (await as('dan')).get(invitation)).statusCode).toBe(410);
  });

  it('are set aside by a restore until they say that they are in', async () => {
    const club = await open('dan', 'Friday club');
    await (await as('eva')).post(club.invitation, { as: 'Eva' });
    await mark('eva', club.id, (await somePaper()).id, 'Before the restore.');
    const dan = await as('dan');
    expect((await dan.get(club.here)).body).toContain('Before the restore.');
    const at = live.clock.now();
    await live.outside.store.transaction((tx) =>
      tx.backups.settle({ backupAt: at, restoredAt: at }),
    );
    for (const name of ['dan', 'eva', 'cyd', 'ada']) browsers.delete(name);
    expect((await dan.get(club.here)).statusCode).toBe(303);
    const again = await as('dan');
    const aside = (await again.get(club.here)).body;
    expect(aside).toContain('restored from a backup');
    expect(aside).not.toContain('Before the restore.');
    await again.post(club.here, { act: 'come_back' });
    // Who has not said so yet is not heard.
    expect((await again.get(club.here)).body).not.toContain('Before the restore.');
    await (await as('eva')).post(club.here, { act: 'come_back' });
    expect((await again.get(club.here)).body).toContain('Before the restore.');
    await (await as('cyd')).post(lab.here, { act: 'come_back' });
  });

  it('read a closed one for a while, and write nothing there', async () => {
    const cyd = await as('cyd');
    const closed = await cyd.post(lab.here, { act: 'close' });
    expect(closed.headers.location).toBe(lab.here);
    const page = (await cyd.get(lab.here)).body;
    expect(page).toContain('This circle is closed.');
    const paper = await somePaper();
    const marked = await mark('cyd', lab.id, paper.id, 'too late');
    expect(marked.body).toContain('This circle is closed.');
  });
});
