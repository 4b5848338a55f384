import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { actorOf, narrowTo, type Operator } from '../../core/desk/operator.ts';
import { isPassword } from '../../core/desk/password.ts';
import { hashToken } from '../../core/desk/token.ts';
import { seal, unseal } from '../../core/reader/seal.ts';
import { DAY_MS, giveBack, HOUR_MS } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';
import { findShown, type PasskeyAnswer } from './passkeys.ts';
import type { PasswordLines } from './password-lines.ts';
import { hasFactor, isKnownPlace, mayEnrolFrom, rememberPlace, takeCode } from './second-factor.ts';
import { countTries, limitCodes, limitTries, recordRefused, type Shown } from './tries.ts';

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
  /** The password is right, and a code must follow, with this proof of the password. */
  | { readonly kind: 'code'; readonly proof: string }
  /** A second factor is required, there is none, and here none may be set up. */
  | { readonly kind: 'no_factor' }
  /** Too many tries for this name or from this place. */
  | { readonly kind: 'wait'; readonly seconds: number }
  /** Too many try at this moment. */
  | { readonly kind: 'busy' };

type AccessOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

/**
 * Opens a session for a name and its password. Whether the name exists shows neither in the
 * answer nor in its time. Only what fails counts, by place and by name; where an operator was let in before,
 * what strangers tried elsewhere under their name keeps them from nothing.
 */
export async function signIn(
  outside: AccessOutside & { readonly passwords: PasswordLines },
  given: Shown,
): Promise<SignIn> {
  const { store, passwords } = outside;
  const { name, password, origin } = given;
  const isKnown = await isKnownPlace(outside, given);
  const limits = limitTries(given, isKnown);
  const seconds = await countTries(outside, given, limits);
  if (seconds !== undefined) return { kind: 'wait', seconds };
  const stored = await store.access.findPassword(name);
  const comparing = passwords.compare({ password, stored, origin, isKnown });
  if (!comparing) {
    await giveBack(outside, limits);
    return { kind: 'busy' };
  }
  const operator = (await comparing) ? await store.access.findOperator(name) : undefined;
  if (!operator) {
    await recordRefused(outside, given);
    return { kind: 'refused' };
  }
  await giveBack(outside, limits);
  if (await hasFactor(outside, operator)) {
    return { kind: 'code', proof: await provePassword(outside, given) };
  }
  if (!(await mayEnrolFrom(outside, operator.id, origin))) {
    await recordRefused(outside, given);
    return { kind: 'no_factor' };
  }
  return openSession(outside, operator, { origin, by: 'password' });
}

/** How long the code may come after the password. */
const PROOF_MS = 5 * 60_000;

const sealedFor = (origin: string) => ({ purpose: 'password shown', bound: origin });

/** That the right password was shown, at this place, a moment ago; it ends with the password. */
async function provePassword(
  { store, keys, now }: AccessOutside,
  { name, origin }: { name: string; origin: string },
): Promise<string> {
  const stored = (await store.access.findPassword(name)) ?? '';
  const until = now().getTime() + PROOF_MS;
  const proof = { name, until, password: hashToken(stored) };
  return seal(keys, sealedFor(origin), JSON.stringify(proof));
}

const shown = z.object({ name: z.string(), until: z.number(), password: z.string() });

/**
 * Opens a session for who showed the password before and shows a code now, of the app or for recovery.
 * Each counts once; what fails is counted by name and by place.
 */
export async function signInWithCode(
  outside: AccessOutside,
  given: { proof: string; code: string; origin: string },
): Promise<SignIn> {
  const { store, keys, now } = outside;
  const { proof, code, origin } = given;
  const text = unseal(keys, sealedFor(origin), proof);
  const password = text === undefined ? undefined : shown.safeParse(JSON.parse(text)).data;
  if (!password || password.until < now().getTime()) return { kind: 'refused' };
  const { name } = password;
  const limits = limitCodes({ name, origin });
  const seconds = await countTries(outside, { name, origin }, limits);
  if (seconds !== undefined) return { kind: 'wait', seconds };
  const isSame = hashToken((await store.access.findPassword(name)) ?? '') === password.password;
  const operator = isSame ? await store.access.findOperator(name) : undefined;
  const by = operator && (await takeCode(outside, operator.id, code));
  if (!operator || !by) {
    await recordRefused(outside, { name, origin });
    return { kind: 'code', proof };
  }
  await giveBack(outside, limits);
  return openSession(outside, operator, { origin, by: by === 'app' ? 'code' : 'recovery code' });
}

/** Opens a session for who shows a passkey: their device asked for finger, face or PIN, so no password is. */
export async function signInWithPasskey(
  outside: AccessOutside,
  given: PasskeyAnswer & { readonly origin: string },
): Promise<SignIn> {
  const operator = await findShown(outside, given);
  if (!operator) return { kind: 'refused' };
  return openSession(outside, operator, { origin: given.origin, by: 'passkey' });
}

async function openSession(
  outside: AccessOutside,
  operator: Operator,
  { origin, by }: { origin: string; by: string },
): Promise<SignIn> {
  const { store, now } = outside;
  const token = randomBytes(32).toString('base64url');
  const at = now();
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  await store.transaction(async (tx) => {
    await tx.access.removeSessionsBefore(new Date(at.getTime() - SESSION_MS));
    const session = { operatorId: operator.id, tokenHash: hashToken(token), at, expiresAt };
    await tx.access.insertSession(session);
    await rememberPlace({ ...outside, store: tx }, operator.id, origin);
    const entry = { at, actor: actorOf(operator), action: 'sign_in', detail: { by } };
    await tx.records.recordAudit({ ...entry, subject: `operator ${operator.name}` });
  });
  return { kind: 'signed_in', token, expiresAt };
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

/** Whether it is an operator's password. */
export async function showsPassword(
  { store }: Pick<Outside, 'store'>,
  name: string,
  password: string,
): Promise<boolean> {
  return isPassword(password, await store.access.findPassword(name));
}
