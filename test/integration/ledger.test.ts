import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rememberFlights } from '../../src/mail/relay/flight-log.ts';
import { createRelay } from '../../src/mail/relay/relay.ts';
import type { Context } from '../../src/process/context.ts';
import { checkLedger } from '../../src/steps/deliveries/check-ledger.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import {
  cancelSending,
  PauseRefused,
  pauseSending,
  resumeSending,
} from '../../src/steps/deliveries/pause.ts';
import { pruneLedger } from '../../src/steps/deliveries/prune.ts';
import { resolveDoubt, tryDoubtsAgain } from '../../src/steps/deliveries/resolve.ts';
import { sendShard } from '../../src/steps/deliveries/send.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { sendBy } from '../harness/relay.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import { waitFor } from '../harness/wait.ts';

describe.each(backends)('the ledger in the %s', (backend) => {
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
      SMTP_AFTER_DOT_SECONDS: '0.3',
      IN_DOUBT: 'resend',
    });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const deliveries = () => context.outside.store.deliveries;
  const sendNow = () => send(context.outside, lease);
  const counts = async () =>
    Object.fromEntries(
      (await deliveries().countByState()).map(({ state, cause, count }) => [cause ?? state, count]),
    );
  const editionName = async () => {
    const [edition] = await context.outside.store.editions.listReleased(new Date(0));
    return (await context.outside.store.editions.listTexts([edition?.id ?? 0]))[0]?.name ?? '';
  };

  it('sends nothing while all, or the edition, is paused, and goes on after', async () => {
    await prepareRound(context.outside, clock, 3);
    for (const what of ['all', await editionName()]) {
      const order = { what, actor: 'test' };
      expect(await pauseSending(context.outside, { ...order, reason: 'test' })).toBe(true);
      expect(await pauseSending(context.outside, { ...order, reason: 'test' })).toBe(false);
      await sendShard(context.outside, lease.current(), () => false);
      expect(server.transactions).toEqual([]);
      expect(await resumeSending(context.outside, order)).toBe(true);
      expect(await resumeSending(context.outside, order)).toBe(false);
    }
    await sendNow();
    expect(server.accepted()).toHaveLength(3);
    await expect(
      pauseSending(context.outside, { what: 'nothing', actor: 'test', reason: '' }),
    ).rejects.toThrow(PauseRefused);
  });

  it('sends no byte after a pause between the claim and the mark', async () => {
    await prepareRound(context.outside, clock, 1);
    const order = { what: 'all', actor: 'test' };
    server.script = async ({ phase }) => {
      if (phase === 'data') await pauseSending(context.outside, { ...order, reason: 'test' });
      return undefined;
    };
    await sendShard(context.outside, lease.current(), () => false);
    expect(server.transactions.map(({ body }) => body)).toEqual(['']);
    expect(await counts()).toEqual({ ready: 1 });
    server.script = () => undefined;
    await resumeSending(context.outside, order);
    clock.advance(2_000);
    await sendNow();
    expect(server.accepted()).toHaveLength(1);
  });

  it('cancels what waits of an edition', async () => {
    await prepareRound(context.outside, clock, 3);
    const order = { what: await editionName(), actor: 'test' };
    expect(await cancelSending(context.outside, order)).toBe(3);
    await sendNow();
    expect(server.transactions).toEqual([]);
    expect(await counts()).toEqual({ cancelled: 3 });
  });

  it('tries a doubt once more, under the same Message-ID, and then holds it', async () => {
    await prepareRound(context.outside, clock, 1);
    server.script = ({ phase }) => (phase === 'dot' ? 'close' : undefined);
    await sendNow();
    expect(await counts()).toEqual({ in_doubt: 1 });
    expect(await tryDoubtsAgain(context.outside)).toBe(0);
    await waitFor(async () => (await tryDoubtsAgain(context.outside)) === 1);
    await sendNow();
    expect(await counts()).toEqual({ in_doubt: 1 });
    const [first, second] = server.transactions.map(({ body }) => body);
    expect(second).toBe(first);
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(await tryDoubtsAgain(context.outside)).toBe(0);
    const [doubt] = await deliveries().listInDoubt();
    const resolution = { deliveryId: doubt?.id ?? 0, actor: 'test', said: 'it came' } as const;
    expect(await resolveDoubt(context.outside, { ...resolution, state: 'accepted' })).toBe(true);
    expect(await resolveDoubt(context.outside, { ...resolution, state: 'failed' })).toBe(false);
    expect(await counts()).toEqual({ accepted: 1 });
  });

  it('never calls failed what may have arrived before', async () => {
    await prepareRound(context.outside, clock, 1);
    server.script = ({ phase }) => (phase === 'dot' ? 'close' : undefined);
    await sendNow();
    await waitFor(async () => (await tryDoubtsAgain(context.outside)) === 1);
    server.script = ({ phase }) => (phase === 'rcpt' ? { reply: '550 5.2.1 no' } : undefined);
    await sendNow();
    expect(await counts()).toEqual({ in_doubt: 1 });
  });

  it('tries a 4yz by its schedule, once each, until it is taken', async () => {
    await prepareRound(context.outside, clock, 1);
    let tries = 0;
    server.script = ({ phase }) => {
      if (phase !== 'rcpt') return undefined;
      tries += 1;
      return tries <= 3 ? { reply: `45${tries % 3} 4.2.0 later` } : undefined;
    };
    for (const [minutes, expected] of [
      [0, 1],
      [4, 1],
      [1, 2],
      [9, 2],
      [1, 3],
      [19, 3],
      [1, 4],
    ] as const) {
      clock.advance(minutes * 60_000);
      await sendNow();
      expect(tries).toBe(expected);
    }
    expect(server.accepted()).toHaveLength(1);
  });

  it('sets suppressions aside where too many addresses are refused', async () => {
    const readers = await prepareRound(context.outside, clock, 40);
    server.script = ({ phase }) =>
      phase === 'rcpt' ? { reply: '550 5.1.1 no such user' } : undefined;
    await sendNow();
    const { pauses } = context.outside.store;
    expect(await pauses.listActive()).toMatchObject([{ scope: 'edition', actor: 'breaker' }]);
    const held = await pauses.listHeldSuppressions();
    expect(held.length).toBeGreaterThanOrEqual(20);
    expect(readers).toContain(held[0]?.address);
    const [edition] = await context.outside.store.editions.listReleased(new Date(0));
    expect(await pauses.endHeldSuppressions(edition?.id ?? 0, false)).toBe(held.length);
    expect(await pauses.listHeldSuppressions()).toEqual([]);
    expect((await checkLedger(context.outside)).map(({ name }) => name)).toEqual(['paused']);
  });

  it('prunes by age, and nothing that is open or in doubt', async () => {
    await prepareRound(context.outside, clock, 3);
    let answers = 0;
    server.script = ({ phase }) => {
      if (phase !== 'dot') return undefined;
      answers += 1;
      return answers === 1 ? 'close' : undefined;
    };
    await sendNow();
    expect(await pruneLedger(context.outside)).toMatchObject({ attempts: 0, deliveries: 0 });
    clock.advance(91 * 24 * 3_600_000);
    expect(await pruneLedger(context.outside)).toMatchObject({ attempts: 3, digests: 2 });
    clock.advance(310 * 24 * 3_600_000);
    expect(await pruneLedger(context.outside)).toMatchObject({ outcomes: 2, deliveries: 2 });
    expect(await counts()).toEqual({ in_doubt: 1 });
  });
});

