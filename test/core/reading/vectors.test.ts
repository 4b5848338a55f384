import { learnBasis } from '../../../src/core/reading/learn-basis.ts';
import { dotPlaces } from '../../../src/core/reading/profiles.ts';
import { stemsIn } from '../../../src/core/reading/stemming.ts';
import {
  packBasis,
  placeStems,
  readFirstBasis,
  unpackBasis,
} from '../../../src/core/reading/vectors.ts';
import { finish } from '../../../src/core/reading/work.ts';

const likeness = (basis: ReturnType<typeof readFirstBasis>, a: string, b: string) =>
  dotPlaces(placeStems(basis, stemsIn(a)), placeStems(basis, stemsIn(b)));

/** Texts on a hundred and fifty subjects of four words each, three words of one in each text. */
const texts = Array.from({ length: 3000 }, (_, i) => {
  const subject = String.fromCharCode(97 + (i % 15), 97 + (Math.floor(i / 15) % 10));
  const words = ['one', 'two', 'three', 'four'].map((word) => `q${subject}${word}x`);
  return words.filter((_word, at) => at !== Math.floor(i / 150) % 4).join(' ');
});

describe('vectors', () => {
  const first = readFirstBasis();

  it('of the basis that comes along know what belongs together', () => {
    const near = likeness(first, 'reward model from human feedback', 'preference optimization');
    expect(near).toBeGreaterThan(likeness(first, 'reward model from human feedback', 'stereo'));
    expect(placeStems(first, [])).toEqual(new Float32Array(first.dimensions));
  });

  it('are learned from texts: words that never meet are near by those that they meet', () => {
    const basis = finish(learnBasis(texts, 'week 1'));
    if (!basis) throw new Error('nothing was learned');
    expect(likeness(basis, 'qaaonex', 'qaatwox')).toBeGreaterThan(0.9);
    expect(likeness(basis, 'qaaonex', 'qbbtwox')).toBeLessThan(0.5);
    expect(finish(learnBasis(texts, 'week 1'))).toEqual(basis);
    const kept = unpackBasis(packBasis(basis));
    expect(likeness(kept, 'qaaonex', 'qaatwox')).toBeCloseTo(
      likeness(basis, 'qaaonex', 'qaatwox'),
      1,
    );
  });

  it('are not learned from a handful of texts', () => {
    expect(finish(learnBasis(texts.slice(0, 50), 'none'))).toBeUndefined();
  });
});
