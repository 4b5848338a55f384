import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  checkTemplates,
  copyTemplate,
  createLook,
  showTemplates,
} from '../../src/cli/template-files.ts';
import { allLanguages } from '../../src/core/words/languages.ts';
import { listPageFaults } from '../../src/http/templates.ts';
import { listMailFaults, loadTemplates } from '../../src/mail/templates.ts';
import { openTemplates } from '../../src/steps/templates/files.ts';

const root = join(import.meta.dirname, '../..');
let own: string;
let places: { root: string; templatesDir: string };
beforeEach(async () => {
  own = await mkdtemp(join(tmpdir(), 'paperround-own-'));
  places = { root, templatesDir: own };
});
afterEach(() => rm(own, { recursive: true }));

const ours = (name: string) => readFile(join(root, 'templates', name), 'utf8');
async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(own, name)), { recursive: true });
  await writeFile(join(own, name), text);
}
async function change(name: string, ...changes: readonly [string, string][]): Promise<void> {
  let text = await ours(name);
  for (const [from, to] of changes) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  await put(name, text);
}
async function lineOf(name: string, words: string): Promise<number> {
  const text = await readFile(join(own, name), 'utf8');
  return text.slice(0, text.indexOf(words)).split('\n').length;
}

it('no field for an address is one that a browser rewrites', async () => {
  const pages = (await readdir(join(root, 'templates', 'pages'), { recursive: true })).filter(
    (name) => name.endsWith('.hbs'),
  );
  const texts = await Promise.all(pages.map((name) => ours(join('pages', name))));
  // Chromium sends eva@straße.de out of an email field as eva@strasse.de, which is somebody else's.
  expect(pages.filter((_, at) => /type="?email/i.test(texts[at] ?? ''))).toEqual([]);
  expect(texts.filter((text) => text.includes('inputmode="email"')).length).toBeGreaterThan(3);
});

// A start takes ours as they are.
it.each(allLanguages)('ours have no fault in %s', async (language) => {
  const read = (await openTemplates({ root, templatesDir: undefined })).readIn(language);
  expect([...(await listMailFaults(read)), ...(await listPageFaults(read))]).toEqual([]);
});

describe("an operator's own templates", () => {
  it('stand in for ours file by file', async () => {
    await put('mail/notice.txt.hbs', 'Mine: {{subject}}');
    const { read, entries } = await openTemplates(places);
    expect(entries.filter(({ isOverridden }) => isOverridden).map(({ name }) => name)).toEqual([
      'mail/notice.txt.hbs',
    ]);
    const sources = await loadTemplates(read);
    expect(sources.noticeText).toBe('Mine: {{subject}}');
    // What is stored holds words and no markers: an older process fills it too.
    expect(sources.digestText).toContain('THE REST OF THE DAY');
    expect(Object.values(sources).join()).not.toMatch(/\{\{[tT] /);
  });

  it('may not have a name that nothing reads, and may have what editors and people leave', async () => {
    for (const name of ['README.md', '.git/config', 'mail/digest.mjml~', 'mail/.digest.mjml.swp'])
      await put(name, '');
    expect((await openTemplates(places)).unknown).toEqual([]);
    await put('home.hbs', '');
    await put('watch/index.html', '');
    await expect(openTemplates(places)).rejects.toThrow(
      `${join(own, 'home.hbs')}: nothing reads a file of this name; see pages/home.hbs`,
    );
    expect((await checkTemplates(places)).exitCode).toBe(1);
  });

  it('are told the lists of a digest that they never show, as one of an older version', async () => {
    const older = (await ours('mail/digest.txt.hbs'))
      .replace(/\{\{#if digest\.amended\}\}[\s\S]*?\{\{\/each\}\}\n?\{\{\/if\}\}/, '')
      .replaceAll('digest.amended', 'digest.rising');
    await put('mail/digest.txt.hbs', older);
    const { lines, exitCode } = await checkTemplates(places);
    expect(lines).toContain(
      `${join(own, 'mail/digest.txt.hbs')}: it never shows digest.amended; docs/templates.md says what that is`,
    );
    expect(lines.join()).not.toContain('digest.mjml: it never shows');
    expect(exitCode).toBeUndefined();
  });

  it('are told the texts of the catalogue that they do not ask for, where ours do', async () => {
    await put('mail/notice.txt.hbs', '{{subject}}');
    await change('pages/paper.hbs', ['{{t "paper.similar"}}', 'Others']);
    await change('pages/follow.hbs', ['<p class="lead">', '<p>']);
    await put('pages/icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"></svg>');
    const { lines, exitCode } = await checkTemplates(places);
    const told = lines.filter((line) => line.includes('ours asks for'));
    expect(told).toEqual([
      expect.stringMatching(/notice\.txt\.hbs: it asks for no text of the catalogue, of \d+ that/),
      expect.stringMatching(
        /paper\.hbs: it does not ask for 1 of the \d+ texts that ours asks for \(paper\.similar\):/,
      ),
    ]);
    expect(exitCode).toBeUndefined();
  });

  it('must be in a folder that is there', async () => {
    const templatesDir = join(own, 'nowhere');
    await expect(openTemplates({ root, templatesDir })).rejects.toThrow(
      `${templatesDir}: this folder of templates does not exist`,
    );
  });

  it('are copied from ours, and never overwritten', async () => {
    await copyTemplate(places, 'pages/parts/times.hbs');
    expect(await readFile(join(own, 'pages/parts/times.hbs'), 'utf8')).toBe(
      await ours('pages/parts/times.hbs'),
    );
    await expect(copyTemplate(places, 'pages/parts/times.hbs')).rejects.toMatchObject({
      code: 'EEXIST',
    });
    for (const name of ['mail/digest.mjlm', '../package.json', 'watch/index.html'])
      await expect(copyTemplate(places, name)).rejects.toThrow(`there is no template ${name}`);
    const { lines } = await showTemplates(places);
    expect(lines.filter((line) => line.includes('yours'))).toEqual([
      expect.stringContaining(join(own, 'pages/parts/times.hbs')),
    ]);
  });
});

describe('the check', () => {
  it('finds nothing in ours', async () => {
    const answer = await checkTemplates({ root, templatesDir: undefined });
    expect(answer).toMatchObject({ data: { faults: [], unknown: [] } });
    expect(answer.exitCode).toBeUndefined();
  });

  it('says every fault of every file, in its line', async () => {
    await change(
      'mail/digest.mjml',
      ['{{preheader}}', '{{prehaeder}}'],
      ['<mj-column>', '<mj-column colour="red">'],
      ['{{authors}}', '{{shout authors}}'],
      ['{{summary}}', '{{sumary}}'],
    );
    await change('pages/home.hbs', ['{{tagline}}', '{{tagLine}}'], ['{{date}}', '{{> date}}']);
    await change('mail/notice.txt.hbs', ['{{/each}}', '']);
    const answer = await checkTemplates(places);
    expect(answer.exitCode).toBe(1);
    const { faults } = answer.data as {
      faults: { path: string; line: number; reason: string }[];
    };
    const digest = 'mail/digest.mjml';
    for (const [name, words, reason] of [
      [digest, 'prehaeder', 'unknown variable "prehaeder"'],
      [digest, 'colour', 'Attribute colour is illegal'],
      [digest, 'shout', 'unknown helper "shout"'],
      [digest, '{{sumary', 'unknown variable "sumary"'],
      ['pages/home.hbs', '{{tagLine', 'unknown variable "tagLine"'],
      ['pages/home.hbs', '{{> date', 'partials are not used here'],
    ] as const) {
      const line = await lineOf(name, words);
      const expected = { path: join(own, name), line, reason };
      expect(faults).toContainEqual(expected);
      expect(answer.lines).toContain(`${expected.path}:${line}: ${reason}`);
    }
    const unclosed = faults.filter(({ path }) => path.endsWith('notice.txt.hbs'));
    const line = await lineOf('mail/notice.txt.hbs', '{{#each');
    const reason = '{{#each paragraphs}} is never closed: {{/each}} is missing';
    expect(unclosed).toEqual([{ path: join(own, 'mail/notice.txt.hbs'), line, reason }]);
    expect(answer.lines.at(-1)).toMatch(/^\d+ templates, 3 of them your own: 7 faults$/);
  });

  it('blames one name once, and not what stands within it', async () => {
    await put('pages/vote.hbs', '{{#each nothing}}{{title}}{{#with a}}{{b}}{{/with}}{{/each}}');
    const faults = await listPageFaults((await openTemplates(places)).read);
    expect(faults.map(({ reason }) => reason)).toEqual(['unknown variable "nothing"']);
  });
});

describe('a look while they are edited', () => {
  it('follows each change, tells faults in words, and comes back', async () => {
    const look = createLook(places, undefined);
    const first = await look();
    expect(first.mail?.html).toContain('Rising');
    expect(await look()).toBe(first);
    await change('mail/digest.mjml', ['>{{t "digest.rising"}}<', '>Up and coming<']);
    const second = await look();
    expect(second.mail?.html).toContain('Up and coming');
    await change('mail/digest.mjml', ['{{authors}}', '{{autors}}']);
    const third = await look();
    const line = await lineOf('mail/digest.mjml', 'autors');
    expect(third).toEqual({
      faults: [`${join(own, 'mail/digest.mjml')}:${line}: unknown variable "autors"`],
    });
    await rm(join(own, 'mail/digest.mjml'));
    expect((await look()).mail?.html).toBe(first.mail?.html);
    await put('mail/digst.mjml', '');
    const named = await look();
    expect(named.faults[0]).toContain('mail/digst.mjml: nothing reads');
    expect(named.mail?.html).toBe(first.mail?.html);
  });
});
