import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DigestView } from '../../src/core/letter/digest-view.ts';
import { digestSamples, noticeSamples } from '../../src/mail/samples.ts';
import { compileTemplates, loadTemplates } from '../../src/mail/templates.ts';
import type { DigestMail, NoticeMail } from '../../src/mail/views.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const root = join(import.meta.dirname, '../..');
const { read } = await listTemplates({ root, templatesDir: undefined });
const { full, minimal } = digestSamples;

const compiled = compileTemplates(await loadTemplates(read));
const templates = {
  digestHtml: (mail: DigestMail) => compiled.digestHtml(mail).read(),
  digestText: (mail: DigestMail) => compiled.digestText(mail).read(),
  noticeHtml: (mail: NoticeMail) => compiled.noticeHtml(mail).read(),
  noticeText: (mail: NoticeMail) => compiled.noticeText(mail).read(),
};

function withDigest(change: Partial<DigestView>): DigestMail {
  return { ...full, digest: { ...full.digest, ...change } };
}

/** Every address that a client might follow or fetch. */
function addressesOf(html: string): string[] {
  return [...html.matchAll(/(?:href|src|action|background|url)\s*[=(]\s*["']?([^"')\s>]+)/gi)].map(
    (match) => String(match[1]),
  );
}

describe('what a digest shows', () => {
  it('shows all that a full one has, in both parts', () => {
    for (const part of [templates.digestHtml(full), templates.digestText(full)]) {
      const words = part.replace(/\s+/g, ' ');
      for (const text of [
        'Wednesday, 7 May 2025',
        '2 of 84 papers chosen; 3 minutes.',
        '84 papers today, 1 for you.',
        'Forwarded to you?',
        'Answer this mail: it goes to',
        'These are the papers of two editions.',
        'An author and 3 more',
        'A summary.',
        'You follow reward models.',
        'Reward models',
        'An overview.',
        'Another title',
        '3 more',
        '12 more on the web',
        '1 Example Street, 12345 Example Town',
        'editor@example.org',
        'https://example.org/view',
        'https://example.org/preferences',
        'https://example.org/unsubscribe',
      ]) {
        expect(words).toContain(text);
      }
      expect(words).toMatch(/sample\.(<\/b>)? These papers came with the software/i);
    }
  });

  it('has the way out near the top and in the foot', () => {
    const html = templates.digestHtml(full);
    const places = [...html.matchAll(/>Unsubscribe</g)].map((match) => match.index);
    expect(places).toHaveLength(2);
    expect(places[0]).toBeLessThan(html.indexOf('<h1'));
    expect(places[1]).toBeGreaterThan(html.lastIndexOf('<h3'));
  });

  it('leaves no trace of what is absent', () => {
    const html = templates.digestHtml(minimal);
    const body = html.slice(html.indexOf('<h1'));
    for (const trace of ['undefined', 'null', 'class="by"', 'class="text"', 'class="why"']) {
      expect(body).not.toContain(trace);
    }
    for (const trace of ['class="over"', 'class="note"', 'class="band"', 'class="more"']) {
      expect(body).not.toContain(trace);
    }
    expect(body).not.toMatch(/<(p|li|ul|ol|a|h[1-3])\b[^>]*>\s*<\/\1>/);
    expect(templates.digestText(minimal)).not.toMatch(/undefined|null|sample|\n\n\n/i);
  });

  it('shows the web view without reasons and without anything that acts', () => {
    const web = { ...full, isWeb: true };
    for (const part of [templates.digestHtml(web), templates.digestText(web)]) {
      expect(part).not.toMatch(/You follow|for you|nsubscribe|references|this address/i);
      expect(part).not.toContain('https://example.org/view');
      expect(part).toContain('https://example.org/paper');
    }
  });

  it('leads on to a group on the web, where the edition has a page', () => {
    const html = templates.digestHtml(full);
    expect(html).toContain('href="https://example.org/editions/2025-05-07/groups/1">3 more</a>');
    expect(templates.digestText(full)).toContain(
      '  - 3 more:\n    https://example.org/editions/2025-05-07/groups/1\n',
    );
    const [group] = full.digest.groups;
    const { path: _, ...bare } = group ?? { label: '', papers: [], moreCount: 0 };
    const trial = withDigest({ groups: [bare] });
    expect(templates.digestHtml(trial)).toContain('>3 more</li>');
    expect(templates.digestText(trial)).toContain('  - 3 more\n');
  });

  it('has what the editors picked first, and one lead in the letter', () => {
    const html = templates.digestHtml(full);
    expect(html.indexOf('A title that was picked')).toBeLessThan(html.indexOf('>A title<'));
    expect(html.match(/class="paper lead"/g)).toHaveLength(1);
    const { picked: _, ...digest } = full.digest;
    const own = templates.digestHtml({ ...full, digest });
    expect(own).toContain('<li class="paper lead"');
  });

  it('styles each heading and band where it stands, and says what a correction is', () => {
    const html = templates.digestHtml(full);
    const unstyled = html.match(/<(?:h1|h2|ol|td class)(?![^>]*style=)[^>]*>/g);
    expect(unstyled).toBeNull();
    expect(html).toContain('<b>Correction.</b> These are the papers of two editions.');
    const plain = templates.digestHtml(withDigest({ isCorrection: false }));
    expect(plain).toMatch(/<p class="note" style="[^"]+">These are the papers/);
  });

  it('has one direction as a whole, and that of its own for what feeds bring', () => {
    const html = templates.digestHtml(full);
    expect(html).toMatch(/<html lang="en" dir="ltr"/);
    const [title = ''] = html.match(/<h3 class="title"[^>]*>/) ?? [];
    expect(title).toContain('dir="auto"');
    const bare = html.match(/<(?:h3 class="title"|p class="(?:by|text)"|li class="one")>/g);
    expect(bare).toBeNull();
  });

  it('has words of its own alone beside the subject, however few they are', () => {
    for (const html of [templates.digestHtml(full), templates.noticeHtml(noticeSamples.full)]) {
      const [, ahead = ''] = /class="ahead"[^>]*>([^<]*)</.exec(html) ?? [];
      expect(ahead).toMatch(/^(?:Preheader|A paragraph\.)(?:&#8199;&#847;){60}$/);
      expect(html.indexOf(ahead)).toBeLessThan(html.indexOf('</p>'));
      expect(html).not.toContain('color:#ffffff;line-height:1px');
    }
  });
});

describe('safety of the HTML', () => {
  const nasty = `<script>alert("1")</script> {{subject}} 'a' <b> &amp; </title>`;

  it('escapes what the feeds bring, wherever it stands', () => {
    const html = templates.digestHtml({
      ...withDigest({
        note: nasty,
        chosen: [
          { id: 1, title: nasty, authors: nasty, summary: nasty, reason: nasty, link: nasty },
        ],
        groups: [
          { label: nasty, overview: nasty, papers: [{ title: nasty, link: nasty }], moreCount: 0 },
        ],
      }),
      subject: nasty,
      preheader: nasty,
    });
    expect(html).not.toContain('<script');
    expect(html).not.toContain('alert("1")');
    expect(html.match(/<\/title>/g)).toHaveLength(1);
    const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; {{subject}} &#x27;a&#x27;';
    expect(html.split(escaped).length - 1).toBe(13);
  });

  it('leaves text as it is in the text part', () => {
    const text = templates.digestText(
      withDigest({ chosen: [{ id: 1, title: `a < b & "c" {{d}}` }] }),
    );
    expect(text).toContain(`1. a < b & "c" {{d}}`);
  });

  it('asks nobody for anything: the only addresses are those given', () => {
    const given = new Set([
      'https://example.org/editions/2025-05-07/groups/1',
      ...Object.values(full.links),
      'https://example.org/paper',
      'https://example.org/other',
      'https://example.org/correction',
      'https://example.org/kept',
      'https://example.org/papers/1',
      'https://example.org/papers/2',
      'https://example.org/papers/3',
      'https://example.org/alerted',
      ...[1, 2, 3].flatMap((id) => [
        `https://example.org/vote/${id}?way=more`,
        `https://example.org/vote/${id}?way=less`,
        `https://example.org/keep/${id}`,
        `https://example.org/circles/for/${id}`,
      ]),
      'https://papers.example/imprint',
      'https://papers.example/privacy',
      'mailto:editor@example.org',
    ]);
    const html = templates.digestHtml(full);
    const addresses = addressesOf(html);
    expect(addresses.length).toBeGreaterThan(8);
    expect(addresses.filter((address) => !given.has(address))).toEqual([]);
    expect(html).not.toMatch(/<(img|link|script|iframe|video|object)\b|@import|@font-face/i);
  });

  it('names language, title and colour schemes', () => {
    const html = templates.digestHtml(full);
    expect(html).toContain('<html lang="en"');
    expect(html).toContain('<title>Subject</title>');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });
});

describe('size and shape', () => {
  it('keeps ten chosen papers and ten groups of five far below the limit', () => {
    const title = 'A title of the usual length for a paper on a subject of science'.padEnd(90, '.');
    const link = 'https://arxiv.org/abs/2505.01234';
    const paper = {
      id: 123456,
      title,
      link,
      authors: title,
      reason: title,
      summary: title.repeat(4),
    };
    const group = { label: title, overview: title, papers: Array(5).fill(paper), moreCount: 9 };
    const mail = withDigest({ chosen: Array(10).fill(paper), groups: Array(10).fill(group) });
    expect(Buffer.byteLength(templates.digestHtml(mail))).toBeLessThan(55_000);
  });

  it('wraps the text at 72 columns and keeps links whole', () => {
    const link = `https://example.org/${'long/'.repeat(30)}`;
    const text = templates.digestText(
      withDigest({
        chosen: [{ id: 1, title: 'word '.repeat(60), summary: 'more '.repeat(90), link }],
      }),
    );
    expect(text).toContain(link);
    const tooLong = text.split('\n').filter((line) => line.length > 72 && !line.includes(link));
    expect(tooLong).toEqual([]);
  });

  it('writes notices in both parts, with and without a button', () => {
    for (const part of [
      templates.noticeHtml(noticeSamples.full),
      templates.noticeText(noticeSamples.full),
    ]) {
      expect(part).toContain('A paragraph.');
      expect(part).toContain('https://example.org/confirm');
    }
    const [html, text] = [
      templates.noticeHtml(noticeSamples.full),
      templates.noticeText(noticeSamples.full),
    ];
    // Outlook for Windows keeps the padding of a cell, and paints it.
    expect(html).toMatch(/<td[^>]*bgcolor="#9c3a12"[^>]*>/);
    expect(text).toContain('Confirm:\nhttps://example.org/confirm\n');
    expect(text).toContain('The edition:\nhttps://example.org/editions/1\n');
    expect(templates.noticeHtml(noticeSamples.minimal)).not.toContain('class="act"');
    expect(templates.noticeText(noticeSamples.minimal)).not.toMatch(/:\n\n|undefined/);
  });
});

describe('faults stop the start, with file and line', () => {
  let copy: string;
  beforeEach(async () => {
    copy = await mkdtemp(join(tmpdir(), 'paperround-templates-'));
    await cp(join(root, 'templates/mail'), join(copy, 'mail'), { recursive: true });
  });
  afterEach(() => rm(copy, { recursive: true }));

  const digest = 'digest.mjml';
  it.each([
    ['an unknown tag', digest, '<mj-column>', '<mj-colunm></mj-colunm><mj-column>', /mj-colunm/],
    ['a bad attribute', digest, '<mj-text>', '<mj-text colour="red">', /colour/],
    ['a tag never closed', digest, '</mj-column>', '', /closing tag/],
    ['an include', digest, '<mj-column>', '<mj-include path="x" /><mj-column>', /mj-include/],
    ['text that MJML drops', digest, '<mj-column>', '{{subject}}<mj-column>', /lost/],
    ['a block never closed', digest, '{{#if digest.note}}', '{{#if digest.note', /Expecting/],
    ['blocks crossed', 'notice.txt.hbs', '{{/each}}', '{{/if}}', /doesn't match/],
    ['an unknown helper', digest, '{{authors}}', '{{shout authors}}', /unknown helper "shout"/],
    ['an unknown block', digest, '{{#if authors}}', '{{#iff authors}}', /doesn't match|unknown/],
    ['an unknown variable', digest, '{{authors}}', '{{autors}}', /unknown variable "autors"/],
    ['one within #if', digest, '{{#if authors}}', '{{#if autors}}', /unknown variable "autors"/],
    ['one of the outer scope', digest, '{{authors}}', '{{../../subject}}', undefined],
    ['one in a link', digest, 'href="{{link}}"', 'href="{{lnk}}"', /unknown variable "lnk"/],
    [
      'an optional one unguarded',
      digest,
      '<li class="paper ',
      '<li class="{{authors}} ',
      /"authors" not/,
    ],
    ['a partial', 'notice.txt.hbs', '{{subject}}', '{{> subject}}', /partials/],
    [
      'an unknown variable',
      'notice.mjml',
      '{{button.url}}',
      '{{button.ur}}',
      /unknown variable "button.ur"/,
    ],
  ])('%s in %s', async (_name, file, from, to, reason) => {
    const path = join(copy, 'mail', file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(from);
    const line = text.slice(0, text.indexOf(from)).split('\n').length;
    await writeFile(path, text.replace(from, to));
    const outcome = await loadTemplates(
      (await listTemplates({ root, templatesDir: copy })).read,
    ).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (reason === undefined) return expect(outcome).toBeUndefined();
    expect(outcome).toMatch(reason);
    expect(outcome).toContain(`${path}:`);
    expect(Math.abs(Number(outcome?.match(/:(\d+): /)?.[1]) - line)).toBeLessThanOrEqual(3);
  });
});
