import { z } from 'zod';
import {
  addApiKey,
  addOperator,
  changePassword,
  changeRole,
  endSessions,
  removeOperator,
  revokeApiKey,
} from '../steps/desk/operators.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';

const name = z.string();
const role = z.enum(['look', 'operate'], 'a role is "look" or "operate"');
const may = z.object({ name, role, resendAll: z.boolean().default(false) });

export const operatorsAdd = defineCommand({
  args: may.extend({ password: z.string(), address: z.string().nullable().default(null) }),
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
  args: z.object({}),
  async run({ store }) {
    const operators = await store.access.listOperators();
    const rows = operators.map((each) => [
      each.name,
      each.role,
      each.mayResendAll ? 'yes' : 'no',
      each.address ?? '',
      each.seenAt?.toISOString().slice(0, 16) ?? 'never',
    ]);
    const head = ['name', 'role', 'may resend to all', 'address', 'last seen'];
    const none = 'There is no operator yet: "paperround operators add NAME" makes the first.';
    return { lines: buildTable(head, rows, none), data: operators };
  },
});

export const operatorsPassword = defineCommand({
  args: z.object({ name, password: z.string() }),
  async run(outside, given, { actor }) {
    await changePassword(outside, { ...given, actor });
    const line = `${given.name} has a new password; every browser of theirs must sign in again.`;
    return { lines: [line], data: { name: given.name } };
  },
});

export const operatorsRole = defineCommand({
  args: may,
  async run(outside, { name: who, role: what, resendAll: mayResendAll }, { actor }) {
    await changeRole(outside, { name: who, role: what, mayResendAll, actor });
    const all = mayResendAll ? ', resending to everyone included' : '';
    return { lines: [`${who} may ${what} from now on${all}.`], data: { name: who, role: what } };
  },
});

export const operatorsRemove = defineCommand({
  args: z.object({ name }),
  async run(outside, { name: who }, { actor }) {
    await removeOperator(outside, { name: who, actor });
    const line = `${who} is removed with their sessions and keys; the audit keeps what they did.`;
    return { lines: [line], data: { name: who } };
  },
});

export const operatorsSignOut = defineCommand({
  args: z.object({ name }),
  async run(outside, { name: who }, { actor }) {
    await endSessions(outside, { name: who, actor });
    return { lines: [`${who} is signed out everywhere.`], data: { name: who } };
  },
});

export const operatorsKeyAdd = defineCommand({
  args: z.object({ key: name, operator: name, role: role.default('look') }),
  async run(outside, { key, operator, role: what }, { actor }) {
    const secret = await addApiKey(outside, { key, name: operator, role: what, actor });
    const lines = [secret, `This is key ${key}; it is shown this once, and kept as its hash only.`];
    return { lines, data: { key, operator, role: what, secret } };
  },
});

export const operatorsKeyList = defineCommand({
  args: z.object({}),
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
    return { lines: buildTable(head, rows, 'There is no key.'), data: keys };
  },
});

export const operatorsKeyRevoke = defineCommand({
  args: z.object({ key: name }),
  async run(outside, { key }, { actor }) {
    await revokeApiKey(outside, { key, actor });
    return { lines: [`Key ${key} is revoked.`], data: { key } };
  },
});

export const audit = defineCommand({
  args: z.object({
    actor: z.string().optional(),
    action: z.string().optional(),
    subject: z.string().optional(),
    before: z.number().int().min(1).optional(),
    most: z.number().int().min(1).max(1_000).default(50),
  }),
  async run({ store }, { before, most, ...filter }) {
    const entries = await store.audit.list(filter, { beforeId: before, most });
    const rows = entries.map(({ id, at, actor, action, subject, detail }) => [
      String(id),
      at.toISOString().slice(0, 19),
      actor,
      action,
      subject,
      JSON.stringify(detail),
    ]);
    if (entries.length === 0 && before !== undefined) throw new CommandError('nothing is older');
    const head = ['entry', 'when', 'who', 'what', 'of', 'how'];
    return { lines: buildTable(head, rows, 'Nothing was changed yet.'), data: entries };
  },
});
