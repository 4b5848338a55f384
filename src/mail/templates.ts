import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TemplateSources } from '../core/letter/rendering.ts';
import { buildTemplate, checkTemplate, type Samples } from '../core/letter/template.ts';
import { wrapText } from '../core/text/wrap.ts';
import { compileMjml } from './mjml.ts';
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
export async function loadTemplates(folder: string): Promise<TemplateSources> {
  const [digestHtml, digestText, noticeHtml, noticeText] = await Promise.all([
    loadMjml(join(folder, 'digest.mjml'), digestSamples),
    loadText(join(folder, 'digest.txt.hbs'), digestSamples),
    loadMjml(join(folder, 'notice.mjml'), noticeSamples),
    loadText(join(folder, 'notice.txt.hbs'), noticeSamples),
  ]);
  return { digestHtml, digestText, noticeHtml, noticeText };
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

async function loadText<T>(path: string, samples: Samples<T>): Promise<string> {
  const file = { path, text: await readFile(path, 'utf8') };
  checkTemplate(file, samples);
  return file.text;
}

/** MJML is Handlebars too, so its faults are found in the source, where the lines are true. */
async function loadMjml<T>(path: string, samples: Samples<T>): Promise<string> {
  const file = { path, text: await readFile(path, 'utf8') };
  checkTemplate(file, samples);
  const html = await compileMjml(file);
  checkTemplate({ path: `${path} (as HTML)`, text: html }, samples);
  return html;
}
