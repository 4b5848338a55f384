/** So many lines of a mail, from its beginning: a parser's work grows with the lines more than with the bytes. */
export function firstLines(bytes: Uint8Array, most: number): Uint8Array {
  let end = -1;
  for (let line = 0; line < most; line += 1) {
    const next = bytes.indexOf(10, end + 1);
    if (next < 0) return bytes;
    end = next;
  }
  return bytes.subarray(0, end + 1);
}
