import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wordsOf } from '../../src/core/words/words.ts';

const templates = new URL('../../templates/', import.meta.url).pathname;
/** For operators, who are spoken to in English. */
const ENGLISH = /^pages\/(desk\/|api|outbox|parts\/(import|progress))/;
/** What is shown as it would be typed. */
const TYPED = /<code>[^<]*<\/code>/g;

/** What a reader would read of a template that no marker says. */
function listWords(text: string): string[] {
  const bare = text
    .replace(/\{\{!--[\s\S]*?--\}\}|<!--[\s\S]*?-->/g, '')
    .replace(/\{\{#if desk\}\}\n[\s\S]*?\n\{\{\/if\}\}/g, '')
    .replace(/<(mj-style|mj-attributes|mj-head)[\s\S]*?<\/\1>/g, '')
    .replace(TYPED, '')
    .replace(/\{\{[tT] ["'][\w.]+["'](?: +\w+=(?:'[^']*'|[@\w./]+))* *\}\}/g, '')
    .replace(/\{\{\{?[^}]*\}?\}\}/g, '');
  const read = /(?:aria-label|title|alt|placeholder)="([^"]*)"/g;
  const attributes = Array.from(bare.matchAll(read), ([, said = '']) => said);
  const texts = bare.replace(/<[^>]*>/g, '\n').replace(/&[#\w]+;/g, ' ');
  return [...texts.split('\n'), ...attributes].filter((line) => /\p{L}{2}/u.test(line));
}

it('no template for readers holds words of its own: all are in the catalogue', async () => {
  const names = (await readdir(templates, { recursive: true })).filter(
    (name) => /^(mail|pages)\/.*\.(hbs|mjml)$/.test(name) && !ENGLISH.test(name),
  );
  expect(names.length).toBeGreaterThan(25);
  const texts = await Promise.all(names.map((name) => readFile(join(templates, name), 'utf8')));
  const found = names.flatMap((name, at) =>
    listWords(texts[at] ?? '').map((words) => `${name}: ${words.trim()}`),
  );
  expect(found).toEqual([]);
});

/** What core and steps say of what was typed, in English: it is told to readers by `translate`. */
const FAULTS = [
  'core/paper/proposals.ts',
  'steps/readers/propose.ts',
  'http/forms/wishes.ts',
  'http/forms/address.ts',
  'core/citations/work.ts',
  'core/citations/author.ts',
];

it.each(FAULTS)('each sentence of %s that readers are told is in the catalogue', async (name) => {
  const source = await readFile(new URL(`../../src/${name}`, import.meta.url), 'utf8');
  const sentences = Array.from(source.matchAll(/(['`])([A-Z][^'`\n]*\.)\1/g), ([, , said = '']) =>
    said
      .replace(/\$\{what\}s/, 'words')
      .replace(/\$\{what\}/, 'word')
      .replace(/\$\{\w+\}/g, '7'),
  );
  expect(sentences.length).toBeGreaterThan(0);
  const { translate } = wordsOf('de');
  expect(sentences.filter((said) => translate(said) === said)).toEqual([]);
});
