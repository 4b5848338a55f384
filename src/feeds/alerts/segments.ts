import { MOST_PAPERS } from '../../core/alerts/bounds.ts';
import { isSectionName } from '../../core/paper/kind.ts';
import { hasSign, type Layout } from './layouts.ts';
import type { Line } from './lines.ts';

/** A paper's lines, from its title to the next. */
export interface Segment {
  readonly title: Line;
  readonly lines: readonly Line[];
  /** What its part of the mail is called. */
  readonly section?: string;
}

/** Parts lines at their titles, until something else begins; a title that goes on in another line is one. */
export function cutSegments(lines: readonly Line[], layout: Layout): Segment[] {
  const segments: { title: Line; lines: Line[]; section?: string }[] = [];
  let section: string | undefined;
  let isOpen = false;
  for (const line of lines) {
    const last = segments.at(-1);
    if (layout.end && hasSign(line, layout.end)) isOpen = false;
    else if (hasSign(line, layout.title)) {
      if (isOpen && last && goesOn(last, line)) {
        last.title = join(last.title, line);
        continue;
      }
      if (segments.length === MOST_PAPERS) break;
      segments.push({ title: line, lines: [], ...(section && { section }) });
      isOpen = true;
    } else if (isSection(line, layout)) {
      section = line.text;
      // What a paper is, stands below some titles too.
      isOpen &&= last?.lines.length !== 0 && linkOf(line) === undefined;
      if (layout.section && hasSign(line, layout.section)) isOpen = false;
    } else if (isOpen) last?.lines.push(line);
  }
  return segments;
}

function isSection(line: Line, { section }: Layout): boolean {
  if (section && hasSign(line, section)) return true;
  return linkOf(line) === undefined && isSectionName(line.text);
}

/** The first link of a line, as the mail has it. */
export const linkOf = (line: Line): string | undefined =>
  line.stretches.find(({ href }) => href)?.href;

/** No title stands in more letters, however many lines lead to one place. */
const LONGEST = 1_000;

const goesOn = ({ title, lines }: Segment, line: Line) =>
  lines.length === 0 && title.text.length < LONGEST && linkOf(title) === linkOf(line);

const join = (first: Line, second: Line): Line => ({
  ...first,
  text: `${first.text} ${second.text}`,
  stretches: [
    ...first.stretches,
    ...second.stretches.map((each, at) => (at === 0 ? { ...each, text: ` ${each.text}` } : each)),
  ],
});
