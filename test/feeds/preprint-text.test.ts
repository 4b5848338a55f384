import { cleanPreprint } from '../../src/feeds/preprint-text.ts';

describe('an abstract of a preprint server', () => {
  it.each([
    ['O_LIMoss grows.C_LIO_LIMoss rests.C_LI', ' Moss grows.  Moss rests. '],
    ['O_ST_ABSAbstractC_ST_ABSMoss grows.', ' Abstract Moss grows.'],
    ['Moss grows.nnMoss rests.', 'Moss grows. Moss rests.'],
    ['BackgroundMoss grows.', 'Background: Moss grows.'],
    ['Background noise matters.', 'Background noise matters.'],
    ['Moss grows.nnResultsHere, it rests.', 'Moss grows. Results: Here, it rests.'],
    [
      'BackgroundMoss grows.\n\nMethodsUsing nets, we ask.\n\nResultsA net held.',
      'Background: Moss grows.\n\nMethods: Using nets, we ask.\n\nResults: A net held.',
    ],
    ['It is O_SCPLOWdC_SCPLOW-glucose.', 'It is d-glucose.'],
    ['The inn. Annie met Lynn.', 'The inn. Annie met Lynn.'],
    ['CO_2 and C_H stay', 'CO_2 and C_H stay'],
  ])('%j reads %j', (raw, text) => {
    expect(cleanPreprint(raw)).toBe(text);
  });
});
