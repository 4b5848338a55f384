import fc from 'fast-check';
import { judgeReply } from '../../src/core/letter/answers.ts';
import {
  classifyResult,
  type DeliveryState,
  type SendResult,
  verdictOf,
} from '../../src/core/letter/delivery.ts';
import type { Held } from '../../src/store/ledger/claims.ts';
import type { Ended } from '../../src/store/ledger/outcomes.ts';
import { createStore, type Store } from '../../src/store/store.ts';
import { backends } from '../harness/context.ts';
import {
  type Bare,
  claimedRow,
  type LedgerRow,
  type LedgerState,
  openBare,
  readLedger,
  runningLedger,
  senders,
  writeLedger,
} from '../harness/ledger-rows.ts';

const RUNS = 30;
const OWN_FENCE = claimedRow.fence;

// One condition in seven is not the usual one, so that many rows may go and many may not.
const mostly = <Value>(usual: Value, ...others: Value[]) =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 6 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  );
const rowWhere = (state: fc.Arbitrary<DeliveryState>, isInFlight: fc.Arbitrary<boolean>) =>
  fc.record<LedgerRow>({
    of: mostly('released', 'closed', 'held', 'paused', 'broken', 'confirmation', 'quiet', 'links'),
    isActive: mostly(true, false),
    isSuppressed: mostly(false, true),
    state,
    sender: mostly('own', 'other'),
    fence: mostly(OWN_FENCE, OWN_FENCE + 1),
    attempts: fc.integer({ min: 1, max: 9 }),
    isInFlight,
    isDoubted: mostly(false, true),
  });
const ledgers = fc.record<LedgerState>({
  hasLease: mostly(true, false),
  pauses: mostly<LedgerState['pauses']>([], ['all'], ['notices'], ['notices by the breaker']),
});

const yes = (text: string) => ({ kind: 'accepted', reply: { code: 250, text } }) as const;
const no = (stage: 'rcpt' | 'data' | 'body', code: number, enhancedCode?: string) =>
  ({
    kind: 'refused',
    stage,
    reply: { code, text: `${code} no`, ...(enhancedCode ? { enhancedCode } : {}) },
  }) as const;
const results: readonly SendResult[] = [
  yes('taken'),
  // What no text of the database holds as it is, and more than is kept.
  yes(`a\0b\ud800${'c'.repeat(2_000)}`),
  no('rcpt', 550, '5.1.1'),
  no('body', 550, '5.1.1'),
  no('body', 554),
  no('rcpt', 550, '5.7.1'),
  no('body', 550, '5.7.26'),
  no('rcpt', 421),
  no('body', 421),
  no('data', 451, '4.2.0'),
  { kind: 'unsent', stage: 'connect', reason: 'nobody answers' },
  { kind: 'in_doubt', reason: 'no answer' },
];

/** What a sender has to say of a row after one of these, as `send` writes it. */
function endedAs(held: Held, attempts: number, result: SendResult): Ended {
  const outcome = classifyResult(result, attempts);
  if (!outcome) throw new Error('nothing is recorded of it');
  const hasBody = 'stage' in result ? result.stage === 'body' : true;
  const second = (at: number) => new Date(Date.UTC(2026, 2, 2, 12, 0, at));
  const attempt = {
    relay: 'here',
    startedAt: second(0),
    bodyStartedAt: hasBody ? second(1) : null,
    // Two buckets of counts.
    endedAt: second(9 + (held.id % 2)),
    result,
    outcome,
    verdict: verdictOf(result),
    stops: result.kind === 'refused' && judgeReply(result.stage, result.reply).stopsAtOnce === true,
  };
  return { held, attempt };
}

const heldAt = (at: number): Held => ({ id: at + 1, fence: OWN_FENCE, senderId: senders.own });

