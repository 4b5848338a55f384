import { isSectionName, readKind } from '../../core/paper/kind.ts';
import type { PaperKind } from '../../core/paper/kinds.ts';
import { foldTitle } from '../../core/paper/paper.ts';
import type { Removed } from '../../core/paper/reading.ts';
import { cleanAbstract } from '../../core/text/text.ts';
import { type Block, markNames, pieceOf, withoutMarks } from './blocks.ts';
import { isSentence } from './citations.ts';
import { isShort, type Judged, judge, STOCK, type Surroundings } from './judge.ts';
import { isInverted, isNameList, isPerson } from './name-lists.ts';
import { type Seam, splitSeams } from './seams.ts';
import { OTHER_ABSTRACT } from './shapes.ts';
import { namesAt } from './stock.ts';

/** What one description says. */
export interface Description {
  /** The abstract as the feed marked it up; empty where there is none. */
  readonly abstract: string;
  /** Lists of names, as `parseAuthors` takes them. */
  readonly authors: readonly string[];
  /** Identifiers of the paper, as `readIds` takes them. */
  readonly identifiers: readonly string[];
  readonly removed: readonly Removed[];
  /** What lines before the abstract call the text. */
  readonly sections: readonly string[];
}

/** What stands before a heading and is longer is an abstract itself, in another language. */
const LONG = 600;

/** Reads a description block by block: what is the abstract, what it gives besides, what is neither. */
export function readDescription(
  whole: string,
  blocks: readonly Block[],
  around: Surroundings,
): Description {
  const titles = new Set(around.titles.map(foldTitle).filter(Boolean));
  const isOpened =
    blocks.some(({ text }) => OTHER_ABSTRACT.test(text)) ||
    !around.titles.some((title) => /\babstract/i.test(title));
  const found = blocks
    .flatMap((block) => splitSeams(block.text, around).map((seam) => seamOf(block, seam)))
    .map((block) => judge(block, titles, { ...around, isOpened }))
    .map(dropRepeated);
  const judged = trimEnds(closeEnds(beginAtHeading(findNames(dropLone(found), around), around)));
  const kept = judged.filter(({ gives }) => gives === 'text');
  const isWhole = judged.every((each) => each.gives === 'text' && each.rest === each.block.text);
  const joined = isWhole ? markNames(whole) : writeText(judged);
  const isTold = kept.length > 0 && isSentence(cleanAbstract(joined));
  return {
    abstract: isTold ? joined : '',
    authors: judged.filter(({ gives }) => gives === 'authors').map(({ rest }) => rest),
    identifiers: judged.flatMap(({ gives, block }) =>
      gives === 'identifier' || gives === 'citation' ? idsIn(block.text) : [],
    ),
    sections: judged
      .slice(
        0,
        Math.max(
          0,
          judged.findIndex(({ gives }) => gives === 'text'),
        ),
      )
      .flatMap(({ gives, block }) => (gives === 'section' ? [] : sectionsIn(block.text))),
    removed: [
      ...judged.flatMap(removedOf),
      ...(isTold ? [] : kept.map(({ block }) => ({ text: block.text, why: 'it is no sentence' }))),
    ],
  };
}

/** A text that stood before already: an abstract in the language of the page and in English, both English. */
function dropRepeated(each: Judged, at: number, all: readonly Judged[]): Judged {
  const isKnown = ({ gives, rest }: Judged) => gives === 'text' && rest === each.rest;
  return each.gives === 'text' && all.findIndex(isKnown) < at
    ? { ...each, gives: 'nothing', why: 'it stands there twice' }
    : each;
}

function seamOf(block: Block, { text, isNames }: Seam): Block {
  return pieceOf(isNames ? { ...block, marks: `${block.marks}byline ` } : block, text);
}

/** One heading that other items have too is a site's; several are the parts of an abstract. */
function dropLone(judged: readonly Judged[]): readonly Judged[] {
  const isLearned = ({ gives, why }: Judged) => gives === 'section' && why === STOCK;
  if (judged.filter(({ gives }) => gives === 'section').length > 1) return judged;
  return judged.map((each) => (isLearned(each) ? { ...each, gives: 'nothing' } : each));
}

/** Names without a label are people where no sentence stands before them, or a heading behind them. */
function findNames(judged: readonly Judged[], { stock }: Surroundings): readonly Judged[] {
  const heading = judged.findIndex(({ gives }) => gives === 'heading');
  const prose = judged.findIndex(({ gives, rest }) => gives === 'text' && isSentence(rest));
  const last = heading < 0 ? prose : heading;
  const before = last < 0 ? judged.length : last + 1;
  // A name alone counts where other items of the feed have several.
  const isNames = ({ gives, block }: Judged) =>
    gives === 'text' &&
    (isNameList(withoutMarks(block)) ||
      (stock.has(namesAt(block)) && isPerson(withoutMarks(block).replace(/\.$/, ''))));
  const at = judged.slice(0, before).findIndex(isNames);
  const names = judged[at];
  if (!names) return judged;
  const why = 'it names the authors';
  // DiVA has each on a line, with where they are between.
  const areMore = isInverted(names.block.text);
  return judged.map((each, index) =>
    index === at || (areMore && index < before && isNames(each) && isInverted(each.block.text))
      ? { ...each, gives: 'authors', why, rest: withoutMarks(each.block) }
      : each,
  );
}

