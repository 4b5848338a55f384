import PostalMime from 'postal-mime';
import type { EditionTexts } from '../../src/core/edition/edition.ts';
import type { DigestContent } from '../../src/core/letter/digest-content.ts';
import { joinSource } from '../../src/core/letter/source.ts';
import { parseKeyRing } from '../../src/core/reader/keys.ts';
import { createRenderer, type Renderable } from '../../src/mail/render.ts';
import { loadTemplates } from '../../src/mail/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const READERS = 200;
const keys = parseKeyRing(`1:${'11'.repeat(32)}`);
const files = await listTemplates({ root: process.cwd(), templatesDir: undefined });
const templates = await loadTemplates(files.read);
const names = ['Ada Lovelace', 'Émilie du Châtelet', 'B. <script>', 'D', 'E', 'F. G'];

/** Papers of all kinds: without authors, link or summary, with long titles and signs of all sorts. */
function makeEdition(id: number, count: number): EditionTexts {
  const groups = Math.ceil(count / 7);
  return {
    id,
    name: `2026-03-0${id}`,
    date: `2026-03-0${id}`,
    isSample: id === 4,
    groups: Array.from({ length: groups }, (_, number) => ({
      number,
      label: number % 3 === 0 ? 'Reefs & radar' : `Group ${number}`,
      overview: number % 2 === 0 ? `${count} papers, of “reefs” = all.` : '',
    })),
    papers: Array.from({ length: count }, (_, at) => ({
      paperId: id * 1_000 + at,
      groupNumber: at % groups,
      title:
        at % 5 === 0 ? `Überlange  Reefs <${at}> ${'=. &'.repeat(at)}` : `Paper ${at} of ${id}`,
      authors: names.slice(0, at % 7).map((name) => ({ name })),
      link: at % 4 === 0 ? null : `https://papers.example/${id}/${at}?a=1&b=2`,
      summary:
        at % 3 === 0 ? '' : `.One sentence on paper ${at}: ${'words and more, '.repeat(at % 30)}`,
      pick: at % 11 === 0 ? 1 : null,
      upvotes: at,
    })),
  };
}

const editions = [makeEdition(5, 90), makeEdition(4, 30), makeEdition(3, 150)];
const days = [[5], [5, 4], [4], [5, 4, 3], [3]];

/** What reader number `at` gets: every kind of choice, note and absence, in turn. */
function contentOf(at: number): DigestContent {
  const covered = days[at % days.length] ?? [5];
  const [newest = 5] = covered;
  const paper = (place: number) => newest * 1_000 + ((at * 7 + place * 3) % 29);
  const own = Array.from({ length: [0, 3, 12, 1, 29][at % 5] ?? 0 }, (_, place) => {
    const base = { paper: paper(place), reason: `matches: topic ${at % 9}` };
    if (place === 0 && at % 3 === 0)
      return { ...base, place: 'followed', by: ['F. G', 'E'] } as const;
    if (place === 2 && at % 4 === 0) return { ...base, place: 'outside' } as const;
    return place % 2 === 0 ? { ...base, reason: [{ code: 'group' }] as const } : base;
  });
  const picked =
    at % 6 === 0 ? [{ paper: newest * 1_000 + 29, reason: '', place: 'picked' } as const] : [];
  return {
    editions: covered,
    choices: [...own, ...picked],
    ...(at % 7 === 0 ? { hidden: [{ paper: newest * 1_000 + 28, word: 'poker' }] } : {}),
    ...(at % 8 === 0 ? { rising: [{ edition: 3, paper: 3_001, votes: 40 + at, gained: 30 }] } : {}),
    ...(at % 9 === 0 ? { leftOut: at % 2 } : {}),
    ...(at % 10 === 0 ? { correction: `a title was wrong: “${at % 20}”` } : {}),
    ...(at % 23 === 0 ? { isTest: true } : {}),
  };
}

