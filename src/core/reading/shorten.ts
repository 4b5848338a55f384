/** Cuts a text to at most `limit` characters, after a clause or else a word, with an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, limit);
  const clause = head.search(/[,;:–—][^,;:–—]*$/);
  const word = head.lastIndexOf(' ');
  const end = clause > limit * 0.7 ? clause : word > limit * 0.5 ? word : limit - 1;
  return `${head.slice(0, end).replace(/[\s,;:.(–—-]+$/, '')}…`;
}
