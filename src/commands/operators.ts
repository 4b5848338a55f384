import { z } from 'zod';
import { tellDetail } from '../core/desk/audit-words.ts';
import type { Operator } from '../core/desk/operator.ts';
import {
  addApiKey,
  addOperator,
  changePassword,
  changeRole,
  endSessions,
  removeOperator,
  revokeApiKey,
} from '../steps/desk/operators.ts';
import { grantFactor, removeFactor } from '../steps/desk/second-factor.ts';
import type { Outside } from '../steps/steps.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { apiKey, auditEntry, operator as operatorShape, role } from './shapes/desk.ts';

const name = z.string();
const named = z.object({ name });
const may = z.object({ name, role, resendAll: z.boolean().default(false) });

export const operatorsAdd = defineCommand({
  right: 'operate',
  args: may.extend({ password: z.string(), address: z.string().nullable().default(null) }),
  answers: z.object({ name, role, mayResendAll: z.boolean() }),
  async run(outside, { resendAll: mayResendAll, ...given }, { actor }) {
    await addOperator(outside, { ...given, mayResendAll, actor });
    const { publicUrl } = outside.config.http;
    return {
      lines: [`${given.name} can sign in at ${publicUrl}/admin, to ${given.role}.`],
      data: { name: given.name, role: given.role, mayResendAll },
    };
  },
});

export const operatorsList = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({ items: z.array(operatorShape) }),
  async run({ store }) {
    const enrolled = new Set(await store.factors.listEnrolled());
    const operators = (await store.access.listOperators()).map((each) => ({
      ...each,
      hasFactor: enrolled.has(each.name),
    }));
    const rows = operators.map((each) => [
      each.name,
      each.role,
      each.mayResendAll ? 'yes' : 'no',
      each.address ?? '',
      each.seenAt?.toISOString().slice(0, 16) ?? 'never',
      each.hasFactor ? 'yes' : 'no',
    ]);
    const head = ['name', 'role', 'may resend to all', 'address', 'last seen', 'second factor'];
    const none = 'There is no operator yet: "paperround operators add NAME" makes the first.';
    return { lines: buildTable(head, rows, none), data: { items: operators } };
  },
});

export const operatorsPassword = defineCommand({
  right: 'operate',
  args: z.object({ name, password: z.string() }),
  answers: named,
  async run(outside, given, { actor }) {
    await changePassword(outside, { ...given, actor });
    const line = `${given.name} has a new password; every browser of theirs must sign in again.`;
    return { lines: [line], data: { name: given.name } };
  },
});

export const operatorsRole = defineCommand({
  right: 'operate',
  args: may,
  answers: z.object({ name, role }),
  async run(outside, { name: who, role: what, resendAll: mayResendAll }, { actor }) {
    await changeRole(outside, { name: who, role: what, mayResendAll, actor });
    const all = mayResendAll ? ', resending to everyone included' : '';
    return { lines: [`${who} may ${what} from now on${all}.`], data: { name: who, role: what } };
  },
});

export const operatorsRemove = defineCommand({
  right: 'operate',
  args: named,
  answers: named,
  async run(outside, { name: who }, { actor }) {
    await removeOperator(outside, { name: who, actor });
    const line = `${who} is removed with their sessions and keys; the audit keeps what they did.`;
    return { lines: [line], data: { name: who } };
  },
});

export const operatorsFactorAdd = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({
    name,
    secret: z.string().describe('What the app is given; it is shown this once.'),
    uri: z.string(),
    codes: z.array(z.string()).describe('Each lets in once without the app.'),
  }),
  async run(outside, { name: who }, { actor }) {
    const operator = await findOperator(outside, who);
    const made = await grantFactor(outside, { operator, actor });
    if (!made) {
      const words = `${who} has a second factor: "paperround operators factor remove ${who}" takes it off`;
      throw new CommandError(words, 'conflict');
    }
    const { secret, uri, codes } = made;
    const lines = [
      `${who} signs in with a code from now on. Into the app, as a secret or an address:`,
      `  ${secret}`,
      `  ${uri}`,
      'Recovery codes, each good once. All of this is shown this once:',
      ...codes.map((code) => `  ${code}`),
    ];
    return { lines, data: { name: who, secret, uri, codes: [...codes] } };
  },
});

