import assert from 'node:assert/strict';
import { buildToken } from '../../src/core/reader/keys.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { cutEdition } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { planWork } from '../../src/steps/plan.ts';
import { raw, sql } from '../../src/store/database.ts';
import { makePapers } from '../harness/papers.ts';
import { freePort } from '../harness/services.ts';
import type { WorkerProcess } from '../harness/worker-process.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

/** Two chunks of the step that composes. */
const READERS = 250;
const NEW_READER = 'new.reader@readers.example';

/** A statement after which the transaction stands still, with what it has written so far. */
interface Moment {
  readonly after: string;
  /** Only where this holds, as the transaction sees it. */
  readonly where?: string;
}

interface Hold {
  /** Resolves when a transaction stands there. */
  reached(): Promise<void>;
  /** Lets it go on, or find that its client is dead, and waits for that. */
  release(): Promise<void>;
}

const LOCK = 20_260_404;

/** Has every transaction that comes to a moment wait there for us. */
async function holdAt(stage: Stage, { after, where = 'true' }: Moment): Promise<Hold> {
  const { database } = stage;
  await database.rows(
    raw(`create or replace function public.stand_still() returns trigger language plpgsql as $$
      begin if ${where} then perform pg_advisory_xact_lock(${LOCK}); end if; return null; end $$`),
  );
  await database.rows(
    raw(`create trigger stand_still after ${after}
      for each statement execute function public.stand_still()`),
  );
  let letGo: () => void = () => undefined;
  const isOver = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isTaken: () => void = () => undefined;
  const taken = new Promise<void>((resolve) => {
    isTaken = resolve;
  });
  const holding = database.transaction(async (tx) => {
    await tx.rows(sql`select pg_advisory_xact_lock(${LOCK})`);
    isTaken();
    await isOver;
  });
  await taken;
  const countWaiting = async () =>
    (
      await database.rows(sql`select pid from pg_stat_activity
        where datname = current_database() and wait_event = 'advisory'`)
    ).length;
  return {
    reached: () => stage.until(async () => (await countWaiting()) > 0, 60),
    async release() {
      letGo();
      await holding;
      await stage.until(async () => (await countWaiting()) === 0, 60);
      // Waits for the table, and so for the end of the transaction that stood there.
      await database.rows(raw(`drop trigger stand_still on ${after.replace(/^.* on /, '')}`));
    },
  };
}

const kept = [
  'edition',
  'edition_group',
  'edition_paper',
  'round',
  'outcome',
  'delivery',
  'digest',
];
const personal = ['subscriber', 'subscription', 'request', 'consent', 'suppression', 'audit'];

/** Everything that a half transaction could leave behind, by table. */
async function readAll(stage: Stage): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const table of [...kept, ...personal]) {
    const rows = await stage.database.rows<{ text: string }>(
      raw(`select t::text as text from public.${table} t order by 1`),
    );
    all[table] = rows.map(({ text }) => text).join('\n');
  }
  return all;
}

/**
 * Kills a process while its transaction stands at a moment: nothing of it may be seen, then or later,
 * unless something else is to be judged.
 */
async function killAt(
  stage: Stage,
  moment: Moment,
  begin: () => Promise<WorkerProcess>,
  judge = async (before: Record<string, string>, after: string) =>
    assert.deepEqual(await readAll(stage), before, `something half was left after ${after}`),
): Promise<void> {
  const hold = await holdAt(stage, moment);
  const victim = await begin();
  await hold.reached();
  const before = await readAll(stage);
  await victim.kill();
  await hold.release();
  await judge(before, moment.after);
}

/** The next morning: papers in a draft that is due to be cut, and every reader due after it. */
async function prepareMorning({ context, database, clock }: Stage): Promise<void> {
  const { store, config, now } = context.outside;
  clock.set(new Date().toISOString());
  await store.transaction((tx) =>
    storePapers(tx, makePapers('next', 5), { cut: config.cut, at: now() }),
  );
  await database.rows(sql`update public.edition set cut_due_at = now() where state = 'draft'`);
  await database.rows(sql`update public.subscription s set next_due_at = now(), next_due_date =
    (select max(o.local_date) + 1 from public.outcome o where o.subscription_id = s.id)`);
}

/** The steps of a morning, each killed once in its transaction, then done by another process. */
async function killThroughMorning(stage: Stage): Promise<void> {
  const first = stage.start();
  await stage.settle();
  assert.equal(await first.end(), 0);
  await prepareMorning(stage);
  const start = async () => stage.start();
  await killAt(stage, { after: 'update on public.edition' }, start);
  await killAt(stage, { after: 'insert on public.edition_group' }, start);
  await killAt(stage, { after: 'insert on public.outcome' }, start);
  const inSecondChunk = `(select count(*) from public.digest g join public.delivery d on d.id = g.delivery_id
    where d.edition_id = (select max(edition_id) from public.delivery)) > 200`;
  await killAt(stage, { after: 'insert on public.digest', where: inSecondChunk }, start);
  const last = stage.start();
  await stage.until(() => stage.server.accepted().length >= 2 * READERS);
  await stage.settle();
  assert.equal(await last.end(), 0);
}