describe('the file of flights', () => {
  it('holds back after a restart what was begun and not answered', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paperround-flights-'));
    const path = join(folder, 'flights');
    const server = await openScriptedSmtp();
    const open = () =>
      rememberFlights(
        createRelay({
          url: server.url,
          requireTls: false,
          clientName: 'here',
          connections: 1,
          beforeBodyMs: 500,
          afterDotMs: 500,
        }),
        path,
        () => new Date(),
      );
    const letter = (name: string) => ({
      messageId: `<${name}@here>`,
      returnPath: 'a@here.example',
      reference: 'b+1',
      to: `${name}@readers.example`,
      pieces: ['x\r\n'],
    });
    const first = await open();
    server.script = ({ phase, to }) => {
      if (phase === 'body') expect(readFile(path, 'utf8')).resolves.toContain(to.split('@')[0]);
      if (phase !== 'dot') return undefined;
      return to.startsWith('doubt')
        ? 'close'
        : to.startsWith('no')
          ? { reply: '451 no' }
          : undefined;
    };
    for (const name of ['yes', 'no', 'doubt']) await sendBy(first, letter(name));
    first.close();
    await writeFile(path, `${await readFile(path, 'utf8')}2026-01-01T00:00:00Z beg`);

    const second = await open();
    expect(second.listUnanswered()).toEqual(['<yes@here>', '<doubt@here>']);
    const before = server.transactions.length;
    expect(await sendBy(second, letter('doubt'))).toMatchObject({ kind: 'in_doubt' });
    expect(server.transactions).toHaveLength(before);
    second.forget(['<yes@here>', '<doubt@here>']);
    server.script = () => undefined;
    expect(await sendBy(second, letter('doubt'))).toMatchObject({ kind: 'accepted' });
    second.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
});
