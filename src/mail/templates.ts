import type { TemplateSources } from '../core/letter/rendering.ts';
import {
  buildTemplate,
  checkTemplate,
  listFaults,
  type ReadTemplate,
  type Samples,
  type TemplateError,
  type TemplateFile,
} from '../core/letter/template.ts';
import { wrapText } from '../core/text/wrap.ts';
import { compileMjml, tryMjml } from './mjml.ts';
import { digestSamples, noticeSamples } from './samples.ts';
import type { DigestMail, NoticeMail } from './views.ts';

/** The mail templates as functions; each throws where a variable is missing. */
export interface Templates {
  digestHtml(mail: DigestMail): string;
  digestText(mail: DigestMail): string;
  noticeHtml(mail: NoticeMail): string;
  noticeText(mail: NoticeMail): string;
}

/**
 * Reads and checks the templates of the mail and turns MJML into HTML.
 * Throws a TemplateError with file and line at the first fault.
 */
export async function loadTemplates(read: ReadTemplate): Promise<TemplateSources> {
  const [digestHtml, digestText, noticeHtml, noticeText] = await Promise.all([
    loadMjml(read('mail/digest.mjml'), digestSamples),
    loadText(read('mail/digest.txt.hbs'), digestSamples),
    loadMjml(read('mail/notice.mjml'), noticeSamples),
    loadText(read('mail/notice.txt.hbs'), noticeSamples),
  ]);
  return { digestHtml, digestText, noticeHtml, noticeText };
}

/** Every fault of the templates of the mail. */
export async function listMailFaults(read: ReadTemplate): Promise<TemplateError[]> {
  const found = [
    await listMjmlFaults(await read('mail/digest.mjml'), digestSamples),
    listFaults(await read('mail/digest.txt.hbs'), digestSamples),
    await listMjmlFaults(await read('mail/notice.mjml'), noticeSamples),
    listFaults(await read('mail/notice.txt.hbs'), noticeSamples),
  ];
  return found.flat();
}

/** Turns stored templates into functions; text parts come wrapped at 72 columns. */
export function compileTemplates(sources: TemplateSources): Templates {
  const digestText = buildTemplate<DigestMail>(sources.digestText, true);
  const noticeText = buildTemplate<NoticeMail>(sources.noticeText, true);
  return {
    digestHtml: buildTemplate(sources.digestHtml),
    digestText: (mail) => wrapText(digestText(mail)),
    noticeHtml: buildTemplate(sources.noticeHtml),
    noticeText: (mail) => wrapText(noticeText(mail)),
  };
}

async function loadText<T>(reading: Promise<TemplateFile>, samples: Samples<T>): Promise<string> {
  const file = await reading;
  checkTemplate(file, samples);
  return file.text;
}

/** MJML is Handlebars too, so its faults are found in the source, where the lines are true. */
async function loadMjml<T>(reading: Promise<TemplateFile>, samples: Samples<T>): Promise<string> {
  const file = await reading;
  checkTemplate(file, samples);
  const html = await compileMjml(file);
  checkTemplate({ path: `${file.path} (as HTML)`, text: html }, samples);
  return html;
}

/** What one language finds may stand in the lines of the other: both are asked. */
async function listMjmlFaults<T>(
  file: TemplateFile,
  samples: Samples<T>,
): Promise<TemplateError[]> {
  const made = await tryMjml(file);
  const faults = listFaults(file, samples);
  if ('faults' in made) return [...faults, ...made.faults].sort((a, b) => a.line - b.line);
  if (faults.length > 0) return faults;
  return listFaults({ path: `${file.path} (as HTML)`, text: made.html }, samples);
}