export const operatorsFactorRemove = defineCommand({
  right: 'operate',
  args: named,
  answers: named,
  async run(outside, { name: who }, { actor }) {
    const operator = await findOperator(outside, who);
    if (!(await removeFactor(outside, { operator, actor, what: 'all' }))) {
      throw new CommandError(`${who} has no second factor`, 'conflict');
    }
    const next = outside.config.http.requiresSecondFactor
      ? `one is required: paperround operators factor add ${who}`
      : 'their password alone lets them in';
    return {
      lines: [`the second factor of ${who} is off, and they are signed out; ${next}`],
      data: { name: who },
    };
  },
});

async function findOperator({ store }: Pick<Outside, 'store'>, who: string): Promise<Operator> {
  const operator = await store.access.findOperator(who);
  if (operator) return operator;
  const hint = '"paperround operators list" lists them';
  throw new CommandError(`there is no operator "${who}": ${hint}`, 'missing');
}

export const operatorsSignOut = defineCommand({
  right: 'operate',
  args: named,
  answers: named,
  async run(outside, { name: who }, { actor }) {
    await endSessions(outside, { name: who, actor });
    return { lines: [`${who} is signed out everywhere.`], data: { name: who } };
  },
});

export const operatorsKeyAdd = defineCommand({
  right: 'operate',
  args: z.object({ key: name, operator: name, role: role.default('look') }),
  answers: z.object({
    key: name,
    operator: name,
    role,
    secret: z.string().describe('The key itself; it is shown this once.'),
  }),
  async run(outside, { key, operator, role: what }, { actor }) {
    const secret = await addApiKey(outside, { key, name: operator, role: what, actor });
    const lines = [secret, `This is key ${key}; it is shown this once, and kept as its hash only.`];
    return { lines, data: { key, operator, role: what, secret } };
  },
});

export const operatorsKeyList = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({ items: z.array(apiKey) }),
  async run({ store }) {
    const keys = await store.access.listKeys();
    const rows = keys.map((key) => [
      key.name,
      key.operator,
      key.role,
      key.usedAt?.toISOString().slice(0, 16) ?? 'never',
      key.revokedAt ? 'revoked' : 'good',
    ]);
    const head = ['key', 'operator', 'role', 'last used', 'state'];
    return { lines: buildTable(head, rows, 'There is no key.'), data: { items: keys } };
  },
});

export const operatorsKeyRevoke = defineCommand({
  right: 'operate',
  args: z.object({ key: name }),
  answers: z.object({ key: name }),
  async run(outside, { key }, { actor }) {
    await revokeApiKey(outside, { key, actor });
    return { lines: [`Key ${key} is revoked.`], data: { key } };
  },
});

const list = 'audit';

export const audit = defineCommand({
  right: 'look',
  args: z.object({
    actor: z.string().optional(),
    action: z.string().optional(),
    subject: z.string().optional(),
    before: rowId.optional(),
    ...pageArgs(list),
  }),
  answers: pageOf(auditEntry),
  async run({ store }, { before, limit, cursor, ...filter }) {
    const beforeId = idAt(cursor, before);
    const entries = await store.audit.list(filter, { beforeId, most: limit + 1 });
    const page = cutPage(entries, { list, limit, placeOf: ({ id }) => [id] });
    const rows = page.items.map(({ id, at, actor, action, subject, detail }) => [
      String(id),
      at.toISOString().slice(0, 19),
      actor,
      action,
      subject,
      tellDetail(detail),
    ]);
    if (entries.length === 0 && before !== undefined) throw new CommandError('nothing is older');
    const head = ['entry', 'when', 'who', 'what', 'of', 'how'];
    const lines = buildTable(head, rows, 'Nothing was changed yet.');
    return { lines: [...lines, ...tellMore(page)], data: page };
  },
});
