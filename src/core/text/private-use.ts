/**
 * What some senders mean by letters of the private use areas. Wiley writes bonds so (seen in
 * recorded feeds: U+F8FF single, U+F8FE double); U+F020 to U+F0FF are the Symbol font of word
 * processors, in the Greek, the bullet and the signs that titles and abstracts have.
 */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['\uf8ff', '–'],
  ['\uf8fe', '='],
  ['\uf8fd', '≡'],
  ['\uf0b7', '•'],
  ['\uf0b0', '°'],
  ['\uf0b1', '±'],
  ['\uf0b3', '≥'],
  ['\uf0a3', '≤'],
  ['\uf0b4', '×'],
  ['\uf0d7', '·'],
  ['\uf0a5', '∞'],
  ['\uf0ae', '→'],
  ['\uf0bb', '≈'],
  ['\uf0b9', '≠'],
  ['\uf02d', '−'],
  ...greek('abcdefghiklmnopqrstuwxyz', 'αβχδεφγηικλμνοπθρστυωξψζ'),
  ...greek('DFGLPQSWXY', 'ΔΦΓΛΠΘΣΩΞΨ'),
]);

/** The Symbol font has its Greek where ASCII has the Latin letters, 0xf000 higher. */
function greek(latin: string, letters: string): [string, string][] {
  return Array.from(letters, (letter, at) => [
    String.fromCodePoint(0xf000 + latin.charCodeAt(at)),
    letter,
  ]);
}

/** A text without letters of the private use areas: in words where their meaning is known, else gone. */
export function dropPrivateUse(text: string): string {
  return text.replace(/\p{Co}/gu, (letter) => MEANT.get(letter) ?? '');
}
