// What windows-1252 has at 0x80 to 0x9f. Node 20 decodes these as Latin-1's control characters.
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** A text with the quotes, dashes and the euro that a decoder took for control characters. */
export function readWindows(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (c) => WINDOWS_1252[c.charCodeAt(0) - 0x80] ?? c);
}
