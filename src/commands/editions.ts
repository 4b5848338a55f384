import { z } from 'zod';
import { type EditionPaper, tellDraft, tellState } from '../core/edition/edition.ts';
import { sayGroup } from '../core/letter/group-words.ts';
import { nameAuthors } from '../core/letter/paper-views.ts';
import { readSource } from '../core/letter/source.ts';
import { tellStandstill } from '../core/letter/standstill.ts';
import { parseAddress } from '../core/reader/address.ts';
import { countOf } from '../core/text/words.ts';
import { english } from '../core/words/words.ts';
import { findPreview } from '../steps/digests/view.ts';
import { cutNow } from '../steps/editions/cut.ts';
import { removeSample } from '../steps/editions/sample.ts';
import { tellCut } from '../steps/editions/tell-cut.ts';
import { importPapers } from '../steps/feeds/import.ts';
import { planWork } from '../steps/plan.ts';
import type { Outside } from '../steps/steps.ts';
import { recordChange } from './audit.ts';
import { type Answer, buildTable, CommandError, defineCommand } from './command.ts';
import { cutReport, papersReport, shownEditions, wholeEdition } from './shapes/edition.ts';
import { count } from './shapes/shape.ts';

const date = z.iso.date('must be a date such as 2025-05-07');

export const importFile = defineCommand({
  right: 'operate',
  args: z.object({
    text: z.string().describe('Papers: title, blank line, abstract, blank line.'),
    date: date.optional().describe("The papers' own date."),
  }),
  answers: papersReport,
  async run(outside, { text, date }, { actor }) {
    const report = await importPapers(outside, { text, date });
    const { read, kept, merged, known } = report;
    const detail = { read, kept, merged, known };
    await recordChange(outside, { actor, action: 'import', subject: 'papers', detail });
    return {
      lines: [
        `${countOf(read, 'paper')} read: ${kept} new, ${known + merged} known already${merged > 0 ? `, ${merged} of which learned something` : ''}`,
        ...(kept > 0
          ? [
              'new papers wait in the draft for the next cut, or cut it now: paperround editions cut',
            ]
          : []),
      ],
      data: report,
    };
  },
});

export const editionsCut = defineCommand({
  right: 'operate',
  args: z.object({
    date: date.optional().describe("The edition's date, instead of today's."),
  }),
  answers: cutReport,
  async run(outside, { date }, { actor, progress }) {
    const report = await cutNow(outside, { date, progress });
    if (report.kind !== 'released' && report.kind !== 'held') {
      return { lines: ['The draft has no papers to show: nothing was cut.'], data: report };
    }
    const { kind, name } = report;
    await recordChange(outside, { actor, action: 'cut', subject: `edition ${name}` });
    await planWork(outside);
    const site = outside.config.http.publicUrl;
    const next =
      kind === 'held'
        ? `look at it: ${site}/admin/editions/${name}, and let it go: paperround editions release ${name}`
        : `look at it: ${site}/editions/${name}`;
    return { lines: [tellCut(report) ?? '', next], data: report };
  },
});

export const editionsShow = defineCommand({
  right: 'look',
  args: z.object({ edition: z.string().optional() }),
  answers: z.union([wholeEdition, shownEditions]),
  run: (outside, { edition }) =>
    edition === undefined ? listAll(outside) : showOne(outside, edition),
});

const LISTED = 60;

async function listAll({ store, now }: Outside): Promise<Answer<z.input<typeof shownEditions>>> {
  const draft = await store.editions.findDraft();
  const waiting = draft ? await store.papers.countOfEdition(draft.id) : 0;
  const editions = await store.overview.listEditions({ most: LISTED });
  const pauses = await store.pauses.listActive();
  const rows = editions.map((edition) => [
    edition.name,
    String(edition.papers),
    tellState(
      edition,
      pauses.find(({ editionId }) => editionId === edition.id),
    ),
    edition.isSample ? 'sample' : '',
  ]);
  const none = 'No edition was cut yet. Cut one: paperround editions cut';
  const gathering = draft?.cutDueAt
    ? [
        `The draft: ${tellDraft({ papers: waiting, cutDueAt: draft.cutDueAt }, now())}. See and mark them: paperround editions draft`,
      ]
    : [];
  return {
    lines: [...buildTable(['EDITION', 'PAPERS', 'STATE', ''], rows, none), ...gathering],
    data: { draft: { papers: waiting, cutDueAt: draft?.cutDueAt ?? null }, editions },
  };
}