/** What the promises say of a morning that is over: in the server's log and in the ledger. */
async function judgeMorning({ server, readers, context, database }: Stage): Promise<void> {
  const copies = new Map<string, number>();
  for (const to of server.accepted()) copies.set(to, (copies.get(to) ?? 0) + 1);
  assert.deepEqual([...new Set(copies.values())], [2], 'one copy of each of two editions');
  assert.equal(copies.size, readers.length);
  assert.deepEqual(await context.outside.store.checks.findMiscounted(), []);
  const half = await database.rows(sql`select e.name from public.edition e
    where e.state <> 'draft' and (e.state <> 'released'
      or (select count(*) from public.edition_paper p where p.edition_id = e.id)
        <> (select count(*) from public.paper a where a.edition_id = e.id)
      or not exists (select 1 from public.edition_group g where g.edition_id = e.id))`);
  assert.deepEqual(half, [], 'half an edition');
  const rounds = await database.rows<{ candidates: number; frozenAt: Date | null }>(
    sql`select candidates, frozen_at as "frozenAt" from public.round order by id`,
  );
  assert.deepEqual(
    rounds.map(({ candidates }) => candidates),
    [READERS, READERS],
  );
  assert(rounds.every(({ frozenAt }) => frozenAt));
}

/** Every step once more, by hand: nothing changes. */
async function runAgain(stage: Stage): Promise<void> {
  const { outside } = stage.context;
  stage.clock.set(new Date().toISOString());
  const before = await readAll(stage);
  const ids = await stage.database.rows<{ edition: number; round: number }>(
    sql`select e.id as edition, r.id as round from public.edition e, public.round r`,
  );
  for (const { edition, round } of ids) {
    await cutEdition(outside, edition);
    await composeRound(outside, round);
  }
  await planWork(outside);
  assert.deepEqual(await readAll(stage), before, 'a second run changed something');
}

/** The pages: a sign-up, its answer, a confirmation and a leaving, each cut off in its transaction. */
async function killThroughForms(stage: Stage): Promise<void> {
  const { database, context } = stage;
  const { keys } = context.outside;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const startServer = async () => {
    const server = stage.start({ words: ['server'], env: { PORT: String(port) } });
    await stage.until(
      () =>
        fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
      60,
    );
    return server;
  };
  const post = (path: string, fields: Record<string, string>) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const startAndPost = (path: string, fields: Record<string, string>) => async () => {
    const server = await startServer();
    // Its answer never comes: the process dies.
    post(path, fields).catch(() => undefined);
    return server;
  };

  // One statement is its own transaction: a dead client's is whole, or not there.
  const hold = await holdAt(stage, { after: 'insert on public.request' });
  const dying = await startAndPost('/subscribe', { address: NEW_READER })();
  await hold.reached();
  await dying.kill();
  await hold.release();
  const server = await startServer();
  if ((await database.rows(sql`select 1 from public.request`)).length === 0) {
    await post('/subscribe', { address: NEW_READER });
  }
  assert.equal(await server.end(), 0);
  const [asked] = await database.rows(
    sql`select address, kind, form, wishes is not null as "hasWishes",
      consent_text is not null as "hasText" from public.request`,
  );
  const whole = { kind: 'subscribe', form: 'page', hasWishes: true, hasText: true };
  assert.deepEqual(asked, { address: NEW_READER, ...whole });

  await killAt(stage, { after: 'insert on public.consent' }, async () => stage.start());
  const worker = stage.start();
  const mailed = () => stage.server.accepted().filter((to) => to === NEW_READER).length;
  await stage.until(() => mailed() > 0, 60);

  const [consent] = await database.rows<{ id: number; subscription: number }>(
    sql`select c.id, s.id as subscription from public.consent c
      join public.subscription s on s.subscriber_id = c.subscriber_id where c.confirmed_at is null`,
  );
  assert(consent);
  const stands = { after: 'update on public.subscription' };
  // Leaving is one statement, which the server does to its end though nobody waits for it.
  const isWhole = async () => {
    const ended = await database.rows(sql`select 1 from public.subscription s
      join public.audit a on a.subject = 'subscription ' || s.id and a.action = 'unsubscribe'
      where s.id = ${consent.subscription} and s.state = 'ended'`);
    assert.equal(ended.length, 1, 'half of leaving was left');
  };
  for (const [right, id, state, judge] of [
    ['confirm', consent.id, 'active', undefined],
    ['unsubscribe', consent.subscription, 'ended', isWhole],
  ] as const) {
    const path = `/${right}/${buildToken(keys, right, id)}`;
    await killAt(stage, stands, startAndPost(path, {}), judge);
    const again = await startServer();
    assert.equal((await post(path, {})).status, 200);
    const after = await readAll(stage);
    assert.equal((await post(path, {})).status, 200);
    assert.deepEqual(await readAll(stage), after, `a second ${right} changed something`);
    const states: { state: string }[] = await database.rows(
      sql`select state from public.subscription where id = ${consent.subscription}`,
    );
    assert.deepEqual(states, [{ state }]);
    assert.equal(await again.end(), 0);
  }
  assert.equal(await worker.end(), 0);
  assert.equal(mailed(), 1);
}

export const midTransactionFaults: readonly Fault[] = [
  {
    number: '4',
    name: 'kill -9 in mid-transaction: the draft closing, an edition being written, a round being opened, its second chunk composed; a sign-up, its answer, a confirmation, a leaving',
    run: (services) =>
      onStage(services, { readers: READERS }, async (stage) => {
        await killThroughMorning(stage);
        await judgeMorning(stage);
        await runAgain(stage);
        await killThroughForms(stage);
        return `nothing half in 8 places; two editions once each to ${READERS} readers, one confirmation; every step again changed nothing`;
      }),
  },
];
