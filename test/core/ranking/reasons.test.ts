import fc from 'fast-check';
import { sayPlacedReason, sayReason } from '../../../src/core/letter/reason-words.ts';
import type { Choice } from '../../../src/core/ranking/choice.ts';
import { buildRankingIndex, createSlate } from '../../../src/core/ranking/ranking-index.ts';
import { scorePapers } from '../../../src/core/ranking/scores.ts';
import { learnTaste, type Taste } from '../../../src/core/ranking/taste.ts';
import { nameField } from '../../../src/core/reader/field-names.ts';
import { fields as catalogue } from '../../../src/core/reader/fields.ts';
import { emptyProfile, type Profile } from '../../../src/core/reader/subscription.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { english } from '../../../src/core/words/words.ts';
import { makeDay, rankIn } from './papers.ts';

const day = makeDay(40);
const index = buildRankingIndex(day);
const AT = new Date('2026-07-09T00:00:00Z');

/** Keeps whoever loses their only wish a reader with wishes. */
const NOBODY = 'Nobody Atall';

interface Reader {
  readonly profile: Profile;
  readonly taste: Taste | undefined;
}

const some = <T>(values: readonly [T, ...T[]]) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
const readers = fc
  .record({
    topics: some([
      'coral reefs',
      'birds',
      'reward models',
      'cs.LG',
      'norway',
      'gene drive',
      'water reefs',
    ]),
    fields: some(['language', 'machine-learning']),
    authors: some(['Ada3 Writer3', 'A. Writer4', 'Jane Common']),
    examples: fc.array(
      fc.record({
        kind: fc.constantFrom('library' as const, 'more' as const, 'less' as const),
        at: fc.nat(39),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ examples, ...wishes }): Reader => {
    const learned = examples.map(({ kind, at }) => ({
      kind,
      title: day[at]?.title ?? '',
      abstract: day[at]?.abstract ?? '',
      at: AT,
    }));
    return {
      profile: { ...emptyProfile, ...wishes, authors: [...wishes.authors, NOBODY] },
      taste: finish(learnTaste(learned, AT)),
    };
  });

/** As good as nothing: a taste without anything liked would be another kind of reader. */
const without = (taste: Taste | undefined, kind: 'library' | 'more') =>
  taste && { ...taste, [kind]: taste[kind].map((weight) => weight / 1e6) };

/** The reader and the day without what a part of a reason names. */
function remove(part: string, { paper, by }: Choice, { profile, taste }: Reader) {
  const field = catalogue.find(
    ({ id }) => part === `You follow the field ${nameField(id, english)}`,
  );
  if (field) {
    return { profile: { ...profile, fields: profile.fields.filter((f) => f !== field.id) }, taste };
  }
  const told = /^(?:You follow (.+)|Close to (.+), which you follow)$/.exec(part);
  if (told) {
    const [named] = (told[1] ?? told[2] ?? '').split(/, | and /);
    const topics = profile.topics.map((topic) => (topic === named ? 'unheard of' : topic));
    return { profile: { ...profile, topics }, taste };
  }
  if (part.startsWith('By ') && by) return { profile: { ...profile, authors: [NOBODY] }, taste };
  if (/^Like \d+ papers? in your library$/.test(part)) {
    return { profile, taste: without(taste, 'library') };
  }
  if (/^Like (?:papers that|“.+”, which) you voted for$/.test(part)) {
    return { profile, taste: without(taste, 'more') };
  }
  if (part.startsWith('Popular')) {
    const unpopular = day.map((p) => (p.id === paper ? { ...p, upvotes: 0 } : p));
    return { profile, taste, index: buildRankingIndex(unpopular) };
  }
  return undefined;
}

describe('reasons', () => {
  it('names only what counted: without it the paper loses score or its place on top', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(readers, (reader) => {
        const { choices } = rankIn(index, reader.profile, { taste: reader.taste });
        const before = scorePapers(index, reader, createSlate(day.length));
        for (const choice of choices) {
          const label = day.find(({ id }) => id === choice.paper)?.groupLabel ?? '';
          const reason = sayPlacedReason(choice, { words: english, groupLabel: label });
          expect(reason).not.toBe('');
          const place = day.findIndex(({ id }) => id === choice.paper);
          for (const part of reason.slice(0, -1).split(/\. (?=[A-Z])/)) {
            const changed = remove(part, choice, reader);
            if (!changed) continue;
            told.add(part.split(' ').slice(0, 2).join(' '));
            const after = scorePapers(changed.index ?? index, changed, createSlate(day.length));
            const isUnpinned = before.followed.has(place) && !after.followed.has(place);
            const isLower = (after.scores[place] ?? 0) < (before.scores[place] ?? 0);
            expect({ part, counted: isUnpinned || isLower }).toEqual({ part, counted: true });
          }
        }
      }),
      { numRuns: 300 },
    );
    expect([...told].join()).toMatch(
      /(?=.*You follow)(?=.*By )(?=.*Like )(?=.*Close to)(?=.*Popular)/,
    );
  });

  it('tells popularity and the group to a reader without wishes', () => {
    const reasons = rankIn(index, {}, { most: 30 }).choices.map(({ paper, reason }) =>
      sayReason(reason, {
        words: english,
        groupLabel: day.find(({ id }) => id === paper)?.groupLabel ?? '',
      }),
    );
    expect(reasons[0]).toBe('35 upvotes on Hugging Face.');
    expect(reasons.filter((reason) => /^Leads today’s group “.+”\.$/.test(reason))).toHaveLength(
      new Set(reasons.flatMap((reason) => /^Leads.*“(.+)”/.exec(reason)?.[1] ?? [])).size,
    );
    expect(reasons.at(-1)).toMatch(/^(?:Leads|High up in) today’s group “.+”\.$/);
  });
});
