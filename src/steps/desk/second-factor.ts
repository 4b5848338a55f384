import { randomBytes } from 'node:crypto';
import type { Operator } from '../../core/desk/operator.ts';
import {
  buildRecoveryCodes,
  buildSecret,
  describeSecret,
  type FactorSecret,
  findStep,
  mayEnrol,
  RECOVERY_BYTES,
  readCode,
  SECRET_BYTES,
} from '../../core/desk/second-factor.ts';
import { hashToken } from '../../core/desk/token.ts';
import { hashFor, type KeyRing } from '../../core/reader/keys.ts';
import { isSealedByOld, seal, unseal } from '../../core/reader/seal.ts';
import type { Outside } from '../steps.ts';

type FactorOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

const sealedFor = (operatorId: number) => ({
  purpose: 'second factor',
  bound: `operator ${operatorId}`,
});
const REQUIRED = 'second factor required since';

/** Whether an operator has an app that counts. */
export async function hasApp(
  { store }: Pick<Outside, 'store'>,
  { id }: Pick<Operator, 'id'>,
): Promise<boolean> {
  return (await store.factors.find(id))?.enrolledAt instanceof Date;
}

/** Whether an operator has a second factor that counts: an app, or a passkey. */
export async function hasFactor(
  outside: Pick<Outside, 'store'>,
  operator: Pick<Operator, 'id'>,
): Promise<boolean> {
  const hasPasskey = (await outside.store.passkeys.listOf(operator.id)).length > 0;
  return hasPasskey || hasApp(outside, operator);
}

/** Begins to set a factor up: what the app is given. It counts once a code was shown. Undefined where one counts. */
export async function beginFactor(
  { store, keys, config, now }: FactorOutside,
  operator: Pick<Operator, 'id' | 'name'>,
): Promise<FactorSecret | undefined> {
  const names = { site: config.site.name, operator: operator.name };
  const made = buildSecret(randomBytes(SECRET_BYTES), names);
  const sealed = seal(keys, sealedFor(operator.id), made.secret);
  return (await store.factors.begin(operator.id, sealed, now())) ? made : undefined;
}

/** What was begun and does not count yet, to be shown again; undefined where there is none. */
export async function findBegun(
  outside: FactorOutside,
  operator: Pick<Operator, 'id' | 'name'>,
): Promise<FactorSecret | undefined> {
  const factor = await outside.store.factors.find(operator.id);
  if (!factor || factor.enrolledAt) return undefined;
  const secret = unseal(outside.keys, sealedFor(operator.id), factor.sealedSecret);
  const names = { site: outside.config.site.name, operator: operator.name };
  return secret === undefined ? undefined : describeSecret(secret, names);
}

/**
 * Lets a factor count that was begun, by a code of the app; the recovery codes, shown this once. Undefined
 * for a wrong code. Ends all other sessions: who opened them showed a password alone.
 */
export function enrolFactor(
  outside: FactorOutside,
  order: { operator: Operator; sessionId: number; code: string; actor: string },
): Promise<readonly string[] | undefined> {
  return outside.store.transaction(async (tx) => {
    const { operator, sessionId, code, actor } = order;
    const inside = { ...outside, store: tx };
    const factor = await tx.factors.find(operator.id);
    if (!factor || factor.enrolledAt || !(await takeAppCode(inside, operator.id, code))) {
      return undefined;
    }
    await tx.factors.recordEnrolled(operator.id, outside.now());
    const sessions = await tx.access.revokeSessions(operator.id, outside.now(), sessionId);
    return renewCodes(inside, { operator, action: 'factor_add', actor, detail: { sessions } });
  });
}

/** Gives an operator a factor by whoever has a shell, which counts at once and ends every session. Undefined where one counts already. */
export function grantFactor(
  outside: FactorOutside,
  { operator, actor }: { operator: Operator; actor: string },
): Promise<(FactorSecret & { readonly codes: readonly string[] }) | undefined> {
  return outside.store.transaction(async (tx) => {
    const inside = { ...outside, store: tx };
    const made = await beginFactor(inside, operator);
    if (!made) return undefined;
    await tx.factors.recordEnrolled(operator.id, outside.now());
    const sessions = await tx.access.revokeSessions(operator.id, outside.now());
    const order = { operator, action: 'factor_add', actor, detail: { sessions } } as const;
    const codes = await renewCodes(inside, order);
    return { ...made, codes };
  });
}

/** New recovery codes in the place of those before, recorded; they are shown this once. */
export async function renewCodes(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: {
    operator: Operator;
    action: 'factor_add' | 'factor_codes';
    actor: string;
    detail?: { sessions: number };
  },
): Promise<readonly string[]> {
  const { operator, action, actor, detail = {} } = order;
  const codes = buildRecoveryCodes(randomBytes(RECOVERY_BYTES));
  await store.factors.replaceCodes(operator.id, codes.map(hashToken));
  const entry = { at: now(), actor, action, subject: `operator ${operator.name}`, detail };
  await store.records.recordAudit(entry);
  return codes;
}