/** Where the abstract has a heading, what stands before it is something else: a teaser, a line of kinds. */
function beginAtHeading(
  judged: readonly Judged[],
  { needsHeading }: Surroundings,
): readonly Judged[] {
  const at = judged.findIndex(({ gives }) => gives === 'heading');
  if (at < 0 && !needsHeading) return judged;
  const end = at < 0 ? judged.length : at;
  const why =
    at < 0
      ? 'no heading of an abstract stands before it'
      : 'the heading of the abstract stands behind it';
  return judged.flatMap((each, index): Judged[] => {
    if (index < end && each.gives === 'text' && (needsHeading || each.block.text.length < LONG)) {
      return [{ ...each, gives: 'nothing', why }];
    }
    return each.gives === 'heading' ? readHeading(each, index === at) : [each];
  });
}

/** A heading with what follows it on its line; a further one names a part. */
function readHeading(judged: Judged, isFirst: boolean): Judged[] {
  const { block, rest } = judged;
  const name = block.text.slice(0, block.text.length - rest.length).trim();
  const section: Judged = {
    ...judged,
    gives: isFirst ? 'nothing' : 'section',
    block: { ...block, text: name },
  };
  const text = rest.replace(/^(?:abstract|ABSTRACT)[\s:.–—-]+/, '');
  return text === ''
    ? [section]
    : [section, { block: { ...block, raw: '', text }, gives: 'text', why: '', rest: text }];
}

/** What stands behind the end of the abstract, up to a further part of it. */
function closeEnds(judged: readonly Judged[]): readonly Judged[] {
  let hasEnded = false;
  return judged.map((each) => {
    if (each.gives === 'end') hasEnded = true;
    if (each.gives === 'section') hasEnded = false;
    const isBehind = hasEnded && each.gives === 'text';
    return isBehind ? { ...each, gives: 'nothing', why: 'it stands behind the abstract' } : each;
  });
}

/** A word or two before and behind the sentences (a kind of article, a name) are no part of them. */
function trimEnds(judged: readonly Judged[]): readonly Judged[] {
  const texts = judged.filter(({ gives }) => gives === 'text');
  const first = texts.findIndex(({ rest }) => isSentence(rest));
  const last = texts.findLastIndex(({ rest }) => isSentence(rest));
  if (first < 0) return judged;
  const isEnd = /[.!?…]\W*$/u.test(texts[last]?.rest ?? '');
  const isBegin = !/^[\p{Ll},;)]/u.test(texts[first]?.rest ?? '');
  const loose = new Set([
    ...(isBegin ? texts.slice(0, first) : []),
    ...(isEnd ? texts.slice(last + 1) : []),
  ]);
  return judged.map((each) => {
    const isLoose = loose.has(each) && isShort(each.rest) && !/\sli /.test(each.block.marks);
    return isLoose ? { ...each, gives: 'nothing', why: 'it is no sentence' } : each;
  });
}

/** What is left, in the feed's own markup but where a text was cut; names of parts before a colon. */
function writeText(judged: readonly Judged[]): string {
  let name = '';
  const parts: string[] = [];
  for (const { gives, block, rest } of judged) {
    if (gives === 'section') name = `${block.text.replace(/\s*[:：.]?\s*$/, '')}: `;
    if (gives !== 'text' || rest === '') continue;
    parts.push(name + (rest === block.text && block.raw !== '' ? block.raw : escapeText(rest)));
    name = '';
  }
  return parts.join('\n');
}

function removedOf({ gives, block, rest, why }: Judged): Removed[] {
  if (gives === 'section') return [];
  if (gives !== 'text') return [{ text: block.text, why }];
  return rest === block.text || why === '' ? [] : [{ text: cutOff(block.text, rest), why }];
}

/** `Review Article | Open access | …`, `Commentary`: a name of a kind between bars or alone. */
function sectionsIn(text: string): string[] {
  return text.length > LONGEST_LINE
    ? []
    : text
        .split(/\s[|•·–—]\s/)
        .map((part) => part.trim())
        .filter((part) => isSectionName(part) && kindOf(part) !== 'matter');
}

/** A graphical abstract is matter, and stands before the abstract of a paper. */
function kindOf(name: string): PaperKind {
  return readKind({ title: '', sections: [name], links: [] }).kind;
}

const LONGEST_LINE = 200;

function idsIn(text: string): string[] {
  return [
    ...Array.from(
      text.matchAll(/\b10\.\d{4,9}\/[^\s<>|]+/g),
      ([doi]) => `doi:${doi.replace(/[.,;)]+$/, '')}`,
    ),
    ...Array.from(text.matchAll(/\bPMID:?\s*(\d{1,9})\b/gi), ([, pmid]) => `pmid:${pmid}`),
    ...Array.from(text.matchAll(/\barXiv:\s*([\w.-]+(?:\/\d{7})?)/gi), ([id]) => id),
  ];
}

function cutOff(text: string, rest: string): string {
  return rest === '' ? text : text.split(rest).join(' … ').trim();
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
