import { z } from 'zod';
import { stateCount } from './delivery.ts';
import { count, shape, time } from './shape.ts';

export const editionState = z.enum(['draft', 'cut', 'held', 'released', 'closed']);

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
  }),
);

/** The newest editions that readers may see, and how far the draft is. */
export const shownEditions = shape(
  'ShownEditions',
  z.object({
    draft: z.object({ papers: count, cutDueAt: time.nullable() }),
    editions: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        date: z.string(),
        isSample: z.boolean(),
        paperCount: count,
      }),
    ),
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
      }),
    ),
    deliveries: z.array(stateCount),
    feedback: z.array(z.object({ kind: z.string(), count })),
  }),
);

/** What a cut came to. */
export const cutReport = shape(
  'CutReport',
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('released'),
      name: z.string(),
      papers: count,
      groups: count,
      merged: count,
    }),
    z.object({ kind: z.literal('waiting'), feeds: z.array(z.string()) }),
    z.object({ kind: z.literal('empty') }),
    z.object({ kind: z.literal('nothing_due') }),
  ]),
);

/** What a file of papers came to. */
export const papersReport = shape(
  'PapersReport',
  z.object({ read: count, kept: count, merged: count, known: count }),
);
