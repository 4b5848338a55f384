import type { SendResult } from '../../src/core/letter/delivery.ts';
import { createLedgerWriter, type LedgerWriter } from '../../src/steps/deliveries/ledger-writer.ts';
import { type Database, sql } from '../../src/store/database.ts';
import type { Ended } from '../../src/store/ledger/outcomes.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { backends } from '../harness/context.ts';
import { type Bare, claimedRow, openBare, senders, writeLedger } from '../harness/ledger-rows.ts';

const ROWS = 5;
const LOCKED = 3;
const ids = Array.from({ length: ROWS }, (_, at) => at + 1);
const others = ids.filter((id) => id !== LOCKED);
const heldOf = (id: number) => ({ id, fence: claimedRow.fence, senderId: senders.own });

function takenAs(id: number, code = 250): Ended {
  const result: SendResult = { kind: 'accepted', reply: { code, text: 'taken' } };
  const at = new Date('2026-03-02T12:00:00Z');
  return {
    held: heldOf(id),
    attempt: {
      relay: 'here',
      startedAt: at,
      bodyStartedAt: at,
      endedAt: at,
      result,
      outcome: { state: 'accepted' },
      verdict: 'accepted',
      stops: false,
    },
  };
}

let bare: Bare;
let store: Store;
let writer: LedgerWriter;
const open = async (backend: 'sandbox' | 'service') => {
  bare = await openBare(backend);
  store = createStore(bare.database);
  writer = createLedgerWriter({ store }, () => false);
};
const listStates = () =>
  bare.database.rows<{ id: number; state: string; isInFlight: boolean }>(sql`select id, state,
    in_flight_at is not null as "isInFlight" from public.delivery order by id`);
const idsWhere = async (holds: (row: { state: string; isInFlight: boolean }) => boolean) =>
  (await listStates()).filter(holds).map(({ id }) => id);

describe.each(backends)('what many say at once of the ledger in the %s', (backend) => {
  beforeAll(() => open(backend));
  afterAll(() => bare?.close());

  it('is held in doubt of one whose answer cannot be stored, and of no other', async () => {
    await writeLedger(
      bare.database,
      ids.map(() => ({ ...claimedRow, isInFlight: true })),
    );
    const answers = await Promise.all(
      ids.map((id) => writer.record(takenAs(id, id === LOCKED ? 99_999_999_999 : 250))),
    );
    expect(answers).toEqual(ids.map(() => true));
    expect(await idsWhere(({ state }) => state === 'accepted')).toEqual(others);
    expect(await idsWhere(({ state }) => state === 'in_doubt')).toEqual([LOCKED]);
    expect(
      await bare.database.rows(sql`select delivery_id as id, outcome, verdict, reply
        from public.attempt where delivery_id = ${LOCKED}`),
    ).toEqual([
      {
        id: LOCKED,
        outcome: 'in_doubt',
        verdict: 'doubt',
        reply: 'what the server answered could not be stored',
      },
    ]);
    const [{ count }] = (await bare.database.rows<{ count: number }>(
      sql`select count(*)::int as count from public.attempt`,
    )) as [{ count: number }];
    expect(count).toBe(ROWS);
  });
});

// The embedded database has a single session: there nobody else can hold a row.
const describeService = backends.includes('service') ? describe : describe.skip;
describeService('a row that somebody else holds', () => {
  beforeAll(() => open('service'));
  afterAll(() => bare?.close());

  /** Holds the row until it is let go, after another change of it. */
  const lock = async (change: (tx: Database) => Promise<unknown> = async () => undefined) => {
    let letGo: () => void = () => {};
    const until = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let isHeld: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      isHeld = resolve;
    });
    const ended = bare.beside.transaction(async (tx) => {
      await tx.rows(sql`select 1 from public.delivery where id = ${LOCKED} for update`);
      isHeld();
      await until;
      await change(tx);
    });
    await held;
    return async () => {
      letGo();
      await ended;
    };
  };
  const answerAll = (ask: (id: number) => Promise<boolean>) => {
    const answers = new Map(ids.map((id) => [id, ask(id)]));
    return {
      others: () => Promise.all(others.map((id) => answers.get(id))),
      locked: () => answers.get(LOCKED),
    };
  };
  const move = (tx: Database) =>
    tx.rows(sql`update public.delivery set fence = fence + 1 where id = ${LOCKED}`);

  it.each([
    ['as it was', undefined, true],
    ['under another fence', move, false],
  ] as const)('is marked alone, after the others, %s', async (_, change, expected) => {
    await writeLedger(
      bare.database,
      ids.map(() => claimedRow),
    );
    const letGo = await lock(change);
    const answers = answerAll((id) => writer.mark(heldOf(id)));
    expect(await answers.others()).toEqual(others.map(() => true));
    expect(await idsWhere(({ isInFlight }) => isInFlight)).toEqual(others);
    await letGo();
    expect(await answers.locked()).toBe(expected);
    expect(await idsWhere(({ isInFlight }) => isInFlight)).toEqual(expected ? ids : others);
  });

  it.each([
    ['as it was', undefined, true],
    ['under another fence', move, false],
  ] as const)('is recorded alone, after the others, %s', async (_, change, expected) => {
    await writeLedger(
      bare.database,
      ids.map(() => ({ ...claimedRow, isInFlight: true })),
    );
    const letGo = await lock(change);
    const answers = answerAll((id) => writer.record(takenAs(id)));
    expect(await answers.others()).toEqual(others.map(() => true));
    expect(await idsWhere(({ state }) => state === 'accepted')).toEqual(others);
    await letGo();
    expect(await answers.locked()).toBe(expected);
    expect(await idsWhere(({ state }) => state === 'accepted')).toEqual(expected ? ids : others);
    const attempts = await bare.database.rows<{ id: number; outcome: string }>(
      sql`select delivery_id as id, outcome from public.attempt order by delivery_id`,
    );
    expect(attempts.map(({ id }) => id)).toEqual(ids);
    expect(attempts[LOCKED - 1]?.outcome).toBe(expected ? 'accepted' : 'late');
  });
});
