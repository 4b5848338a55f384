import type { ArxivItem } from './feed-shapes.ts';

/** Ten days of two feeds in their real shapes, with content of the test's own. */
export interface PlayedDay {
  /** New York's date. */
  readonly date: string;
  readonly arxiv: readonly (ArxivItem & { readonly abstract: string; readonly title: string })[];
}

/** 29 June 2026 is a Monday; Friday 3 July is a holiday of arXiv, and a weekend follows. */
const DATES = [
  '2026-06-29',
  '2026-06-30',
  '2026-07-01',
  '2026-07-02',
  '2026-07-03',
  '2026-07-04',
  '2026-07-05',
  '2026-07-06',
  '2026-07-07',
  '2026-07-08',
];
const SILENT = ['2026-07-03', '2026-07-04', '2026-07-05'];

interface Theme {
  readonly category: string;
  readonly subjects: readonly string[];
  readonly problem: string;
  readonly finding: string;
}

const themes: readonly Theme[] = [
  {
    category: 'cs.LG',
    subjects: ['reward models', 'preference learning', 'process rewards', 'reward hacking'],
    problem:
      'A model that is trained on human preferences learns to please rather than to be right',
    finding: 'raises agreement with held-out judges by',
  },
  {
    category: 'cs.RO',
    subjects: ['robot grasping', 'legged robots', 'robot navigation', 'soft robot arms'],
    problem: 'Robots that work in a laboratory often fail on the first day in a kitchen',
    finding: 'lowers the failures in unseen rooms by',
  },
  {
    category: 'cs.GT',
    subjects: ['poker agents', 'auctions', 'poker endgames', 'voting rules'],
    problem: 'Players who hide what they know are hard to model',
    finding: 'shrinks the exploitability by',
  },
  {
    category: 'cs.CV',
    subjects: ['depth from one image', 'satellite images', 'video segments', 'medical scans'],
    problem: 'Labels for images are dear and often wrong',
    finding: 'keeps the accuracy with fewer labels, down by',
  },
  {
    category: 'cs.CL',
    subjects: ['long documents', 'low-resource languages', 'dialogue memory', 'table questions'],
    problem: 'Language models forget what stood at the beginning of a long text',
    finding: 'improves the recall of early facts by',
  },
];
const methods = [
  ['A simple baseline for', 'We propose a baseline with a single loss and no tuning'],
  ['Scaling laws of', 'We measure how errors fall with data over three orders of magnitude'],
  ['What goes wrong in', 'We collect failures and sort them by their causes'],
  ['Uncertainty in', 'We introduce a calibrated estimate of what is not known'],
] as const;
const people = ['Mara Lind', 'Otto Brandt', 'Ines Vaz', 'Tomas Kral', 'Yuki Mori', 'Sana Iqbal'];

/** The days in order; each paper is its own. */
export function playTenDays(): PlayedDay[] {
  let number = 0;
  return DATES.map((date, day) => {
    if (SILENT.includes(date)) return { date, arxiv: [] };
    const arxiv = themes.flatMap((theme, at) =>
      [0, 1, 2].map((turn) => {
        number += 1;
        const subject = theme.subjects[(day + turn) % theme.subjects.length] ?? '';
        const [title, method] = methods[(day + at + turn) % methods.length] ?? methods[0];
        const first = people[number % people.length] ?? '';
        const second = people[(number * 2 + 3) % people.length] ?? '';
        return {
          id: `260${date.slice(6, 7)}.${String(10_000 + number)}`,
          categories: [theme.category, ...(turn === 2 ? ['cs.AI'] : [])],
          title: `${title} ${subject}, part ${number}`,
          abstract: `${theme.problem}, and ${subject} are no exception. ${method} for ${subject}. On ${3 + (number % 5)} public tests it ${theme.finding} ${4 + (number % 29)}%, and we release code and data.`,
          authors: first === second ? first : `${first}, ${second}`,
        };
      }),
    );
    return { date, arxiv };
  });
}
