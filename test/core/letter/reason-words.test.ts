import {
  sayLabelledReason,
  sayPlacedReason,
  sayReason,
} from '../../../src/core/letter/reason-words.ts';
import type { ReasonPart } from '../../../src/core/ranking/reason.ts';
import { english } from '../../../src/core/words/words.ts';

const ada = { followed: 'Ada Lovelace', printed: 'Ada Lovelace', isSure: true };
const initial = { followed: 'Ada Lovelace', printed: 'A. Lovelace', isSure: false };

describe('a reason', () => {
  it.each<[ReasonPart, string]>([
    [{ code: 'topics', names: ['retrieval'] }, 'You follow retrieval.'],
    [{ code: 'topics', names: ['a', 'b', 'c'] }, 'You follow a, b and c.'],
    [{ code: 'near', names: ['reefs'] }, 'Close to reefs, which you follow.'],
    [{ code: 'field', id: 'vision' }, 'You follow the field Images and video.'],
    [{ code: 'library', papers: 1 }, 'Like 1 paper in your library.'],
    [{ code: 'more', like: 'MM-RLHF' }, 'Like “MM-RLHF”, which you voted for.'],
    [{ code: 'more' }, 'Like papers that you voted for.'],
    [{ code: 'authors', authors: [ada] }, 'By Ada Lovelace, whom you follow.'],
    [{ code: 'authors', authors: [initial] }, 'By A. Lovelace; you follow Ada Lovelace.'],
    [
      { code: 'authors', authors: [ada, initial] },
      'By Ada Lovelace and A. Lovelace, whom you follow.',
    ],
    [{ code: 'popular' }, 'Popular today.'],
    [{ code: 'upvotes', votes: 15 }, '15 upvotes on Hugging Face.'],
    [{ code: 'upvotes', votes: 1 }, '1 upvote on Hugging Face.'],
    [{ code: 'readers', votes: 4 }, 'Four readers here voted for it.'],
    [{ code: 'readers', votes: 13 }, '13 readers here voted for it.'],
    [{ code: 'votes', votes: 15 }, 'It has 15 votes.'],
    [{ code: 'leads' }, 'Leads today’s group “Robots”.'],
    [{ code: 'group' }, 'High up in today’s group “Robots”.'],
  ])('of the code %j is a sentence', (part, sentence) => {
    expect(sayReason([part], { words: english, groupLabel: 'Robots' })).toBe(sentence);
  });

  it('of two parts is two sentences, behind what its place says', () => {
    const reason: ReasonPart[] = [{ code: 'topics', names: ['reefs'] }, { code: 'popular' }];
    expect(sayReason(reason, { words: english, groupLabel: '' })).toBe(
      'You follow reefs. Popular today.',
    );
    const outside = { reason: [{ code: 'popular' }] as const, place: 'outside' };
    expect(sayPlacedReason(outside, { words: english, groupLabel: '' })).toBe(
      'Outside your usual. Popular today.',
    );
    expect(sayPlacedReason({ ...outside, reason: [] }, { words: english, groupLabel: '' })).toBe(
      'Outside your usual.',
    );
    expect(sayLabelledReason(outside, { words: english, groupLabel: '' })).toBe('Popular today.');
  });

  it.each([
    ['outside your usual; popular today', 'popular today'],
    ['outside your usual', ''],
    ['Outside your usual. Popular today.', 'Popular today.'],
  ])('that was frozen in words, %j, loses what its label says', (reason, said) => {
    expect(
      sayLabelledReason({ reason, place: 'outside' }, { words: english, groupLabel: '' }),
    ).toBe(said);
    expect(sayReason('matches: reefs', { words: english, groupLabel: '' })).toBe('matches: reefs');
  });
});
