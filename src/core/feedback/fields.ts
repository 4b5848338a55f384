/** One block of header-like fields: names in lower case, the first of a name counts. */
export type Fields = ReadonlyMap<string, string>;

/**
 * Reads blocks of fields, parted by empty lines (RFC 3464, 2.1; RFC 5322, 2.2). Folded lines are
 * joined; a line that is no field is passed over.
 */
export function parseFieldBlocks(text: string): Fields[] {
  const blocks: Map<string, string>[] = [];
  let block = new Map<string, string>();
  let last: string | undefined;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === '') {
      if (block.size > 0) blocks.push(block);
      block = new Map();
      last = undefined;
    } else if (/^[ \t]/.test(line)) {
      if (last !== undefined) block.set(last, `${block.get(last) ?? ''} ${line.trim()}`);
    } else {
      last = addField(block, line);
    }
  }
  if (block.size > 0) blocks.push(block);
  return blocks;
}

/** The name under which the line was kept; undefined where it was not. */
function addField(block: Map<string, string>, line: string): string | undefined {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).trimEnd().toLowerCase();
  if (colon < 1 || !/^[\x21-\x7e]{1,80}$/.test(name) || block.has(name)) return undefined;
  block.set(name, line.slice(colon + 1).trim());
  return name;
}
