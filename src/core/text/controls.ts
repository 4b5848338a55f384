/** Every control character but line ends and tabs; the separators of lines that terminals and logs know; marks that turn the order of letters. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const HARMLESS = '\n\t';

/** A text for a terminal, which obeys escape sequences: what it would obey stands there as its code (`\u{1b}`). */
export function showControls(text: string): string {
  return text.replace(CONTROLS, (mark) =>
    HARMLESS.includes(mark) ? mark : `\\u{${mark.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}
