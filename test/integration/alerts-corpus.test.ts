import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readAlertMail } from '../../src/feeds/alerts/read-mail.ts';
import { openAlertAddress } from '../../src/steps/alerts/address.ts';
import { forwardedAttached } from '../feeds/alerts/forwarded.ts';
import * as made from '../feeds/alerts/made.ts';
import { keysOf, settleAlerts, signAs, writeMail } from '../harness/alert-mail.ts';
import { backends } from '../harness/context.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { INBOUND_DOMAIN, openReturnMail, type ReturnMail } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

const backend = backends.at(-1) ?? 'sandbox';
const recorded = '../shared/feeds/alerts';
const files = existsSync(recorded)
  ? readdirSync(recorded).filter((name) => name.endsWith('.eml'))
  : [];
const services =
  'google.com nih.gov arxiv.org highwire.org notification.elsevier.com nature.com wiley.com heart.org readers.example'.split(
    ' ',
  );

/** A recorded mail without its signatures, which hold no more since names in it were changed. */
const unsigned = (raw: Buffer) =>
  raw
    .toString()
    .replace(/\r?\n/g, '\r\n')
    .replace(
      /^(?:dkim-signature|x-google-dkim-signature|arc-[\w-]+):.*\r\n(?:[ \t].*\r\n)*/gim,
      '',
    );

// Mails through the real listener, to the items of the right reader and into their letter.
describe('alert mails', () => {
  let live: Live;
  let back: ReturnMail;
  let dns: TestDns;
  let count = 0;
  beforeAll(async () => {
    dns = await openTestDns(keysOf(...services));
    live = await openLive(backend, {
      env: {
        INBOUND_DOMAIN,
        INBOUND_PORT: String(await freePort()),
        DNS_SERVERS: dns.server,
      },
    });
    back = await openReturnMail(live);
  });
  afterAll(async () => {
    await back?.close();
    await live?.close();
    dns?.close();
  });

  const come = async () => {
    count += 1;
    const address = `reader${count}@readers.example`;
    const { subscriberId } = await subscribe(live.outside, address, {
      profile: { itemsOnly: true },
    });
    await openAlertAddress(live.outside, { subscriberId, actor: 'test' });
    const open = await live.outside.store.alertAddresses.findOpen(subscriberId);
    return { address, subscriberId, to: `${open?.name}@${INBOUND_DOMAIN}` };
  };
  const send = async (to: string, raw: string | Buffer) => {
    await back.send(raw, {
      from: 'bounce@sender.example',
      to: [to],
    });
    await settleAlerts(live);
  };
  const itemsOf = async (subscriberId: number) =>
    (await live.outside.store.items.list(subscriberId, 1_000)).map(({ told }) => told.title).sort();
  const namedIn = async (raw: Buffer) =>
    (await readAlertMail(raw)).alerts
      .flatMap(({ papers }) => papers.map(({ title }) => title))
      .sort();
  const stateOf = async (subscriberId: number) =>
    (await live.outside.store.alertMails.list(subscriberId, 1))[0]?.state;

  const named = Object.entries(made)
    .filter(([, { from }]) => from !== 'reader@example.org')
    .map(([name, mail]) => [name, Buffer.from(writeMail(mail))] as const);
  const all = [
    ...named,
    ...files.map((name) => [name, readFileSync(`${recorded}/${name}`)] as const),
  ];
  if (files.length === 0) it.skip('recorded mails: ../shared is not here', () => undefined);

  it.each(all)('%s, as it came, unsigned, and attached', async (_, raw) => {
    const [ada, ben, cyd] = [await come(), await come(), await come()];
    const read = await readAlertMail(raw);
    const titles = await namedIn(raw);
    const [signer] = read.signers;
    // As a service signs it, or its reader by hand where it is of no kind that is known.
    const signed = signer ? await signAs(signer, unsigned(raw)) : undefined;
    if (signed) {
      await send(ada.to, signed);
      expect(await stateOf(ada.subscriberId)).toBe(read.confirmation ? 'confirmation' : 'read');
      expect(await itemsOf(ada.subscriberId)).toEqual(titles);
    }
    await send(ben.to, raw);
    expect(await stateOf(ben.subscriberId)).toBe('asked');
    expect(await itemsOf(ben.subscriberId)).toEqual([]);
    if (read.confirmation) return;
    const attached = forwardedAttached([unsigned(raw)], cyd.address).toString();
    await send(cyd.to, await signAs('readers.example', attached));
    expect(await stateOf(cyd.subscriberId)).toBe('read');
    expect(await itemsOf(cyd.subscriberId)).toEqual(titles);
  });

  it('bring one letter to their reader, each paper once with all that named it', async () => {
    const [ada, ben] = [await come(), await come()];
    const again = { ...made.scholarQuery, subject: 'lichen - new results' };
    // Another alert of the same service has another number.
    again.html = again.html.replaceAll('16557509448252422354', '99');
    for (const mail of [made.scholarQuery, again, made.scholarByOutlook]) {
      const own = mail.from === 'reader@example.org';
      const raw = writeMail(own ? { ...mail, from: ada.address } : mail);
      await send(ada.to, await signAs(own ? 'readers.example' : 'google.com', raw));
    }
    live.clock.set('2026-03-04T07:01:00Z');
    await live.settle();
    const letters = live.mailTo(ada.address);
    expect(letters).toHaveLength(1);
    const text = (letters[0]?.email.text ?? '').replace(/\s+/g, ' ');
    expect(text.split('Lichen nets')).toHaveLength(2);
    expect(text).toMatch(/From your Google Scholar alert .* and (?:one|two) others?\./);
    expect(live.mailTo(ben.address)).toHaveLength(0);
  });
});