/** Takes an operator's app off, or all that they have, with every session of theirs; false where there is none. */
export function removeFactor(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { operator, actor, what }: { operator: Operator; actor: string; what: 'app' | 'all' },
): Promise<boolean> {
  return store.transaction(async (tx) => {
    const at = now();
    const passkeys = what === 'all' ? await tx.passkeys.removeOf(operator.id) : 0;
    const hadApp = await tx.factors.remove(operator.id);
    if (!hadApp && passkeys === 0) return false;
    const sessions = await tx.access.revokeSessions(operator.id, at);
    const entry = { at, actor, action: 'factor_remove', detail: { sessions } };
    await tx.records.recordAudit({ ...entry, subject: `operator ${operator.name}` });
    return true;
  });
}

/** Uses a code up, of the app or for recovery: which it was; undefined where it is no good, or was used. */
export async function takeCode(
  outside: FactorOutside,
  operatorId: number,
  typed: string,
): Promise<'app' | 'recovery' | undefined> {
  const code = readCode(typed);
  if ('app' in code) return (await takeAppCode(outside, operatorId, code.app)) ? 'app' : undefined;
  const { store, now } = outside;
  const isGood = await store.factors.takeCode(operatorId, hashToken(code.recovery), now());
  return isGood ? 'recovery' : undefined;
}

async function takeAppCode(
  { store, keys, now }: FactorOutside,
  operatorId: number,
  typed: string,
): Promise<boolean> {
  const factor = await store.factors.find(operatorId);
  const secret = factor && unseal(keys, sealedFor(operatorId), factor.sealedSecret);
  if (!factor || secret === undefined) return false;
  const code = readCode(typed);
  const step = 'app' in code ? findStep(secret, code.app, now()) : undefined;
  if (step === undefined || !(await store.factors.takeStep(operatorId, step))) return false;
  if (isSealedByOld(keys, factor.sealedSecret)) {
    await store.factors.recordSealed(operatorId, seal(keys, sealedFor(operatorId), secret));
  }
  return true;
}

/**
 * Whether an operator without a factor may go on from a place: always where none is required. A password
 * alone never enrols from a new place: seven days from known ones, or the shell.
 */
export async function mayEnrolFrom(
  outside: FactorOutside,
  operatorId: number,
  origin: string,
): Promise<boolean> {
  const { store, keys, config, now } = outside;
  const known = await store.records.findSetting<string>(REQUIRED);
  if (!config.http.requiresSecondFactor) {
    if (known) await store.records.recordSetting(REQUIRED, null);
    return true;
  }
  const requiredSince = known ? new Date(known) : now();
  if (!known) await store.records.recordSetting(REQUIRED, requiredSince.toISOString());
  const knownSince = await store.factors.findPlace(operatorId, hashPlace(keys, operatorId, origin));
  return mayEnrol({ requiredSince, knownSince, now: now() });
}

/** So long nobody came from a place, and it is forgotten. */
const PLACE_MS = 90 * 24 * 3_600_000;

/** Remembers where an operator was let in, as a keyed hash. */
export async function rememberPlace(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  operatorId: number,
  origin: string,
): Promise<void> {
  const at = now();
  await store.factors.removePlacesBefore(new Date(at.getTime() - PLACE_MS));
  await store.factors.recordPlace(operatorId, hashPlace(keys, operatorId, origin), at);
}

/** Whether somebody was let in at a place as an operator of a name lately; as much work where there is none. */
export async function isKnownPlace(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { name, origin }: { name: string; origin: string },
): Promise<boolean> {
  const id = (await store.access.findOperator(name))?.id ?? 0;
  return (await store.factors.findPlace(id, hashPlace(keys, id, origin))) !== undefined;
}

const hashPlace = (ring: KeyRing, operatorId: number, origin: string) =>
  hashFor(ring, 'operator place', `${operatorId} ${origin}`).slice(0, 32);

/** Seals under the newest key the secrets that hang on an older one; how many. */
export async function resealFactors({
  store,
  keys,
}: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const old = await store.factors.listSealedByOld(keys.newest);
  let sealedAnew = 0;
  for (const { operatorId, sealedSecret } of old) {
    const secret = unseal(keys, sealedFor(operatorId), sealedSecret);
    if (secret === undefined) continue;
    await store.factors.recordSealed(operatorId, seal(keys, sealedFor(operatorId), secret));
    sealedAnew += 1;
  }
  return sealedAnew;
}
