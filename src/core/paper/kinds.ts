/**
 * What a text can be. `matter` is no text at all but part of an issue: cover, contents, board. A
 * correction and a retraction are about another paper; an editorial holds an opinion, news report.
 */
export const PAPER_KINDS = [
  'paper',
  'review',
  'correction',
  'retraction',
  'editorial',
  'news',
  'matter',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];
/** What tells of another paper that it is changed or gone. */
export type AmendmentKind = 'correction' | 'retraction';

type Row = readonly [kind: PaperKind, pattern: RegExp];

/** Addresses that say it: Nature numbers its news apart, Science has a path for them; talks are films. */
export const LINKS: readonly Row[] = [
  ['news', /^https?:\/\/(?:www\.)?nature\.com\/articles\/d4\d{4}-/i],
  ['news', /^https?:\/\/(?:www\.)?science\.org\/content\//i],
  ['news', /^https?:\/\/doi\.org\/10\.1038\/d4\d{4}-/i],
  // The Physical Society's magazine.
  ['news', /^https?:\/\/(?:link\.aps|(?:dx\.)?doi)\.org\/(?:doi\/)?10\.1103\/physics\.\d/i],
  ['news', /^https?:\/\/physics\.aps\.org\/articles\//i],
  ['news', /^https?:\/\/(?:(?:www\.)?youtube\.com\/(?:watch|shorts)|youtu\.be\/|vimeo\.com\/\d)/i],
];
