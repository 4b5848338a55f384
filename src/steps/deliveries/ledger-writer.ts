import { setTimeout as wait } from 'node:timers/promises';
import { classifyResult, type SendResult, verdictOf } from '../../core/letter/delivery.ts';
import type { Held, Returned } from '../../store/ledger/claims.ts';
import type { Attempt, Ended } from '../../store/ledger/outcomes.ts';
import type { Outside } from '../steps.ts';
import { createGatherer } from './gather.ts';

/** Writes what many connections have to say of their messages, in groups. */
export interface LedgerWriter {
  /** Whether a body may begin: its mark is committed. Rejects where nobody knows. */
  mark(held: Held): Promise<boolean>;
  /** Whether the outcome was this sender's to record. Rejects where it could not be written. */
  record(ended: Ended): Promise<boolean>;
  giveBack(returned: Returned): Promise<void>;
}

/** Ten minutes: who gives up leaves a doubt, and who waits begins no other body meanwhile. */
const RECORD_TRIES = 1_200;
const RECORD_AGAIN_MS = 500;
const MOST_AT_ONCE = 200;

/**
 * One group at a time of marks, outcomes and what is given back, each in one transaction. Rows are
 * checked as they would be alone: whom somebody else holds is asked alone and waited for, so that
 * no other waits with it, and where the database refuses a value, each is written alone.
 */
export function createLedgerWriter(
  { store }: Pick<Outside, 'store'>,
  isStopping: () => boolean,
): LedgerWriter {
  const { deliveries } = store;
  const markAlone = async (held: Held) => (await deliveries.recordInFlight([held])).length > 0;
  const marks = createGatherer<Held, boolean>(async (helds) => {
    const marked = new Set(await deliveries.recordInFlight(helds, false));
    return helds.map((held) => marked.has(held.id) || markAlone(held));
  }, MOST_AT_ONCE);

  const recordAlone = async (ended: Ended, isAgain: boolean): Promise<boolean> => {
    const written = await untilWritten(isStopping, isAgain, async (again) => {
      const writing = { waits: true, isAgain: again };
      try {
        return await deliveries.recordOutcomes([ended], writing);
      } catch (error) {
        if (!isRefusedValue(error)) throw error;
        return deliveries.recordOutcomes([withoutWords(ended)], writing);
      }
    });
    return written.get(ended.held.id) === true;
  };
  const outcomes = createGatherer<Ended, boolean>(async (group) => {
    let isSplit = false;
    const written = await untilWritten(isStopping, false, async (isAgain) => {
      try {
        return await deliveries.recordOutcomes(group, { waits: false, isAgain });
      } catch (error) {
        if (!isRefusedValue(error)) throw error;
        isSplit = true;
        return new Map<number, boolean>();
      }
    });
    return group.map((ended) => written.get(ended.held.id) ?? recordAlone(ended, !isSplit));
  }, MOST_AT_ONCE);

  const returns = createGatherer<Returned, true>(async (returned) => {
    await untilWritten(isStopping, false, () => deliveries.recordReturned(returned));
    return returned.map(() => true);
  }, MOST_AT_ONCE);

  return {
    mark: (held) => marks.add(held),
    record: (ended) => outcomes.add(ended),
    giveBack: async (returned) => {
      await returns.add(returned);
    },
  };
}

/** Only this process knows the outcome: a database that is away for a moment is asked again. */
async function untilWritten<Result>(
  isStopping: () => boolean,
  isAgain: boolean,
  write: (isAgain: boolean) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      // The answer to a commit may be lost with its connection.
      return await write(isAgain || tries > 1);
    } catch (error) {
      if (tries === RECORD_TRIES || (isStopping() && tries > 2)) throw error;
      await wait(RECORD_AGAIN_MS);
    }
  }
}

/** SQLSTATE classes 22 and 23: the database is there, and takes no such value, however often. */
function isRefusedValue(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23]/.test(code);
}

/** What cannot be stored is held in doubt where the body had begun, else tried again. */
function withoutWords({ held, attempt }: Ended): Ended {
  const reason = 'what the server answered could not be stored';
  const result: SendResult = attempt.bodyStartedAt
    ? { kind: 'in_doubt', reason }
    : { kind: 'unsent', stage: 'connect', reason };
  const outcome = classifyResult(result, 1) ?? { state: 'in_doubt' };
  const safe: Attempt = { ...attempt, result, outcome, verdict: verdictOf(result), stops: false };
  return { held, attempt: safe };
}