function renderableOf(at: number): Renderable {
  const isNotice = at % 17 === 0;
  return {
    delivery: {
      id: 1_000 + at,
      content: isNotice
        ? {
            subject: `Notice ${at % 3}`,
            paragraphs: ['.Grüße', `To ${at}.`],
            isSubscribed: at % 2 === 0,
          }
        : contentOf(at),
      subscriptionId: at % 13 === 0 ? null : 2_000 + at,
      keyId: '1',
      rendering: at % 19 === 0 ? 'other' : 'hash',
      address: `reader.${at}@readers.example`,
      date: new Date(Date.UTC(2026, 2, 5, at % 24)),
      messageId: `<e5.${at}.r0@news.example>`,
      seed: `seed${at}`,
      ...(at % 10 === 0 ? { refersTo: `<e5.${at}.r9@news.example>` } : { refersTo: null }),
    },
    editions,
    rendering: {
      version: '1',
      templates,
      sender: {
        siteName: at % 19 === 0 ? 'Überblick' : 'Reef & Radar',
        postalAddress: at % 19 === 0 ? '' : '1 Example Street',
        contact: 'ops@news.example',
      },
      from: 'digest@news.example',
      publicUrl: 'https://news.example',
      ...(at % 19 === 0 ? {} : { inboundDomain: 'in.news.example' }),
    },
  };
}

const readers = Array.from({ length: READERS }, (_, at) => renderableOf(at));
const sourceOf = (renderer: ReturnType<typeof createRenderer>) => (reader: Renderable) =>
  joinSource(renderer.renderMessage(reader));
/** Each as the first that a machine renders. */
const cold = readers.map((reader) =>
  sourceOf(createRenderer(keys))({ ...reader, editions: structuredClone(reader.editions) }),
);

/** The same readers in another order, always the same one. */
function shuffle(seed: number): number[] {
  return readers
    .map((_, at) => ({ at, place: (at * 7_919 + seed * 104_729) % 10_007 }))
    .sort((a, b) => a.place - b.place)
    .map(({ at }) => at);
}

/** Many who get the same, as the database gives it: with ids of every length, of two copies of the editions. */
const alike = readers.map((reader, at): Renderable => {
  const like = readers[at % 12] ?? reader;
  return {
    ...reader,
    editions: at % 50 < 40 ? editions : [...editions],
    delivery: {
      ...reader.delivery,
      content: like.delivery.content,
      id: 3 ** (at % 20),
      subscriptionId: at % 13 === 0 ? null : 5 ** (at % 11),
    },
  };
});

describe('two hundred readers by one renderer', () => {
  it('get what they get by one of their own where many get the same', () => {
    const warm = createRenderer(keys);
    const alone = alike.map((reader) => sourceOf(createRenderer(keys))(reader));
    for (const _ of [1, 2, 3]) expect(alike.map(sourceOf(warm))).toEqual(alone);
  });

  it('get what they get by one of their own, to the byte', () => {
    const warm = createRenderer(keys);
    expect(readers.map(sourceOf(warm))).toEqual(cold);
    expect(readers.map(sourceOf(warm))).toEqual(cold);
    expect(new Set(cold).size).toBe(READERS);
  });

  it('get it in any order, whatever else is rendered in between', () => {
    const warm = createRenderer(keys);
    for (const seed of [1, 2]) {
      for (const at of shuffle(seed)) {
        const reader = readers[at];
        if (!reader) continue;
        expect(sourceOf(warm)(reader) === cold[at]).toBe(true);
        if (at % 5 === 0) warm.renderWebView(reader);
        if (at % 7 === 0) warm.renderShown(reader);
      }
    }
  });

  it('get what an operator is shown as theirs', async () => {
    const warm = createRenderer(keys);
    for (const at of shuffle(3)) {
      const reader = readers[at];
      if (!reader) continue;
      const { subject, html, text, message } = warm.renderLetter(reader);
      const source = joinSource(message);
      expect(source === cold[at]).toBe(true);
      const mail = await PostalMime.parse(Buffer.from(source, 'latin1'));
      expect(mail.subject).toBe(subject);
      expect(mail.html?.replace(/\r\n/g, '\n').trimEnd()).toBe(html.trimEnd());
      expect(mail.text?.replace(/\r\n/g, '\n').trimEnd()).toBe(text.trimEnd());
      expect(source).toMatch(/^[\0-\x7f]*$/);
      expect(source).not.toMatch(/^\.|[ \t]\r\n|^.{79}/m);
    }
  });
});
