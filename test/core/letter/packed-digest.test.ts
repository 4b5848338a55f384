import fc from 'fast-check';
import type { EditionTexts } from '../../../src/core/edition/edition.ts';
import { buildDigestView, spellOut, WIDEST_LIMITS } from '../../../src/core/letter/digest.ts';
import type { DigestContent } from '../../../src/core/letter/digest-content.ts';
import { packDigest, unpackDigest } from '../../../src/core/letter/packed-digest.ts';
import type { Choice } from '../../../src/core/ranking/choice.ts';
import type { ReasonPart } from '../../../src/core/ranking/reason.ts';
import { english } from '../../../src/core/words/words.ts';

const PAPERS = 40;
const id = fc.integer({ min: 1_000, max: 999 + PAPERS });
const words = fc.string({ maxLength: 12 });
const name = fc.string({ minLength: 1, maxLength: 12 });
const author = fc.oneof(
  fc.record({ followed: name, printed: name, isSure: fc.boolean() }),
  name.map((same) => ({ followed: same, printed: same, isSure: true })),
);
const part = fc.oneof(
  fc
    .array(words, { minLength: 1, maxLength: 3 })
    .map((names) => ({ code: 'topics' as const, names })),
  fc
    .array(fc.string(), { minLength: 1, maxLength: 2 })
    .map((names) => ({ code: 'near' as const, names })),
  fc.string().map((like) => ({ code: 'more' as const, like })),
  fc
    .constantFrom('ml', 'physics', 'nothing-known')
    .map((field) => ({ code: 'field' as const, id: field })),
  fc.nat(300).map((papers) => ({ code: 'library' as const, papers })),
  fc.record({
    code: fc.constantFrom('upvotes' as const, 'readers' as const, 'votes' as const),
    votes: fc.nat(9_000),
  }),
  fc
    .constantFrom('more' as const, 'popular' as const, 'leads' as const, 'group' as const)
    .map((code): ReasonPart => ({ code })),
);
const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ paper: id, reason: fc.array(part, { maxLength: 2 }) }),
  fc.record({ paper: id, reason: words }),
  fc.record({ paper: id, reason: fc.array(part, { maxLength: 1 }), place: fc.constant('outside') }),
  fc.record({ paper: id, reason: fc.constant(''), place: fc.constant('picked') }),
  fc.record({ paper: id, reason: words, place: fc.constant('followed'), by: fc.array(name) }),
  fc.tuple(id, fc.array(author, { minLength: 1, maxLength: 3 })).map(([paper, authors]) => ({
    paper,
    reason: [{ code: 'authors' as const, authors }],
    place: 'followed' as const,
    by: authors.map(({ printed }) => printed),
  })),
) as fc.Arbitrary<Choice>;

const contents: fc.Arbitrary<DigestContent> = fc.record(
  {
    editions: fc.constantFrom([5], [5, 4]),
    choices: fc.uniqueArray(choice, { maxLength: 30, selector: ({ paper }) => paper }),
    hidden: fc.array(fc.record({ paper: id, word: words }), { minLength: 1, maxLength: 8 }),
    rising: fc.array(
      fc.record({ edition: fc.constant(4), paper: id, votes: fc.nat(99), gained: fc.nat(99) }),
      { minLength: 1, maxLength: 3 },
    ),
    amended: fc.array(
      fc.oneof(
        fc.record({
          ...{ paper: id, kind: fc.constantFrom('correction' as const, 'retraction' as const) },
          ...{ title: words, said: words },
        }),
        fc.record({
          ...{ paper: id, kind: fc.constant('retraction' as const) },
          ...{ title: words, said: words, link: words },
        }),
      ),
      { minLength: 1, maxLength: 3 },
    ),
    kept: fc.record({
      count: fc.nat(99),
      papers: fc.array(
        fc.oneof(
          fc.record({ paper: id, title: words }),
          fc.record({ paper: id, title: words, link: fc.webUrl() }),
        ),
        { maxLength: 3 },
      ),
    }),
    risen: fc.array(id, { minLength: 1, maxLength: 3 }),
    leftOut: fc.integer({ min: 1, max: 9 }),
    note: words,
    correction: words,
    isTest: fc.constant(true),
  },
  { requiredKeys: ['editions', 'choices'] },
);

/** An empty reason and an empty sentence are the same; what a word hides has no order. */
function settle(content: DigestContent) {
  const { hidden } = content;
  const by = (a: { word: string; paper: number }, b: { word: string; paper: number }) =>
    a.word === b.word ? a.paper - b.paper : a.word < b.word ? -1 : 1;
  return {
    ...content,
    choices: content.choices.map((one) => (one.reason === '' ? { ...one, reason: [] } : one)),
    ...(hidden ? { hidden: hidden.toSorted(by) } : {}),
  };
}

const edition = (number: number): EditionTexts => ({
  id: number,
  name: `2026-03-0${number}`,
  date: `2026-03-0${number}`,
  isSample: false,
  groups: [1, 2].map((group) => ({ number: group, label: `Group ${group}`, overview: 'All.' })),
  papers: Array.from({ length: PAPERS / 2 }, (_, at) => ({
    paperId: 1_000 + at + (5 - number) * (PAPERS / 2),
    groupNumber: 1 + (at % 2),
    title: `Paper ${at}`,
    authors: [{ name: 'Ada Lovelace' }],
    link: null,
    summary: '',
    upvotes: 0,
    pick: null,
  })),
});

describe('a packed digest', () => {
  it('is what was packed', () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(settle(unpackDigest(packDigest(content)))).toEqual(settle(content));
      }),
      { numRuns: 500 },
    );
  });

  it('says what the same digest says in the long form of older versions', () => {
    const texts = [edition(5), edition(4)];
    fc.assert(
      fc.property(contents, (content) => {
        const packed = unpackDigest(packDigest(content));
        const long = JSON.parse(JSON.stringify(spellOut(content, texts, english))) as DigestContent;
        expect(long.choices.every(({ reason }) => typeof reason === 'string')).toBe(true);
        const view = (given: DigestContent) =>
          buildDigestView(given, texts, { limits: WIDEST_LIMITS, words: english });
        expect(view(packed)).toEqual(view(content));
        expect(view(long)).toEqual(view(content));
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing that its edition says', () => {
    const content: DigestContent = {
      editions: [5],
      choices: Array.from({ length: 10 }, (_, at) => ({
        paper: 1_000 + at,
        reason: [{ code: 'votes', votes: 10 + at }],
      })),
    };
    expect(packDigest(content)).toMatch(/^\[1,\[5\],1000,\[\[0,"v",10\],\[1,"v",11\],/);
    const long = JSON.stringify(spellOut(content, [edition(5)], english));
    expect(packDigest(content).length).toBeLessThan(long.length / 4);
  });

  it('refuses what it does not know', () => {
    expect(() => unpackDigest('[2,[5],1000,[]]')).toThrow(/newer version/);
    expect(() => unpackDigest('[1,[5],1000,[[0,"z"]]]')).toThrow(/does not know/);
    const trial = { editions: [0], choices: [], trial: edition(5) };
    expect(() => packDigest(trial)).toThrow(/trial/);
  });
});
