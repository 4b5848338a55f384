import { isMonth, listWeeks, sayTurn } from '../../../src/core/edition/calendar.ts';
import type { EditionPaper } from '../../../src/core/edition/edition.ts';
import { chooseLeads } from '../../../src/core/edition/leads.ts';
import { rankRising, sayRising } from '../../../src/core/edition/rising.ts';
import { english } from '../../../src/core/words/words.ts';

describe('a calendar', () => {
  it('has the weeks of a month by their ISO numbers, other months left out', () => {
    const weeks = listWeeks('2025-05');
    expect(weeks.map(({ number }) => number)).toEqual([18, 19, 20, 21, 22]);
    expect(weeks[0]?.dates).toEqual([
      null,
      null,
      null,
      '2025-05-01',
      '2025-05-02',
      '2025-05-03',
      '2025-05-04',
    ]);
    expect(weeks.flatMap(({ dates }) => dates.filter(Boolean))).toHaveLength(31);
    // A year begins in the last week of the one before, and a February may have four weeks.
    expect(listWeeks('2027-01')[0]?.number).toBe(53);
    expect(listWeeks('2027-02')).toHaveLength(4);
  });

  it('knows a month, and says it', () => {
    expect(['2025-05', '2025-13', '2025-5', '0025-05', '2025-05-07', ''].filter(isMonth)).toEqual([
      '2025-05',
    ]);
    expect(english.month('2025-05')).toBe('May 2025');
  });

  it('tells the editions of a day apart', () => {
    expect(sayTurn('2025-05-07', '01:00', english)).toBe('');
    expect(sayTurn('2025-05-07.2', '14:05', english)).toBe('second edition of the day, 14:05');
    expect(sayTurn('2025-05-07.9', '20:00', english)).toBe('9th edition of the day, 20:00');
  });
});

const paper = (paperId: number, more: Partial<EditionPaper> = {}): EditionPaper => ({
  paperId,
  groupNumber: 0,
  title: `Paper ${paperId}`,
  authors: [],
  link: null,
  summary: 'A summary.',
  upvotes: 0,
  pick: null,
  ...more,
});
const group = (number: number) => ({ number, label: `Group ${number}`, overview: '' });

describe('what leads', () => {
  it('is what was picked, then the first of each group by votes, then the rest', () => {
    const papers = [
      paper(1),
      paper(2, { pick: 2 }),
      paper(3, { groupNumber: 1, upvotes: 5 }),
      paper(4, { groupNumber: 1, pick: 1 }),
      paper(5, { groupNumber: 2, summary: '' }),
      paper(6, { groupNumber: 2 }),
    ];
    const leads = chooseLeads({ papers, groups: [group(0), group(1), group(2)] }, 10);
    expect(leads.map(({ paperId }) => paperId)).toEqual([4, 2, 3, 1, 6, 5]);
    expect(chooseLeads({ papers, groups: [] }, 2).map(({ paperId }) => paperId)).toEqual([4, 2]);
    expect(chooseLeads({ papers: [], groups: [] }, 2)).toEqual([]);
  });
});

describe('what rises', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const facts = (name: string, gained: number, here: number, days: number) => ({
    name,
    gained,
    here,
    cutAt: new Date(now.getTime() - days * 86_400_000),
  });

  it('is ordered by votes, those of readers here three times, halved every two days', () => {
    const ranked = rankRising(
      [
        facts('old', 40, 0, 4),
        facts('new', 12, 0, 0),
        facts('here', 0, 6, 1),
        facts('few', 9, 0, 0),
        facts('disliked', 9, -20, 0),
      ],
      now,
    );
    // 40 / 4 = 10; 12; 18 / 1.41 = 12.7.
    expect(ranked.map(({ name }) => name)).toEqual(['here', 'new', 'old']);
  });

  it('says its numbers', () => {
    expect(sayRising(facts('', 31, 6, 2.5), now, english)).toBe(
      '+31 upvotes at its source, 6 votes of readers here, in 2 days',
    );
    expect(sayRising(facts('', 1, 0, 0.2), now, english)).toBe('+1 upvote at its source, today');
  });
});
