import {
  type HtmlPiece,
  joinHtml,
  joinHtmlPieces,
  joinText,
  joinTextPieces,
  makeHtmlPiece,
  makeTextPiece,
  type TextPiece,
} from '../core/letter/pieces.ts';
import { compileProgram, type Program } from '../core/letter/program.ts';
import type { TemplateSources } from '../core/letter/rendering.ts';
import {
  checkTemplate,
  listFaults,
  type ReadTemplate,
  type Samples,
  type TemplateError,
  type TemplateFile,
} from '../core/letter/template.ts';
import { compileMjml, tryMjml } from './mjml.ts';
import { announcementSamples, digestSamples, noticeSamples } from './samples.ts';
import {
  announcementVariables,
  digestVariables,
  noticeVariables,
  spreadIn,
  type Variables,
} from './variables.ts';
import type { AnnouncementMail, DigestMail, NoticeMail } from './views.ts';

/** The mail templates as functions; each throws where a variable is missing. Text comes wrapped at 72 columns. */
export interface Templates {
  digestHtml(mail: DigestMail): ReturnType<typeof joinHtml>;
  digestText(mail: DigestMail): ReturnType<typeof joinText>;
  noticeHtml(mail: NoticeMail): ReturnType<typeof joinHtml>;
  noticeText(mail: NoticeMail): ReturnType<typeof joinText>;
  announcementHtml(mail: AnnouncementMail): ReturnType<typeof joinHtml>;
  announcementText(mail: AnnouncementMail): ReturnType<typeof joinText>;
}

/**
 * Reads and checks the templates of the mail and turns MJML into HTML.
 * Throws a TemplateError with file and line at the first fault.
 */
export async function loadTemplates(read: ReadTemplate): Promise<TemplateSources> {
  const load = async <T>(name: string, samples: Samples<T>) => {
    const [html, text] = await Promise.all([
      loadMjml(read(`mail/${name}.mjml`), samples),
      loadText(read(`mail/${name}.txt.hbs`), samples),
    ]);
    return { html, text };
  };
  const [digest, notice, announcement] = await Promise.all([
    load('digest', digestSamples),
    load('notice', noticeSamples),
    load('announcement', announcementSamples),
  ]);
  return {
    digestHtml: digest.html,
    digestText: digest.text,
    noticeHtml: notice.html,
    noticeText: notice.text,
    announcementHtml: announcement.html,
    announcementText: announcement.text,
  };
}

/** Every fault of the templates of the mail. */
export async function listMailFaults(read: ReadTemplate): Promise<TemplateError[]> {
  const found = [
    await listMjmlFaults(await read('mail/digest.mjml'), digestSamples),
    listFaults(await read('mail/digest.txt.hbs'), digestSamples),
    await listMjmlFaults(await read('mail/notice.mjml'), noticeSamples),
    listFaults(await read('mail/notice.txt.hbs'), noticeSamples),
    await listMjmlFaults(await read('mail/announcement.mjml'), announcementSamples),
    listFaults(await read('mail/announcement.txt.hbs'), announcementSamples),
  ];
  return found.flat();
}

/** What is filled anew for every reader, since it says things in a way that is not taken apart. */
export async function listSlow(read: ReadTemplate): Promise<string[]> {
  const slowIn = (program: Program<unknown, unknown>, path: string) =>
    program.slow.map(
      ({ line, text }) =>
        `${path}:${line}: ${text} is filled anew for each reader, which is slower`,
    );
  const found = [
    { variables: digestVariables, html: 'mail/digest.mjml', words: 'mail/digest.txt.hbs' },
    { variables: noticeVariables, html: 'mail/notice.mjml', words: 'mail/notice.txt.hbs' },
    {
      variables: announcementVariables,
      html: 'mail/announcement.mjml',
      words: 'mail/announcement.txt.hbs',
    },
  ].map(async ({ variables, html, words }) => {
    const [page, letter] = await Promise.all([read(html), read(words)]);
    return [
      ...slowIn(compileProgram(page.text, inHtml(variables)), page.path),
      ...slowIn(compileProgram(letter.text, inText(variables)), letter.path),
    ];
  });
  return (await Promise.all(found)).flat();
}

/**
 * The lists of a digest that a template of it never shows, such as what came with a newer version;
 * a line each, for the operator to decide.
 */
export async function listUnshown(read: ReadTemplate): Promise<string[]> {
  const lists = Object.keys(digestVariables).flatMap(
    (path) => /^digest\.(\w+)\[\]/.exec(path)?.[1] ?? [],
  );
  const files = await Promise.all(DIGESTS.map(read));
  return files.flatMap(({ path, text }) =>
    [...new Set(lists)]
      .filter((list) => !new RegExp(`\\b${list}\\b`).test(text))
      .map((list) => `${path}: it never shows digest.${list}; docs/templates.md says what that is`),
  );
}

const DIGESTS = ['mail/digest.mjml', 'mail/digest.txt.hbs'];

/** Turns stored templates into functions. */
export function compileTemplates(sources: TemplateSources): Templates {
  const html = <Mail>(text: string, variables: Variables) => {
    const program = compileProgram<Mail, HtmlPiece>(text, inHtml(variables));
    return (mail: Mail) => joinHtml(program.fill(mail));
  };
  const plain = <Mail>(text: string, variables: Variables) => {
    const program = compileProgram<Mail, TextPiece>(text, inText(variables));
    return (mail: Mail) => joinText(program.fill(mail));
  };
  return {
    digestHtml: html(sources.digestHtml, digestVariables),
    digestText: plain(sources.digestText, digestVariables),
    noticeHtml: html(sources.noticeHtml, noticeVariables),
    noticeText: plain(sources.noticeText, noticeVariables),
    announcementHtml: html(sources.announcementHtml ?? '', announcementVariables),
    announcementText: plain(sources.announcementText ?? '', announcementVariables),
  };
}

const inHtml = (variables: Variables) => ({
  isText: false,
  spreadOf: spreadIn(variables),
  make: makeHtmlPiece,
  join: joinHtmlPieces,
});
const inText = (variables: Variables) => ({
  isText: true,
  spreadOf: spreadIn(variables),
  make: makeTextPiece,
  join: joinTextPieces,
});

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
  checkTemplate({ ...file, path: `${file.path} (as HTML)`, text: html }, samples);
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
