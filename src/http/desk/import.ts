import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tellActor } from '../../core/desk/audit-words.ts';
import { actorOf } from '../../core/desk/operator.ts';
import { type UnconfirmedChoice, unconfirmedChoices } from '../../core/reader/import.ts';
import { countRefused, type ImportReport, tellImport } from '../../core/reader/import-report.ts';
import { fileColumns } from '../../core/reader/import-row.ts';
import { exportSubscribers, openRefusals } from '../../steps/readers/export.ts';
import { beginFile, keepFile, parseFileTerms, tryFile } from '../../steps/readers/upload.ts';
import type { ImportFile } from '../../store/readers/imports.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { followLive, type LivePart } from './live.ts';
import { idOf } from './sign-in.ts';

const MEBIBYTE = 1024 * 1024;
/** Twice the hundred thousand rows that many a list has; what is larger goes by the CLI. */
const LARGEST_FILE = 16 * MEBIBYTE;
const HERE = '/admin/subscribers/import';
/** A file is the addresses of many: to look at one is no mere looking. */
const operate = { config: { right: 'operate' } } as const;

type ById = { Params: { id: string } };
interface Typed {
  readonly source: string;
  readonly unconfirmed: string;
  readonly stateColumn: string;
  readonly active: string;
}
const nothingTyped: Typed = { source: '', unconfirmed: 'refuse', stateColumn: '', active: '' };

/** `/admin/subscribers/import` and `export`: subscribers by the file, looked at before the press. */
export function registerImport(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const find = (request: FastifyRequest<ById>) =>
    outside.store.imports.findFile(idOf(request.params.id));

  desk.post('/admin/subscribers/export', async (request, reply) => {
    const file = exportSubscribers(outside, { actor: actorOf(visitOf(request).operator) });
    return replyWithCsv(reply, 'subscribers').send(file);
  });

  desk.get(HERE, operate, async (request, reply) =>
    showForm(request, reply, { site, typed: nothingTyped }),
  );

  desk.register((files, _options, ready) => {
    files.register(multipart, {
      limits: { fileSize: LARGEST_FILE, files: 1, fields: 4, fieldSize: 4096 },
      throwFileSizeLimit: false,
    });
    files.post(HERE, { bodyLimit: LARGEST_FILE + MEBIBYTE }, async (request, reply) => {
      if (!request.isMultipart()) return replyWithMessage(reply, site, 400);
      const received = await receive(site, request);
      if ('id' in received) return reply.redirect(`${HERE}/${received.id}`, 303);
      return showForm(request, reply, { site, ...received });
    });
    ready();
  });

  desk.get<ById>(`${HERE}/:id`, operate, async (request, reply) => {
    const file = await find(request);
    if (!file) return replyWithMessage(reply, site, 404);
    return showFile(request, reply, { site, file });
  });

  desk.get<ById>(`${HERE}/:id/refused`, operate, async (request, reply) => {
    const file = await find(request);
    if (!file || file.begunAt) return replyWithMessage(reply, site, 404);
    const { rows, add } = openRefusals();
    tryFile(outside, file, add).then(
      () => rows.end(),
      (error) => rows.destroy(error),
    );
    return replyWithCsv(reply, `refused-${file.id}`).send(rows);
  });

  desk.post<ById>(`${HERE}/:id`, async (request, reply) => {
    const file = await find(request);
    if (!file) return replyWithMessage(reply, site, 404);
    await beginFile(outside, file, actorOf(visitOf(request).operator));
    return reply.redirect(`${HERE}/${file.id}`, 303);
  });

  followLive(desk, site, {
    path: `${HERE}/:id/live`,
    options: operate,
    async look(request) {
      const file = await find(request as FastifyRequest<ById>);
      return file && lookAt(site, file);
    },
  });
}