async function showOne({ store }: Outside, name: string) {
  const edition = await store.editions.findByName(name);
  const [texts] = edition ? await store.editions.listTexts([edition.id]) : [];
  if (!edition || !texts) throw new CommandError(`there is no edition ${name}`, 'missing');
  const pauses = await store.pauses.listActive();
  const stopped = pauses.filter(({ editionId }) => editionId === edition.id);
  const states = await store.deliveries.countByStateOfEdition(edition.id);
  const counts = states.map(
    ({ state, cause, count }) => `${count} ${state}${cause ? ` (${cause})` : ''}`,
  );
  const returned = await store.feedback.countOfEdition(edition.id);
  const cameBack = returned.map(({ kind, count }) => `${count} ${kind}`).join(', ');
  const groups = texts.groups.map((group) => sayGroup(group, english));
  const lines = groups.flatMap(({ number, label, overview }) => [
    '',
    label,
    overview,
    ...texts.papers.filter(({ groupNumber }) => groupNumber === number).map(tellPaper),
  ]);
  const head = `Edition ${name}${texts.isSample ? ' (sample)' : ''}, ${tellState(edition, stopped[0])}: ${countOf(texts.papers.length, 'paper')}, ${countOf(texts.groups.length, 'group')}`;
  const told = [
    head,
    `Deliveries: ${counts.join(', ') || 'none'}`,
    ...stopped.map(tellStandstill),
    ...(cameBack ? [`Came back: ${cameBack}`] : []),
    ...(edition.state === 'held' ? [`Let it go: paperround editions release ${name}`] : []),
    ...lines,
  ];
  const { state, passedBecause } = edition;
  const data = { ...texts, groups, state, passedBecause, deliveries: states, feedback: returned };
  return { lines: told, data };
}

function tellPaper({ title, authors, pick }: EditionPaper): string {
  const by = authors.length > 0 ? ` (${nameAuthors(authors, english)})` : '';
  return `  - ${title}${by}${pick === null ? '' : ', picked by the editors'}`;
}

const previewed = { edition: z.string().optional(), address: z.string().optional() };

export const preview = defineCommand({
  right: 'look',
  args: z.object({
    ...previewed,
    format: z.enum(['html', 'text', 'message'], 'must be html, text or message'),
  }),
  answers: z.object({
    subject: z.string(),
    html: z.string().optional(),
    text: z.string().optional(),
    message: z.string().optional().describe('The whole letter (RFC 5322).'),
  }),
  async run(outside, { format, ...asked }, { rights }) {
    const { renderer } = outside;
    const source = await findPreviewed(outside, asked);
    // From afar without the tokens of its links: they act for the reader.
    const letter = rights ? renderer.renderShown(source) : renderer.renderLetter(source);
    const { subject, html, text, message } = letter;
    const shown = { html, text, message: readSource(message) }[format];
    return { lines: [shown], data: { subject, [format]: shown } };
  },
});

/** What a preview is rendered from, for who renders it by templates of their own. */
export const previewSource = defineCommand({
  right: 'look',
  args: z.object(previewed),
  answers: z.unknown(),
  async run(outside, asked) {
    const { delivery, editions, rendering } = await findPreviewed(outside, asked);
    const { id, content, keyId, date, messageId, seed } = delivery;
    const shown = { id, content, keyId, date, messageId, seed, address: delivery.address };
    const { subscriptionId, rendering: hash } = delivery;
    const source = { delivery: { ...shown, subscriptionId, rendering: hash }, editions, rendering };
    return { lines: [JSON.stringify(source)], data: source };
  },
});

/** The newest edition where none is named. */
async function findPreviewed(outside: Outside, asked: z.infer<z.ZodObject<typeof previewed>>) {
  const { store } = outside;
  const { address } = asked;
  const edition = asked.edition ?? (await store.editions.listShown(1))[0]?.name;
  if (edition === undefined) throw new CommandError('no edition was cut yet', 'missing');
  const found = await store.editions.findByName(edition);
  if (!found?.cutAt) throw new CommandError(`there is no edition ${edition}`, 'missing');
  const reader =
    address === undefined
      ? undefined
      : await store.subscribers.findByAddress(parseAddress(address).key);
  if (address !== undefined && !reader) {
    throw new CommandError(`${address} has no subscription`, 'missing');
  }
  const source = await findPreview(outside, found.id, reader);
  if (!source) throw new CommandError('nothing in this edition matches what the reader follows');
  return source;
}

export const sampleRemove = defineCommand({
  right: 'operate',
  args: z.object({}),
  answers: z.object({ papers: count, readers: count }),
  async run(outside, _args, { actor }) {
    const { papers, readers } = await removeSample(outside, actor);
    return {
      lines: [
        `removed the sample: ${countOf(papers, 'paper')}, ${countOf(readers, 'reader')}, their digests`,
      ],
      data: { papers, readers },
    };
  },
});
