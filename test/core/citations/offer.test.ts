import { offerNew, offerNewest, offerSince } from '../../../src/core/citations/offer.ts';
import { shareAuthor } from '../../../src/core/citations/own.ts';

const at = new Date('2026-03-02T06:00:00Z');
const on = (day: string) => ({ paper: { publishedAt: new Date(day) } });
const daysOf = (offered: readonly { paper: { publishedAt?: Date } }[]) =>
  offered.map(({ paper }) => paper.publishedAt?.toISOString().slice(0, 10));

describe('what is offered', () => {
  it('are the newest five at first, what has no date last', () => {
    const all = [1, 2, 3, 4, 5, 6].map((month) => on(`2025-0${month}-01`));
    expect(daysOf(offerNewest([...all, { paper: {} }]))).toEqual(
      [6, 5, 4, 3, 2].map((month) => `2025-0${month}-01`),
    );
    expect(offerNewest([{ paper: {} }])).toHaveLength(1);
  });

  it('is later all of the last year, and of older ones the newest five', () => {
    const recent = Array.from({ length: 12 }, () => on('2026-02-01'));
    const old = Array.from({ length: 90_000 }, () => on('2012-02-01'));
    const offered = offerNew([...old, ...recent, { paper: {} }], at);
    expect(offered).toHaveLength(17);
    expect(offerNew(Array(500).fill(on('2026-02-01')), at)).toHaveLength(30);
  });

  it('is of the first answer of a further source what came out since', () => {
    const since = new Date('2026-02-01');
    expect(daysOf(offerSince([on('2026-01-31'), on('2026-02-02'), { paper: {} }], since))).toEqual([
      '2026-02-02',
    ]);
  });
});

describe('two papers share an author', () => {
  const people = (...names: string[]) => names.map((name) => ({ name }));
  it.each([
    ['Ada Lovelace', 'Ada Lovelace', true],
    ['Ada Lovelace', 'A. Lovelace', true],
    ['Lovelace, Ada', 'Ada B. Lovelace', true],
    ['Jörg Müller', 'J Mueller', false],
    ['Ada Lovelace', 'Ann Lovelace', false],
    ['Ada Lovelace', 'Ada Byron', false],
    ['Ludwig van Beethoven', 'L. van Beethoven', true],
    ['ATLAS Collaboration', 'ATLAS Collaboration', true],
    ['Lovelace', 'Lovelace', false],
  ])('%s and %s: %s', (one, other, isOne) => {
    expect(shareAuthor(people('Grace Hopper', one), people(other, 'Joan Clarke'))).toBe(isOne);
  });

  it('never where nobody is named', () => {
    expect(shareAuthor([], [])).toBe(false);
    expect(shareAuthor(people(''), people(''))).toBe(false);
  });
});
