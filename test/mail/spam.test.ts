import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { EditionTexts } from '../../src/core/edition/edition.ts';
import { writeConfirmation } from '../../src/core/letter/notices.ts';
import { parsePaperList } from '../../src/core/paper/paper-list.ts';
import { parseKeyRing } from '../../src/core/reader/keys.ts';
import { english } from '../../src/core/words/words.ts';
import { createRenderer, type Renderable } from '../../src/mail/render.ts';
import { loadTemplates } from '../../src/mail/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

const DIGESTS = 20;
const isInstalled = spawnSync('spamassassin', ['--version']).status === 0;
if (!isInstalled) console.info('skipped: SpamAssassin is not installed here');

const files = await listTemplates({ root: process.cwd(), templatesDir: undefined });
const templates = await loadTemplates(files.read);
const renderer = createRenderer(parseKeyRing(`1:${'11'.repeat(32)}`));
const sample = parsePaperList(
  readFileSync(new URL('../../sample/2025-05-07.txt', import.meta.url), 'utf8'),
  new Date(0),
);

/** The sample from another paper on, so that each digest leads with another one. */
function editionOf(at: number): EditionTexts {
  const papers = [...sample.slice(at * 4), ...sample.slice(0, at * 4)];
  return {
    id: 5,
    name: '2025-05-07',
    date: '2025-05-07',
    isSample: at % 5 === 4,
    groups: [0, 1, 2].map((number) => ({
      number,
      label: `Group ${number}`,
      overview: '28 papers.',
    })),
    papers: papers.map(({ title, abstract }, place) => ({
      paperId: place + 1,
      groupNumber: place % 3,
      title,
      authors: [{ name: 'Ada Lovelace' }, { name: 'Émilie du Châtelet' }],
      link: `https://arxiv.org/abs/2505.${10_000 + place}`,
      summary: abstract.split(/(?<=\.) /)[0] ?? '',
      pick: at % 3 === 0 && place === 50 ? 1 : null,
      upvotes: place,
    })),
  };
}

function contentOf(at: number) {
  const choices = Array.from({ length: 1 + ((at * 7) % 30) }, (_, place) => ({
    paper: place + 1,
    reason: [{ code: 'topics', names: ['reward models'] }] as const,
  }));
  const picked = at % 3 === 0 ? [{ paper: 51, reason: '', place: 'picked' } as const] : [];
  return {
    editions: [5],
    choices: [...choices, ...picked],
    ...(at % 4 === 0 ? { correction: 'The authors of the first paper were mixed up.' } : {}),
  };
}

function sourceOf(content: Renderable['delivery']['content'], at = 0): string {
  return renderer
    .renderMessage({
      delivery: {
        id: 100 + at,
        content,
        subscriptionId: 200 + at,
        keyId: '1',
        rendering: 'hash',
        address: `reader.${at}@readers.example`,
        date: new Date(Date.UTC(2025, 4, 7, 7)),
        messageId: `<d.${at}.0123456789abcdef@news.example>`,
        seed: `abcdef${at}`,
        refersTo: null,
      },
      editions: [editionOf(at)],
      rendering: {
        version: '1',
        templates,
        sender: {
          siteName: 'Reef & Radar',
          postalAddress: '1 Example Street, 12345 Example Town',
          contact: 'editor@news.example',
        },
        from: 'digest@news.example',
        publicUrl: 'https://news.example',
        inboundDomain: 'in.news.example',
        reportAddress: 'fbl@in.news.example',
      },
    })
    .pieces.join('');
}

/** The score of each by the local rules alone, and which it met. One process reads them all: it is slow to start. */
async function judge(sources: readonly string[]): Promise<{ score: number; rules: string[] }[]> {
  const child = spawn('spamassassin', ['-t', '-L', '--mbox']);
  const box = sources.map((source) => `From a@b.example Wed May  7 07:00:00 2025\r\n${source}\r\n`);
  child.stdin.end(box.join('').replaceAll('\r\n', '\n'), 'latin1');
  let out = '';
  for await (const chunk of child.stdout) out += chunk;
  return [...out.matchAll(/^X-Spam-Status: .*(?:\r?\n[ \t].*)*/gm)].map(([status]) => {
    const line = status.replace(/\s+/g, ' ');
    const [, score = 'NaN', rules = ''] = /score=(\S+) .*tests=(.*?) autolearn/.exec(line) ?? [];
    return { score: Number(score), rules: rules.split(/[, ]+/) };
  });
}

/** What says nothing against a letter: that it has HTML, that it came by no server yet, and that it is of a list. */
const harmless = ['HTML_MESSAGE', 'NO_RECEIVED', 'NO_RELAYS', 'MAILING_LIST_MULTI'];

(isInstalled ? describe : describe.skip)('by the rules of SpamAssassin', () => {
  it('twenty digests score -0.9 or less, and our frame meets no rule', async () => {
    const sources = Array.from({ length: DIGESTS }, (_, at) => sourceOf(contentOf(at), at));
    const verdicts = await judge(sources);
    expect(verdicts).toHaveLength(DIGESTS);
    const scores = verdicts.map(({ score }) => score).sort((a, b) => a - b);
    expect(scores[DIGESTS / 2]).toBeLessThanOrEqual(-0.9);
    const met = new Set(verdicts.flatMap(({ rules }) => rules));
    expect([...met].filter((rule) => !harmless.includes(rule))).toEqual([]);
  }, 180_000);

  it('a confirmation, which is of no list, meets no rule', async () => {
    const [verdict] = await judge([
      sourceOf(writeConfirmation({ site: 'Reef & Radar', words: english }, 3)),
    ]);
    const { score = Number.NaN, rules = [] } = verdict ?? {};
    expect(score).toBeLessThanOrEqual(0);
    expect(rules.filter((rule) => !harmless.includes(rule))).toEqual([]);
  }, 30_000);
});
