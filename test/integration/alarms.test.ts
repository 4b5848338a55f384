import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { listNews } from '../../src/core/alarms/news.ts';
import type { Context } from '../../src/process/context.ts';
import { recordGoodMorning } from '../../src/steps/alarms/morning.ts';
import { sendBeacons } from '../../src/steps/alarms/send-beacons.ts';
import { checkAlarms, tellAlarms } from '../../src/steps/alarms/tell.ts';
import { readHealth } from '../../src/steps/deliveries/health.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { addOperator } from '../../src/steps/desk/operators.ts';
import { listBusyLoops, noteLoop, watchLoop } from '../../src/steps/signals/loop.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const HOUR_MS = 3_600_000;
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const BREAK = { what: 'notices', actor: 'breaker', reason: 'a test' };

describe.each(backends)('alarms in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;
  let elsewhere: FeedServer;
  let env: Record<string, string>;

  beforeEach(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    elsewhere = await openFeedServer();
    // The day of publication of 3 March was cut at 06:00 UTC.
    clock = createClock('2026-03-03T06:30:00Z');
    env = {
      SMTP_URL: sink.url,
      CONTACT_EMAIL: 'editor@here.example',
      ALARM_WEBHOOK_URL: `${elsewhere.url}/alarms`,
      ALARM_WEBHOOK_SECRET: SECRET,
      HEARTBEAT_URL: `${elsewhere.url}/beat`,
    };
    context = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await elsewhere?.close();
    await sink?.close();
    await place?.remove();
  });

  const tell = () => tellAlarms(context.outside);
  const subjects = async () => {
    await send(context.outside, lease);
    return sink.received.map(({ to, email }) => `${to}: ${email.subject}`);
  };
  /** What the requests to an address elsewhere were answered with, and what they said. */
  const listen = (status: number) => {
    const heard: { url: string; request: IncomingMessage; body: string }[] = [];
    elsewhere.answer = async (request, response) => {
      heard.push({ url: request.url ?? '', request, body: await text(request) });
      response.writeHead(status, status === 302 ? { location: '/other' } : {}).end();
    };
    return heard;
  };
  const beat = async () => {
    await tell();
    const date = await recordGoodMorning(context.outside);
    await sendBeacons(context.outside);
    return date;
  };

  it('are a loop that kept others waiting, as long as it does', async () => {
    const loop = watchLoop();
    for (let times = 0; times < 3; times += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const until = performance.now() + 300;
      while (performance.now() < until);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    const delayMs = loop.readDelay();
    loop.stop();
    expect(delayMs).toBeGreaterThan(200);
    const { outside } = context;
    await noteLoop(outside, { process: 'here/8', delayMs: 150 });
    expect(await listBusyLoops(outside)).toEqual([]);
    await noteLoop(outside, { process: 'here/7', delayMs });
    expect(await listBusyLoops(outside)).toEqual([
      { process: 'here/7', delayMs: Math.round(delayMs) },
    ]);
    await tell();
    clock.advance(2 * 60_000 + 1);
    await noteLoop(outside, { process: 'here/7', delayMs: 400 });
    await noteLoop(outside, { process: 'there/9', delayMs: 300 });
    expect((await tell()).began).toMatchObject([{ name: 'busy', subject: 'process here/7' }]);
    clock.advance(3 * 60_000);
    expect((await tell()).over).toMatchObject([{ name: 'busy' }]);
    await noteLoop(outside, { process: 'there/9', delayMs: 300 });
    expect(await listBusyLoops(outside)).toEqual([{ process: 'there/9', delayMs: 300 }]);
  });

  it('are told when they begin, at growing intervals, and when they are over', async () => {
    const { outside } = context;
    await pauseSending(outside, { ...BREAK, what: 'all' });
    const told: string[] = [];
    const hours = [0, 0.5, 0.5, 5, 1, 23, 1, 24];
    for (const [at, hour] of hours.entries()) {
      clock.advance(hour * HOUR_MS);
      const { began, lasting } = await tell();
      if (began.some(({ name }) => name === 'paused')) told.push(`${at} began`);
      if (lasting.some(({ name }) => name === 'paused')) told.push(`${at} lasts`);
      // The breaker's pause holds no alarm: one that waited would be told of as a standstill.
      await send(outside, lease);
    }
    expect(told).toEqual(['0 began', '2 lasts', '4 lasts', '6 lasts', '7 lasts']);
    await resumeSending(outside, { what: 'all', actor: 'test' });
    expect((await tell()).over).toMatchObject([{ name: 'paused', subject: 'all' }]);
    expect(listNews(await tell())).toEqual([]);
    // Several connections carry them: in no order.
    const mails = (await subjects()).map((line) =>
      line.replace('editor@here.example: Paperround: ', ''),
    );
    const title = 'sending was paused by the breaker (all)';
    const expected = [title, ...Array(4).fill(`still ${title}`), `over: ${title}`];
    expect(mails.sort()).toEqual(expected.sort());
  });

  it('are told once, in one mail, by however many processes', async () => {
    const heard = listen(204);
    const other = backend === 'service' ? await openContext(place, clock, env) : context;
    await pauseSending(context.outside, { ...BREAK, what: 'all' });
    await pauseSending(context.outside, BREAK);
    const news = await Promise.all(
      Array.from({ length: 6 }, (_, at) => tellAlarms(at % 2 ? other.outside : context.outside)),
    );
    const began = news.flatMap((each) => each.began.map(({ subject }) => subject)).sort();
    expect(began).toEqual(['all', 'notices']);
    for (const what of ['all', 'notices'])
      await resumeSending(context.outside, { what, actor: 'test' });
    await Promise.all([sendBeacons(other.outside), sendBeacons(context.outside)]);
    if (other !== context) await other.close();
    expect(heard).toHaveLength(1);
    expect(await subjects()).toEqual([
      'editor@here.example: Paperround: 2 alarms: sending was paused by the breaker',
    ]);
  });

  it('are looked for once a minute over all processes', async () => {
    expect(await checkAlarms(context.outside)).toBeDefined();
    expect(await checkAlarms(context.outside)).toBeUndefined();
    clock.advance(60_000);
    expect(await checkAlarms(context.outside)).toBeDefined();
  });

  it('go to whoever operates, and to no address that nobody has', async () => {
    const { outside } = context;
    const operator = { password: 'correct horse battery', mayResendAll: false, actor: 'test' };
    const add = (name: string, role: 'operate' | 'look', address: string) =>
      addOperator(outside, { ...operator, name, role, address });
    await add('ada', 'operate', 'ada@desk.example');
    await add('bob', 'look', 'bob@desk.example');
    await add('eve', 'operate', 'eve@desk.invalid');
    await pauseSending(outside, BREAK);
    await tell();
    await resumeSending(outside, { what: 'notices', actor: 'test' });
    expect((await subjects()).map((line) => line.split(':')[0])).toEqual(['ada@desk.example']);
  });

  it('reach the webhook signed, again with the same id until it takes them', async () => {
    const { outside } = context;
    let heard = listen(503);
    await pauseSending(outside, BREAK);
    await tell();
    expect(await sendBeacons(outside)).toMatchObject([{ isTaken: false, words: 'HTTP 503' }]);
    expect(await sendBeacons(outside)).toEqual([]);
    const [id] = heard.map(({ request }) => request.headers['webhook-id']);
    heard = listen(302);
    clock.advance(60_000);
    expect(await sendBeacons(outside)).toMatchObject([{ isTaken: false }]);
    expect(heard.map(({ url }) => url)).toEqual(['/alarms']);
    heard = listen(200);
    clock.advance(60_000);
    expect(await sendBeacons(outside)).toEqual([]);
    clock.advance(60_000);
    expect(await sendBeacons(outside)).toMatchObject([{ isTaken: true, words: 'HTTP 200' }]);
    clock.advance(24 * HOUR_MS);
    expect(await sendBeacons(outside)).toEqual([]);
    const [{ request, body } = { request: undefined, body: '' }] = heard;
    expect(request?.headers['webhook-id']).toBe(id);
    const event = new Webhook(SECRET).verify(body, request?.headers as Record<string, string>);
    expect(event).toMatchObject({
      type: 'alarms',
      data: { began: [{ name: 'paused', subject: 'notices', detail: 'a test' }], over: [] },
    });
    expect(body).not.toContain('editor@here.example');
  });

  it('give the webhook up after a day', async () => {
    const { outside } = context;
    await elsewhere.close();
    await pauseSending(outside, BREAK);
    await tell();
    expect(await sendBeacons(outside)).toMatchObject([{ words: 'ECONNREFUSED', isGivenUp: false }]);
    clock.advance(24 * HOUR_MS);
    expect(await sendBeacons(outside)).toMatchObject([{ isGivenUp: true }]);
    clock.advance(24 * HOUR_MS);
    expect(await sendBeacons(outside)).toEqual([]);
  });

  it('say that no worker runs only once it lasts, and make no other illness of it', async () => {
    await lease.end();
    expect(listNews(await tell())).toEqual([]);
    expect((await readHealth(context.outside)).reasons).toEqual(['no worker runs']);
    clock.advance(3 * 60_000);
    expect((await tell()).began).toMatchObject([{ name: 'no_worker' }]);
    lease = await openLease(context.outside, { host: 'here', pid: 2, onLost: () => {} });
    expect((await tell()).over).toMatchObject([{ name: 'no_worker' }]);
  });

  it('say that no edition was cut, and that nothing of the morning was accepted', async () => {
    const { outside } = context;
    await subscribe(outside, 'ada@readers.example');
    await cutWith(outside, makePapers('day', 3));
    clock.set('2026-03-03T07:00:00Z');
    await compose(outside);
    const names = [];
    for (const minutes of [14, 2, 1, 1]) {
      clock.advance(minutes * 60_000);
      names.push((await tell()).began.map(({ name }) => name).sort());
    }
    expect(names).toEqual([[], [], [], ['nothing_accepted', 'stalled']]);
    expect(await subjects()).toContain(
      'editor@here.example: Paperround: 2 alarms: readers are due and nothing was accepted; sending stands still',
    );
    expect((await tell()).over).toHaveLength(2);
    await send(outside, lease);
    clock.set('2026-03-04T07:31:00Z');
    expect(listNews(await tell())).toEqual([]);
    clock.advance(2 * 60_000);
    expect((await tell()).began).toMatchObject([
      { name: 'no_edition', detail: expect.stringContaining('2026-03-04 06:00 UTC') },
    ]);
  });

  it('call the heartbeat once on a good day, and not on a bad one', async () => {
    const { outside } = context;
    let heard = listen(500);
    await subscribe(outside, 'ada@readers.example');
    await cutWith(outside, makePapers('day', 3));
    expect(await beat()).toBeUndefined();
    clock.set('2026-03-03T07:00:00Z');
    await compose(outside);
    expect(await beat()).toBeUndefined();
    await pauseSending(outside, BREAK);
    await send(outside, lease);
    expect(await beat()).toBeUndefined();
    expect(heard.map(({ url }) => url)).toEqual(['/alarms']);
    await resumeSending(outside, { what: 'notices', actor: 'test' });
    expect(await beat()).toBe('2026-03-03');
    expect(await beat()).toBeUndefined();
    heard = listen(200);
    for (const minutes of [1, 2, 60]) {
      clock.advance(minutes * 60_000);
      await beat();
    }
    expect(heard.filter(({ url }) => url === '/beat')).toHaveLength(1);
  });

  it('call the heartbeat on a day on which nobody is due', async () => {
    const heard = listen(200);
    await context.outside.store.transaction((tx) =>
      tx.editions.lockDraft({ at: clock.now(), cutDueAt: new Date('2026-03-04T06:00:00Z') }),
    );
    expect(await beat()).toBe('2026-03-03');
    expect(heard.map(({ url, request }) => `${request.method} ${url}`)).toEqual(['GET /beat']);
    clock.set('2026-03-04T06:10:00Z');
    expect(await beat()).toBeUndefined();
  });
});
