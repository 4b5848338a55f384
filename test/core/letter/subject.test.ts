import fc from 'fast-check';
import type { DigestView } from '../../../src/core/letter/digest-view.ts';
import { buildPreheader, buildSubject, LONGEST_SUBJECT } from '../../../src/core/letter/subject.ts';
import { nameInTitle } from '../../../src/core/letter/title-words.ts';
import { english } from '../../../src/core/words/words.ts';

const papersOf = (titles: readonly string[]) => titles.map((title, at) => ({ id: at + 1, title }));
const viewOf = (titles: readonly string[], more: Partial<DigestView> = {}): DigestView => ({
  editionName: '2026-03-01',
  editionDate: 'Sunday, 1 March 2026',
  paperCount: 84,
  day: '',
  isSample: false,
  chosen: papersOf(titles),
  groups: [{ label: 'Reefs', papers: [{ title: 'A reef' }], moreCount: 0 }],
  moreCount: 0,
  ...more,
});
const others = (count: number) => Array.from({ length: count }, (_, at) => `Another ${at}`);

describe('a subject', () => {
  it.each<[string[], string]>([
    [['Alone'], 'Alone'],
    [['Paper 1', 'Paper 2', 'Paper 3'], 'Paper 1 and 2 more'],
    [
      ['bert2BERT: Towards Reusable Models', 'IrEne: Energy', 'On bees', ...others(6)],
      'bert2BERT, IrEne and 7 more',
    ],
    [['bert2BERT: Towards', 'IrEne: Energy', 'Evo-ViT: Slow'], 'bert2BERT, IrEne and Evo-ViT'],
    [
      [
        'Single Model Ensemble for Subword Regularized Models in Low-Resource Translation',
        ...others(9),
      ],
      'Single Model Ensemble and 9 more',
    ],
    [
      ['Foundational Autoraters: Taming Large Language Models for Evaluation', ...others(9)],
      'Foundational Autoraters and 9 more',
    ],
    [
      ['Evaluating Natural Language Generation via Unbalanced Optimal Transport', ...others(9)],
      'Evaluating Natural Language… and 9 more',
    ],
    [
      ['Why: a very long explanation of what was done in the study of the reefs', ...others(2)],
      'Why: a very long explanation and 2 more',
    ],
  ])('of %j is %j', (titles, subject) => {
    expect(buildSubject(viewOf(titles), english)).toBe(subject);
  });

  it('says the first of the day where nothing was chosen', () => {
    expect(buildSubject(viewOf([]), english)).toBe('A reef and 83 more');
    expect(buildSubject(viewOf([], { groups: [] }), english)).toBe(
      'Sunday, 1 March 2026 and 83 more',
    );
  });

  it('begins with what the editors picked, and its marks count', () => {
    const picked = papersOf(['A Pick of the Day: What It Says of Reefs']);
    const view = viewOf(['bert2BERT: Towards', 'IrEne: Energy'], { picked });
    expect(buildSubject(view, english)).toBe('A Pick of the Day and 2 more');
    expect(buildSubject({ ...view, isSample: true, isCorrection: true }, english)).toBe(
      '[Sample] Correction: A Pick… and 2 more',
    );
    expect(buildPreheader(view, english)).toBe(
      '3 of 84 papers for you: bert2BERT: Towards; IrEne: Energy',
    );
  });

  it('cuts no word of any script', () => {
    const titles = [
      '深層学習による画像認識の研究と応用に関する総合的な調査報告とその展望についての考察',
      ...others(9),
    ];
    const [named = ''] = buildSubject(viewOf(titles), english).split('…');
    const words = [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(titles[0] ?? '')];
    expect(words.map(({ index }) => index)).toContain(named.length);
  });

  it('leaves out the count where a mark and it would cut the first word', () => {
    const titles = ['Endosymbionts of moths', ...'abcdefghijklmno'];
    expect(buildSubject(viewOf(titles, { isSample: true, isCorrection: true }), english)).toBe(
      '[Sample] Correction: Endosymbionts of moths',
    );
  });

  it('fits a phone, whatever the titles are, and ends where a word does', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}[:,.]?$/);
    const title = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '));
    const marks = fc.record({ isSample: fc.boolean(), isCorrection: fc.boolean() });
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 30 }), marks, (titles, marked) => {
        const subject = buildSubject(viewOf(titles, marked), english);
        expect([...subject].length).toBeLessThanOrEqual(LONGEST_SUBJECT);
        const said = subject.replace(/^(?:\[Sample\] )?(?:Correction: )?/, '');
        const [, head = ''] = /^(.*?)(?:…| and \d+ more$|$)/.exec(said) ?? [];
        const after = titles[0]?.startsWith(head) ? titles[0][head.length] : undefined;
        expect(after ?? ' ').toMatch(/[\s:,.]/);
      }),
    );
  });
});

describe('a name', () => {
  it.each([
    ['IrEne: Interpretable Energy Prediction', 'IrEne'],
    ['R1-Reward: Training Multimodal Reward Models', 'R1-Reward'],
    ['A Reef Benchmark: what was done', 'A Reef Benchmark'],
    ['GPT-4 – a report', 'GPT-4'],
    ['Why: an explanation', undefined],
    ['Beyond Accuracy: a study', undefined],
    ['Publisher Correction: Dust on window sills', undefined],
    ['reward models: a survey', undefined],
    ['A Title of Many Words: what it says', undefined],
    ['No colon here', undefined],
  ])('at the head of %j is %j', (title, name) => {
    expect(nameInTitle(title)).toBe(name);
  });
});
