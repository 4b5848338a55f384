import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { runCommand } from '../../src/commands/commands.ts';
import { buildReference } from '../../src/core/reader/references.ts';
import { createApp } from '../../src/http/app.ts';
import { openSpool } from '../../src/mail/spool.ts';
import { recordNotice } from '../../src/steps/deliveries/notify.ts';
import { pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { takeArrival } from '../../src/steps/feedback/take.ts';
import { forge } from '../feedback/reports.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { reportOf } from '../harness/report.ts';
import {
  INBOUND_DOMAIN,
  openReturnMail,
  type ReturnMail,
  returnPathOf,
} from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';
import { waitFor } from '../harness/wait.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const secrets = [1, 2].map(() => `whsec_${randomBytes(32).toString('base64')}`);
const contact = 'desk@operator.example';

describe.each(backends)('what comes back, in the %s', (backend) => {
  let live: Live;
  let back: ReturnMail;
  let folder: string;
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-spool-'));
    live = await openLive(backend, {
      env: {
        INBOUND_DOMAIN,
        INBOUND_PORT: String(await freePort()),
        INBOUND_SPOOL: folder,
        WEBHOOK_SECRETS: secrets.join(','),
        CONTACT_EMAIL: contact,
      },
    });
    back = await openReturnMail(live);
  });
  afterAll(async () => {
    await back?.close();
    await live?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A reader and a message that was accepted for them. */
  const reach = async (address: string) => {
    const known = await live.outside.store.subscribers.findByAddress(address);
    const reader = known ?? (await subscribe(live.outside, address));
    return { reader, address, ...(await mail(reader)) };
  };
  const mail = async (reader: { address: string; subscriberId: number }) => {
    count += 1;
    const content = { subject: 'x', paragraphs: ['x'], isSubscribed: true };
    const notice = { notice: 'test', key: `test-${count}`, content, ...reader };
    const delivery = (await recordNotice(live.outside, notice, live.clock.now())) ?? 0;
    await live.settle();
    const stored = await live.outside.store.deliveries.find(delivery);
    return { delivery, messageId: stored?.messageId ?? '', state: stored?.state };
  };
  const bounce = async (delivery: number, status: string, said?: string) => {
    await back.send(reportOf(status, said), { from: '', to: [returnPathOf(live, delivery)] });
    await back.settle();
  };
  const suppression = (address: string) =>
    live.outside.store.records.findSuppression(live.hash(address));
  const audited = (address: string) => {
    const subject = `suppression ${live.hash(address).slice(0, 16)}`;
    return live.outside.store.audit.list({ subject }, { most: 10 });
  };
  const stateOf = async (address: string) =>
    (await live.outside.store.subscribers.findByAddress(address))?.state;
  const kept = () => live.outside.store.inbound.list({ afterId: 0, most: 1000, verdict: null });
  const command = (name: string, args: unknown) => runCommand(live.outside, { name, args });

  it('is no open relay, and knows a forged address at RCPT', async () => {
    const { delivery } = await reach('rcpt@readers.example');
    const path = returnPathOf(live, delivery);
    const from = 'a@b.example';
    await expect(back.send('x', { from, to: ['x@elsewhere.example'] })).rejects.toThrow(/550/);
    const forged = `${forge(path.split('@')[0] ?? '')}@${INBOUND_DOMAIN}`;
    await expect(back.send('x', { from, to: [forged] })).rejects.toThrow(/550.*5\.1\.1/);
    await expect(back.send('x', { from, to: [`u+x@${INBOUND_DOMAIN}`] })).rejects.toThrow(/550/);
    expect(await back.send(reportOf('2.0.0'), { from: '', to: [path] })).toMatch(/^250/);
    await expect(
      back.send(Buffer.alloc(6 * 1024 * 1024, 'x\r\n'), { from: '', to: [path] }),
    ).rejects.toThrow(/552/);
  });

  it('suppresses after one hard bounce, counted once however often it comes', async () => {
    const { delivery, address, reader } = await reach('hard@readers.example');
    for (let times = 0; times < 10; times += 1) {
      const said = `<${address}> unknown, told ${times} times`;
      await back.send(reportOf('5.1.1', said), { from: '', to: [returnPathOf(live, delivery)] });
    }
    await back.settle();
    expect(await suppression(address)).toMatchObject({ reason: 'bounce' });
    const entries = await audited(address);
    expect(entries).toMatchObject([
      { actor: 'bounce', action: 'suppress', detail: { reason: expect.stringContaining('5.1.1') } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(address);
    expect((await live.outside.store.deliveries.find(delivery))?.state).toBe('accepted');
    const date = live.clock.now().toISOString().slice(0, 10);
    const why = (await command('why', { address, date })).lines.join('\n');
    expect(why.match(/it bounced, for nobody is there/g)).toHaveLength(1);
    expect((await mail(reader)).state).toBe('failed');
    const listed = (await command('suppressions list', {})).lines.join('\n');
    expect(listed).toContain(address);
    expect(listed).not.toContain(`<${address}>`);
  });

  it('believes nothing that is not signed, and keeps it for a person', async () => {
    const { address, ...about } = await reach('forged@readers.example');
    const corpus = back.corpus({ ...about, subscription: about.reader.id });
    const before = (await kept()).length;
    for (const name of ['forged-signature', 'forged-by-address-alone', 'arf-forged-reference']) {
      await back.sendReport(corpus.get(name));
    }
    await back.settle();
    expect(await suppression(address)).toBeUndefined();
    expect(await stateOf(address)).toBe('active');
    const now = await kept();
    expect(now).toHaveLength(before + 3);
    const id = now.at(-1)?.id;
    expect((await command('inbound list', {})).lines.join('\n')).toContain('we signed');
    expect((await command('inbound show', { id, raw: true })).lines[0]).toContain(
      'X-Entity-Ref-ID',
    );
    await command('inbound done', { id });
    expect(await kept()).toHaveLength(before + 2);
  });

  it('finds the signed id wherever it stands', async () => {
    for (const name of [
      'message-id-only',
      'returned-headers-only',
      'sendmail-user-unknown-envid-only',
      'report-in-base64-parts',
      'exim-failed-recipients-words-only',
      'upper-cased-by-an-old-gateway',
    ]) {
      const { address, ...about } = await reach(`${name}@readers.example`);
      await back.sendReport(back.corpus({ ...about, subscription: about.reader.id }).get(name));
      await back.settle();
      expect([name, (await suppression(address))?.reason]).toEqual([name, 'bounce']);
    }
  });

  it('suppresses at once and ends the subscription on a complaint, not on its contrary', async () => {
    const { address, ...about } = await reach('complains@readers.example');
    const corpus = back.corpus({ ...about, subscription: about.reader.id });
    await back.sendReport(corpus.get('arf-not-spam'));
    await back.settle();
    expect(await suppression(address)).toBeUndefined();
    await back.sendReport(corpus.get('arf-yahoo-redacted'));
    await back.settle();
    expect(await suppression(address)).toMatchObject({ reason: 'complaint' });
    expect(await audited(address)).toMatchObject([{ actor: 'complaint', action: 'suppress' }]);
    expect(await stateOf(address)).toBe('ended');
  });

  it('ends a subscription by a mail to its address, not by a machine that answers from it', async () => {
    const { address, ...about } = await reach('leaves@readers.example');
    const corpus = back.corpus({ ...about, subscription: about.reader.id });
    await back.sendReport(corpus.get('leave-address-reached-by-a-vacation'));
    await back.settle();
    expect(await stateOf(address)).toBe('active');
    await back.sendReport(corpus.get('leave-apple-mail'));
    await back.sendReport(corpus.get('leave-upper-case'));
    await back.settle();
    expect(await stateOf(address)).toBe('ended');
    expect(await suppression(address)).toBeUndefined();
  });

  it('ends a doubt: failed by a bounce, accepted by a complaint', async () => {
    const { store } = live.outside;
    for (const [name, state] of [
      ['postfix-host-not-found', 'failed'],
      ['arf-fraud', 'accepted'],
    ]) {
      const address = `doubt-${state}@readers.example`;
      const { reader } = await reach(address);
      await pauseSending(live.outside, { what: 'all', actor: 'test', reason: 'test' });
      const { delivery, messageId } = await mail(reader);
      await store.deliveries.recordUnanswered([messageId], 'no answer');
      await resumeSending(live.outside, { what: 'all', actor: 'test' });
      const about = { delivery, messageId, subscription: reader.id };
      await back.sendReport(back.corpus(about).get(name ?? ''));
      await back.settle();
      expect((await store.deliveries.find(delivery))?.state).toBe(state);
    }
  });

  it('counts soft bounces by days, and forgets them after a message that arrived', async () => {
    const [full, lucky] = ['full@readers.example', 'lucky@readers.example'];
    for (let day = 0; day < 10; day += 1) {
      for (const address of [full, lucky]) {
        const { delivery } = await reach(address);
        if (day === 2 && address === lucky) continue;
        for (const said of ['full', 'still full']) await bounce(delivery, '5.2.2', said);
      }
      expect(await suppression(full).then(Boolean)).toBe(day === 9);
      live.clock.advance(DAY_MS);
    }
    expect(await suppression(lucky)).toBeUndefined();
    // The message of day 2 came back on no day: what bounced before it is forgotten.
    for (let day = 10; day < 12; day += 1) {
      const { delivery } = await reach(lucky);
      await bounce(delivery, '4.2.2');
      live.clock.advance(DAY_MS);
    }
    expect(await suppression(lucky)).toBeUndefined();
  });

  it('counts what a mailbox refuses on the wire like a report of it', async () => {
    const address = 'overfull@readers.example';
    live.sink.refuse(address, 552);
    const since = new Date(live.clock.now().getTime() - 1);
    const countDays = async () => {
      const asked = { addressHash: live.hash(address), since, arrivedBefore: since };
      return (await live.outside.store.feedback.listBounces(asked)).length;
    };
    for (let day = 0; day < 10; day += 1) {
      expect((await reach(address)).state).toBe('failed');
      // It is counted after its outcome was recorded, which is all that is waited for before.
      await waitFor(async () => (await countDays()) === day + 1);
      expect(await suppression(address).then(Boolean)).toBe(day === 9);
      live.clock.advance(DAY_MS);
    }
    expect(await suppression(address)).toMatchObject({ reason: 'bounce' });
    live.sink.refuse(address);
    expect((await reach(address)).state).toBe('failed');
  });

  it('begins the score anew where a person lifts a suppression', async () => {
    const { delivery, address } = await reach('lifted@readers.example');
    await bounce(delivery, '5.1.1');
    await command('suppressions lift', { address, reason: 'the mailbox is back' });
    const next = await reach(address);
    expect(next.state).toBe('accepted');
    await bounce(next.delivery, '5.2.2');
    expect(await suppression(address)).toBeUndefined();
  });

  it('takes what filters say for no fault of the reader', async () => {
    const { delivery, address } = await reach('filtered@readers.example');
    await bounce(delivery, '5.7.1', 'blocked using bl.example');
    expect(await suppression(address)).toBeUndefined();
  });

  it('breaks nothing for an erased reader, and keeps nothing of them', async () => {
    const { address, reader, ...about } = await reach('erased@readers.example');
    const corpus = back.corpus({ ...about, subscription: reader.id });
    await back.send(`From: ${address}\r\nSubject: secret words\r\n\r\nsecret`, {
      from: address,
      to: [`x@${INBOUND_DOMAIN}`],
    });
    await back.sendReport(corpus.get('postfix-mailbox-full-after-retries'));
    await back.settle();
    await command('subscribers erase', { address, yes: true });
    for (const name of [
      'postfix-unknown-user',
      'arf-fraud',
      'leave-apple-mail',
      'message-id-only',
    ]) {
      await back.sendReport(corpus.get(name));
    }
    await back.settle();
    expect(await live.outside.store.records.findSuppression('')).toBeUndefined();
    if (backend === 'service') {
      const rows = JSON.stringify(await live.dump('inbound'));
      expect(rows).not.toContain('secret words');
      expect(JSON.stringify(await live.dump('feedback'))).not.toContain(live.hash(address));
    }
  });

  it('forwards what people write, twenty an hour, and says how many more wait', async () => {
    live.clock.advance(HOUR_MS - (live.clock.now().getTime() % HOUR_MS));
    const before = live.mailTo(contact).length;
    for (let at = 0; at < 25; at += 1) {
      await back.send(
        `From: p${at}@people.example\r\nSubject: Question ${at}\r\n\r\nWhy? See http://localhost:3000/unsubscribe/tok${at}\r\n`,
        { from: `p${at}@people.example`, to: [`x@${INBOUND_DOMAIN}`] },
      );
    }
    await back.settle();
    await live.settle();
    live.clock.advance(HOUR_MS);
    await live.settle();
    const notices = live.mailTo(contact).slice(before);
    const subjects = notices.map(({ email }) => email.subject ?? '');
    // Several are read at once: which come first is not told.
    const forwarded = subjects.filter((subject) => /wrote: Question \d+$/.test(subject));
    expect(forwarded).toHaveLength(20);
    expect(new Set(forwarded).size).toBe(20);
    // A slow machine tells of some while the others are still read: those come an hour later.
    const waiting = subjects.map((subject) => /(\d+) more (?:people|person) wrote$/.exec(subject));
    expect(waiting.reduce((sum, found) => sum + Number(found?.[1] ?? 0), 0)).toBe(5);
    expect(notices).toHaveLength(20 + waiting.filter(Boolean).length);
    expect(notices.map(({ source }) => source).join('')).not.toContain('/unsubscribe/tok');
    expect(live.sink.received.filter(({ to }) => to.endsWith('@people.example'))).toEqual([]);
    const listed = (await command('inbound list', { verdict: 'person' })).lines.join('\n');
    expect(listed).toContain('Question 24');
  });

  it('shows on the desk what waits for a person, until somebody has looked', async () => {
    const ada = await enterDesk(live, { name: 'ada' });
    const look = await enterDesk(live, { name: 'look', role: 'look' });
    expect((await ada.get('/admin')).body).toMatch(/\d+ mails came back and wait for a person/);
    const { id, subject } = (await kept())[0] ?? { id: 0, subject: '' };
    const page = (await ada.get('/admin/inbox')).body;
    expect(page).toContain(`id="letter-${id}"`);
    expect(page).toContain(subject);
    expect(page).not.toContain('/unsubscribe/tok');
    expect((await look.get('/admin/inbox')).body).not.toContain('>Done<');
    expect((await look.post('/admin/inbox', { id: String(id) })).statusCode).toBe(403);
    expect((await ada.post('/admin/inbox', { id: String(id) })).body).toContain('Done: it is');
    expect((await ada.post('/admin/inbox', { id: String(id) })).statusCode).toBe(409);
    expect((await ada.get('/admin/inbox')).body).not.toContain(`id="letter-${id}"`);
    const [entry] = await live.outside.store.audit.list({ action: 'review' }, { most: 1 });
    expect(entry).toMatchObject({ actor: 'operator:ada', subject: `inbound ${id}` });
  });

  it('takes each file of the spool once, by two at a time, and after one that died', async () => {
    const { delivery, address } = await reach('spooled@readers.example');
    const { store } = live.outside;
    const total = async () =>
      (await store.inbound.countByVerdict()).reduce((sum, { count: rows }) => sum + rows, 0);
    const before = await total();
    const path = returnPathOf(live, delivery);
    await writeFile(join(folder, 'tmp', 'half'), 'Return-Path: <>\r\nHalf');
    for (let at = 0; at < 20; at += 1) {
      const head = `Return-Path: <>\r\nDelivered-To: ${path}\r\nX-Count: ${at}\r\n`;
      await writeFile(join(folder, 'new', `1772521202.M${at}.host`), head + reportOf('5.1.1'));
    }
    const take = (mailIn: Parameters<typeof takeArrival>[1]) => takeArrival(live.outside, mailIn);
    const dying = await openSpool(
      folder,
      async (mailIn) => {
        await take(mailIn);
        throw new Error('died before the file was moved');
      },
      () => {},
    );
    await Promise.all([dying.look(), back.inbound.spool?.look(), dying.look()]);
    await dying.close();
    await back.inbound.spool?.look();
    await waitFor(async () => (await readdir(join(folder, 'new'))).length === 0);
    await back.settle();
    expect(await total()).toBe(before + 20);
    expect(await readdir(join(folder, 'cur'))).toHaveLength(20);
    expect(await readdir(join(folder, 'tmp'))).toEqual(['half']);
    expect(await suppression(address)).toMatchObject({ reason: 'bounce' });
  });

  describe('the webhook', () => {
    const post = (body: unknown, given: { secret?: string; id?: string; at?: Date } = {}) => {
      const payload = typeof body === 'string' ? body : JSON.stringify(body);
      const id = given.id ?? `msg_${randomBytes(8).toString('hex')}`;
      const at = given.at ?? new Date();
      const signature = new Webhook(given.secret ?? secrets[0] ?? '').sign(id, at, payload);
      return live.app.inject({
        method: 'POST',
        url: '/hooks/feedback',
        payload,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': signature,
        },
      });
    };
    const reference = (id: number, purpose: 'bounce' | 'leave' = 'bounce') =>
      buildReference(live.outside.keys, { purpose, id });

    it('takes what is signed by any of its secrets, and nothing twice', async () => {
      const hard = await reach('hook-hard@readers.example');
      const angry = await reach('hook-angry@readers.example');
      const gone = await reach('hook-gone@readers.example');
      const raw = await reach('hook-raw@readers.example');
      const events = [
        { type: 'bounce', messageId: hard.messageId, enhancedCode: '5.1.1', text: 'nobody' },
        { type: 'complaint', reference: reference(angry.delivery), at: '2026-03-01T00:00:00Z' },
        { type: 'unsubscribe', reference: reference(gone.reader.id, 'leave') },
        {
          raw: Buffer.from(
            `To: ${returnPathOf(live, raw.delivery)}\r\n${reportOf('5.1.1')}`,
          ).toString('base64'),
        },
        { type: 'bounce', reference: 'b+0123456789abcdefghij', enhancedCode: '5.1.1' },
      ];
      for (let times = 0; times < 10; times += 1) {
        expect(
          (await post(events, { id: `msg_same_${backend}`, secret: secrets[1] ?? '' })).statusCode,
        ).toBe(200);
      }
      await back.settle();
      expect(await suppression(hard.address)).toMatchObject({ reason: 'bounce' });
      expect(await suppression(angry.address)).toMatchObject({ reason: 'complaint' });
      expect(await stateOf(gone.address)).toBe('ended');
      expect(await suppression(raw.address)).toMatchObject({ reason: 'bounce' });
      const listed = await live.outside.store.inbound.list({
        afterId: 0,
        most: 9,
        verdict: 'events',
      });
      expect(listed).toMatchObject([{ state: 'kept', reason: '1 of 5 events need a look' }]);
    });

    it('refuses what is forged, old or cannot be read, and says what is wrong', async () => {
      const { delivery, address } = await reach('hook-forged@readers.example');
      const event = { type: 'complaint', reference: reference(delivery) };
      const strange = `whsec_${randomBytes(32).toString('base64')}`;
      expect((await post(event, { secret: strange })).statusCode).toBe(401);
      const old = new Date(Date.now() - 6 * 60_000);
      expect((await post(event, { at: old })).statusCode).toBe(401);
      const bare = { method: 'POST', url: '/hooks/feedback', payload: event } as const;
      expect((await live.app.inject(bare)).statusCode).toBe(401);
      expect((await post('no json')).statusCode).toBe(400);
      const nameless = await post({ type: 'bounce' });
      expect([nameless.statusCode, nameless.body]).toEqual([
        400,
        expect.stringContaining('reference'),
      ]);
      await back.settle();
      expect(await suppression(address)).toBeUndefined();
    });
  });

  it('keeps suppressions through erasing and adding, until a person lifts them with a reason', async () => {
    const address = 'never@readers.example';
    await command('suppressions add', { address, reason: 'asked by letter' });
    const added = await command('subscribers add', { address });
    expect(added.lines.join('\n')).toContain('suppressed since');
    const reader = await live.outside.store.subscribers.findByAddress(address);
    expect((await mail(reader ?? { address, subscriberId: 0 })).state).toBe('failed');
    await command('subscribers erase', { address, yes: true });
    expect(await suppression(address)).toMatchObject({ reason: 'operator' });
    await expect(command('suppressions lift', { address })).rejects.toThrow(/reason/);
    await command('suppressions lift', { address, reason: 'asked again' });
    expect(await suppression(address)).toBeUndefined();
    await expect(command('suppressions lift', { address, reason: 'again' })).rejects.toThrow();
  });
});

it('has no webhook where no secret is set', async () => {
  const place = await createPlace('sandbox');
  const context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
  const app = await createApp(context);
  try {
    const answer = await app.inject({ method: 'POST', url: '/hooks/feedback', payload: {} });
    expect(answer.statusCode).toBe(404);
  } finally {
    await app.close();
    await context.close();
    await place.remove();
  }
});
