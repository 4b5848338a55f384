import { z } from 'zod';
import type { Place } from '../core/desk/cursor.ts';
import { type Mark, marks } from '../core/edition/marks.ts';
import { parseAddress } from '../core/reader/address.ts';
import { countOf } from '../core/text/words.ts';
import { refuseEdition, releaseEdition } from '../steps/editions/approve.ts';
import { readDraft } from '../steps/editions/draft.ts';
import { markPapers } from '../steps/editions/mark.ts';
import { sendTest } from '../steps/editions/test.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, pageArgs, tellMore } from './page.ts';
import { handedOver } from './shapes/delivery.ts';
import { editionState, wholeDraft } from './shapes/edition.ts';
import { describeDelivery } from './waiting.ts';

const list = 'draft';

/** The draft and its papers, as its editors see them. */
export const editionsDraft = defineCommand({
  right: 'look',
  args: z.object({
    words: z.string().max(200).default('').describe('Part of a title.'),
    mark: z.enum(marks).optional(),
    ...pageArgs(list),
  }),
  answers: wholeDraft,
  async run(outside, { words, mark, limit, cursor }) {
    const query = { words, mark: mark ?? null, after: placeAt(cursor), most: limit + 1 };
    const { papers: found, ...draft } = await readDraft(outside, query);
    const page = cutPage(found, { list, limit, placeOf: ({ id, place }) => [place ?? 0, id] });
    const rows = page.items.map(({ id, title, feeds, mark: marked, place }) => [
      String(id),
      marked === 'picked' ? `pick ${place}` : (marked ?? ''),
      feeds.join(', '),
      title.slice(0, 90),
    ]);
    const { papers, picked, hidden, postponed } = draft.counts;
    const when = draft.cutDueAt ? `, cut at ${draft.cutDueAt.toISOString()}` : '';
    const head = `The draft has ${countOf(papers, 'paper')}${when}: ${picked} picked, ${hidden} hidden, ${postponed} for the next edition.`;
    const none = papers > 0 ? 'None of them is like that.' : 'No paper has come yet.';
    return {
      lines: [
        head,
        '',
        ...buildTable(['PAPER', 'MARK', 'FEEDS', 'TITLE'], rows, none),
        ...tellMore(page),
      ],
      data: { ...draft, ...page },
    };
  },
});

/** The paper that a cursor of the draft speaks of. */
function placeAt(cursor: Place | undefined) {
  const [place, id] = cursor ?? [];
  if (typeof place !== 'number' || typeof id !== 'number') return undefined;
  return { place: place || null, id };
}

const papers = z.array(z.number().int().min(1)).min(1).max(1000);

const done: Readonly<Record<Mark, string>> = {
  picked: 'picked: every reader gets it, marked as picked by the editors',
  hidden: 'hidden: no reader gets it',
  postponed: 'left for the next edition',
};

function defineMark(mark: Mark | null) {
  return defineCommand({
    right: 'operate',
    args: z.object({ papers, place: z.number().int().min(1).optional() }),
    answers: z.object({ papers: z.array(z.int()), mark: z.enum(marks).nullable() }),
    async run(outside, order, { actor }) {
      await markPapers(outside, { ...order, mark, actor });
      const words = mark ? done[mark] : 'not marked any more';
      const lines = order.papers.map((id) => `paper ${id} is ${words}.`);
      return { lines, data: { papers: order.papers, mark } };
    },
  });
}

export const editionsPick = defineMark('picked');
export const editionsHide = defineMark('hidden');
export const editionsPostpone = defineMark('postponed');
export const editionsUnmark = defineMark(null);

const decision = z.object({ edition: z.string(), reason: z.string().max(500).optional() });
const decided = z.object({ edition: z.string(), state: editionState });

export const editionsRelease = defineCommand({
  right: 'operate',
  args: decision,
  answers: decided,
  async run(outside, { edition, reason }, { actor }) {
    await releaseEdition(outside, { edition, actor, ...(reason ? { reason } : {}) });
    const lines = [
      `edition ${edition} is released: whoever is due from now on gets it, and those who were due before with their next digest.`,
    ];
    return { lines, data: { edition, state: 'released' as const } };
  },
});

export const editionsRefuse = defineCommand({
  right: 'operate',
  args: decision,
  answers: decided,
  async run(outside, { edition, reason }, { actor }) {
    await refuseEdition(outside, { edition, actor, ...(reason ? { reason } : {}) });
    const lines = [
      `edition ${edition} goes to nobody: its papers are in the draft again. Hide there what must not come: paperround editions draft`,
    ];
    return { lines, data: { edition, state: 'closed' as const } };
  },
});

export const editionsTest = defineCommand({
  right: 'operate',
  needsWorkers: true,
  args: z.object({ edition: z.string(), to: z.string(), as: z.string().optional() }),
  answers: handedOver,
  async run(outside, { edition, to, as }, caller) {
    const order = { edition, to: readAddress(to), as, actor: caller.actor };
    const deliveryId = await sendTest(outside, order);
    const what = `a test of ${edition}`;
    return describeDelivery(outside, { id: deliveryId, what }, caller);
  },
});

function readAddress(text: string) {
  try {
    return parseAddress(text);
  } catch (cause) {
    throw new CommandError(`to: ${(cause as Error).message}`);
  }
}
