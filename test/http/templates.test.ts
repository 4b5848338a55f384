import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageViews } from '../../src/core/letter/pages.ts';
import { pageSamples, partSamples } from '../../src/http/samples.ts';
import { loadPages, type Pages } from '../../src/http/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const root = join(import.meta.dirname, '../..');
const { read } = await listTemplates({ root, templatesDir: undefined });
const layout = {
  siteName: 'Site',
  publicUrl: 'https://example.org',
  title: 'Title',
  isSandbox: false,
  isSample: false,
  style: '/style.css?v=1',
  ways: [],
  footText: '',
  footWays: [],
};
const names = Object.keys(pageSamples) as (keyof PageViews)[];

let renderPage: Pages['renderPage'];
let renderPart: Pages['renderPart'];
beforeAll(async () => {
  ({ renderPage, renderPart } = await loadPages(read));
});

describe('pages', () => {
  it.each(names)(
    '%s holds under a strict policy: nothing inline, nothing from elsewhere',
    (name) => {
      for (const view of [pageSamples[name].full, pageSamples[name].minimal]) {
        const html = renderPage(name, view, layout);
        expect(html.match(/<h1/g)).toHaveLength(1);
        const bare = html
          .replace('<script src="/zone.js" defer></script>', '')
          // Data, which no browser runs.
          .replace(/<script type="application\/ld\+json">[^<]*<\/script>/, '');
        expect(bare).not.toMatch(/<script|<style|\sstyle=|\son\w+=|<img|javascript:/i);
        const fetched = [...html.matchAll(/(?:src|rel="stylesheet" href)="([^"]+)"/g)];
        for (const [, address] of fetched) expect(address).toMatch(/^\//);
        expect(html).not.toMatch(/undefined|\[object/);
      }
    },
  );

  // A length under a colour's name took the border from every field.
  it('give each name of the style one kind of value', async () => {
    const { text } = await read('pages/style.css');
    const kinds = new Map<string, Set<string>>();
    for (const [, name = '', value = ''] of text.matchAll(/^\s*(--[\w-]+): ([^;]+);/gm)) {
      const kind = value.startsWith('#')
        ? 'colour'
        : /^[\d.]+(rem|px)$/.test(value)
          ? 'length'
          : '';
      kinds.set(name, (kinds.get(name) ?? new Set()).add(kind));
    }
    expect(kinds.size).toBeGreaterThan(10);
    expect([...kinds].filter(([, each]) => each.size > 1)).toEqual([]);
  });

  it('escapes what it shows, once', () => {
    const papers = [{ title: '<script>"x" & y</script>', vote: '/votes/1', keep: '/my-papers/1' }];
    const group = { label: '<i>', link: '/', papers, open: papers, folded: [] };
    const page = { ...pageSamples.edition.minimal, date: '<b>', groups: [group] };
    const html = renderPage('edition', page, { ...layout, title: '</title><script>' });
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;&quot;x&quot; &amp; y&lt;/script&gt;');
    expect(html).toContain('<h1>&lt;b&gt;</h1>');
  });

  it('labels sandbox and sample, and only these', () => {
    const view = pageSamples.message.full;
    expect(renderPage('message', view, layout)).not.toMatch(/Sandbox|Sample/);
    const labelled = renderPage('message', view, {
      ...layout,
      isSandbox: true,
      isSample: true,
      footWays: [],
    });
    expect(labelled).toMatch(/<b>Sandbox\.<\/b>[\s\S]*<b>Sample\.<\/b>/);
  });

  it('acts by a form that posts, and only before it is done', () => {
    const view = { ...pageSamples.unsubscribe.full, isDone: false };
    expect(renderPage('unsubscribe', view, layout)).toMatch(/<form method="post" action="[^"]+">/);
    const done = renderPage('unsubscribe', { ...view, isDone: true }, layout);
    expect(done).not.toContain('action="/a/1"');
    expect(done).toContain('action="/return/1"');
  });

  it('marks the chosen values of the preferences', () => {
    const days = [
      { value: '1', label: 'Monday', isChosen: true },
      { value: '2', label: 'Tuesday', isChosen: false },
    ];
    const html = renderPart('times', { ...partSamples.times.full, days });
    expect(html).toContain('name="days" value="1" checked>');
    expect(html).toContain('name="days" value="2">');
  });

  it('stops at a fault with file and line', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'paperround-pages-'));
    await cp(join(root, 'templates/pages'), join(copy, 'pages'), { recursive: true });
    const path = join(copy, 'pages/outbox.hbs');
    const changed = await listTemplates({ root, templatesDir: copy });
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace('{{size}}', '{{sise}}'));
    const line = text.slice(0, text.indexOf('{{size}}')).split('\n').length;
    await expect(loadPages(changed.read)).rejects.toThrow(
      `${path}:${line}: unknown variable "sise"`,
    );
    await rm(copy, { recursive: true });
  });
});
