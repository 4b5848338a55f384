import { z } from 'zod';
import { MOST_MEMBERS } from '../core/circles/circle.ts';
import { makeCircle } from '../steps/circles/make.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { reason } from './reason.ts';
import { circleCounts } from './shapes/circle.ts';

const list = 'circles';
/** An address has at most 254 letters; some lines may be empty. */
const LONGEST_LIST = 400 * MOST_MEMBERS;

export const circlesList = defineCommand({
  right: 'look',
  args: z.object(pageArgs(list)),
  answers: pageOf(circleCounts),
  async run({ store }, { limit, cursor }) {
    const before = idAt(cursor, undefined) ?? Number.MAX_SAFE_INTEGER;
    const found = await store.circleGuests.listCounts(before, limit + 1);
    const page = cutPage(found, { list, limit, placeOf: ({ id }) => [id] });
    const rows = page.items.map((circle) => [
      String(circle.id),
      circle.openedAt.toISOString().slice(0, 10),
      circle.closedAt ? 'closed' : 'open',
      ...[circle.members, circle.papers, circle.notes, circle.reports].map(String),
      circle.name ?? '',
    ]);
    const head = ['ID', 'OPENED', 'STATE', 'MEMBERS', 'PAPERS', 'LINES', 'REPORTS', 'NAME'];
    const none = 'Nobody reads together yet.';
    return { lines: [...buildTable(head, rows, none), ...tellMore(page)], data: page };
  },
});

export const circlesClose = defineCommand({
  right: 'operate',
  args: z.object({ id: rowId.describe('Its number, as the list has it.'), reason }),
  answers: z.object({ id: z.int(), done: z.boolean() }),
  async run({ store, now }, { id, reason: why }, { actor }) {
    const at = now();
    const done = await store.transaction(async (tx) => {
      if (!(await tx.circles.close(id, 'operator', at))) return false;
      const entry = { at, actor, action: 'close_circle', subject: `circle ${id}` };
      await tx.records.recordAudit({ ...entry, detail: { reason: why } });
      return true;
    });
    if (!done) throw new CommandError(`there is no open circle ${id}`, 'missing');
    const lines = [`Circle ${id} is closed: its members read it for two more weeks.`];
    return { lines, data: { id, done } };
  },
});

export const circlesMake = defineCommand({
  right: 'operate',
  args: z.object({
    name: z.string().describe('What it is called: its members and who is invited see it.'),
    addresses: z
      .string()
      .max(LONGEST_LIST, `A circle has at most ${MOST_MEMBERS} members.`)
      .describe('An address a line: readers get one notice, others a confirmation.'),
  }),
  answers: z.object({
    id: z.int(),
    invited: z.int(),
    asked: z.int(),
    passed: z.int(),
    unread: z.array(z.int()).describe('Numbers of lines that are no address.'),
  }),
  async run(outside, { name, addresses }, { actor }) {
    const made = await makeCircle(outside, { name, addresses }, actor);
    if ('fault' in made) throw new CommandError(made.fault);
    const { id, invited, asked, passed, unread } = made;
    const lines = [
      `Circle ${id}: ${invited} readers are invited, ${asked} others are asked to confirm first.`,
      'Nobody is in before a press. Whoever joins first owns it, and can hand it on.',
      ...(passed > 0
        ? [`${passed} get no mail: they left, want none, or got too many today.`]
        : []),
      ...(unread.length > 0 ? [`No address in line ${unread.join(', ')}.`] : []),
    ];
    return { lines, data: { id, invited, asked, passed, unread: [...unread] } };
  },
});
