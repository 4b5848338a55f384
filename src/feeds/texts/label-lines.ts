import { AUTHORS, CITATION } from './labels.ts';
import { namesBefore } from './name-lists.ts';

const any = (labels: readonly string[]) => `(?:${labels.join('|')})`;
const FIRST = new RegExp(
  `^(?:${any([...AUTHORS, ...CITATION])}\\s?(?::\\s|：)|(?:arxiv|doi|pmid)\\s?:\\s?\\S)`,
  'iu',
);
const INNER = new RegExp(
  `\\s(?=${any([...AUTHORS, ...CITATION, 'abstract', 'description', '摘要', '要旨', 'doi'])}\\s?[:：])`,
  'giu',
);
const NAMED = new RegExp(`^${any(AUTHORS)}\\s?:\\s+`, 'iu');
/** Labels of a citation stand within so much of its line. */
const LONGEST = 20_000;

/**
 * Splits a line that begins with a label at the labels in it, up to the abstract: filters leave
 * paragraphs of publishers so, `Publication date: May 2026 Source: Roofs, Volume 3 Author(s): A, B`.
 * arXiv's own begins with its id. Behind names goes what is no name any more, as the American Physical Society's text does then.
 */
export function splitLabels(line: string): string[] {
  if (!FIRST.test(line.slice(0, 60))) return splitTail(line);
  const parts = line.split(BETWEEN);
  if (parts.length > 1) return parts.flatMap(splitLabels);
  const pieces: string[] = [];
  let from = 0;
  for (const { index } of line.slice(0, LONGEST).matchAll(INNER)) {
    if (!/^[\p{Lu}\p{Lo}]/u.test(line.slice(index + 1))) continue;
    pieces.push(line.slice(from, index));
    from = index + 1;
    if (/^(?:abstract|description|摘要|要旨)/i.test(line.slice(from))) break;
  }
  return [...pieces, line.slice(from)].flatMap(splitNames);
}

/** `Contributors: A, B - Description: … - Categories: …`, as Mendeley Data has it. */
const BETWEEN = /\s[-–—|•]\s(?=\p{Lu}[\p{L} ]{2,20}:\s)/u;

/** Two labels of a citation or more, behind the text. */
function splitTail(line: string): string[] {
  const from = Math.max(0, line.length - LONGEST_TAIL);
  const labels = Array.from(line.slice(from).matchAll(INNER), ({ index }) => from + index).filter(
    (at) => /^\p{Lu}/u.test(line.slice(at + 1)),
  );
  const [first = 0, second] = labels;
  if (second === undefined || !/[.!?)]$/.test(line.slice(0, first))) return [line];
  return labels
    .map((at, index) => line.slice(at + 1, labels[index + 1]))
    .toSpliced(0, 0, line.slice(0, first));
}

const LONGEST_TAIL = 400;

function splitNames(piece: string): string[] {
  const label = NAMED.exec(piece)?.[0];
  const found = label === undefined ? undefined : namesBefore(piece.slice(label.length));
  return found ? [`${label}${found.names}`, found.rest] : [piece];
}
