import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Operator } from '../../core/desk/operator.ts';
import {
  buildCreateOptions,
  buildGetOptions,
  CHALLENGE_MS,
  type PasskeySite,
  passkeySiteOf,
  readMade,
  readShown,
} from '../../core/desk/passkey.ts';
import { hashToken } from '../../core/desk/token.ts';
import { hashFor } from '../../core/reader/keys.ts';
import { seal, unseal } from '../../core/reader/seal.ts';
import type { Outside } from '../steps.ts';
import { hasFactor, renewCodes } from './second-factor.ts';

type PasskeyOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

/** What a page asks a browser, with a proof that it was asked here a moment ago. */
export interface Asked {
  /** As JSON, for the page's script. */
  readonly options: string;
  readonly proof: string;
}

/** More than anybody has devices. */
const MOST_PASSKEYS = 10;

const sealedFor = (bound: string) => ({ purpose: 'passkey challenge', bound });
const signingIn = 'sign in';
const adding = (operatorId: number) => `operator ${operatorId}`;
const challengeShape = z.object({ challenge: z.string(), until: z.number() });

/** What a browser is asked that shall show a passkey; undefined where this site can have none. */
export function askToSignIn(outside: PasskeyOutside): Asked | undefined {
  const site = siteOf(outside);
  if (!site) return undefined;
  const { challenge, proof } = challengeFor(outside, signingIn);
  return { options: JSON.stringify(buildGetOptions({ site, challenge })), proof };
}

/** What a browser is asked that shall make one for an operator; undefined where this site can have none. */
export async function askToAdd(
  outside: PasskeyOutside,
  operator: Operator,
): Promise<Asked | undefined> {
  const site = siteOf(outside);
  if (!site) return undefined;
  const { store, keys, config } = outside;
  const { challenge, proof } = challengeFor(outside, adding(operator.id));
  const known = await store.passkeys.listOf(operator.id);
  const handle = hashFor(keys, 'passkey owner', String(operator.id)).slice(0, 32);
  const options = buildCreateOptions({
    site,
    siteName: config.site.name,
    challenge,
    operator: { handle: Buffer.from(handle).toString('base64url'), name: operator.name },
    known: known.map(({ credentialId }) => credentialId),
  });
  return { options: JSON.stringify(options), proof };
}

/** Whether this site can have passkeys. */
export function siteOf({ config }: Pick<Outside, 'config'>): PasskeySite | undefined {
  return passkeySiteOf(config.http.publicUrl);
}

function challengeFor({ keys, now }: Pick<Outside, 'keys' | 'now'>, bound: string) {
  const challenge = randomBytes(32).toString('base64url');
  const until = now().getTime() + CHALLENGE_MS;
  return { challenge, proof: seal(keys, sealedFor(bound), JSON.stringify({ challenge, until })) };
}

/** The challenge that a proof is of, used up with this; undefined where it is none of now. */
async function takeChallenge(
  { store, keys, now }: PasskeyOutside,
  bound: string,
  proof: string,
): Promise<string | undefined> {
  const sealed = unseal(keys, sealedFor(bound), proof);
  const asked =
    sealed === undefined ? undefined : challengeShape.safeParse(JSON.parse(sealed)).data;
  if (!asked || asked.until < now().getTime()) return undefined;
  const { challenge, until } = asked;
  const isFirst = await store.passkeys.takeChallenge(hashToken(challenge), new Date(until), now());
  return isFirst ? challenge : undefined;
}

/** What a browser answered, and the proof of what it was asked. */
export interface PasskeyAnswer {
  readonly proof: string;
  readonly answer: string;
}

/** What became of adding one: the recovery codes where it is the first factor; undefined where it is no good. */
export async function addPasskey(
  outside: PasskeyOutside,
  order: PasskeyAnswer & {
    readonly operator: Operator;
    readonly sessionId: number;
    readonly name: string;
    readonly actor: string;
  },
): Promise<{ readonly codes?: readonly string[] } | undefined> {
  const { operator, sessionId, name, actor } = order;
  const made = await verifyMade(outside, operator, order);
  if (!made) return undefined;
  return outside.store.transaction(async (store) => {
    const inside = { ...outside, store };
    const at = outside.now();
    const isFirst = !(await hasFactor(inside, operator));
    if ((await store.passkeys.listOf(operator.id)).length >= MOST_PASSKEYS) return undefined;
    const passkey = { ...made, operatorId: operator.id, name, addedAt: at };
    if (!(await store.passkeys.insert(passkey))) return undefined;
    const entry = { at, actor, action: 'passkey_add', subject: `operator ${operator.name}` };
    await store.records.recordAudit({ ...entry, detail: { passkey: name } });
    if (!isFirst) return {};
    // Who opened the others showed a password alone.
    const sessions = await store.access.revokeSessions(operator.id, at, sessionId);
    const codes = await renewCodes(inside, {
      ...{ operator, action: 'factor_add', actor, detail: { sessions } },
    });
    return { codes };
  });
}

async function verifyMade(outside: PasskeyOutside, { id }: Operator, given: PasskeyAnswer) {
  const site = siteOf(outside);
  const answer = readMade(given.answer);
  const challenge = await takeChallenge(outside, adding(id), given.proof);
  if (!site || !answer || challenge === undefined) return undefined;
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const { transports, ...response } = answer.response;
  const verified = await verifyRegistrationResponse({
    response: { ...answer, response, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential } = verified.registrationInfo;
  const publicKey = Buffer.from(credential.publicKey).toString('base64url');
  return { credentialId: credential.id, publicKey, counter: credential.counter, transports };
}

/** Whose passkey a browser showed; undefined where it is no good, or its challenge was used. */
export async function findShown(
  outside: PasskeyOutside,
  given: PasskeyAnswer,
): Promise<Operator | undefined> {
  const { store, now } = outside;
  const site = siteOf(outside);
  const answer = readShown(given.answer);
  const challenge = await takeChallenge(outside, signingIn, given.proof);
  if (!site || !answer || challenge === undefined) return undefined;
  const passkey = await store.passkeys.find(answer.id);
  if (!passkey) return undefined;
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const verified = await verifyAuthenticationResponse({
    response: { ...answer, clientExtensionResults: {} },
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const used = { counter: verified.authenticationInfo.newCounter, at: now() };
  if (!(await store.passkeys.recordUsed(passkey.credentialId, used))) return undefined;
  return store.access.findOperatorById(passkey.operatorId);
}

/** Removes one, and ends the owner's other sessions; false where it is none of theirs. */
export function removePasskey(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: { operator: Operator; sessionId: number; credentialId: string; actor: string },
): Promise<boolean> {
  const { operator, sessionId, credentialId, actor } = order;
  return store.transaction(async (tx) => {
    const at = now();
    const passkey = await tx.passkeys.find(credentialId);
    if (!passkey || !(await tx.passkeys.remove(operator.id, credentialId))) return false;
    if (!(await hasFactor({ store: tx }, operator))) await tx.factors.remove(operator.id);
    const sessions = await tx.access.revokeSessions(operator.id, at, sessionId);
    const entry = { at, actor, action: 'passkey_remove', subject: `operator ${operator.name}` };
    await tx.records.recordAudit({ ...entry, detail: { passkey: passkey.name, sessions } });
    return true;
  });
}
