import { z } from 'zod';
import { marks } from '../../core/edition/marks.ts';
import { pageOf } from '../page.ts';
import { stateCount } from './delivery.ts';
import { count, shape, time } from './shape.ts';

export const editionState = z.enum(['draft', 'cut', 'held', 'released', 'closed']);

const passedBecause = z
  .enum(['refused', 'unanswered'])
  .nullable()
  .describe('Why its papers passed to a later edition instead of going to readers.');

/** An edition as it is listed. */
export const listedEdition = shape(
  'Edition',
  z.object({
    id: z.int(),
    name: z.string(),
    date: z.string(),
    state: editionState,
    isSample: z.boolean(),
    cutAt: time,
    papers: count,
    passedBecause,
  }),
);

/** The newest editions, and how far the draft is. */
export const shownEditions = shape(
  'ShownEditions',
  z.object({
    draft: z.object({ papers: count, cutDueAt: time.nullable() }),
    editions: z.array(listedEdition),
  }),
);

/** What an edition shows, and where its deliveries are. */
export const wholeEdition = shape(
  'WholeEdition',
  z.object({
    id: z.int(),
    name: z.string(),
    date: z.string(),
    isSample: z.boolean(),
    groups: z.array(z.object({ number: z.int(), label: z.string(), overview: z.string() })),
    papers: z.array(
      z.object({
        paperId: z.int(),
        groupNumber: z.int(),
        title: z.string(),
        authors: z.array(
          z.object({ name: z.string(), affiliations: z.array(z.string()).optional() }),
        ),
        link: z.string().nullable(),
        summary: z.string(),
        upvotes: z.int(),
        pick: z.int().nullable().describe("Its place among the editors' picks."),
      }),
    ),
    state: editionState,
    passedBecause,
    deliveries: z.array(stateCount),
    feedback: z.array(z.object({ kind: z.string(), count })),
  }),
);

/** What a cut came to. */
export const cutReport = shape(
  'CutReport',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.enum(['released', 'held']),
      name: z.string(),
      papers: count,
      groups: count,
      merged: count,
      hidden: count,
      models: z
        .object({
          isPlaced: z.boolean(),
          summaries: count,
          labels: count,
          fault: z.string().optional().describe('Why the rest is our own.'),
        })
        .optional()
        .describe('What models elsewhere gave.'),
    }),
    z.object({ kind: z.literal('waiting'), feeds: z.array(z.string()) }),
    z.object({ kind: z.literal('empty') }),
    z.object({ kind: z.literal('nothing_due') }),
  ]),
);

/** A paper that waits for the cut. */
const draftPaper = shape(
  'DraftPaper',
  z.object({
    id: z.int(),
    title: z.string(),
    abstract: z.string(),
    link: z.string().optional(),
    feeds: z.array(z.string()),
    firstSeenAt: time,
    mark: z.enum(marks).nullable(),
    place: z.int().nullable().describe('Of a pick, counted from 1.'),
  }),
);

/** The draft, and a page of its papers: the picks first, then the newest. */
export const wholeDraft = shape(
  'Draft',
  pageOf(draftPaper).extend({
    cutDueAt: time.nullable(),
    counts: z.object({ papers: count, picked: count, hidden: count, postponed: count }),
  }),
);

/** What a file of papers came to. */
export const papersReport = shape(
  'PapersReport',
  z.object({ read: count, kept: count, merged: count, known: count }),
);
