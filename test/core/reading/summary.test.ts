import * as fc from 'fast-check';
import { summarisePaper, tellAbstract } from '../../../src/core/reading/summary.ts';
import { clip, trimOpening, trimSentence } from '../../../src/core/reading/trims.ts';
import { tellings } from './tellings.ts';
import { day } from './texts.ts';

describe('summarisePaper', () => {
  it('takes the sentence that says what is new', () => {
    const title = 'Sponges that filter nickel';
    const abstract =
      'Rivers near mines often carry metals. Existing filters are costly. To address this, we grow sponges that filter nickel from river water. Code is available online.';
    expect(summarisePaper({ title, abstract })).toBe(
      'We grow sponges that filter nickel from river water.',
    );
  });

  it('finds the finding of an abstract in sections', () => {
    const title = 'Evening light and sleep in shift nurses';
    const abstract =
      'BACKGROUND: Sleep is often short in hospitals. METHODS: Ninety nurses wore a wrist meter. RESULTS: We found that dim evening light lengthened the sleep of nurses after a late shift. CONCLUSIONS: More trials are needed.';
    expect(summarisePaper({ title, abstract })).toBe(
      'We found that dim evening light lengthened the sleep of nurses after a late shift.',
    );
  });

  it.each([
    [
      'Sleep of nurses',
      'Background Nurses sleep little. Methods We followed 400 nurses in 12 hospitals for a year with wrist monitors. Results They slept 5.1 hours. Conclusion Night work costs sleep.',
      'We followed 400 nurses in 12 hospitals for a year with wrist monitors. Night work costs sleep.',
    ],
    [
      'A new moth from a shed',
      'Nola shedensis Example sp. nov. (Lepidoptera) is described from a shed. Its larvae eat paint.',
      'Nola shedensis Example sp. nov. (Lepidoptera) is described from a shed.',
    ],
  ])('shows no name of a part, and whole sentences: %s', (title, abstract, summary) => {
    expect(summarisePaper({ title, abstract })).toBe(summary);
  });

  it('brings the sentence before where the best one points back to it', () => {
    const title = 'Snow fences';
    const abstract =
      'Wind piles snow on the tracks of mountain railways. This is stopped by snow fences.';
    expect(summarisePaper({ title, abstract }).startsWith('Wind piles snow')).toBe(true);
  });

  it('adds the next sentence to a very short one', () => {
    const title = 'Kelp';
    const abstract = 'We study kelp. Its forests shelter young cod from seals.';
    expect(summarisePaper({ title, abstract })).toBe(abstract);
  });

  it('says nothing where the abstract says nothing beyond the title', () => {
    expect(summarisePaper({ title: 'Moss.', abstract: '' })).toBe('');
    expect(summarisePaper({ title: 'Red moss', abstract: 'Red moss.' })).toBe('');
    expect(summarisePaper({ title: 'Red moss', abstract: '...' })).toBe('');
  });

  it('cuts what is too long at a word, with an ellipsis', () => {
    const abstract = `We present ${'a very long list of ferns and mosses '.repeat(20)}.`;
    const summary = summarisePaper({ title: 'Ferns', abstract });
    expect(summary.length).toBeLessThanOrEqual(300);
    expect(summary).toMatch(/ [a-z]+…$/);
  });

  it('stays verbatim for the sample day', () => {
    for (const paper of day) {
      const summary = summarisePaper(paper);
      expect(summary.length).toBeGreaterThan(20);
      expect(paper.abstract).toContain(summary.slice(1));
    }
  });

  it('never runs past its length, whatever the text', () => {
    return fc.assert(
      fc.property(fc.string({ maxLength: 900 }), fc.string(), (abstract, title) => {
        expect(summarisePaper({ title, abstract }).length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('trimOpening', () => {
  it.each([
    ['In this paper, we grow moss.', 'We grow moss.'],
    ['However, to address these faults, we grow moss.', 'We grow moss.'],
    ['In response to this need, we grow moss.', 'We grow moss.'],
    ['Here we show that moss grows.', 'We show that moss grows.'],
    ['We bridge this gap and present moss.', 'We present moss.'],
    ['RESULTS: mRNA levels rose.', 'mRNA levels rose.'],
    ['Specifically, ferns differ.', 'Ferns differ.'],
    ['• Ferns differ.', 'Ferns differ.'],
  ])('trims %j', (sentence, trimmed) => {
    expect(trimOpening(sentence)).toBe(trimmed);
  });

  it.each([
    'This paper, unlike such others, fails.',
    'To feed bees, we plant clover.',
    'Results show that moss grows.',
    'Finding that bees sleep, we stop.',
    'For the first time, we hear moss.',
  ])('leaves %j alone', (sentence) => {
    expect(trimOpening(sentence)).toBe(sentence);
  });
});

describe('a sentence that follows from another', () => {
  it('loses the word that says so', () => {
    const abstract =
      'Counting birds by eye is slow. The authors therefore develop FLOCK, a radar method that counts migrating birds within 5% of observers.';
    expect(summarisePaper({ title: 'FLOCK: counting birds by radar', abstract })).toBe(
      'The authors develop FLOCK, a radar method that counts migrating birds within 5% of observers.',
    );
  });
});

describe('what came out', () => {
  /** Whether a summary holds one of the sentences that tell, whole or but for what its end says besides. */
  const isTold = ({ title, sentences, tells }: (typeof tellings)[number]) => {
    const abstract = sentences.join(' ');
    const summary = summarisePaper({ title, abstract });
    const telling = tellAbstract({ title, abstract }).filter(({ text }) =>
      tells.some((at) => sentences[at]?.endsWith(text)),
    );
    return telling.some(({ text }) =>
      [text, clip(text)].some((each) => summary.includes(trimSentence(each).slice(1))),
    );
  };
  const fields = [...new Set(tellings.map(({ field }) => field))];

  it('is told of at least 52 of 60 papers of twelve fields', () => {
    expect(tellings.filter(isTold).length).toBeGreaterThanOrEqual(52);
  });

  it.each(fields)('is told of most papers of %s', (field) => {
    const ofField = tellings.filter((each) => each.field === field);
    expect(ofField.filter(isTold).length).toBeGreaterThanOrEqual(3);
  });

  it('stands in at most 45 words beside what was done', () => {
    for (const { title, sentences } of tellings) {
      const summary = summarisePaper({ title, abstract: sentences.join(' ') });
      const parts = tellAbstract({ title, abstract: summary });
      if (parts.length > 1) expect(summary.split(' ').length).toBeLessThanOrEqual(45);
    }
  });

  it.each([
    [
      'what the paper refutes',
      'Rent freezes are commonly thought to lower rents. We find that offers fell by half and rents did not change.',
      'We find that offers fell by half and rents did not change.',
    ],
    [
      'a question',
      'Do bees of the town sleep? We find that town bees sleep two hours less than country bees.',
      'We find that town bees sleep two hours less than country bees.',
    ],
    [
      'an aim alone',
      'This paper studies the effects of the 2020 freeze on housing. Rents fell by 8.6% and offers by 51%.',
      'This paper studies the effects of the 2020 freeze on housing. Rents fell by 8.6% and offers by 51%.',
    ],
    [
      'a procedure alone',
      'METHODS: We randomly assigned 1,820 adults to early or late surgery. RESULTS: Early surgery lowered the risk of death from 15% to 12%.',
      'We randomly assigned 1,820 adults to early or late surgery. Early surgery lowered the risk of death from 15% to 12%.',
    ],
  ])('is not left out for %s', (_, abstract, summary) => {
    expect(summarisePaper({ title: 'The 2020 freeze, bees and surgery', abstract })).toBe(summary);
  });
});

describe('trimSentence', () => {
  it.each([
    ['We grow large moss (LM) in jars.', 'We grow large moss in jars.'],
    ['We grow moss to address this problem.', 'We grow moss.'],
    ['Yields rose (p < 0.001) in May.', 'Yields rose in May.'],
    ['Yields rose (by 3 t a hectare) in May.', 'Yields rose (by 3 t a hectare) in May.'],
    [
      'In this paper, we lower the cost anew, i.e., by moss.',
      'We lower the cost anew, i.e., by moss.',
    ],
  ])('sets %j', (sentence, set) => {
    expect(trimSentence(sentence)).toBe(set);
  });
});

describe('a summary of a text that parts no words', () => {
  it('is one sentence where that says enough, else two without a space', () => {
    const title = '墙上的苔藓';
    const long = '我们在春天研究了九个城镇港口墙壁上的苔藓。结果很好。';
    expect(summarisePaper({ title, abstract: long })).toBe(
      '我们在春天研究了九个城镇港口墙壁上的苔藓。',
    );
    const short = '苔藓喜欢墙。';
    expect(summarisePaper({ title, abstract: `${short}北面好。` })).toBe(`${short}北面好。`);
  });
});
