import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDkimKeys } from '../../src/commands/dkim.ts';
import { joinSource } from '../../src/core/letter/source.ts';
import type { Context } from '../../src/process/context.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { createShared, renderForSending } from '../../src/steps/digests/view.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { verifyDkim } from '../harness/dkim.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';
import { openSmtpSink, type Received, type SmtpSink } from '../harness/smtp-sink.ts';

const READERS = 12;
const DOMAIN = 'news.example';

describe.each(backends)('signing by relay in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let folder: string;
  let sinks: SmtpSink[];
  let refusing: ScriptedSmtp;
  let records: Map<string, string>;
  let settings: Record<string, string>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-signing-'));
    const made = await makeDkimKeys({
      domain: DOMAIN,
      types: ['rsa', 'ed25519'],
      selector: 's1',
      folder,
      now: new Date(),
    });
    const keys = made.data as { selector: string; path: string; name: string; value: string }[];
    records = new Map(keys.map(({ name, value }) => [name, value]));
    settings = {
      MAIL_FROM: `digest@${DOMAIN}`,
      DKIM_KEYS: keys.map(({ selector, path }) => `${selector}=${path}`).join(' '),
      INBOUND_DOMAIN: `in.${DOMAIN}`,
    };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    place = await createPlace(backend);
    clock = createClock('2026-03-03T12:00:00Z');
    sinks = [await openSmtpSink(), await openSmtpSink()];
    refusing = await openScriptedSmtp();
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    for (const server of [...sinks, refusing]) await server.close();
    await place.remove();
  });

  const open = async (relays: readonly string[]) => {
    context = await openContext(place, clock, { ...settings, SMTP_URL: relays.join(' ') });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await prepareRound(context.outside, clock, READERS);
  };
  const urlOf = (at: number) => sinks[at]?.url ?? '';
  const received = (at: number) => sinks[at]?.received ?? [];

  /** What is frozen of each letter, as any preview and any resend makes it. */
  const renderAll = async () => {
    const { outside } = context;
    const deliveries = await outside.store.deliveries.listByIds(
      Array.from({ length: 2 * READERS }, (_, at) => at + 1),
    );
    const shared = createShared(outside);
    const messages = await Promise.all(
      deliveries.map((delivery) => renderForSending(outside, delivery, shared)),
    );
    return new Map(messages.map((message) => [message.to, joinSource(message)]));
  };
  const signaturesOf = ({ source }: Received) =>
    /^(?:DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*)*/.exec(source)?.[0] ?? '';
  const bytesOf = (source: string) => Buffer.from(source).toString('latin1');

  it('signs what goes out by a relay that leaves it to us, and nothing by one that signs', async () => {
    await open([urlOf(0), `${urlOf(1)}?signs=it`]);
    const frozen = await renderAll();
    const report = await send(context.outside, lease);
    expect(report).toMatchObject({ accepted: READERS, failed: 0, inDoubt: 0 });
    expect([received(0).length, received(1).length]).toEqual([READERS / 2, READERS / 2]);
    for (const each of received(0)) {
      const verdicts = await verifyDkim(each.source, records);
      expect(verdicts.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
      const [, covered = ''] = /h=([^;]*);/.exec(signaturesOf(each).replace(/\s/g, '')) ?? [];
      const names = covered.split(':').filter((name) => name === 'list-unsubscribe');
      expect(names).toHaveLength(2);
    }
    expect(received(1).map(signaturesOf)).toEqual(Array(READERS / 2).fill(''));
    for (const each of [...received(0), ...received(1)]) {
      const letter = each.source.slice(signaturesOf(each).length);
      expect(bytesOf(letter)).toBe(frozen.get(each.to));
    }
  });

  it('decides for the relay that takes it, when the first one refuses us', async () => {
    refusing.script = ({ phase }) =>
      phase === 'mail' ? { reply: '451 4.3.0 not now' } : undefined;
    await open([`${refusing.url}?weight=100`, `${urlOf(1)}?signs=it`]);
    await send(context.outside, lease);
    expect(received(1).length).toBeGreaterThan(0);
    expect(received(1).map(signaturesOf).join('')).toBe('');
  });

  it('signs by any relay where nothing is said, and asks for reports under the signature', async () => {
    await open([urlOf(0), urlOf(1)]);
    await send(context.outside, lease);
    for (const each of [...received(0), ...received(1)]) {
      const verdicts = await verifyDkim(each.source, records);
      expect(verdicts.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
      expect(each.source).toMatch(/^CFBL-Address: fbl@in/im);
    }
  });

  it('asks for no reports where no relay leaves the signature to us', async () => {
    await open([`${urlOf(0)}?signs=it`]);
    await send(context.outside, lease);
    expect(received(0)).toHaveLength(READERS);
    for (const { source } of received(0)) {
      expect(source).not.toMatch(/^(CFBL-Address|DKIM-Signature):/im);
    }
  });
});
