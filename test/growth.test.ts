import { parseFieldBlocks } from '../src/core/feedback/fields.ts';
import { hideAddresses } from '../src/core/feedback/forward.ts';
import { findWrapped, readReply } from '../src/core/letter/reply.ts';
import { dropGroups, readBibtex } from '../src/core/library/bibtex.ts';
import { findForeign } from '../src/core/library/foreign.ts';
import { countLines } from '../src/core/library/format.ts';
import { parseLibrary } from '../src/core/library/library.ts';
import { hasBibtex, readLine } from '../src/core/library/list.ts';
import { findXmlFault, readElement, stretchesOf } from '../src/core/library/xml.ts';
import { authorKey } from '../src/core/paper/author-link.ts';
import { readIdentifier, readIds } from '../src/core/paper/identifier.ts';
import { readKind, saysWithdrawn, titleAbout } from '../src/core/paper/kind.ts';
import {
  haveSameText,
  isSameTitle,
  titleNumbers,
  titleOverlap,
} from '../src/core/paper/likeness.ts';
import { cleanLink, foldLink, unwrapLink } from '../src/core/paper/link.ts';
import { foldTitle } from '../src/core/paper/paper.ts';
import { parsePaperList } from '../src/core/paper/paper-list.ts';
import { isGenericTitle, isRemark } from '../src/core/paper/remarks.ts';
import { splitVersion } from '../src/core/paper/repositories.ts';
import { parseAddress } from '../src/core/reader/address.ts';
import {
  findAddress,
  foldHead,
  isOneAddress,
  squeezeHead,
} from '../src/core/reader/import-words.ts';
import { foldMailbox } from '../src/core/reader/mail-forms.ts';
import { parseMoment } from '../src/core/reader/moments.ts';
import { hideReferences } from '../src/core/reader/references.ts';
import { phrasesOf } from '../src/core/reading/phrases.ts';
import { splitSections } from '../src/core/reading/sections.ts';
import { splitSentences } from '../src/core/reading/sentences.ts';
import { summarisePaper } from '../src/core/reading/summary.ts';
import { termsOf } from '../src/core/reading/terms.ts';
import { trimOpening } from '../src/core/reading/trims.ts';
import { finish } from '../src/core/reading/work.ts';
import { readSearch } from '../src/core/search/query.ts';
import { readDates } from '../src/core/search/query-dates.ts';
import { wordsIn } from '../src/core/search/words.ts';
import { repairEncoding } from '../src/core/text/charset.ts';
import { showControls } from '../src/core/text/controls.ts';
import { dropPrivateUse } from '../src/core/text/private-use.ts';
import { dropTags } from '../src/core/text/tags.ts';
import { texToText } from '../src/core/text/tex.ts';
import {
  cleanAbstract,
  cleanName,
  cleanText,
  cleanTitle,
  shortenText,
} from '../src/core/text/text.ts';
import { wrapText } from '../src/core/text/wrap.ts';
import { readConfirmation } from '../src/feeds/alerts/confirmations.ts';
import { readAlert } from '../src/feeds/alerts/read-alert.ts';
import { parseArxivAuthors, parseAuthors } from '../src/feeds/authors.ts';
import { readBase } from '../src/feeds/links.ts';
import { cleanPreprint, partNames } from '../src/feeds/preprint-text.ts';
import { splitBlocks } from '../src/feeds/texts/blocks.ts';
import { isCitation, isSentence } from '../src/feeds/texts/citations.ts';
import { readDate } from '../src/feeds/texts/dates.ts';
import { splitLabels } from '../src/feeds/texts/label-lines.ts';
import { isInverted, isNameList, namesBefore } from '../src/feeds/texts/name-lists.ts';
import { labelOf, maskOf } from '../src/feeds/texts/stock.ts';
import { hideSecrets } from '../src/process/log.ts';

/** The longest of the three is as long as an abstract may be. */
const LENGTH = 6_000;
const SIZES = [1, 2, 4] as const;
const TRIES = 3;
/** What is measured below this is mostly noise. */
const LEAST_MS = 3;
/** Four times the text costs four times as much, and sixteen times where it grows by the square. */
const MOST_GROWTH = 3 ** 2;
/** Twice the text, likewise. */
const MOST_OF_TWICE = 3;
/** Whoever takes so long for the shortest is not asked for more. */
const MOST_MS = 3_000;

const shapes = [
  'A. A. A. ',
  'A. B. ',
  'Is it so? ',
  'e.g. ',
  'et al. ',
  'We propose 3. ',
  'however, ',
  'such a ',
  '1. 2. 3. ',
  'METHODS ',
  '.Methods',
  '1234567890',
  '(((',
  '{{{',
  '\\',
  '$',
  '$x_',
  '...',
  '!?',
  '-,;:',
  'a',
  'a@',
  'a b',
  'A\u0301',
  '。',
  'x-y-',
  '10.1/',
  'article/doi/',
  '<p>doi: ',
  '<',
  '<a ',
  '&amp',
  '; doi 1 ',
  '\n',
  ' ',
  '" ',
  'Doe, J., ',
  '@article{a, ',
  'https://x.yahoo.com/',
  'https://scholar.google.com/scholar_alerts?',
];

