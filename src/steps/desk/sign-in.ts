import { randomBytes } from 'node:crypto';
import { actorOf, narrowTo, type Operator } from '../../core/desk/operator.ts';
import { isPassword } from '../../core/desk/password.ts';
import { hashToken } from '../../core/desk/token.ts';
import { countToLimit, DAY_MS, HOUR_MS } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';

const TRIES_WINDOW_MS = HOUR_MS / 4;
const TRIES_PER_NAME = 10;
const TRIES_PER_ORIGIN = 30;
/** A browser that was not used for so long must sign in again, and every one after a week. */
export const IDLE_MS = 12 * HOUR_MS;
export const SESSION_MS = 7 * DAY_MS;

/** Who is signed in, and in which session. */
export interface SignedIn {
  readonly operator: Operator;
  readonly sessionId: number;
}

/** What trying to sign in came to. */
export type SignIn =
  | { readonly kind: 'signed_in'; readonly token: string; readonly expiresAt: Date }
  | { readonly kind: 'refused' }
  /** Too many tries for this name or from this place. */
  | { readonly kind: 'wait'; readonly seconds: number };

type AccessOutside = Pick<Outside, 'store' | 'keys' | 'now'>;

/**
 * Opens a session for a name and its password. Whether the name exists shows neither in the
 * answer nor in its time; tries are counted by name and by place, good ones, too.
 */
export async function signIn(
  outside: AccessOutside,
  given: { name: string; password: string; origin: string },
): Promise<SignIn> {
  const { store, now } = outside;
  const { name, password, origin } = given;
  const window = { windowMs: TRIES_WINDOW_MS };
  const limits = [
    { name: 'sign-in-from', key: origin, most: TRIES_PER_ORIGIN, ...window },
    { name: 'sign-in-as', key: name, most: TRIES_PER_NAME, ...window },
  ];
  for (const limit of limits) {
    const seconds = await countToLimit(outside, limit);
    if (seconds !== undefined) {
      await recordRefused(outside, given);
      return { kind: 'wait', seconds };
    }
  }
  const isRight = await isPassword(password, await store.access.findPassword(name));
  const operator = isRight ? await store.access.findOperator(name) : undefined;
  if (!operator) {
    await recordRefused(outside, given);
    return { kind: 'refused' };
  }
  const token = randomBytes(32).toString('base64url');
  const at = now();
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  await store.transaction(async (tx) => {
    await tx.access.removeSessionsBefore(new Date(at.getTime() - SESSION_MS));
    const session = { operatorId: operator.id, tokenHash: hashToken(token), at, expiresAt };
    await tx.access.insertSession(session);
    const entry = { at, actor: actorOf(operator), action: 'sign_in', detail: {} };
    await tx.records.recordAudit({ ...entry, subject: `operator ${name}` });
  });
  return { kind: 'signed_in', token, expiresAt };
}

/** So many refused sign-ins are on record in a quarter of an hour, one of each place: more say no more. */
const RECORDED = 20;

/**
 * Puts a refused sign-in on record, the first of its place in a while. A name that is no
 * operator's is left out: it may be a password in the wrong field.
 */
async function recordRefused(
  outside: AccessOutside,
  { name, origin }: { name: string; origin: string },
): Promise<void> {
  const { store, now } = outside;
  const window = { name: 'refused-sign-in', windowMs: TRIES_WINDOW_MS };
  for (const limit of [
    { ...window, key: origin, most: 1 },
    { ...window, key: 'all', most: RECORDED },
  ]) {
    if ((await countToLimit(outside, limit)) !== undefined) return;
  }
  const isKnown = (await store.access.findOperator(name)) !== undefined;
  const subject = isKnown ? `operator ${name}` : 'operators';
  const entry = { at: now(), actor: 'stranger', action: 'refused_sign_in', detail: {} };
  await store.records.recordAudit({ ...entry, subject });
}

/** Who stands behind a session's token; undefined where it ended, was revoked or never was. */
export async function findSignedIn(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  token: string,
): Promise<SignedIn | undefined> {
  const at = { now: now(), idleMs: IDLE_MS };
  const found = await store.access.findSession(hashToken(token), at);
  if (!found) return undefined;
  const { sessionId, seenAt: _, ...operator } = found;
  return { operator, sessionId };
}

/** Who stands behind an API key, with what the key may; undefined where it is no good. */
export async function findKeyHolder(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  key: string,
): Promise<Operator | undefined> {
  const found = await store.access.findKey(hashToken(key), now());
  if (!found) return undefined;
  const { keyName: _, keyRole, ...operator } = found;
  return narrowTo(operator, keyRole);
}

/** Ends one session, of whoever. False where it had ended. */
export function revokeSession(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: { sessionId: number; actor: string },
): Promise<boolean> {
  const at = now();
  return store.transaction(async (tx) => {
    const ended = await tx.access.revokeSession(order.sessionId, at);
    if (!ended) return false;
    const entry = { at, actor: order.actor, action: 'sign_out', detail: {} };
    await tx.records.recordAudit({ ...entry, subject: `operator ${ended.operator}` });
    return true;
  });
}