function replyWithCsv(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`);
}

/** Keeps what a form sent, as it comes; or what is wrong with it. The words of a form come before its file. */
async function receive(
  { outside }: Site,
  request: FastifyRequest,
): Promise<{ id: number } | { error: string; typed: Typed }> {
  const actor = actorOf(visitOf(request).operator);
  let typed: Typed = { ...nothingTyped, unconfirmed: '' };
  let result: { id: number } | { error: string } = { error: 'Choose a file.' };
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      if (Object.hasOwn(typed, part.fieldname)) {
        typed = { ...typed, [part.fieldname]: String(part.value) };
      }
      continue;
    }
    const terms = parseFileTerms(typed, actor);
    if (!part.filename || 'fault' in terms) {
      // Read to its end and dropped, so that the answer can be sent.
      part.file.resume();
      if ('fault' in terms) result = { error: terms.fault };
      continue;
    }
    const id = await keepFile(outside, part.file, terms);
    if (part.file.truncated) {
      await outside.store.imports.removeFile(id);
      const error = `The file is larger than ${LARGEST_FILE / MEBIBYTE} MB. The command "paperround subscribers import" reads one of any size.`;
      result = { error };
    } else result = { id };
  }
  return 'id' in result ? result : { ...result, typed };
}

function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, typed, error }: { site: Site; typed: Typed; error?: string },
): FastifyReply {
  const view = {
    action: `${HERE}?${new URLSearchParams({ form: formTokenFor(request) })}`,
    ...(error ? { error } : {}),
    source: typed.source,
    stateColumn: typed.stateColumn,
    active: typed.active,
    choices: Object.entries(unconfirmedChoices).map(([value, label]) => ({
      value,
      label: upperFirst(label),
      isChosen: value === typed.unconfirmed,
    })),
    columns: fileColumns.join(', '),
  };
  const status = error ? 400 : 200;
  const title = 'Import subscribers';
  return replyWithDesk(request, reply, { site, page: 'desk/import', title, view, status });
}

async function showFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, file }: { site: Site; file: ImportFile },
): Promise<FastifyReply> {
  const isTried = file.begunAt === null;
  const report = isTried ? await tryFile(site.outside, file) : file.report;
  const here = `${HERE}/${file.id}`;
  const part = lookAt(site, file);
  const view = {
    formToken: formTokenFor(request),
    here,
    facts: factsOf(file),
    ...viewRefused(report),
    ...(isTried
      ? { ...viewTried(report), refusedLink: `${here}/refused` }
      : { importPart: part.html, lines: [], press: '' }),
    ...(part.isRunning ? { liveLink: `${here}/live` } : {}),
  };
  const title = isTried ? 'What this file would come to' : 'What this file came to';
  const script = part.isRunning ? { script: '/desk.js' } : {};
  return replyWithDesk(request, reply, { site, page: 'desk/import-file', title, view, ...script });
}

/** What became of a file after the press. */
function lookAt(site: Site, { id, begunAt, endedAt, report }: ImportFile): LivePart {
  const isRunning = begunAt !== null && endedAt === null;
  const view = {
    here: `${HERE}/${id}`,
    isRunning,
    lines: report ? tellImport(report, false) : [],
    refused: report ? countRefused(report) : 0,
  };
  return { html: site.renderPart('import', view), isRunning };
}

function viewTried(report: ImportReport | null) {
  if (!report) return { lines: [], press: '' };
  const taking = report.active + report.asked;
  const kept = report.reading?.kept ?? 0;
  const keep = kept > 0 ? `Keep ${kept} as suppressions` : '';
  const press = taking > 0 ? `Take ${taking} of them over` : keep;
  // What stops a file before its first row is not pressed away.
  return { lines: tellImport(report, true), press: report.rows > 0 ? press : '' };
}

function viewRefused(report: ImportReport | null) {
  if (!report) return { samples: [], more: 0 };
  return {
    samples: report.samples.map(({ line, reason }) => ({ line, reason })),
    more: countRefused(report) - report.samples.length,
  };
}

function factsOf({ source, unconfirmed, reading, actor, at, endedAt }: ImportFile) {
  const state = reading && [reading.column, reading.active.join(', ')].filter(Boolean).join(': ');
  return [
    { name: 'Where it comes from', value: source },
    { name: 'Without a date', value: choiceWords(unconfirmed) },
    ...(state ? [{ name: 'Who is subscribed', value: state }] : []),
    { name: 'Sent by', value: `${tellActor(actor)}, ${timeOf(at)}` },
    ...(endedAt ? [{ name: 'Done', value: timeOf(endedAt) }] : []),
  ];
}

const choiceWords = (choice: UnconfirmedChoice) => unconfirmedChoices[choice];
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
