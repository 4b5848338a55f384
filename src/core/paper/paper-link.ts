/** So many letters of a title stand in a link: enough to know the paper by, short enough for a mail. */
const MOST_LETTERS = 60;

/**
 * Where a paper's own page is, from the root of the site: `/papers/17-attention-is-all-you-need`. The
 * number alone decides; the words are for people, and any others lead there too.
 */
export function paperPath(id: number, title: string): string {
  const words = slugOf(title);
  return words === '' ? `/papers/${id}` : `/papers/${id}-${words}`;
}

/** The number in the last part of such a path; undefined where there is none. */
export function readPaperPath(part: string): number | undefined {
  const digits = /^([1-9]\d{0,14})(?:-.*)?$/.exec(part)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Whole words in ASCII; empty for a title in another script, since mails would show it as codes. */
function slugOf(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/[\p{M}'’]+/gu, '')
    .toLowerCase();
  let slug = '';
  for (const word of folded.match(/[a-z0-9]+/g) ?? []) {
    const longer = slug === '' ? word : `${slug}-${word}`;
    if (longer.length > MOST_LETTERS) break;
    slug = longer;
  }
  return slug;
}
