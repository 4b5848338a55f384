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
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { INBOUND_DOMAIN, openReturnMail, type ReturnMail } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

const DAY = 24 * 3_600_000;
const gmail = {
  from: 'forwarding-noreply@google.com',
  subject: '(Gmail Forwarding Confirmation - Receive Mail from ada@readers.example',
};
const confirm = 'https://mail-settings.google.com/mail/vf-%5BABC%5D-def';
const gmailText = (mailbox: string) =>
  `${mailbox} has requested to automatically forward mail to your address.\n\n${confirm}\n\nNo? https://mail-settings.google.com/mail/uf-%5BXYZ%5D\n`;

// A reader's address for alerts, from the press that makes it to the papers that they are given.
describe.each(backends)('an address for alerts, in the %s', (backend) => {
  let live: Live;
  let back: ReturnMail;
  let dns: TestDns;
  let count = 0;
  beforeAll(async () => {
    dns = await openTestDns(keysOf('google.com', 'nih.gov', 'readers.example', 'stranger.example'));
    live = await openLive(backend, {
      env: {
        INBOUND_DOMAIN,
        INBOUND_PORT: String(await freePort()),
        DNS_SERVERS: dns.server,
        REQUESTS_PER_MINUTE: '9999',
        FORM_MAILS_PER_ADDRESS: '99',
      },
    });
    back = await openReturnMail(live);
  });
  afterAll(async () => {
    await back?.close();
    await live?.close();
    dns?.close();
  });

  /** A new reader with their private page and an address for alerts. */
  const come = async () => {
    count += 1;
    const address = `reader${count}@readers.example`;
    const reader = await subscribe(live.outside, address);
    await live.post(`${live.sign('preferences', reader.id)}/private`);
    await live.settle();
    const page = live.linkTo('private', address);
    const to = await makeAlertAddress(live, page);
    const found = await live.outside.store.subscribers.find(reader.id);
    return { address, page, to, id: reader.id, subscriberId: found?.subscriberId ?? 0 };
  };
  const send = async (to: string, raw: string, from = 'bounce@sender.example') => {
    const said = await back.send(raw, { from, to: [to] });
    await settleAlerts(live);
    return said;
  };
  const listed = (subscriberId: number) => live.outside.store.alertMails.list(subscriberId, 100);
  const pageOf = async (page: string) => (await live.get(`${page}/alerts`)).body;

  it('takes what a service signed, and gives its papers to the reader alone', async () => {
    const [ada, ben] = [await come(), await come()];
    await send(ada.to, await signAs('google.com', writeMail(made.scholarQuery)));
    expect(await listed(ada.subscriberId)).toMatchObject([
      { state: 'read', kind: 'scholar', papers: 2, about: '"moss growth" OR lichen' },
    ]);
    expect(await listed(ben.subscriberId)).toEqual([]);
    const page = await pageOf(ada.page);
    expect(page).toContain('2 papers found.');
    expect(page).toContain('moss growth');
    expect(await live.outside.store.inbound.countByVerdict()).toEqual([]);
  });

  it('asks whose a mail is that nobody signed, and reads it at a yes', async () => {
    const ada = await come();
    await send(ada.to, writeMail(made.pubmedToday));
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'asked', papers: 2 }]);
    const [mail] = await listed(ada.subscriberId);
    expect(await pageOf(ada.page)).toContain('Was this you?');
    // Nobody else can say so.
    const ben = await come();
    const press = { id: String(mail?.id), act: 'mine' };
    expect((await live.post(`${ben.page}/alerts/mail`, press)).statusCode).toBe(400);
    expect((await live.post(`${ada.page}/alerts/mail`, press)).statusCode).toBe(200);
    await settleAlerts(live);
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'read', kind: 'pubmed' }]);
  });

  it('asks no more of a sender that signs, once its reader said yes', async () => {
    const ada = await come();
    const toc = async (from: string, domain?: string) => {
      const raw = writeMail({ ...made.unknown, from });
      await send(ada.to, domain ? await signAs(domain, raw) : raw);
      return (await listed(ada.subscriberId))[0];
    };
    const first = await toc('toc@stranger.example', 'stranger.example');
    expect(first?.state).toBe('asked');
    await live.post(`${ada.page}/alerts/mail`, { id: String(first?.id), act: 'mine' });
    await settleAlerts(live);
    expect((await toc('toc@stranger.example', 'stranger.example'))?.state).toBe('read');
    expect((await toc('toc@stranger.example'))?.state).toBe('asked');
    expect((await toc('else@stranger.example', 'stranger.example'))?.state).toBe('asked');
  });

  it.each([
    ['signed by a domain of somebody else', 'stranger.example', made.pubmedToday],
    ['of a stranger', 'stranger.example', { ...made.pubmedToday, from: 'x@stranger.example' }],
    ['forwarded by the owner, unsigned', undefined, made.scholarByOutlook],
  ])('asks whose a mail is: %s', async (_, domain, mail) => {
    const ada = await come();
    const raw = writeMail(mail);
    await send(ada.to, domain ? await signAs(domain, raw) : raw);
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'asked' }]);
    await live.post(`${ada.page}/alerts/mail`, {
      id: String((await listed(ada.subscriberId))[0]?.id),
      act: 'drop',
    });
    expect(await listed(ada.subscriberId)).toEqual([]);
  });

  it.each(['8bit', 'base64', 'quoted-printable'] as const)(
    'reads what its owner forwards by hand, in %s',
    async (encoding) => {
      const ada = await come();
      const mail = { ...made.scholarByOutlook, from: ada.address };
      await send(ada.to, await signAs('readers.example', writeMail(mail, encoding)));
      expect(await listed(ada.subscriberId)).toMatchObject([
        { state: 'read', kind: 'scholar', papers: 1 },
      ]);
    },
  );

  it('shows a subject without the marks that turn what stands behind it', async () => {
    const ada = await come();
    await send(
      ada.to,
      writeMail({ from: 'x@y.example', subject: 'a\u202efdp\u2066b', text: 'hello' }),
    );
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'asked', subject: 'a fdp b' }]);
    const page = await pageOf(ada.page);
    expect(page).toContain('a fdp b');
    expect(page).not.toContain('0 papers');
  });

  it('takes a mail that was changed on its way for nobody’s', async () => {
    const ada = await come();
    const signed = await signAs('google.com', writeMail(made.scholarQuery));
    await send(ada.to, signed.replace('40 plots', '41 plots'));
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'asked' }]);
  });

  it('shows what is to be confirmed to its owner, and tells them at once, five times a day', async () => {
    const ada = await come();
    const before = live.mailTo(ada.address).length;
    for (let time = 0; time < 7; time += 1) {
      const mail = {
        ...gmail,
        text: gmailText(time === 0 ? 'ada@elsewhere.example' : ada.address),
      };
      await send(ada.to, await signAs('google.com', writeMail(mail)));
    }
    await live.settle();
    const told = live.mailTo(ada.address).slice(before);
    expect(told).toHaveLength(5);
    expect(told[0]?.email.text).toContain('ada@elsewhere.example');
    expect(told[0]?.email.text).toContain('confirm nothing');
    expect(told[1]?.email.text).not.toContain('confirm nothing');
    expect(told.map(({ email }) => email.text).join()).not.toContain('mail-settings');
    const link = live.linkTo('private', ada.address);
    expect(link).toMatch(/\/alerts$/);
    const page = (await live.get(link)).body;
    expect(page.split(confirm)).toHaveLength(8);
    expect(page).not.toContain('/uf-');
    expect(page).toContain('not the one that your digests go to');
  });

  it('says of a confirmation that nobody signed that nothing proves it', async () => {
    const ada = await come();
    const before = live.mailTo(ada.address).length;
    await send(ada.to, writeMail({ ...gmail, text: gmailText(ada.address) }));
    await live.settle();
    expect(live.mailTo(ada.address)).toHaveLength(before);
    const [mail] = await listed(ada.subscriberId);
    expect(mail).toMatchObject({ state: 'asked', confirmation: null });
    expect(await pageOf(ada.page)).not.toContain(confirm);
    await live.post(`${ada.page}/alerts/mail`, { id: String(mail?.id), act: 'mine' });
    await settleAlerts(live);
    const page = await pageOf(ada.page);
    expect(page).toContain(confirm);
    expect(page).toContain('Nothing proves that this mail is from Gmail.');
  });

  it('drops our own mail at the door, and what quotes it', async () => {
    const ada = await come();
    const own = live.mailTo(ada.address).at(-1);
    await send(ada.to, own?.source ?? '');
    const quoting = {
      from: ada.address,
      subject: 'Fwd: your digest',
      html: `<a href="${live.outside.config.http.publicUrl}/editions/1">one two three four</a> doi:10.5555/x`,
    };
    await send(ada.to, await signAs('readers.example', writeMail(quoting)));
    expect(await listed(ada.subscriberId)).toEqual([]);
    expect(await pageOf(ada.page)).toContain('one of our own letters came back');
  });

  it('keeps what it cannot read, and says so', async () => {
    const ada = await come();
    const mail = { from: ada.address, subject: 'Minutes', text: 'We met on Monday.' };
    await send(ada.to, await signAs('readers.example', writeMail(mail)));
    expect(await listed(ada.subscriberId)).toMatchObject([{ state: 'unread' }]);
    expect(await pageOf(ada.page)).toContain('We could not read this one.');
    expect(await live.outside.store.alertMails.countUnread()).toContainEqual({
      sender: 'readers.example',
      kind: null,
      mails: 1,
      readers: 1,
    });
  });

  it('reads a mail of 1,500 papers up to a thousand, and says so', async () => {
    const ada = await come();
    const [one = ''] = /<h3><a.*?<\/h3>/s.exec(made.scholarBefore2022.html) ?? [];
    const html = Array.from({ length: 1_500 }, (_, at) =>
      one
        .replace('&amp;d=7', `&amp;d=${at + 1}`)
        .replace('journal.example.org/7', `j.example/${at}`)
        .replace('Moss again', `Moss of the ${at + 1}th kind`),
    ).join('<div>D Five, E Six</div>');
    await send(ada.to, await signAs('google.com', writeMail({ ...made.scholarQuery, html })));
    expect(await listed(ada.subscriberId)).toMatchObject([{ papers: 1_000, reason: 'cut' }]);
    expect(await live.outside.store.items.list(ada.subscriberId, 2_000)).toHaveLength(1_000);
    expect(await pageOf(ada.page)).toContain('A mail is read up to 1000 papers');
  });

  it('puts off what is too much for a day, and says so', async () => {
    const ada = await come();
    const raw = (number: number) =>
      writeMail({
        from: 'x@y.example',
        subject: `${number}`,
        text: `${'x'.repeat(98)}\r\n`.repeat(45_000),
      });
    for (const number of [1, 2, 3, 4]) await send(ada.to, raw(number));
    await expect(send(ada.to, raw(5))).rejects.toThrow(/452.*4\.2\.2/);
    expect(await pageOf(ada.page)).toContain('more than 20 MB or 300 mails');
    live.clock.advance(DAY + 1);
    await expect(send(ada.to, raw(6))).resolves.toMatch(/^250/);
  });

  it('lets a stranger leave twenty mails to ask about, not more', async () => {
    const ada = await come();
    for (let number = 0; number < 25; number += 1) {
      await back.send(writeMail({ from: 'x@y.example', subject: `${number}`, text: 'hello' }), {
        from: 'x@y.example',
        to: [ada.to],
      });
    }
    await settleAlerts(live);
    expect(await listed(ada.subscriberId)).toHaveLength(20);
  });

  it('swallows for 30 days what comes to a replaced address, and refuses what was never one', async () => {
    const ada = await come();
    const next = await makeAlertAddress(live, ada.page, ada.to);
    expect(next).not.toBe(ada.to);
    // A browser that opens the page of a press again sends it again.
    expect(await makeAlertAddress(live, ada.page, ada.to)).toBe(next);
    expect(await makeAlertAddress(live, ada.page)).toBe(next);
    const alert = await signAs('google.com', writeMail(made.scholarQuery));
    await expect(send(ada.to, alert)).resolves.toMatch(/^250/);
    expect(await listed(ada.subscriberId)).toEqual([]);
    await live.post(`${ada.page}/alerts`, { act: 'end' });
    await expect(send(next, alert)).resolves.toMatch(/^250/);
    expect(await listed(ada.subscriberId)).toEqual([]);
    const nobodys = `al-0000000000000000@${INBOUND_DOMAIN}`;
    await expect(send(nobodys, alert)).rejects.toThrow(/550.*5\.1\.1/);
    await live.outside.store.alertAddresses.removeEnded(live.clock.now());
    await expect(send(next, alert)).resolves.toMatch(/^250/);
    live.clock.advance(31 * DAY);
    await live.outside.store.alertAddresses.removeEnded(live.clock.now());
    await expect(send(next, alert)).rejects.toThrow(/5\.1\.1/);
  });
});
