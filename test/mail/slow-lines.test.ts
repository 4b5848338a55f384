import { joinText, makeTextPiece } from '../../src/core/letter/pieces.ts';
import { buildTemplate } from '../../src/core/letter/template.ts';
import { digestSamples } from '../../src/mail/samples.ts';
import { compileTemplates, listSlow, loadTemplates } from '../../src/mail/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const { read: readOurs } = await listTemplates({ root: process.cwd(), templatesDir: undefined });

/** Ours, some of them changed by an operator. */
function change(changes: Readonly<Record<string, readonly [from: string, to: string]>>) {
  return async (name: string) => {
    const { path, text } = await readOurs(name);
    const [from, to] = changes[name] ?? ['', ''];
    if (!text.includes(from)) throw new Error(`${from} is not in ${name}`);
    const line = text.slice(0, text.indexOf(from)).split('\n').length;
    return { path: changes[name] ? `own/${name}` : path, text: text.replace(from, to), line };
  };
}

const named = change({
  'mail/digest.mjml': [
    '{{#each digest.groups}}',
    '{{#each digest.rising as |paper at|}}{{paper.title}}{{at}}{{/each}}{{#each digest.groups}}',
  ],
  'mail/digest.txt.hbs': [
    '{{digest.note}}',
    '{{#with digest as |all|}}NOTE: {{all.note}} ({{sender.siteName}}){{/with}}',
  ],
  'mail/notice.mjml': ['{{subject}}', '{{#with sender as |us|}}{{us.siteName}}{{/with}}'],
});

describe('what is slower in a template', () => {
  it('is nothing of ours', async () => {
    expect(await listSlow(readOurs)).toEqual([]);
  });

  it('is named with file and line, of MJML too', async () => {
    const lineOf = async (name: string) => (await named(name)).line;
    expect(await listSlow(named)).toEqual([
      `own/mail/digest.mjml:${await lineOf('mail/digest.mjml')}: #each is filled anew for each reader, which is slower`,
      `own/mail/digest.txt.hbs:${await lineOf('mail/digest.txt.hbs')}: #with is filled anew for each reader, which is slower`,
      `own/mail/notice.mjml:${await lineOf('mail/notice.mjml')}: #with is filled anew for each reader, which is slower`,
    ]);
  });

  it('is a test of more than a variable, which the check of templates lets pass', async () => {
    const own = change({
      'mail/notice.txt.hbs': ['{{#if', '{{#if sender.contact includeZero=true}}{{/if}}{{#if'],
    });
    await loadTemplates(own);
    expect(await listSlow(own)).toEqual([
      expect.stringMatching(/^own\/mail\/notice\.txt\.hbs:\d+: #if is filled anew/),
    ]);
  });

  it('is said all the same, reader for reader', async () => {
    const ours = await loadTemplates(readOurs);
    const date = '{{digest.editionDate}}';
    const list = '{{#each digest.chosen}}';
    const sources = {
      ...ours,
      digestHtml: ours.digestHtml.replace(
        date,
        '{{#with digest as |day|}}{{day.editionDate}}, {{day.note}}{{/with}}',
      ),
      digestText: ours.digestText.replace(
        list,
        `{{#each digest.chosen as |one at|}}{{at}}: {{one.title}}\n{{/each}}\n${list}`,
      ),
    };
    expect([ours.digestHtml, ours.digestText].map((text) => text.includes(date))).toEqual([
      true,
      true,
    ]);
    const { digestHtml, digestText } = compileTemplates(sources);
    const html = buildTemplate(sources.digestHtml);
    const text = buildTemplate(sources.digestText, true);
    const { full } = digestSamples;
    for (const at of [1, 2, 3, 1]) {
      const chosen = [1, 2].map((id) => ({ id, title: `Paper ${id * at}` }));
      const mail = { ...full, digest: { ...full.digest, note: `Note ${at}.`, chosen } };
      expect(digestHtml(mail).read()).toBe(html(mail));
      expect(digestHtml(mail).read()).toContain(`Note ${at}.`);
      expect(digestText(mail).read()).toBe(joinText([makeTextPiece(text(mail))]).read());
      expect(digestText(mail).read()).toContain(`1: Paper ${2 * at}`);
    }
  });
});