describe.each(backends)('a group in the %s', (backend) => {
  let bare: Bare;
  let store: Store;

  beforeAll(async () => {
    bare = await openBare(backend);
    store = createStore(bare.database);
  });
  afterAll(() => bare?.close());

  /** Does something to these rows, written anew; its answer, and the ledger after it. */
  const onLedger = async <Answer>(
    { rows, ledger }: { rows: readonly LedgerRow[]; ledger: LedgerState },
    act: () => Promise<Answer>,
  ) => {
    await writeLedger(bare.database, rows, ledger);
    const answer = await act();
    return { answer, after: await readLedger(bare.database) };
  };

  it('of marks answers of each row what it would answer of it alone', async () => {
    const rows = fc.array(
      rowWhere(mostly('sending', 'ready', 'in_doubt', 'accepted'), mostly(false, true)),
      { minLength: 1, maxLength: 24 },
    );
    const answers = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(rows, ledgers, async (rows, ledger) => {
        // The last one is not there.
        const helds = [...rows.keys(), rows.length].map(heldAt);
        const grouped = await onLedger({ rows, ledger }, async () =>
          (await store.deliveries.recordInFlight(helds, false)).sort((a, b) => a - b),
        );
        const alone = await onLedger({ rows, ledger }, async () => {
          const marked: number[] = [];
          for (const held of helds) marked.push(...(await store.deliveries.recordInFlight([held])));
          return marked;
        });
        expect(grouped).toEqual(alone);
        answers.yes += alone.answer.length;
        answers.no += helds.length - alone.answer.length;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(RUNS / 2);
  });

  const outcomes = fc.array(
    fc.record({
      row: rowWhere(
        mostly('sending', 'in_doubt', 'in_doubt', 'accepted', 'ready'),
        mostly(true, false),
      ),
      result: fc.constantFrom(...results),
    }),
    { minLength: 1, maxLength: 24 },
  );
  const endedOf = (all: readonly { row: LedgerRow; result: SendResult }[]) => [
    ...all.map(({ row, result }, at) => endedAs(heldAt(at), row.attempts, result)),
    endedAs(heldAt(all.length), 1, yes('to nobody who is there')),
  ];

  it('of outcomes writes of each row what it would write of it alone', async () => {
    const answers = { yes: 0, no: 0 };
    await fc.assert(
      fc.asyncProperty(outcomes, ledgers, async (all, ledger) => {
        const rows = all.map(({ row }) => row);
        const ended = endedOf(all);
        const grouped = await onLedger({ rows, ledger }, () =>
          store.deliveries.recordOutcomes(ended, { waits: false, isAgain: false }),
        );
        const alone = await onLedger({ rows, ledger }, async () => {
          const written: [number, boolean][] = [];
          for (const one of ended) written.push(...(await store.deliveries.recordOutcomes([one])));
          return new Map(written);
        });
        expect(grouped).toEqual(alone);
        for (const isRecorded of alone.answer.values()) answers[isRecorded ? 'yes' : 'no'] += 1;
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(answers.yes, answers.no)).toBeGreaterThan(RUNS / 2);
  });

  it('of outcomes that is written again finds its own, and writes nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(outcomes, ledgers, fc.nat(), async (all, ledger, some) => {
        const rows = all.map(({ row }) => row);
        const ended = endedOf(all);
        const asked = { waits: false, isAgain: true };
        const record = () => store.deliveries.recordOutcomes(ended, asked);
        const once = await onLedger({ rows, ledger }, record);
        const again = await onLedger({ rows, ledger }, async () => {
          // A group may hold what an earlier one has written, and what it has not.
          await store.deliveries.recordOutcomes(ended.slice(0, some % ended.length));
          await record();
          return record();
        });
        expect(again).toEqual(once);
      }),
      { numRuns: RUNS },
    );
  });

  it('counts what answers came to, by edition and seconds', async () => {
    const rows = Array.from({ length: 12 }, () => ({ ...claimedRow, isInFlight: true }));
    const policy = no('rcpt', 550, '5.7.1');
    await onLedger({ rows, ledger: runningLedger }, () =>
      store.deliveries.recordOutcomes(
        rows.map((row, at) => endedAs(heldAt(at), row.attempts, at < 9 ? policy : yes('taken'))),
      ),
    );
    expect(await store.pauses.getEditionRates(1, new Date(0))).toEqual({
      attempts: 12,
      policy: 9,
      doubt: 0,
      address: 0,
      stopping: 0,
      lastReply: '550 no',
    });
  });

  it('counts an answer though another process held it in doubt, also when it is written again', async () => {
    const rows = [{ ...claimedRow, isInFlight: true }];
    const [taken] = rows.map((row, at) => endedAs(heldAt(at), row.attempts, yes('taken')));
    if (!taken) throw new Error('nothing was sent');
    await onLedger({ rows, ledger: { ...runningLedger, hasLease: false } }, async () => {
      const [doubt] = await store.deliveries.recordAbandoned(new Date('2026-03-02T12:00:30Z'));
      expect(doubt).toEqual({ id: 1, state: 'in_doubt' });
      const written = await store.deliveries.recordOutcomes([taken], {
        waits: true,
        isAgain: true,
      });
      expect(written).toEqual(new Map([[1, true]]));
    });
    expect(await store.deliveries.countByState()).toMatchObject([{ state: 'accepted', count: 1 }]);
  });
});
