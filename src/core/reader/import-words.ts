/** A head or a word, whatever its case, its accents and what stands between its words. */
export function foldHead(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** An address alone, or behind a name as `Name <a@b.example>`; undefined where there is none. */
export function findAddress(cell: string): string | undefined {
  const [, inside] = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(cell) ?? [];
  return inside ?? (/^[^\s@<>]+@[^\s@<>]+$/.test(cell.trim()) ? cell.trim() : undefined);
}

/** Whether a line is one address and nothing else, as lists of members have it. */
export function isOneAddress(line: string): boolean {
  const isBare = /^\s*[^\s@<>,;"]+@[^\s@<>,;"]+\s*$/.test(line);
  return isBare || /^[^<>@\t;]*<[^<>\s]+@[^<>\s]+>\s*$/.test(line);
}
