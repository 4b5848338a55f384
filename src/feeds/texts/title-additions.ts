/**
 * What stands before or behind titles and is none of them, with where it was seen. A kind of text in
 * brackets tells more than it adds: `readKind` looks at the title with it.
 */
export const ADDITIONS: readonly {
  readonly pattern: RegExp;
  readonly why: string;
  readonly seen: string;
}[] = [
  {
    pattern: /^\s*\[ASAP\]\s*/i,
    why: 'it says that the paper came early',
    seen: 'ACS',
  },
  {
    pattern:
      /^\s*(?:\[(?:open access|in press|accepted manuscript|early view|online first|pdf|html|book|citation)\]\s*|(?:research (?:article|paper)|original (?:article|research|paper)|accepted manuscript|early view|article in press):\s+)/i,
    why: 'it says what kind of text it is, or that it came early',
    seen: 'Google Scholar, society journals, filters',
  },
  {
    pattern: /^\s*EXPRESS:\s+/,
    why: 'it says that the paper came early',
    seen: 'SAGE: journals of marketing',
  },
  {
    pattern:
      /^\s*\[(?:articles?|comments?|correspondence|editorials?|reviews?|perspectives?|series|news|world report|health policy|research papers?|research articles?|original (?:articles?|research|papers?)|full papers?|viewpoint|personal view|seminar|clinical picture|obituary|corrections?|department of error|letters?|research|essay|feature|correction)\]\s*/i,
    why: 'it says what kind of text it is',
    seen: 'The Lancet, Cell Press',
  },
  {
    pattern: /^\s*\[(?:hal|tel|arxiv|oai|pubmed|doi)[-:][^\]\s]{1,40}\]\s*/i,
    why: 'it is an identifier',
    seen: 'HAL',
  },
  {
    pattern: /\.?\s*\(arXiv:\d{4}\.\d{4,5}(?:v\d+)?(?: \[[\w.-]{2,20}\])?(?: [A-Z]{2,12})?\)\s*$/,
    why: 'it is an identifier',
    seen: 'arXiv until 2024, and mirrors of it',
  },
  {
    pattern:
      /\s{0,20}\[(?:pre-?publication|in press|early access|online first|(?:epub )?ahead of print|accepted manuscript|open access)\]\s*$|\s{0,20}\(open access\)\s*$/i,
    why: 'it says that the paper came early, or is open',
    seen: 'Kluwer Law',
  },
  {
    pattern: /\s{0,20}\[version \d+; (?:peer )?review: [^\]]{2,120}\]\s*$/i,
    why: 'it says how far its review is',
    seen: 'F1000Research, Wellcome Open Research',
  },
  {
    pattern: /^[^:<>]{2,120}, Vol\. \d+, Pages? [\w–-]+(?: \([^)]{0,40}\))?: (?=\S)/,
    why: 'it says where it appeared',
    seen: 'MDPI',
  },
];