const works: Record<string, (text: string) => unknown> = {
  splitSentences,
  splitSections,
  summarisePaper: (abstract) => summarisePaper({ title: 'Is it so in reefs?', abstract }),
  trimOpening,
  phrasesOf,
  termsOf,
  readIds: (text) => readIds({ explicit: [text], links: [`https://${text}`], texts: [text] }),
  readIdentifier: (text) => readIdentifier(text),
  isRemark,
  isGenericTitle,
  readKind: (text) => readKind({ title: text, sections: [text], links: [text] }),
  saysWithdrawn,
  titleAbout,
  foldTitle,
  isSameTitle: (text) => isSameTitle(text, `${text} x`),
  titleOverlap: (text) => titleOverlap(text, `${text} x`),
  titleNumbers,
  haveSameText: (text) => haveSameText(text, `${text} x`),
  cleanLink: (text) => attempt(() => cleanLink(`https://x.example/${text}`)),
  foldLink: (text) => attempt(() => foldLink(`https://x.example/${text}`)),
  unwrapLink: (text) => attempt(() => unwrapLink(`https://x.example/?url=${text}`)),
  splitVersion,
  authorKey,
  parsePaperList: (text) => attempt(() => parsePaperList(text)),
  parseLibrary: (text) => finish(parseLibrary(text)),
  readBibtex: (text) => readBibtex(text, new Map()),
  dropGroups,
  countLines,
  findForeign,
  hasBibtex,
  readLine,
  stretchesOf: (text) => [...stretchesOf(text, 1)],
  findXmlFault,
  readElement: (text) => attempt(() => readElement(text)),
  cleanTitle,
  cleanName,
  cleanAbstract,
  cleanText,
  shortenText: (text) => shortenText(text, 200),
  texToText,
  dropTags,
  dropPrivateUse,
  repairEncoding,
  wrapText: (text) => wrapText(text),
  showControls,
  readSearch,
  readDates,
  wordsIn,
  parseAddress: (text) => attempt(() => parseAddress(`${text}@x.example`)),
  foldMailbox: (text) => foldMailbox(`${text}@gmail.com`),
  findAddress,
  isOneAddress,
  foldHead,
  squeezeHead,
  parseMoment: (text) => parseMoment(text),
  hideReferences,
  hideAddresses,
  parseFieldBlocks,
  readReply,
  findWrapped,
  parseAuthors: (text) => parseAuthors([text]),
  parseArxivAuthors,
  readBase,
  cleanPreprint,
  partNames,
  splitBlocks,
  isCitation: (text) => isCitation(text),
  isSentence,
  readDate: (text) => readDate(text),
  splitLabels,
  isNameList,
  namesBefore,
  isInverted,
  maskOf: (text) => maskOf(text, ['a title']),
  labelOf,
  hideSecrets,
  readConfirmation: (text) =>
    ['forwarding-noreply@google.com', 'x@yahoo.com', 'scholaralerts-noreply@google.com'].map(
      (from) => readConfirmation({ from, subject: text, text }),
    ),
  readAlert: (text) =>
    [{ text }, { html: text }].map((body) =>
      readAlert({ from: 'x@y.example', subject: text, ...body }),
    ),
};

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

/** Time of the processor that a piece of work took, in milliseconds. */
function costOf(work: () => unknown): number {
  const began = process.cpuUsage();
  work();
  return process.cpuUsage(began).user / 1000;
}

const leastOf = (work: () => unknown) =>
  Math.min(...Array.from({ length: TRIES }, () => costOf(work)));

/** What three sizes of a text cost; undefined where the longest is too cheap to have grown. */
function measure(work: (text: string) => unknown, shape: string): number[] | undefined {
  const textOf = (times: number) => shape.repeat(Math.ceil((times * LENGTH) / shape.length));
  work(textOf(0.05));
  const first = costOf(() => work(textOf(1)));
  if (first > MOST_MS) return [first, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (costOf(() => work(textOf(4))) < MOST_GROWTH * LEAST_MS) return undefined;
  return SIZES.map((times) =>
    Math.max(
      LEAST_MS,
      leastOf(() => work(textOf(times))),
    ),
  );
}

// Whoever writes a feed, a form, a file or a mail chooses its shape.
describe('what strangers write', () => {
  it.each(Object.entries(works))('costs %s what its length does', (_, work) => {
    const grown = shapes.flatMap((shape) => {
      const costs = measure(work, shape);
      const [small = 0, middle = 0, large = 0] = costs ?? [];
      const isGrown = large > MOST_GROWTH * small && large > MOST_OF_TWICE * middle;
      return isGrown ? [{ shape, costs }] : [];
    });
    expect(grown).toEqual([]);
  });
});
