/** The line that tells who, where and when. */
export interface Byline {
  readonly people: string;
  readonly hasMore: boolean;
  readonly venue?: string;
  readonly year?: number;
}

const CUT = /(?:…|\.\.\.|,?\s(?:et al\.?|and others))\s*$/i;

/**
 * Reads `A One, B Two… - Venue, 2026` as Google Scholar writes it: venue and year may be missing,
 * either end of the venue may be cut. Of other lines all is people.
 */
export function readByline(text: string, form?: 'scholar'): Byline {
  const at = form === 'scholar' ? text.search(/\s[-–]\s/) : -1;
  const people = at < 0 ? text : text.slice(0, at);
  const rest = at < 0 ? '' : text.slice(at + 3).trim();
  const [, before = rest, year] = /^(.*?)(?:^|,\s*)((?:1[89]|20)\d\d)$/.exec(rest) ?? [];
  const venue = before.replace(/^…\s*|\s*…$/g, '').trim();
  const bare = people
    .replace(CUT, '')
    .replace(/^By\s+/i, '')
    .trim();
  return {
    people: bare,
    hasMore: CUT.test(people) || /,\s(?:…|\.\.\.)\s/.test(people),
    ...(venue && { venue }),
    ...(year && { year: Number(year) }),
  };
}
