import { releaseAnnouncement } from '../../src/steps/announcements/release.ts';
import { countReaders, writeAnnouncement } from '../../src/steps/announcements/write.ts';
import { pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { changeWishes, unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { suppressAddress } from '../../src/steps/readers/suppress.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { INBOUND_DOMAIN, openReturnMail, type ReturnMail } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

const service = {
  subject: 'We are down tomorrow',
  body: 'From **nine to ten** nothing is sent; see [the page](https://papers.example/down).',
  isService: true,
  audience: {},
  actor: 'test',
};

describe.each(backends)('an announcement in the %s', (backend) => {
  let live: Live;
  let mail: ReturnMail;
  beforeAll(async () => {
    live = await openLive(backend, {
      env: { INBOUND_DOMAIN, INBOUND_PORT: String(await freePort()), INBOUND_HOST: '127.0.0.1' },
    });
    mail = await openReturnMail(live);
  });
  afterAll(async () => {
    await mail?.close();
    await live?.close();
  });

  const readers = async (...names: string[]) => {
    const made = [];
    for (const name of names) made.push(await subscribe(live.outside, `${name}@readers.example`));
    return made;
  };
  const to = (name: string) =>
    live
      .mailTo(`${name}@readers.example`)
      .filter(({ source }) => /^List-Id:[^<]*<announcements\./im.test(source));
  const write = (change: object = {}) => writeAnnouncement(live.outside, { ...service, ...change });
  const count = async (id: number) => {
    const found = await live.outside.store.announcements.find(id);
    if (!found) throw new Error('it is not there');
    return countReaders(live.outside, found);
  };
  /** Says yes to as many as there are. */
  const release = async (id: number) => {
    const counted = await count(id);
    await releaseAnnouncement(live.outside, { id, readers: counted, actor: 'test' });
    return counted;
  };
  const statesOf = async (id: number) => {
    const outcomes = await live.outside.store.announcements.countOutcomes(id);
    return outcomes.map(({ state, cause, count }) => [cause ?? state, count]);
  };
  const only = (name: string) => ({ audience: { address: `${name}@` } });

  it('goes to each active reader once, as HTML and as text, with a way out of its own', async () => {
    await readers('ada', 'ben');
    const id = await write();
    expect(await release(id)).toBe(2);
    await live.settle();
    for (const name of ['ada', 'ben']) {
      const [letter, ...more] = to(name);
      expect(more).toEqual([]);
      expect(letter?.email.subject).toBe('We are down tomorrow');
      expect(letter?.email.html).toContain('<strong>nine to ten</strong>');
      expect(letter?.email.text).toMatch(/the page\s\(https:\/\/papers.example\/down\)/);
      const { source = '' } = letter ?? {};
      const unfolded = source.replace(/\r\n[ \t]/g, ' ');
      expect(unfolded).toMatch(/^List-Unsubscribe: <http\S+\/announcements\/\S+>, <mailto:n\+/m);
      expect(unfolded).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
      expect(unfolded).toMatch(new RegExp(`^Feedback-ID: ${id}:service:announcement:`, 'm'));
    }
    const again = releaseAnnouncement(live.outside, { id, readers: 2, actor: 'test' });
    await expect(again).rejects.toThrow('was sent already');
    await live.settle();
    expect(to('ada')).toHaveLength(1);
    expect(await statesOf(id)).toEqual([['accepted', 2]]);
  });

  it('says in the language of each reader why they get it, and how to end it', async () => {
    await subscribe(live.outside, 'lang-de@readers.example', { profile: { language: 'de' } });
    await readers('lang-en');
    expect(await release(await write({ audience: { address: 'lang-' } }))).toBe(2);
    await live.settle();
    const [german] = to('lang-de');
    expect(german?.email.html).toContain('<html lang="de"');
    expect(german?.email.text).toContain('Sie bekommen dies, weil Sie Paperround abonniert haben');
    expect(german?.email.text).toMatch(/Keine Mitteilungen mehr:\s+http/);
    expect(to('lang-en')[0]?.email.text).toContain('Your digests go on.');
    const page = live.linkTo('announcements', 'lang-de@readers.example');
    expect((await live.get(page)).body).toContain('Auch keine Übersichten mehr?');
    expect((await live.post(page)).body).toContain('bekommt keine Mitteilungen von');
  });

  it('is sent only with a yes to the very count', async () => {
    await readers('count-1', 'count-2');
    const id = await write(only('count-1'));
    const wrong = releaseAnnouncement(live.outside, { id, readers: 2, actor: 'test' });
    await expect(wrong).rejects.toThrow('would go to 1 now');
    await live.settle();
    expect(to('count-1')).toEqual([]);
    expect(await release(id)).toBe(1);
    await live.settle();
    expect([to('count-1').length, to('count-2').length]).toEqual([1, 0]);
  });

  it('goes to who reads a field', async () => {
    await subscribe(live.outside, 'field@readers.example', { profile: { fields: ['robotics'] } });
    const id = await write({ audience: { field: 'robotics' } });
    expect(await release(id)).toBe(1);
    await live.settle();
    expect(to('field')).toHaveLength(1);
  });

  it('is judged again as it is sent: who left, was suppressed or paused all mail gets none', async () => {
    const names = ['j-left', 'j-suppressed', 'j-paused', 'j-ended', 'j-stays'];
    const [left, , paused, ended] = await readers(...names);
    const pause = { what: 'all', actor: 'test', reason: 'test' };
    await pauseSending(live.outside, pause);
    const id = await write({ audience: { address: 'j-' } });
    expect(await release(id)).toBe(5);
    await unsubscribe(live.outside, left?.id ?? 0, 'page');
    const key = 'j-suppressed@readers.example';
    await suppressAddress(live.outside, {
      address: { address: key, key },
      reason: 'asked by letter',
      actor: 'test',
    });
    if (paused) {
      await changeWishes(live.outside, paused.id, { ...paused, pausedUntil: '2026-03-20' });
    }
    await live.post(live.sign('announcements', ended?.id ?? 0));
    await resumeSending(live.outside, pause);
    await live.settle();
    expect(names.map((name) => to(name).length)).toEqual([0, 0, 0, 0, 1]);
    expect(await statesOf(id)).toEqual([
      ['accepted', 1],
      ['cancelled', 3],
      ['suppressed', 1],
    ]);
  });

  it('stands still by a pause of its own, and nothing else does', async () => {
    await readers('p-one');
    const id = await write(only('p-one'));
    const all = { what: 'all', actor: 'test', reason: 'test' };
    await pauseSending(live.outside, all);
    await release(id);
    const own = { ...all, what: `announcement-${id}` };
    await pauseSending(live.outside, own);
    await resumeSending(live.outside, all);
    await live.post('/link', { address: 'p-one@readers.example' });
    await live.settle();
    expect(live.mailTo('p-one@readers.example')).toHaveLength(1);
    expect(to('p-one')).toEqual([]);
    await resumeSending(live.outside, own);
    await live.settle();
    expect(to('p-one')).toHaveLength(1);
  });

  it('ends by one click, and the digest does not; the page offers to end everything', async () => {
    const [reader] = await readers('click');
    await release(await write(only('click')));
    await live.settle();
    const link = live.linkTo('announcements', 'click@readers.example');
    const page = await live.get(link);
    expect(page.body).toContain('Stop announcements from');
    const done = await live.post(
      link,
      { 'List-Unsubscribe': 'One-Click' },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('Digests go on as before');
    const find = () => live.outside.store.subscribers.find(reader?.id ?? 0);
    expect(await find()).toMatchObject({ state: 'active', announcements: 'none' });
    expect(await count(await write(only('click')))).toBe(0);
    const [, everything = ''] = /action="(\/unsubscribe\/[^"]+)"/.exec(done.body) ?? [];
    await live.post(everything);
    expect(await find()).toMatchObject({ state: 'ended' });
  });

  it('ends by a mail to its own address, and by a complaint, and the digest does not', async () => {
    const [wrote, complained] = await readers('m-wrote', 'm-complained');
    await release(await write({ audience: { address: 'm-' } }));
    await live.settle();
    const sourceOf = (name: string) =>
      to(name)
        .at(-1)
        ?.source.replace(/\r\n[ \t]/g, ' ') ?? '';
    const [, leaving = ''] = /<mailto:(n\+[^?>]+)/.exec(sourceOf('m-wrote')) ?? [];
    await mail.send('From: m-wrote@readers.example\r\nSubject: unsubscribe\r\n\r\n', {
      from: 'm-wrote@readers.example',
      to: [leaving],
    });
    await mail.settle();
    const [, messageId = ''] = /^Message-ID: (\S+)/m.exec(sourceOf('m-complained')) ?? [];
    const [, reference = ''] = /^X-Entity-Ref-ID: (\S+)/m.exec(sourceOf('m-complained')) ?? [];
    await mail.send(reportOf(messageId, reference), {
      from: 'fbl@provider.example',
      to: [`fbl@${INBOUND_DOMAIN}`],
    });
    await mail.settle();
    const { store } = live.outside;
    for (const reader of [wrote, complained]) {
      const found = await store.subscribers.find(reader?.id ?? 0);
      expect(found).toMatchObject({ state: 'active', announcements: 'none' });
    }
    expect(await store.records.findSuppression(live.hash('m-complained@readers.example'))).toBe(
      undefined,
    );
    await cutWith(live.outside, makePapers('m', 12));
    live.clock.advance(24 * 3_600_000);
    await live.settle();
    const digests = live
      .mailTo('m-complained@readers.example')
      .filter(({ source }) => /<digest\./.test(source));
    expect(digests).toHaveLength(1);
  });

  it('that is not about the service goes to who asked for such, and to nobody else', async () => {
    const [asked] = await readers('o-asked', 'o-silent');
    if (asked) {
      const wishes = { ...asked, pausedUntil: null, announcements: 'all' } as const;
      await changeWishes(live.outside, asked.id, wishes);
    }
    const id = await write({ isService: false, audience: { address: 'o-' } });
    expect(await release(id)).toBe(1);
    await live.settle();
    expect([to('o-asked').length, to('o-silent').length]).toEqual([1, 0]);
    await unsubscribe(live.outside, asked?.id ?? 0, 'page');
    const left = await live.outside.store.subscribers.find(asked?.id ?? 0);
    expect(left?.announcements).toBe('service');
  });
});

/** What a provider sends of a mail that its reader called spam (RFC 5965). */
function reportOf(messageId: string, reference: string): string {
  return [
    'From: fbl@provider.example',
    'Subject: complaint',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'This is a complaint.',
    '--part',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: provider/1.0',
    'Version: 1',
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: ${messageId}`,
    `X-Entity-Ref-ID: ${reference}`,
    'Subject: We are down tomorrow',
    '',
    'text',
    '--part--',
    '',
  ].join('\r\n');
}
