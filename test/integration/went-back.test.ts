import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMessageIds } from '../../src/cli/relay-log.ts';
import { CLI } from '../../src/commands/command.ts';
import { runCommand } from '../../src/commands/commands.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { resumeSending } from '../../src/steps/deliveries/pause.ts';
import { watchPast } from '../../src/steps/deliveries/watch-past.ts';
import { type Database, raw } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const READERS = 12;
const TAKEN = 7;
const tables = ['delivery', 'attempt', 'setting'];
const isService = backends.includes('service');

// A failover to a copy that lags, a snapshot, a dump by hand: what was recorded since is lost.
(isService ? describe : describe.skip)('a database that went back', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let server: ScriptedSmtp;
  let database: Database;
  let lease: Lease | undefined;

  beforeAll(async () => {
    place = await createPlace('service');
    server = await openScriptedSmtp();
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, {
      SMTP_URL: server.url,
      SMTP_CONNECTIONS: '1',
      CONTACT_EMAIL: 'editor@here.example',
    });
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    await prepareRound(context.outside, clock, READERS);
    await watchPast(context.outside);
    for (const table of tables) {
      await database.rows(
        raw(`create table public.copy_of_${table} as select * from public.${table}`),
      );
    }
  });
  afterAll(async () => {
    await lease?.end();
    await database?.close();
    await context?.close();
    await server?.close();
    await place?.remove();
  });

  const open = async () => {
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    return lease;
  };
  /** Puts the tables of before in their place, past every constraint, as a copy of the whole would be. */
  const goBack = () =>
    database.transaction(async (tx) => {
      await tx.rows(raw('set local session_replication_role = replica'));
      for (const table of tables) {
        await tx.rows(raw(`delete from public.${table}`));
        await tx.rows(
          raw(
            `insert into public.${table} overriding system value select * from public.copy_of_${table}`,
          ),
        );
      }
    });
  const run = (args: object) =>
    runCommand(context.outside, { name: 'deliveries reconcile', args }, CLI);
  const pauses = () => context.outside.store.pauses.listActive();

  it('stands still before anything is sent again, and says since when', async () => {
    const first = await open();
    let taken = 0;
    server.script = ({ phase }) => {
      if (phase !== 'rcpt') return undefined;
      taken += 1;
      return taken > TAKEN ? { reply: '450 4.2.2 later' } : undefined;
    };
    await send(context.outside, first);
    await first.end();
    expect(server.accepted()).toHaveLength(TAKEN);
    expect(await pauses()).toEqual([]);

    await goBack();
    server.script = () => undefined;
    clock.advance(60_000);
    await send(context.outside, await open());
    expect(server.accepted()).toHaveLength(TAKEN);
    expect(await pauses()).toMatchObject([
      { scope: 'all', actor: 'breaker', reason: expect.stringContaining('went back') },
    ]);
  });

  it('tells operators, though everything is paused', async () => {
    expect((await tellAlarms(context.outside)).began).toMatchObject([{ name: 'paused' }]);
    const before = server.accepted().length;
    if (lease) await send(context.outside, lease);
    expect(server.accepted().length).toBe(before + 1);
  });

  it("is settled by the relay's log, and the rest goes out once it may", async () => {
    const { deliveries } = context.outside.store;
    const folder = await mkdtemp(join(tmpdir(), 'paperround-log-'));
    const log = join(folder, 'mail.log');
    const taken = server.accepted();
    const rows = await database.rows<{ address: string; messageId: string }>(
      raw('select address, message_id as "messageId" from public.delivery where kind = \'digest\''),
    );
    const lines = rows
      .filter(({ address }) => taken.includes(address))
      .map(({ messageId }) => `Mar  3 mx postfix/cleanup[9]: 4A: message-id=${messageId}`);
    const strange = 'x message-id=<d.zzzz.0123456789abcdef@papers.example> y';
    await writeFile(log, [...lines, strange].join('\n'));
    const messageIds = await readMessageIds(log);
    await rm(folder, { recursive: true });

    const plan = await run({ messageIds });
    expect(plan.data).toMatchObject({ accepted: TAKEN, unknown: 1, held: 0, isDone: false });
    expect((await run({ messageIds, yes: true })).data).toMatchObject({ accepted: TAKEN });
    expect((await run({ messageIds, yes: true })).data).toMatchObject({ accepted: 0 });
    await resumeSending(context.outside, { what: 'all', actor: 'test' });
    if (lease) await send(context.outside, lease);
    const digests = server.accepted().filter((to) => to.endsWith('@readers.example'));
    expect(digests).toHaveLength(READERS);
    expect(new Set(digests).size).toBe(READERS);
    expect(await deliveries.listInDoubt()).toEqual([]);
    expect(await watchPast(context.outside)).toBe(true);
  });
});

it.each(backends)(
  'a new database, and one that is as it was, are no alarm in the %s',
  async (backend) => {
    const place = await createPlace(backend);
    const context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
    try {
      for (let beat = 0; beat < 3; beat += 1) expect(await watchPast(context.outside)).toBe(true);
      await context.outside.store.heartbeats.forget();
      expect(await watchPast(context.outside)).toBe(true);
      await context.outside.memory.remember({ epoch: 'another', count: 9_999, at: '2027-01-01' });
      expect(await watchPast(context.outside)).toBe(true);
      expect(await context.outside.store.pauses.listActive()).toEqual([]);
    } finally {
      await context.close();
      await place.remove();
    }
  },
);
