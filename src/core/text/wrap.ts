/**
 * Wraps text for reading as plain mail: lines of at most `width` columns, broken at
 * spaces only, so that a link stays whole; a broken line keeps its indent (a list
 * mark counts as indent); the first has none. Never more than one empty line in a row;
 * ends with one line end.
 */
export function wrapText(text: string, width = 72): string {
  const lines = text
    .trim()
    .split('\n')
    .flatMap((line) => wrapLine(line.trimEnd(), width));
  return `${lines.join('\n').replace(/\n{3,}/g, '\n\n')}\n`;
}

/** One line as one or several: see `wrapText`. */
export function wrapLine(line: string, width = 72): string[] {
  if (line.length <= width && !/\S {2}/.test(line)) return [line];
  const mark = /^\s*(?:- |\d+\. )?/.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let current = mark;
  for (let from = mark.length; from <= line.length; ) {
    const blank = line.indexOf(' ', from);
    const to = blank < 0 ? line.length : blank;
    const word = line.slice(from, to);
    from = to + 1;
    // Blanks in a row part two words as one does.
    if (word === '' && from <= line.length) continue;
    const isFirst = current === mark;
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current);
      current = ' '.repeat(mark.length) + word;
    } else {
      current += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, current];
}
