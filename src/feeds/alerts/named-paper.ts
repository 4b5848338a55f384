import { readIds } from '../../core/paper/identifier.ts';
import { cleanLink } from '../../core/paper/link.ts';
import { cleanText, cleanTitle, LONGEST_TITLE, shortenText } from '../../core/text/text.ts';
import { parseAuthors } from '../authors.ts';
import type { NamedPaper } from './alert.ts';
import { readByline } from './byline.ts';
import { hasSign, type Layout } from './layouts.ts';
import type { Line } from './lines.ts';
import { unwrap } from './links.ts';
import { readScholarLink } from './scholar.ts';
import { linkOf, type Segment } from './segments.ts';

const MOST_LINES = 40;
const LONGEST_SAID = 2_000;

/** Reads a paper out of its lines; undefined where its title has no word. */
export function readNamedPaper(segment: Segment, layout: Layout): NamedPaper | undefined {
  const { title, section } = segment;
  const name = readTitle(title);
  if (name === '') return undefined;
  const lines = segment.lines.slice(0, MOST_LINES);
  const { authors } = layout;
  const at = authors ? lines.findIndex((line) => hasSign(line, authors)) : 0;
  const byline = readByline(lines[at]?.text ?? '', layout.byline);
  const href = linkOf(title);
  const link = href === undefined ? undefined : unwrap(href);
  const scholar = href === undefined ? undefined : readScholarLink(href);
  const says = layout.says ? readSaid(lines, at + 1) : '';
  const texts = [byline.venue ?? '', ...lines.map(({ text }) => text)];
  return {
    title: name,
    authors: parseAuthors([byline.people]).map((author) => author.name),
    hasMoreAuthors: byline.hasMore,
    ...(byline.venue && { venue: byline.venue }),
    ...(byline.year && { year: byline.year }),
    ids: readIds({ explicit: texts.flatMap(idsIn), links: link ? [link] : [] }).ids,
    ...(scholar?.paper && { scholar: scholar.paper }),
    ...(link && { link: cleanLink(link) }),
    ...(says && { says }),
    cites: lines.flatMap((line) => readCited(line) ?? []),
    ...(section && { section }),
  };
}

const BADGE =
  /^(?:\[(?:PDF|HTML|CITATION|BOOK|B|C|ЦИТИРОВАНИЕ|КНИГА|引用|書籍|图书|引用文献)\]\s*)+/i;

/** The words of the link where the line has one, without what stands in brackets before them. */
function readTitle(line: Line): string {
  const linked = line.stretches.filter(({ href }) => href).map(({ text }) => text);
  const text = linked.length > 0 ? linked.join('') : line.text;
  return (
    cleanTitle(text.trim().replace(BADGE, ''))
      .slice(0, LONGEST_TITLE)
      // PubMed ends each title as a sentence.
      .replace(/(?<=[\p{L}\p{N})])\.$/u, '')
  );
}

/** What is said of a paper: the first line that is long enough, and those that go on as it looks. */
function readSaid(lines: readonly Line[], from: number): string {
  const first = lines[from];
  if (!first || BULLET.test(first.text)) return '';
  const marks = first.stretches[0]?.marks.join(' ');
  const end = lines.findIndex(
    (line, at) => at > from && line.stretches[0]?.marks.join(' ') !== marks,
  );
  const text = lines
    .slice(from, end < 0 ? undefined : end)
    .map((line) => line.text)
    .join(' ');
  return shortenText(cleanText(text), LONGEST_SAID);
}

const BULLET = /^[•·]\s*/;
const CITES = /^(?:Cites|引用|Цитирует|Cite|Citas?|Zitiert)\s?[:：]\s*/i;

/** A work that the paper cites, as Google Scholar says it since 2023: behind a label, or behind a badge. */
function readCited({ text, stretches }: Line): string | undefined {
  const [bullet = ''] = BULLET.exec(text) ?? [];
  const own = text.slice(bullet.length);
  if (CITES.test(own)) return cleanTitle(own.replace(CITES, ''));
  if (bullet === '') return undefined;
  const words = stretches.map((each) => each.text.replace(BULLET, '').trim()).filter(Boolean);
  const [, ...behind] = words;
  return behind.length > 0 ? cleanTitle(behind.join(' ')) : undefined;
}

/** What of a line is an id, each by itself. */
export const idsIn = (text: string): string[] => [
  ...(text.match(/\b10\.\d{4,9}\/[^\s"<>|]+/g) ?? []).map((doi) => `doi:${trimId(doi)}`),
  ...(text.match(/\bPMID:?\s{0,2}\d{1,9}\b/gi) ?? []),
  ...(text.match(/\barXiv:\d{4}\.\d{4,5}(?:v\d+)?\b/gi) ?? []),
];

/** A DOI without the marks of the sentence that it stands in. */
function trimId(doi: string): string {
  const bare = doi.replace(/[.,;:'"’”]+$/, '');
  const isOpen = /\(/.test(bare);
  return isOpen ? bare : bare.replace(/[)\]]+[.,;]*$/, '');
}
