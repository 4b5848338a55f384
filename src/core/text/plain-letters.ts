/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
};
const letters = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/** A text in lower case with its letters of their own as they are written without accents: `ø` as `o`, `ß` as `ss`. */
export function writePlain(text: string): string {
  return text.replace(letters, (letter) => plain[letter] ?? letter);
}
