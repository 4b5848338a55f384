import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Palette, paint } from '../../core/letter/palette.ts';
import type { ReadTemplate } from '../../core/letter/template.ts';
import { putWords } from '../../core/words/fill-templates.ts';
import { type Language, wordsOf } from '../../core/words/words.ts';

/** A template and where it comes from. */
export interface TemplateEntry {
  /** Below `templates`, such as `mail/digest.mjml`. */
  readonly name: string;
  readonly path: string;
  readonly isOverridden: boolean;
}

/** Ours, and over them those of an operator's own folder. */
export interface TemplateFiles {
  /** In the order of their names. */
  readonly entries: readonly TemplateEntry[];
  /** Names in the operator's folder that no template of ours has, so nothing would read them. */
  readonly unknown: readonly string[];
  /** In the site's language. Throws where there is no template of this name. */
  readonly read: ReadTemplate;
  /** The same in any language. */
  readonly readIn: (language: Language) => ReadTemplate;
}

/** A folder of templates that cannot be used; the message says why and what to do. */
export class TemplateFolderError extends Error {
  override readonly name = 'TemplateFolderError';
}

/** Where templates are: ours below `root`, and an operator's own; and what mails are painted by. */
export interface TemplatePlaces {
  readonly root: string;
  readonly templatesDir: string | undefined;
  readonly site?: { readonly palette: Palette | undefined; readonly language: Language };
}

/**
 * Looks which templates there are and which of them an operator overrides. Throws a
 * TemplateFolderError where their folder cannot be read.
 */
export async function listTemplates({
  root,
  templatesDir,
  site,
}: TemplatePlaces): Promise<TemplateFiles> {
  const all = await namesIn(join(root, 'templates'));
  const ours = all.filter((name) => /^(mail|pages)\//.test(name));
  const theirs = templatesDir === undefined ? [] : await namesOfOperator(templatesDir);
  const entries = ours.map((name) => {
    const isOverridden = templatesDir !== undefined && theirs.includes(name);
    const folder = isOverridden ? templatesDir : join(root, 'templates');
    return { name, isOverridden, path: join(folder, name) };
  });
  const own = site?.language ?? 'en';
  const readIn =
    (language: Language): ReadTemplate =>
    async (name) => {
      const entry = entries.find((each) => each.name === name);
      if (!entry) throw new Error(`there is no template ${name}`);
      const text = await readFile(entry.path, 'utf8');
      const isPainted = site?.palette && name.endsWith('.mjml');
      const painted = isPainted ? paint(text, site.palette) : text;
      const path = language === own ? '' : `/${language}`;
      const put = { isPlain: name.endsWith('.txt.hbs'), isKept: name.startsWith('mail/'), path };
      return {
        path: entry.path,
        text: putWords(painted, wordsOf(language), put),
        isOurs: !entry.isOverridden,
      };
    };
  return {
    entries,
    unknown: theirs.filter((name) => !ours.includes(name)),
    read: readIn(own),
    readIn,
  };
}

/** The same, for a start: throws a TemplateFolderError where a file of the operator's would be read by nothing. */
export async function openTemplates(places: TemplatePlaces): Promise<TemplateFiles> {
  const files = await listTemplates(places);
  if (files.unknown.length > 0) {
    throw new TemplateFolderError(tellUnknown(files, places.templatesDir ?? ''));
  }
  return files;
}

/** What is wrong with names that nothing reads, a sentence for each. */
export function tellUnknown({ entries, unknown }: TemplateFiles, folder: string): string {
  const tell = (name: string) => {
    const file = name.split('/').at(-1);
    const near = entries.filter((entry) => entry.name.split('/').at(-1) === file);
    const hint = near.map((entry) => entry.name).join(' or ') || 'paperround templates list';
    return `${join(folder, name)}: nothing reads a file of this name; see ${hint}`;
  };
  return unknown.map(tell).join('\n');
}

/** What editors and file managers leave is no template, and a README may explain the others. */
const BESIDE = /(^|\/)\.|~$|\.(bak|swp|md)$/;

async function namesOfOperator(folder: string): Promise<string[]> {
  try {
    return (await namesIn(folder)).filter((name) => !BESIDE.test(name));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const fault = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new TemplateFolderError(`${folder}: this folder of templates ${fault}`, { cause });
  }
}

/** The files below a folder as paths with slashes, in order. */
async function namesIn(folder: string, below = ''): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
    const name = below ? `${below}/${entry.name}` : entry.name;
    if (entry.isDirectory()) names.push(...(await namesIn(folder, name)));
    else names.push(name);
  }
  return names.sort();
}
