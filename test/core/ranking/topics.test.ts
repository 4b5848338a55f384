import { sayReason } from '../../../src/core/letter/reason-words.ts';
import { readAbbreviations } from '../../../src/core/ranking/abbreviations.ts';
import { english } from '../../../src/core/words/words.ts';
import { idsOf, paper, rankFor } from './papers.ts';

const found = (topic: string, ...titles: readonly string[]) =>
  idsOf(
    rankFor(
      titles.map((title, at) => paper(at + 1, title)),
      { topics: [topic] },
    ),
  ).toSorted((a, b) => a - b);

describe('a topic', () => {
  it('is found with and without hyphens, as one word or two', () => {
    const titles = [
      'A multi-modal probe',
      'Multimodal probes',
      'Multi modal probes',
      'Modal logic',
    ];
    for (const topic of ['multimodal', 'multi-modal', 'Multi Modal']) {
      expect(found(topic, ...titles)).toEqual([1, 2, 3]);
    }
    expect(found('data set', 'A dataset of shells', 'Data about sets')).toContain(1);
    expect(found('reranking', 'Re-ranking of answers', 'Ranking')).toEqual([1]);
  });

  it('is found in British and in American English, clipped and whole', () => {
    expect(found('optimisation', 'Convex optimization', 'Boats')).toEqual([1]);
    expect(found('tumor', 'Imaging a tumour', 'Humour')).toEqual([1]);
    expect(found('math reasoning', 'Mathematical reasoning by trees')).toEqual([1]);
  });

  it('is found by the abbreviations that the papers themselves explain, both ways', () => {
    const titles = [
      'Reinforcement learning from human feedback (RLHF) in the small',
      'RLHF without tears',
      'On reinforcement learning from human feedback',
      'Reefs at dusk',
    ];
    expect(found('RLHF', ...titles)).toEqual([1, 2, 3]);
    expect(found('reinforcement learning from human feedback', ...titles)).toEqual([1, 2, 3]);
    expect(found('RLHF', 'Reinforcement learning', 'RLHF')).toEqual([2]);
  });

  it('is not found by a short form that a paper explains otherwise', () => {
    const titles = [
      'Reinforcement learning (RL) for boats',
      'RL and sails',
      'Reinforcement learning (RL) of crews',
      'Ratio law (RL) of rivers: RL everywhere',
    ];
    expect(found('reinforcement learning', ...titles)).toEqual([1, 2, 3]);
  });

  it('is near where its words stand apart, and the reason says so', () => {
    const papers = [
      paper(1, 'Web navigation by agents'),
      paper(2, 'Agents that learn navigation on the open web'),
      paper(3, 'Spider silk'),
    ];
    const { choices } = rankFor(papers, { topics: ['web navigation'] });
    expect(
      choices.map(({ paper: id, reason }) => [
        id,
        sayReason(reason, { words: english, groupLabel: '' }),
      ]),
    ).toEqual([
      [1, 'You follow web navigation.'],
      [2, 'Close to web navigation, which you follow.'],
    ]);
  });
});

describe('abbreviations', () => {
  it.each([
    ['Large language models (LLMs) write', 'llm', 'larg languag model'],
    ['a convolutional neural network (CNN) sees', 'cnn', 'convolut neural network'],
    ['magnetic resonance imaging (MRI)', 'mri', 'magnet reson imag'],
    ['low-rank adaptation (LoRA)', 'lora', 'low rank adapt'],
  ])('are read from %s', (text, short, long) => {
    expect(readAbbreviations(text)).toEqual([{ short, long }]);
  });

  it.each(['as shown (Fig)', 'in the city (Berlin)', '(ABC)', 'a word (XYZ)', 'so (see) it is'])(
    'are not read from %s',
    (text) => expect(readAbbreviations(text)).toEqual([]),
  );
});
