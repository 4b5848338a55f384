import type { EditionTexts } from '../../src/core/edition/edition.ts';
import { joinSource } from '../../src/core/letter/source.ts';
import { parseKeyRing } from '../../src/core/reader/keys.ts';
import { createRenderer, type Renderable } from '../../src/mail/render.ts';
import { loadTemplates } from '../../src/mail/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const keys = parseKeyRing(`1:${'11'.repeat(32)}`);
const renderer = createRenderer(keys);
const files = await listTemplates({ root: process.cwd(), templatesDir: undefined });
const templates = await loadTemplates(files.read);
const sender = {
  siteName: 'Reef & Radar',
  postalAddress: '1 Example Street',
  contact: 'ops@news.example',
};

/** An edition of `count` papers in groups of ten, and a digest of its first ones. */
function makeDigest(count: number, chosen: number, title: (at: number) => string): Renderable {
  const edition: EditionTexts = {
    id: 5,
    name: '2026-03-03',
    date: '2026-03-03',
    isSample: false,
    groups: Array.from({ length: Math.ceil(count / 10) }, (_, number) => ({
      number,
      label: `Group ${number}`,
      overview: `10 papers, among them ${title(number)}`.slice(0, 300),
    })),
    papers: Array.from({ length: count }, (_, at) => ({
      paperId: at + 1,
      groupNumber: Math.floor(at / 10),
      title: title(at),
      authors: [{ name: 'A'.repeat(200) }, { name: 'B'.repeat(200) }],
      link: `https://papers.example/${at}`,
      summary: `${'Words & more. '.repeat(20)}`,
      pick: null,
      upvotes: 0,
    })),
  };
  return {
    delivery: {
      id: 9,
      content: {
        editions: [5],
        choices: Array.from({ length: chosen }, (_, at) => ({
          paper: at + 1,
          reason: 'matches: reefs',
        })),
      },
      subscriptionId: 7,
      keyId: '1',
      rendering: 'hash',
      address: 'ada@readers.example',
      date: new Date('2026-03-03T07:00:00Z'),
      messageId: '<e5.x.r0@news.example>',
      seed: 'abcdef',
    },
    editions: [edition],
    rendering: {
      version: '1',
      templates,
      sender,
      from: 'digest@news.example',
      publicUrl: 'https://news.example',
    },
  };
}

describe('a letter', () => {
  it.each([
    [1, 1],
    [84, 10],
    [2_000, 30],
    [10_000, 30],
  ])('of %i papers stays below 80 kB and counts what it leaves out', async (count, chosen) => {
    const letter = renderer.renderLetter(makeDigest(count, chosen, (at) => `Paper ${at}`));
    expect(Buffer.byteLength(letter.html)).toBeLessThanOrEqual(80_000);
    expect(letter.html).toContain(
      `${count < 10_000 ? count : count.toLocaleString('en-GB')} paper`,
    );
    const listed = new Set(letter.html.match(/papers\.example\/\d+/g)).size;
    if (listed < count) expect(letter.html).toContain(`${count - listed} more`);
  });

  it('stays below 80 kB when every title is as long and as costly as can be', async () => {
    const source = makeDigest(500, 30, () => '&'.repeat(1_000));
    const letter = renderer.renderLetter(source);
    expect(Buffer.byteLength(letter.html)).toBeLessThanOrEqual(80_000);
  });

  it('asks about each chosen paper by one token a mail, and only a subscriber', async () => {
    const source = makeDigest(84, 10, (at) => `Paper ${at}`);
    const { html, text } = renderer.renderLetter(source);
    const links = html.match(/https:\/\/news\.example\/vote\/[^"]+/g) ?? [];
    expect(links).toHaveLength(20);
    expect(new Set(links.map((link) => link.split('/')[4])).size).toBe(1);
    expect(links.slice(0, 2).map((link) => link.split('/')[5])).toEqual([
      '1?way=more',
      '1?way=less',
    ]);
    expect(text.match(/^ ?\d+\. \S+\/vote\/[\w.]+\/\d+$/gm)).toHaveLength(10);
    const stranger = { ...source, delivery: { ...source.delivery, subscriptionId: null } };
    const foreign = renderer.renderLetter(stranger);
    expect(foreign.html + foreign.text).not.toContain('/vote/');
  });

  it('labels the one place outside, and tells nobody else of it or of followed authors', async () => {
    const source = makeDigest(84, 2, (at) => `Paper ${at}`);
    const authors = 'ABCDEFGH'.split('').map((name) => ({ name: `${name} Author` }));
    const editions = source.editions.map((edition) => ({
      ...edition,
      papers: edition.papers.map((paper) => ({ ...paper, authors })),
    }));
    const content = {
      editions: [5],
      choices: [
        { paper: 1, reason: 'by G', place: 'followed', by: ['G Author'] },
        { paper: 2, reason: 'outside your usual; popular today', place: 'outside' },
      ],
    } as const;
    const own = { ...source, editions, delivery: { ...source.delivery, content } };
    const { html, text } = renderer.renderLetter(own);
    expect(html.match(/Outside your usual/g)).toHaveLength(1);
    expect(html).toContain('>popular today <a');
    expect(text).toMatch(/OUTSIDE YOUR USUAL\n 2\. Paper 1\n/);
    expect(html).toContain('A Author, B Author, G Author and 5 more');
    const page = renderer.renderWebView(own)?.html ?? '';
    expect(page).not.toMatch(/Outside your usual|popular today|G Author/);
  });

  it('is the same to the byte each time', async () => {
    const source = makeDigest(84, 10, (at) => `Paper ${at}`);
    const [first, second] = [
      renderer.renderLetter(source),
      createRenderer(keys).renderLetter(source),
    ];
    expect(joinSource(first.message)).toBe(joinSource(second.message));
  });

  it('has no line of the wire longer than 998 octets, and no bare line feed', async () => {
    const { message } = renderer.renderLetter(makeDigest(84, 10, () => 'Überlänge '.repeat(90)));
    const text = joinSource(message);
    expect(text).not.toMatch(/[^\r]\n|\r[^\n]/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('lets no title, name or setting make a header of its own', async () => {
    const evil = 'Reefs\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>{{digest}}';
    const source = makeDigest(12, 3, () => evil);
    const { rendering } = source;
    const letter = renderer.renderLetter({
      ...source,
      rendering: {
        ...rendering,
        sender: { ...sender, siteName: `Site"\r\nBcc: eve@evil.example` },
      },
    });
    const head = joinSource(letter.message).split('\r\n\r\n')[0] ?? '';
    expect(head).not.toMatch(/^bcc:/im);
    expect(letter.html).not.toContain('<script>');
  });

  it('has a web view without anything that acts for its reader or tells who it is', () => {
    const page = renderer.renderWebView(makeDigest(84, 10, (at) => `Paper ${at}`));
    for (const hint of ['ada@', 'unsubscribe/', 'preferences/', 'view/', 'vote/', 'matches:']) {
      expect(page?.html).not.toContain(hint);
    }
    expect(page?.html).toContain('https://news.example/editions/2026-03-03');
  });

  it('is not made where the address was erased', async () => {
    const source = makeDigest(1, 1, () => 'Paper');
    const erased = { ...source, delivery: { ...source.delivery, address: null } };
    expect(() => renderer.renderLetter(erased)).toThrow(/erased/);
  });
});
