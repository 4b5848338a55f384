import { compareDigests } from '../../../src/core/ranking/moves.ts';
import { english } from '../../../src/core/words/words.ts';

const digest = (...titles: string[]) => titles.map((title) => ({ id: title.charCodeAt(0), title }));

describe('what a vote changed in a digest', () => {
  it('is told paper by paper, and only where it is true', () => {
    const { byPaper, sentences } = compareDigests(
      digest('A', 'B', 'C', 'D'),
      digest('C', 'A', 'E', 'D'),
      english,
    );
    expect([...byPaper]).toEqual([
      [67, 'up 2 places'],
      [65, 'down 1 place'],
      [69, 'new here'],
    ]);
    expect(sentences).toEqual([
      'New in it: “E”.',
      'No longer in it: “B”.',
      '“C” moved up 2 places.',
    ]);
  });

  it('names a few of many', () => {
    const { sentences } = compareDigests([], digest('A', 'B', 'C', 'D', 'E'), english);
    expect(sentences).toEqual(['New in it: “A”, “B”, “C” and 2 more.']);
  });

  it('is nothing where nothing moved, also on a day without papers', () => {
    const same = 'The latest edition would bring you the same papers in the same order.';
    expect(compareDigests(digest('A', 'B'), digest('A', 'B'), english).sentences).toEqual([same]);
    expect(compareDigests([], [], english).sentences).toEqual([same]);
    const gone = compareDigests(digest('A', 'B'), digest('A'), english);
    expect(gone.sentences).toEqual(['No longer in it: “B”.']);
    expect(gone.byPaper.size).toBe(0);
  });
});
