import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Answer, buildTable } from '../commands/command.ts';
import type { TemplateError } from '../core/letter/template.ts';
import { parseKeyRing } from '../core/reader/keys.ts';
import { countOf } from '../core/text/words.ts';
import { listPageFaults } from '../http/templates.ts';
import type { Watched } from '../http/watch.ts';
import { createRenderer, type Renderable } from '../mail/render.ts';
import { digestSamples } from '../mail/samples.ts';
import {
  compileTemplates,
  listMailFaults,
  listSlow,
  listUnshown,
  loadTemplates,
} from '../mail/templates.ts';
import {
  listTemplates,
  type TemplateFiles,
  type TemplatePlaces,
  tellUnknown,
} from '../steps/templates/files.ts';
import { listUnsaid } from '../steps/templates/unsaid.ts';

/** Every fault of the templates that a start would read, and every file that it would not. */
export async function checkTemplates(places: TemplatePlaces): Promise<Answer> {
  const files = await listTemplates(places);
  const faults = [...(await listMailFaults(files.read)), ...(await listPageFaults(files.read))];
  const slow = faults.length > 0 ? [] : await listSlow(files.read);
  const unshown = await listUnshown(files.read);
  const unsaid = await listUnsaid(places.root, files);
  const unread = files.unknown.length > 0 ? [tellUnknown(files, places.templatesDir ?? '')] : [];
  const own = files.entries.filter(({ isOverridden }) => isOverridden).length;
  const data = {
    faults: faults.map(({ path, line, reason }) => ({ path, line, reason })),
    unknown: files.unknown,
    slow,
    unshown,
    unsaid,
  };
  const count = faults.length + files.unknown.length;
  const summary = `${countOf(files.entries.length, 'template')}, ${own} of them your own: ${count === 0 ? 'no fault' : countOf(count, 'fault')}`;
  return {
    lines: [
      ...faults.map(({ message }) => message),
      ...unread,
      ...slow,
      ...unshown,
      ...unsaid,
      summary,
    ],
    data,
    ...(count > 0 ? { exitCode: 1 } : {}),
  };
}

/** Every template, and whose it is. */
export async function showTemplates(places: TemplatePlaces): Promise<Answer> {
  const { entries, unknown } = await listTemplates(places);
  const rows = entries.map(({ name, isOverridden, path }) => [
    name,
    isOverridden ? `yours: ${path}` : 'ours',
  ]);
  const missing = unknown.map((name) => `nothing reads ${name}: no template of ours has its name`);
  return {
    lines: [...buildTable(['TEMPLATE', 'WHOSE'], rows, ''), ...missing],
    data: { folder: places.templatesDir ?? null, templates: entries, unknown },
  };
}

/** Copies one of ours into the operator's folder, to be changed there. Overwrites nothing. */
export async function copyTemplate(places: TemplatePlaces, name: string): Promise<Answer> {
  const { root, templatesDir } = places;
  if (templatesDir === undefined) {
    throw new Error('where to? Set TEMPLATES_DIR, or say --folder FOLDER');
  }
  const { entries } = await listTemplates({ root, templatesDir: undefined });
  const entry = entries.find((each) => each.name === name);
  if (!entry) throw new Error(`there is no template ${name}; see: paperround templates list`);
  const to = join(templatesDir, name);
  await mkdir(dirname(to), { recursive: true });
  await copyFile(entry.path, to, constants.COPYFILE_EXCL).catch((error: Error) => {
    throw Object.assign(error, { path: to });
  });
  return { lines: [`copied to ${to}`], data: { name, path: to } };
}

const MAIL = ['digest', 'notice', 'announcement'].flatMap((name) => [
  `${name}.mjml`,
  `${name}.txt.hbs`,
]);

/**
 * Looks at the templates as they are on the disk, whenever it is called, and renders a
 * digest by them; the same object as before where nothing has changed. Without a source it
 * is the digest that templates are checked with.
 */
export function createLook(places: TemplatePlaces, source: Renderable | undefined) {
  let last: { texts: string; watched: Watched } | undefined;
  return async (): Promise<Watched> => {
    try {
      const files = await listTemplates(places);
      const read = MAIL.map(async (name) => files.read(`mail/${name}`));
      const texts = JSON.stringify([await Promise.all(read), files.unknown]);
      if (last?.texts !== texts) {
        last = { texts, watched: await render(files, places, source) };
      }
    } catch (error) {
      // A file that an editor is replacing is missing for a moment.
      const reason = error instanceof Error ? error.message : String(error);
      if (last?.texts !== reason) last = { texts: reason, watched: { faults: [reason] } };
    }
    return last.watched;
  };
}

async function render(
  files: TemplateFiles,
  { templatesDir = '' }: TemplatePlaces,
  source: Renderable | undefined,
): Promise<Watched> {
  const faults = await listMailFaults(files.read);
  const unknown = files.unknown.length > 0 ? tellUnknown(files, templatesDir).split('\n') : [];
  const told = [...faults.map((fault: TemplateError) => fault.message), ...unknown];
  if (faults.length > 0) return { faults: told };
  const templates = await loadTemplates(files.read);
  if (source === undefined) {
    const { digestHtml, digestText } = compileTemplates(templates);
    const { full } = digestSamples;
    const mail = {
      subject: full.subject,
      html: digestHtml(full).read(),
      text: digestText(full).read(),
    };
    return { faults: told, mail };
  }
  // What it shows has no tokens, so any secret does.
  const keys = parseKeyRing(`${source.delivery.keyId}:${'0'.repeat(32)}`);
  const rendering = { ...source.rendering, templates };
  const { subject, html, text } = createRenderer(keys).renderShown({ ...source, rendering });
  return { faults: told, mail: { subject, html, text } };
}
