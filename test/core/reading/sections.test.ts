import * as fc from 'fast-check';
import { joinSections, splitSections } from '../../../src/core/reading/sections.ts';

const names = (text: string) => splitSections(text).map(({ name }) => name);

describe('splitSections', () => {
  it.each([
    ['METHODS: We count. RESULTS: Ten.', ['METHODS', 'RESULTS']],
    [
      'Background Nurses sleep little. Methods We ask. Results Ten.',
      ['Background', 'Methods', 'Results'],
    ],
    ['BackgroundNurses sleep little.MethodsUsing lists.', ['Background', 'Methods']],
    ['Objective We listen to rain.', ['Objective']],
    [
      'OBJECTIVE To listen. MAIN OUTCOMES AND MEASURES Pain.',
      ['OBJECTIVE', 'MAIN OUTCOMES AND MEASURES'],
    ],
    [
      'Romanian Abstract: Plouă. English Abstract: It rains.',
      ['Romanian Abstract', 'English Abstract'],
    ],
    [
      'Methodology/Principal Findings: Ten. Conclusions/Significance: Few.',
      ['Methodology/Principal Findings', 'Conclusions/Significance'],
    ],
    ['Hintergrund: Es regnet. Schlussfolgerungen: Nass.', ['Hintergrund', 'Schlussfolgerungen']],
    ['【目的】研究苔藓。【方法】数苔藓。', ['【目的】', '【方法】']],
    ['Results Matter in this tale. We count.', ['']],
    ['We ask how methods: old and new, differ.', ['']],
    ['The Methods We Use are old.', ['']],
    ['', []],
  ])('finds the parts of %j', (text, found) => {
    expect(names(text)).toEqual(found);
  });

  it('keeps what stands before the first name', () => {
    expect(splitSections('Moss grows. METHODS: We count.')).toEqual([
      { name: '', text: 'Moss grows.' },
      { name: 'METHODS', text: 'We count.' },
    ]);
  });

  it('loses no word, and finds the same parts again', () => {
    const word = fc.constantFrom(
      'We',
      'moss',
      'Methods',
      'RESULTS:',
      'grew.',
      'Conclusion',
      '3',
      'Aim',
    );
    void fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ');
        const joined = joinSections(splitSections(text));
        expect(joined.replace(/[^a-z\d]/gi, '')).toBe(text.replace(/[^a-z\d]/gi, ''));
      }),
    );
  });
});
