import type { Fate, ResendScope } from '../../core/letter/resend.ts';
import { isDone } from '../../core/letter/resend.ts';
import type { Outside } from '../steps.ts';
import { ResendRefused, subjectOf } from './scope.ts';

/** An operator's press of the button under a plan. */
export interface PressOrder {
  readonly scope: ResendScope;
  /** Pressed twice under one key, it is done once. */
  readonly key: string;
  /** From the plan that was looked at. */
  readonly asOf: number;
  /** The yes to second copies. */
  readonly allowsCopies: boolean;
  readonly reason: string;
  readonly actor: string;
}

/** How a press stands. */
export interface PressState {
  readonly pressId: number;
  readonly isEnded: boolean;
  /** How many are still to be done. */
  readonly left: number;
  /** How many went out, or will. */
  readonly made: number;
  readonly fates: readonly { readonly fate: Fate; readonly count: number }[];
}

const LONGEST_KEY = 200;
const LONGEST_REASON = 500;

/**
 * Fixes what a press is about and has it done, however often and by however many it comes:
 * under one key there is one press, and what it began goes on after a crash. Throws
 * ResendRefused for a key that was used for something else, or without a reason.
 */
export async function pressResend(
  outside: Pick<Outside, 'store' | 'queue' | 'now'>,
  order: PressOrder,
): Promise<PressState> {
  const { store, queue, now } = outside;
  const key = order.key.trim();
  const reason = order.reason.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
  if (!key || key.length > LONGEST_KEY) throw new ResendRefused('a press needs a key of its own');
  if (!reason) throw new ResendRefused('say why it is resent: the audit keeps the reason');
  const at = now();
  const made = await store.transaction(async (tx) => {
    const pressId = await tx.presses.insert({ ...order, key, reason, at });
    if (pressId === undefined) return undefined;
    const { scope, allowsCopies, actor } = order;
    const detail = { press: pressId, scope, allowsCopies, reason };
    const subject = subjectOf(scope);
    await tx.records.recordAudit({ at, actor, action: 'press', subject, detail });
    return pressId;
  });
  const pressId = made ?? (await findSame(store, key, order.scope));
  await queue.enqueue('resend', { pressId });
  return readPress(outside, pressId);
}

/** The press that was made under a key before, if it was for the same. */
async function findSame(store: Outside['store'], key: string, scope: ResendScope): Promise<number> {
  const press = await store.presses.findByKey(key);
  if (press && canonical(press.scope) === canonical(scope)) return press.id;
  throw new ResendRefused('this key was used to resend something else: take another one');
}

/** PostgreSQL gives the keys of an object back in an order of its own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** How a press stands now. */
export async function readPress(
  { store }: Pick<Outside, 'store'>,
  pressId: number,
): Promise<PressState> {
  const press = await store.presses.find(pressId);
  const counts = await store.presses.countFates(pressId);
  const fates = counts.flatMap(({ fate, count }) => (fate ? [{ fate, count }] : []));
  return {
    pressId,
    isEnded: press?.endedAt != null,
    left: counts.find(({ fate }) => fate === null)?.count ?? 0,
    made: fates.filter(({ fate }) => isDone(fate)).reduce((sum, { count }) => sum + count, 0),
    fates,
  };
}
