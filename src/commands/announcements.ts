import { z } from 'zod';
import {
  LONGEST_BODY,
  LONGEST_SUBJECT,
  nameAnnouncement,
  stateOf,
  tellAudience,
} from '../core/letter/announcement.ts';
import { tellAnnounced } from '../core/letter/warm-up-words.ts';
import { nameField } from '../core/reader/field-names.ts';
import { fields } from '../core/reader/fields.ts';
import { countOf } from '../core/text/words.ts';
import { english } from '../core/words/words.ts';
import { releaseAnnouncement } from '../steps/announcements/release.ts';
import {
  changeAnnouncement,
  countReaders,
  discardAnnouncement,
  findAnnouncement,
  foretellAnnouncement,
  previewAnnouncement,
  type WriteOrder,
  writeAnnouncement,
} from '../steps/announcements/write.ts';
import type { Announcement } from '../store/ledger/announcements.ts';
import { buildTable, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { announcement, wholeAnnouncement } from './shapes/announcement.ts';
import { count } from './shapes/shape.ts';

const id = rowId.min(1);
const text = {
  subject: z.string().max(LONGEST_SUBJECT),
  body: z.string().max(LONGEST_BODY).describe('Markdown.'),
  other: z
    .boolean()
    .default(false)
    .describe('True where it is not about the service itself: only readers who asked get it.'),
  field: z
    .enum(fields.map((field) => field.id))
    .optional()
    .describe('Only to who reads this field.'),
  address: z.string().max(254).optional().describe('Only to addresses with these letters in them.'),
};

const list = 'announcements';

export const announcementsList = defineCommand({
  right: 'look',
  args: z.object(pageArgs(list)),
  answers: pageOf(announcement),
  async run({ store }, { limit, cursor }) {
    const beforeId = idAt(cursor, undefined) ?? null;
    const found = await store.announcements.list({ beforeId, most: limit + 1 });
    const page = cutPage(found, { list, limit, placeOf: (row) => [row.id] });
    const rows = page.items.map((row) => [
      String(row.id),
      stateOf(row),
      row.readers === null ? '' : String(row.readers),
      row.subject,
    ]);
    const none = 'No announcement was written yet.';
    const lines = buildTable(['ID', 'STATE', 'READERS', 'SUBJECT'], rows, none);
    return {
      lines: [...lines, ...tellMore(page)],
      data: { ...page, items: page.items.map(shapeOf) },
    };
  },
});

export const announcementsWrite = defineCommand({
  right: 'operate',
  args: z.object({ ...text, id: id.optional().describe('Changes this one, not sent yet.') }),
  answers: z.object({ id: z.int(), wouldReach: count }),
  async run(outside, { id: known, ...typed }, { actor }) {
    const order = readOrder(typed, actor);
    if (known !== undefined) await changeAnnouncement(outside, known, order);
    const written = known ?? (await writeAnnouncement(outside, order));
    const wouldReach = await countReaders(outside, order);
    const lines = [
      `Announcement ${written} is kept, and goes to nobody yet. It would go to ${countOf(wouldReach, 'reader')}: ${tellWho(order)}.`,
      `Look at it: paperround announcements preview ${written}`,
      `Send it: paperround announcements send ${written}`,
    ];
    return { lines, data: { id: written, wouldReach } };
  },
});

export const announcementsShow = defineCommand({
  right: 'look',
  args: z.object({ id }),
  answers: wholeAnnouncement,
  async run(outside, { id: asked }) {
    const found = await findAnnouncement(outside, asked);
    const outcomes = await outside.store.announcements.countOutcomes(asked);
    const complaints = await outside.store.announcements.countComplaints(asked);
    const isOpen = found.releasedAt === null && found.discardedAt === null;
    const wouldReach = isOpen ? await countReaders(outside, found) : null;
    const foretold = await foretellAnnouncement(outside, found);
    const became = outcomes.map(
      ({ state, cause, count: many }) => `${many} ${state}${cause ? ` (${cause})` : ''}`,
    );
    const lines = [
      `Announcement ${asked}, ${stateOf(found)}: ${found.subject}`,
      `To ${tellWho(found)}`,
      ...(wouldReach === null ? [] : [`It would go to ${countOf(wouldReach, 'reader')} now.`]),
      ...(became.length > 0 ? [`Deliveries: ${became.join(', ')}`] : []),
      ...(foretold && isOpen ? [tellAnnounced(foretold)] : []),
      ...(foretold && found.waiting > 0
        ? [
            `${found.waiting} of these wait for their turn in the warm-up; the last goes about ${foretold.lastOn} (${foretold.provider}).`,
          ]
        : []),
      ...(complaints > 0 ? [`Complaints: ${complaints}`] : []),
      ...(found.pausedBy
        ? [
            `It stands still (${found.pausedBy}); to let it go on: paperround deliveries resume ${nameAnnouncement(asked)}`,
          ]
        : []),
      '',
      ...found.body.split('\n'),
    ];
    const { body, pausedBy, waiting } = found;
    const lastOn = foretold?.lastOn ?? null;
    return {
      lines,
      data: {
        ...shapeOf(found),
        body,
        wouldReach,
        pausedBy,
        waiting,
        lastOn,
        outcomes,
        complaints,
      },
    };
  },
});

export const announcementsPreview = defineCommand({
  right: 'look',
  args: z.object({ id, format: z.enum(['text', 'html'], 'must be text or html').default('text') }),
  answers: z.object({ subject: z.string(), html: z.string(), text: z.string() }),
  async run(outside, { id: asked, format }) {
    const found = await findAnnouncement(outside, asked);
    const { subject, html, text: words } = previewAnnouncement(outside, found);
    const lines = (format === 'html' ? html : words).split('\n');
    return { lines, data: { subject, html, text: words } };
  },
});

export const announcementsSend = defineCommand({
  right: 'operate',
  args: z.object({
    id,
    readers: count
      .optional()
      .describe('The count that is said yes to; where it is another by now, nothing is sent.'),
    yes: z.boolean().default(false).describe('Says yes to whatever the count is.'),
  }),
  answers: z.object({ id: z.int(), readers: count }),
  async run(outside, { id: asked, readers, yes }, { actor }) {
    const found = await findAnnouncement(outside, asked);
    const counted = readers ?? (await countReaders(outside, found));
    if (readers === undefined && !yes && !found.releasedAt) {
      throw new CommandError(await tellSending(outside, found, counted));
    }
    await releaseAnnouncement(outside, { id: asked, readers: counted, actor });
    const lines = [
      `Announcement ${asked} goes to ${countOf(counted, 'reader')}. How far it is: paperround announcements show ${asked}`,
      `To stop it: paperround deliveries pause ${nameAnnouncement(asked)}`,
    ];
    return { lines, data: { id: asked, readers: counted }, goesOn: true };
  },
});

export const announcementsDiscard = defineCommand({
  right: 'operate',
  args: z.object({ id }),
  answers: z.object({ id: z.int() }),
  async run(outside, { id: asked }, { actor }) {
    await discardAnnouncement(outside, asked, actor);
    return {
      lines: [`Announcement ${asked} is put aside: it goes to nobody.`],
      data: { id: asked },
    };
  },
});

/** What a yes would do, and how to say it. */
async function tellSending(
  outside: Parameters<typeof foretellAnnouncement>[0],
  found: Announcement,
  counted: number,
): Promise<string> {
  const foretold = await foretellAnnouncement(outside, found);
  const readers = countOf(counted, 'reader');
  const when = foretold ? 'in turns' : 'at once';
  return [
    `it would go to ${readers} ${when}, whatever their days and hours: ${tellWho(found)}`,
    ...(foretold
      ? [
          tellAnnounced(foretold),
          'To all of them at once, and digests too: paperround warm-up stop. To fewer: --field, --address.',
        ]
      : []),
    `To send it: paperround announcements send ${found.id} --yes`,
  ].join('\n');
}

function readOrder(
  typed: {
    subject: string;
    body: string;
    other: boolean;
    field?: string | undefined;
    address?: string | undefined;
  },
  actor: string,
): WriteOrder {
  const { subject, body, other, field, address } = typed;
  const audience = { ...(field ? { field } : {}), ...(address ? { address } : {}) };
  return { subject, body, isService: !other, audience, actor };
}

function shapeOf(row: Announcement) {
  return { ...row, state: stateOf(row) };
}

/** Whom it is for, in words. */
export function tellWho({
  audience,
  isService,
}: Pick<Announcement, 'audience' | 'isService'>): string {
  return tellAudience(audience, isService, (field) => nameField(field, english));
}
