import { readIds } from '../src/core/paper/identifier.ts';
import { isRemark } from '../src/core/paper/remarks.ts';
import { splitSections } from '../src/core/reading/sections.ts';
import { splitSentences } from '../src/core/reading/sentences.ts';
import { summarisePaper } from '../src/core/reading/summary.ts';
import { trimOpening } from '../src/core/reading/trims.ts';

const LENGTH = 6_000;
const TRIES = 3;
/** What is measured below this is mostly noise. */
const LEAST_MS = 3;
/** Four times the text costs four times as much, and sixteen times where it grows by the square. */
const MOST_GROWTH = 3 ** 2;

const shapes = [
  'A. A. A. ',
  'A. B. ',
  'Is it so? ',
  'It is. ',
  'e.g. ',
  'et al. ',
  'We propose 3. ',
  'however, ',
  'in this paper, ',
  'such a ',
  'This issue. ',
  '1. 2. 3. ',
  'METHODS ',
  '.Methods',
  '1234567890',
  '(((',
  '...',
  '!?',
  '-,;:',
  'a',
  'A\u0301',
  '。',
  'x-y-',
  '10.1/',
  'article/doi/',
  '<p>doi: ',
  '; doi 1 ',
];

const works: [string, (text: string) => unknown][] = [
  ['splitting', splitSentences],
  ['parting', splitSections],
  ['summarising', (abstract) => summarisePaper({ title: 'Is it so in reefs?', abstract })],
  ['trimming', trimOpening],
  [
    'identifying',
    (text) => readIds({ explicit: [text], links: [`https://${text}`], texts: [text] }),
  ],
  ['telling a remark', isRemark],
];

/** The least time of the processor that a piece of work took in some tries, in milliseconds. */
function costOf(work: () => unknown): number {
  const costs = Array.from({ length: TRIES }, () => {
    const began = process.cpuUsage();
    work();
    return process.cpuUsage(began).user / 1000;
  });
  return Math.min(...costs);
}

// An abstract is a stranger's: whoever writes a feed chooses its shape.
describe.each(works)('%s a text', (_, work) => {
  it.each(shapes)('of nothing but %j costs what its length does', (shape) => {
    const textOf = (length: number) => shape.repeat(Math.ceil(length / shape.length));
    work(textOf(LENGTH / 10));
    const costs = [1, 2, 4].map((times) => {
      const text = textOf(times * LENGTH);
      return Math.max(
        LEAST_MS,
        costOf(() => work(text)),
      );
    });
    const [small = 0, , large = 0] = costs;
    expect({ costs, grows: large > MOST_GROWTH * small }).toEqual({ costs, grows: false });
  });
});
