import * as made from '../feeds/alerts/made.ts';
import {
  keysOf,
  makeAlertAddress,
  settleAlerts,
  signAs,
  writeMail,
} from '../harness/alert-mail.ts';
import { backends } from '../harness/context.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';
import { named } from '../harness/items.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { INBOUND_DOMAIN, openReturnMail, type ReturnMail } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

// From the mail of an alert, by the listener, to the letter of its reader.
describe.each(backends)('a reader who only forwards alerts, in the %s', (backend) => {
  const ada = 'ada@readers.example';
  const ben = 'ben@readers.example';
  let live: Live;
  let back: ReturnMail;
  let dns: TestDns;
  let to = '';
  let id = 0;
  beforeAll(async () => {
    dns = await openTestDns(keysOf('google.com'));
    live = await openLive(backend, {
      env: { INBOUND_DOMAIN, INBOUND_PORT: String(await freePort()), DNS_SERVERS: dns.server },
    });
    back = await openReturnMail(live);
    const reader = await subscribe(live.outside, ada);
    await subscribe(live.outside, ben);
    id = reader.id;
    await live.post(`${live.sign('preferences', id)}/private`);
    await live.settle();
    to = await makeAlertAddress(live, live.linkTo('private', ada));
  });
  afterAll(async () => {
    await back?.close();
    await live?.close();
    dns?.close();
  });

  const lettersTo = (address: string) =>
    live.mailTo(address).filter(({ email }) => /^Today: /m.test(email.text ?? ''));
  const alert = async (mail: Parameters<typeof writeMail>[0]) => {
    const raw = await signAs('google.com', writeMail(mail));
    await back.send(raw, { from: 'bounce@sender.example', to: [to] });
    await settleAlerts(live);
  };
  const nextMorning = async (papers: Parameters<typeof cutWith>[1] = []) => {
    live.clock.advance(20 * 3_600_000);
    if (papers.length > 0) await cutWith(live.outside, papers);
    live.clock.advance(4 * 3_600_000);
    await live.settle();
  };

  it('wishes for nothing else on the preferences', async () => {
    const page = live.sign('preferences', id);
    expect((await live.get(page)).body).toContain('name="itemsOnly"');
    const times = { days: ['1', '2', '3', '4', '5', '6', '7'], hour: '07:00', zone: 'Etc/UTC' };
    const saved = await live.post(page, { ...times, count: '10', itemsOnly: 'yes' });
    expect(saved.statusCode).toBeLessThan(400);
    const reader = await live.outside.store.subscribers.find(id);
    expect(reader?.profile.itemsOnly).toBe(true);
    expect((await live.get(page)).body).toMatch(/name="itemsOnly" value="yes" checked/);
  });

  it('gets their papers in one letter', async () => {
    await alert(made.scholarQuery);
    await nextMorning(makePapers('elsewhere', 10));
    const [letter, ...others] = lettersTo(ada);
    expect(others).toEqual([]);
    const text = letter?.email.text ?? '';
    expect(text).toContain('From your alerts');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'From your Google Scholar alert “"moss growth" OR lichen”.',
    );
    expect(text).not.toContain('elsewhere');
    // The reader's own, whoever else reads here.
    expect(lettersTo(ben).at(-1)?.email.text).toContain('elsewhere');
    expect(lettersTo(ben).at(-1)?.source).not.toContain('From your alerts');
  });

  it('has what it read on their own page, and nowhere else', async () => {
    await live.post(`${live.sign('preferences', id)}/private`);
    await live.settle();
    const page = (await live.get(live.linkTo('private', ada))).body;
    expect(page).toContain('Named to you alone');
    const items = await live.outside.store.items.list(1, 10);
    const titles = items.map(({ told }) => told.title);
    expect(titles.length).toBeGreaterThan(0);
    for (const path of ['/', '/editions', '/sitemap.xml', '/search?q=lichen']) {
      const { body } = await live.get(path);
      const found = titles.filter((title) => body.includes(title));
      expect([path, found]).toEqual([path, []]);
    }
  });

  it('gets no mail on a day without any', async () => {
    await nextMorning(makePapers('later', 10));
    expect(lettersTo(ada)).toHaveLength(1);
  });

  it('is brought what a feed brings later as nothing new', async () => {
    const [item] = await live.outside.store.items.list(1, 1);
    const { title, authors, ids } = item?.told ?? named('');
    const full = { ...named(title), authors, ids, abstract: 'Of mosses on ice.' };
    await live.post(live.sign('preferences', id), {
      ...{ days: ['1', '2', '3', '4', '5', '6', '7'], hour: '07:00', zone: 'Etc/UTC' },
      count: '10',
    });
    await nextMorning([full]);
    await nextMorning(makePapers('afterwards', 5));
    const bens = lettersTo(ben).map(({ email }) => email.text ?? '');
    expect(bens.some((text) => text.replace(/\s+/g, ' ').includes(full.title))).toBe(true);
    const [, ...later] = lettersTo(ada).map(({ email }) => email.text ?? '');
    expect(later.length).toBeGreaterThan(0);
    expect(later.some((text) => text.replace(/\s+/g, ' ').includes(full.title))).toBe(false);
  });
});
