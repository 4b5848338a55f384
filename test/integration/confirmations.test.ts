import { CLI } from '../../src/commands/command.ts';
import { deliveriesStatus } from '../../src/commands/deliveries.ts';
import { writeConfirmation } from '../../src/core/letter/notices.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { REMIND_AFTER_MS } from '../../src/core/reader/sign-up.ts';
import { emptyProfile } from '../../src/core/reader/subscription.ts';
import { english } from '../../src/core/words/words.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { recordNotice } from '../../src/steps/deliveries/notify.ts';
import { pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { answerRequest } from '../../src/steps/readers/answer.ts';
import { requestLink, requestSubscription } from '../../src/steps/readers/request.ts';
import { tendUnconfirmed } from '../../src/steps/readers/unconfirmed.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { send, subscribe } from '../harness/morning.ts';
import { type Act, openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const HOUR_MS = 3_600_000;
const VISITOR = '192.0.2.66';
const HONEST = '198.51.100.7';
const OPERATOR = 'editor@here.example';
const nobody: Act = { reply: '550 5.1.2 Domain not found' };
const wishes = {
  profile: { ...emptyProfile, topics: ['coral reefs'] },
  papersPerDigest: 5,
  schedule: { days: [1], minuteOfDay: 420, zone: 'Etc/UTC' },
};

// What strangers type may slow down what strangers type, and nothing else.
describe.each(backends)('confirmations that servers refuse, in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let server: ScriptedSmtp;

  beforeEach(async () => {
    place = await createPlace(backend);
    server = await openScriptedSmtp();
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      CONTACT_EMAIL: OPERATOR,
      SIGNUPS_PER_DOMAIN: '1000',
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    server.script = ({ phase, to }) =>
      phase === 'rcpt' && to.startsWith('nobody') ? nobody : undefined;
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const answerAll = async () => {
    const { outside } = context;
    for (const { id } of await outside.store.requests.listWaiting(1_000)) {
      await answerRequest(outside, id);
    }
  };
  /** Signs addresses up from one place and mails what may go out; those that were accepted by then. */
  const signUp = async (from: string, ...addresses: string[]) => {
    for (const text of addresses) {
      const typed = { address: parseAddress(text), form: 'page', from } as const;
      expect(await requestSubscription(context.outside, { ...typed, wishes })).toBeUndefined();
    }
    await answerAll();
    await send(context.outside, lease);
    return addresses.filter((address) => server.accepted().includes(address));
  };
  const askForLink = async (text: string) => {
    const typed = { address: parseAddress(text), form: 'page', from: HONEST } as const;
    await requestLink(context.outside, typed);
    await answerAll();
    await send(context.outside, lease);
  };
  /** Addresses of which nobody is there, at as many domains as there are places. */
  const wrong = (count: number, domain: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => `nobody${at}@${domain(at)}`);
  const mailTo = (address: string) => server.accepted().filter((to) => to === address).length;
  const isPaused = async () => (await context.outside.store.pauses.listActive()).length > 0;

  it('hold up nobody else, twice', async () => {
    const { outside } = context;
    await subscribe(outside, 'known@readers.example');
    for (const time of [1, 2]) {
      await signUp(VISITOR, ...wrong(20, () => `typed${time}.example`));
      expect(await isPaused()).toBe(false);
      const honest = [`ada${time}@readers.example`, `ada${time}@typed${time}.example`];
      expect(await signUp(HONEST, ...honest)).toEqual(honest);
      await askForLink('known@readers.example');
      expect(mailTo('known@readers.example')).toBe(time);
      await resumeSending(outside, { what: 'notices', actor: 'test' });
      clock.advance(HOUR_MS);
    }
  });

  it('let the alarm go out that was found meanwhile', async () => {
    await signUp(VISITOR, ...wrong(20, () => 'typed.example'));
    const script = server.script;
    server.script = (moment) => (moment.phase === 'dot' ? 'close' : script(moment));
    await signUp(HONEST, 'ada@readers.example');
    server.script = script;
    expect((await tellAlarms(context.outside)).began).toMatchObject([{ name: 'in_doubt' }]);
    await send(context.outside, lease);
    expect(mailTo(OPERATOR)).toBe(1);
  });

  it('keep those of their place waiting, for an hour after the last of them', async () => {
    await signUp(VISITOR, ...wrong(10, () => 'typed.example'));
    expect(await signUp(VISITOR, 'ben@readers.example')).toEqual([]);
    clock.advance(HOUR_MS - 1);
    await send(context.outside, lease);
    expect(mailTo('ben@readers.example')).toBe(0);
    clock.advance(1);
    await send(context.outside, lease);
    expect(mailTo('ben@readers.example')).toBe(1);
  });

  it('keep those of their domain waiting where several places typed them, each an hour at most', async () => {
    for (const at of [1, 2, 3]) {
      const typed = [0, 1].map((n) => `nobody${at}${n}@typed.example`);
      await signUp(`192.0.2.${at}`, ...typed);
    }
    expect(await signUp(HONEST, 'ada@typed.example')).toEqual([]);
    expect(await signUp(HONEST, 'ada@readers.example')).toEqual(['ada@readers.example']);
    clock.advance(HOUR_MS);
    // They go on typing; who came before waits no longer for that.
    for (const at of [4, 5, 6]) {
      const typed = [0, 1].map((n) => `nobody${at}${n}@typed.example`);
      await signUp(`192.0.2.${at}`, ...typed);
    }
    expect(mailTo('ada@typed.example')).toBe(1);
    expect(await signUp(HONEST, 'eve@typed.example')).toEqual([]);
  });

  it('stop all confirmations for a quarter of an hour where many places and domains are concerned', async () => {
    const { outside } = context;
    await subscribe(outside, 'known@readers.example');
    for (let at = 0; at < 20; at += 1) {
      await signUp(`192.0.2.${at}`, `nobody${at}@typed${at}.example`);
    }
    expect(await signUp(HONEST, 'ada@readers.example')).toEqual([]);
    await askForLink('known@readers.example');
    expect(mailTo('known@readers.example')).toBe(1);
    expect((await tellAlarms(outside)).began).toMatchObject([
      { name: 'slowed', subject: 'confirmations' },
    ]);
    await send(outside, lease);
    expect(mailTo(OPERATOR)).toBe(1);
    clock.advance(15 * 60_000);
    expect((await tellAlarms(outside)).over).toMatchObject([{ name: 'slowed' }]);
    await send(outside, lease);
    expect(mailTo('ada@readers.example')).toBe(1);
  });

  it('stop nothing where a server says that our domain is not authenticated', async () => {
    server.script = ({ phase, to }) =>
      phase === 'rcpt' && to.endsWith('@hostile.example')
        ? { reply: '550 5.7.26 unauthenticated' }
        : undefined;
    await signUp(VISITOR, ...wrong(20, () => 'hostile.example'));
    expect(await isPaused()).toBe(false);
    expect(await signUp(HONEST, 'ada@readers.example')).toEqual(['ada@readers.example']);
    clock.advance(HOUR_MS - 1);
    expect(await context.outside.store.deliveries.countReady(clock.now())).toBe(0);
  });

  it('count as typed when they remind, too', async () => {
    const { outside } = context;
    const typed = Array.from({ length: 20 }, (_, at) => `later${at}@typed.example`);
    expect(await signUp(VISITOR, ...typed)).toHaveLength(20);
    clock.advance(REMIND_AFTER_MS);
    server.script = ({ phase }) => (phase === 'rcpt' ? nobody : undefined);
    await tendUnconfirmed(outside);
    await send(outside, lease);
    expect(await isPaused()).toBe(false);
    expect(await outside.store.slowdowns.listActive(clock.now())).toMatchObject([
      { scope: 'place', count: 1 },
    ]);
    expect((await deliveriesStatus.run(outside, {}, CLI)).lines).toContain(
      'slowed down: confirmations of 1 place, until 2026-03-06T13:00:00.000Z',
    );
    clock.advance(6 * 24 * HOUR_MS);
    await pruneLedger(outside);
    expect(await outside.store.slowdowns.listActive(new Date(0))).toEqual([]);
  });

  it('stop notices as before where an operator had them asked', async () => {
    const { outside } = context;
    const notice = { notice: 'confirmation', subscriberId: null };
    const content = writeConfirmation({ site: 'here', words: english }, 1);
    for (const address of wrong(20, () => 'old-list.example')) {
      await recordNotice(outside, { ...notice, key: address, address, content }, clock.now());
    }
    await send(outside, lease);
    expect(await outside.store.pauses.listActive()).toMatchObject([
      { scope: 'notices', actor: 'breaker' },
    ]);
  });

  it.each([
    ['the breaker', 'breaker', ['known@readers.example', OPERATOR]],
    ['an operator', 'ada', []],
  ])('wait where %s paused notices', async (_, actor, going) => {
    const { outside } = context;
    await subscribe(outside, 'known@readers.example');
    await pauseSending(outside, { what: 'notices', actor: 'breaker', reason: 'a test' });
    await tellAlarms(outside);
    if (actor !== 'breaker') {
      await resumeSending(outside, { what: 'notices', actor });
      await pauseSending(outside, { what: 'notices', actor, reason: 'a test' });
    }
    await askForLink('known@readers.example');
    expect(await signUp(HONEST, 'ada@readers.example')).toEqual([]);
    expect(server.accepted().sort()).toEqual([...going].sort());
    await resumeSending(outside, { what: 'notices', actor });
    await send(outside, lease);
    expect(server.accepted()).toHaveLength(3);
  });
});
