import { randomBytes } from 'node:crypto';
import { findNameFault, type Operator, type Role } from '../../core/desk/operator.ts';
import { findPasswordFault, hashPassword } from '../../core/desk/password.ts';
import { hashToken } from '../../core/desk/token.ts';
import type { Outside } from '../steps.ts';

/** A change of who may do what that may not be; the message says why. */
export class AccessRefused extends Error {
  override readonly name = 'AccessRefused';
}

type AccessOutside = Pick<Outside, 'store' | 'now'>;

/** Makes an operator. Throws AccessRefused for a name or a password that cannot be, or a name that is taken. */
export async function addOperator(
  { store, now }: AccessOutside,
  order: Omit<Operator, 'id'> & { password: string; actor: string },
): Promise<void> {
  const { password, actor, ...operator } = order;
  refuse(findNameFault(operator.name) ?? findPasswordFault(password));
  refuseIdleRight(operator);
  const hash = await hashPassword(password, randomBytes(16));
  await store.transaction(async (tx) => {
    const added = await tx.access.insertOperator({ ...operator, password: hash, at: now() });
    if (!added) throw new AccessRefused(`there is an operator "${operator.name}" already`);
    const { role, mayResendAll } = operator;
    const detail = { role, mayResendAll };
    await audit({ store: tx, now }, { actor, action: 'add', name: operator.name, detail });
  });
}

/** Gives an operator a new password, and ends every session of theirs. */
export async function changePassword(
  outside: AccessOutside,
  order: { name: string; password: string; actor: string },
): Promise<void> {
  refuse(findPasswordFault(order.password));
  const hash = await hashPassword(order.password, randomBytes(16));
  await change(outside, { ...order, action: 'password' }, async (tx, { id }) => {
    await tx.access.recordPassword(id, hash);
    return { sessions: await tx.access.revokeSessions(id, outside.now()) };
  });
}

/** Changes what an operator may do; it holds from their next request on. */
export async function changeRole(
  outside: AccessOutside,
  order: { name: string; role: Role; mayResendAll: boolean; actor: string },
): Promise<void> {
  const { role, mayResendAll } = order;
  refuseIdleRight(order);
  await change(outside, { ...order, action: 'role' }, async (tx, { id }) => {
    await tx.access.recordRole(id, { role, mayResendAll });
    return { role, mayResendAll };
  });
}

/** Removes an operator with their sessions and keys; what they did stays in the audit. */
export function removeOperator(
  outside: AccessOutside,
  order: { name: string; actor: string },
): Promise<void> {
  return change(outside, { ...order, action: 'remove' }, async (tx, { id }) => {
    await tx.access.removeOperator(id);
    return {};
  });
}

/** Ends every session of an operator. */
export function endSessions(
  outside: AccessOutside,
  order: { name: string; actor: string },
): Promise<void> {
  return change(outside, { ...order, action: 'sign_out' }, async (tx, { id }) => ({
    sessions: await tx.access.revokeSessions(id, outside.now()),
  }));
}

/** Makes a key for scripts that acts for an operator, with their role or less. The key itself is shown this once. */
export async function addApiKey(
  outside: AccessOutside,
  order: { key: string; name: string; role: Role; actor: string },
): Promise<string> {
  refuse(findNameFault(order.key));
  const secret = `pr_${randomBytes(32).toString('base64url')}`;
  await change(outside, { ...order, action: 'key_add' }, async (tx, operator) => {
    if (order.role === 'operate' && operator.role === 'look') {
      throw new AccessRefused(`${operator.name} may only look, and so may a key of theirs`);
    }
    const added = await tx.access.insertKey({
      operatorId: operator.id,
      name: order.key,
      keyHash: hashToken(secret),
      role: order.role,
      at: outside.now(),
    });
    if (!added) throw new AccessRefused(`there is a key "${order.key}" already, or was one`);
    return { key: order.key, role: order.role };
  });
  return secret;
}

/** Ends a key at once. Throws AccessRefused where there is none that is good. */
export async function revokeApiKey(
  { store, now }: AccessOutside,
  order: { key: string; actor: string },
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    if (!(await tx.access.revokeKey(order.key, at))) {
      throw new AccessRefused(`there is no key "${order.key}" that is good`);
    }
    const entry = { at, actor: order.actor, action: 'key_revoke', subject: `key ${order.key}` };
    await tx.records.recordAudit({ ...entry, detail: {} });
  });
}

/** A right that nobody could use is a mistake of whoever gives it. */
function refuseIdleRight({ role, mayResendAll }: Pick<Operator, 'role' | 'mayResendAll'>): void {
  if (role === 'look' && mayResendAll) {
    refuse('who may only look cannot resend: give the role "operate" with it');
  }
}

function refuse(fault: string | undefined): void {
  if (fault) throw new AccessRefused(fault);
}

/** Changes one operator and writes it down, both or neither. */
function change(
  { store, now }: AccessOutside,
  order: { name: string; action: string; actor: string },
  work: (tx: Outside['store'], operator: Operator) => Promise<Record<string, unknown>>,
): Promise<void> {
  return store.transaction(async (tx) => {
    const operator = await tx.access.findOperator(order.name);
    if (!operator) {
      throw new AccessRefused(
        `there is no operator "${order.name}": "paperround operators list" lists them`,
      );
    }
    const detail = await work(tx, operator);
    await audit({ store: tx, now }, { ...order, detail });
  });
}

function audit(
  { store, now }: AccessOutside,
  entry: { actor: string; action: string; name: string; detail: Record<string, unknown> },
) {
  const { actor, action, name, detail } = entry;
  const subject = `operator ${name}`;
  return store.records.recordAudit({ at: now(), actor, action, subject, detail });
}
