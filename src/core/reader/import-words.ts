/** A head or a word, whatever its case, its accents and what stands between its words; `unsubscribedAt` has two. */
export function foldHead(text: string): string {
  const parted = text.normalize('NFKD').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  const plain = parted.replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** A folded head without what stands between its words, which some tools leave out. */
export function squeezeHead(folded: string): string {
  return folded.replaceAll(' ', '');
}

/**
 * An address alone, behind a name as `Name <a@b.example>`, or before one as `a@b.example (Name)`;
 * undefined where there is none.
 */
export function findAddress(cell: string): string | undefined {
  const [, inside] = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(cell) ?? [];
  const [, first] = /^\s*([^\s@<>]+@[^\s@<>]+)(?:\s[^@]*)?$/.exec(cell) ?? [];
  return inside ?? first;
}

/** Whether a line is one address and nothing else, as lists of members have it. */
export function isOneAddress(line: string): boolean {
  const isBare = /^\s*[^\s@<>,;"]+@[^\s@<>,;"]+\s*$/.test(line);
  return isBare || /^[^<>@\t;]*<[^<>\s]+@[^<>\s]+>\s*$/.test(line);
}
