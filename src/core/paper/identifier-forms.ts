/** What kinds of ids there are, the strongest first: the order in which they decide. */
export const ID_SCHEMES = [
  'arxiv',
  'doi',
  'pmid',
  'pmcid',
  'pii',
  'eprint',
  'hal',
  'openreview',
  'repec',
] as const;
export type IdScheme = (typeof ID_SCHEMES)[number];

/** One way of writing an id, where it was seen, and what of it is the id. */
export interface IdForm {
  readonly scheme: IdScheme;
  /**
   * `text`: it is no link. `link`: any link. Else the hosts whose links are meant, with all
   * below them. The form of a link is tried on its path and query, decoded.
   */
  readonly of: 'text' | 'link' | readonly string[];
  /** Its first group is the id, `version` the version. */
  readonly form: RegExp;
  /** What to put around the group; the group itself by default. */
  readonly write?: (id: string) => string;
  /** Only where ids alone are expected: in other places it may be anything. */
  readonly isBare?: boolean;
  readonly seen: string;
}

const ARXIV = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v(?<version>\d{1,3}))?`;
const DOI = String.raw`10\.\d{4,9}(?:\.\d+)*\/`;
const PII = String.raw`(S\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX])`;

const form = (...parts: readonly string[]) => new RegExp(parts.join(''), 'i');
const OSF_PREFIX: Readonly<Record<string, string>> = {
  osf: '10.31219',
  psyarxiv: '10.31234',
  socarxiv: '10.31235',
};

const arxiv: readonly IdForm[] = [
  {
    scheme: 'arxiv',
    of: 'text',
    form: form('^(?:oai:)?arxiv(?:\\.org)?[:/]\\s*', ARXIV, '(?!\\w)'),
    seen: 'arXiv: guid of RSS and Atom; notes of reference managers',
  },
  { scheme: 'arxiv', of: 'text', form: form('^', ARXIV, '$'), isBare: true, seen: 'pasted lists' },
  {
    scheme: 'arxiv',
    of: ['arxiv.org', 'alphaxiv.org', 'ar5iv.org', 'ar5iv.labs.arxiv.org'],
    form: form('^\\/[a-z-]+\\/', ARXIV, '(?:\\.pdf)?(?:[?/]|$)'),
    seen: 'abs, pdf, html and format pages; export.arxiv.org',
  },
  {
    scheme: 'arxiv',
    of: ['huggingface.co'],
    form: form('^\\/papers\\/', ARXIV, '(?:[?/]|$)'),
    seen: 'Hugging Face: daily papers',
  },
  {
    scheme: 'arxiv',
    of: 'link',
    form: form('[?&]u=repec:arx:papers:', ARXIV, '(?:[&]|$)'),
    seen: 'RePEc NEP: links of reports, series `arx`',
  },
  {
    scheme: 'arxiv',
    of: 'text',
    form: form('^repec:arx:papers:', ARXIV, '$'),
    seen: 'RePEc: handles',
  },
];

const dois: readonly IdForm[] = [
  {
    scheme: 'doi',
    of: 'text',
    form: form('^(?:(?:info:|urn:)?doi[:/]?\\s*)?(?:(?:dx\\.)?doi\\.org\\/)?(', DOI, '\\S+)$'),
    seen: 'dc:identifier, prism:doi, guid of Wiley and of generators, pasted lists',
  },
  {
    scheme: 'doi',
    of: 'text',
    // What stands before the label ends there: "corrects the article DOI: …" names another.
    form: form(
      '(?:[;.,|)\\]]\\s*|\\d\\s+)doi\\s*:?\\s*(?:https?:\\/\\/(?:dx\\.)?doi\\.org\\/)?(',
      DOI,
      '\\S+)$',
    ),
    seen: 'HighWire, PubMed: the end of a citation',
  },
  {
    scheme: 'doi',
    of: 'link',
    // After the DOI comes the number of the article, and mostly its title.
    form: form(
      '^[^?]*\\/[a-z-]*(?:article|chapter|book|issue)[a-z-]*\\/doi\\/(',
      DOI,
      '[^?]+?)\\/\\d{4,9}(?:\\/[^?/]*){0,2}(?:\\?|$)',
    ),
    seen: 'Silverchair: RSC, ACS, OUP, MIT Press, AIP',
  },
  {
    scheme: 'doi',
    of: 'link',
    form: form('^[^?]*?(?:\\/|doi:)(', DOI, '[^?]+)'),
    seen: 'doi.org; Atypon, HighWire, Springer, IOP, Frontiers, APS, Ingenta, journals of CNKI',
  },
  {
    scheme: 'doi',
    of: 'link',
    form: form('[?&](?:id|doi|articleid|uri)=(?:info:doi\\/|doi:)?(', DOI, '[^?&]+)'),
    seen: 'PLOS: article?id=',
  },
  {
    scheme: 'doi',
    of: ['nature.com'],
    form: /^\/articles\/((?:s41599-|palcomms)[\w.-]+?)(?:\.e?pdf)?(?:[?/]|$)/i,
    write: (id) => `10.1057/${id}`,
    seen: 'Palgrave titles on nature.com',
  },
  {
    scheme: 'doi',
    of: ['nature.com'],
    form: /^\/articles\/([a-z\d][\w.-]+?)(?:\.e?pdf)?(?:[?/]|$)/i,
    write: (id) => `10.1038/${id}`,
    seen: 'Nature: links of all its feeds',
  },
  {
    scheme: 'doi',
    of: ['ssrn.com'],
    form: /[?&/]abstract(?:_id)?=(\d+)/i,
    write: (id) => `10.2139/ssrn.${id}`,
    seen: 'SSRN: papers.cfm?abstract_id=',
  },
  {
    scheme: 'doi',
    of: ['researchsquare.com'],
    form: /^\/article\/(rs-\d+)(?:\/v(?<version>\d{1,3}))?/i,
    write: (id) => `10.21203/rs.3.${id}`,
    seen: 'Research Square',
  },
  {
    scheme: 'doi',
    of: ['preprints.org'],
    form: /^\/manuscript\/(\d{6}\.\d{4})(?:\/v(?<version>\d{1,3}))?/i,
    write: (id) => `10.20944/preprints${id}`,
    seen: 'Preprints.org',
  },
  ...Object.entries(OSF_PREFIX).map(
    ([server, prefix]): IdForm => ({
      scheme: 'doi',
      of: ['osf.io'],
      form: form(
        '^\\/preprints\\/',
        server,
        '\\/([a-z\\d]{5})(?:_v(?<version>\\d{1,3}))?(?:[?/]|$)',
      ),
      write: (id) => `${prefix}/osf.io/${id}`,
      seen: 'OSF: pages of its servers',
    }),
  ),
  {
    scheme: 'doi',
    of: ['zenodo.org'],
    form: /^\/records?\/(\d+)/i,
    write: (id) => `10.5281/zenodo.${id}`,
    seen: 'Zenodo',
  },
  {
    scheme: 'doi',
    of: 'text',
    form: /^oai:zenodo\.org:(\d+)$/i,
    write: (id) => `10.5281/zenodo.${id}`,
    seen: 'Zenodo: OAI',
  },
];

const others: readonly IdForm[] = [
  {
    scheme: 'pmid',
    of: 'text',
    form: /^(?:pmid|pubmed)\s*:?\s*(\d{1,9})$/i,
    seen: 'PubMed: guid and dc:identifier',
  },
  {
    scheme: 'pmid',
    of: ['pubmed.ncbi.nlm.nih.gov'],
    form: /^\/(\d{1,9})(?:[?/]|$)/,
    seen: 'PubMed: links',
  },
  {
    scheme: 'pmid',
    of: ['ncbi.nlm.nih.gov', 'europepmc.org'],
    form: /^\/(?:pubmed|(?:article|abstract)\/med)\/(\d{1,9})(?:[?/]|$)/i,
    seen: 'old links of PubMed; Europe PMC',
  },
  {
    scheme: 'pmcid',
    of: 'text',
    form: /^(?:pmcid\s*:?\s*|oai:pubmedcentral\.nih\.gov:)?(PMC\d{1,9})$/i,
    seen: 'PubMed: dc:identifier',
  },
  {
    scheme: 'pmcid',
    of: ['ncbi.nlm.nih.gov', 'europepmc.org'],
    form: /^\/(?:pmc\/)?(?:articles?\/)?(?:pmc\/)?(PMC\d{1,9})(?:[?/.]|$)/i,
    seen: 'PubMed Central, Europe PMC',
  },
  {
    scheme: 'pii',
    of: 'text',
    form: form('^(?:pii\\s*:?\\s*)?', PII, '$'),
    seen: 'Elsevier: dc:identifier of Cell and Lancet',
  },
  {
    scheme: 'pii',
    of: 'link',
    form: form(
      '\\/(?:pii\\/|article\\/|fulltext\\/|abstract\\/|pdf\\/)(?:pii)?',
      PII,
      '(?:[?/.]|$)',
    ),
    seen: 'ScienceDirect, Cell, Lancet',
  },
  {
    scheme: 'eprint',
    of: ['eprint.iacr.org'],
    form: /^\/(\d{4}\/\d{1,6})(?:[?/.]|$)/,
    seen: 'IACR ePrint: guid and link of its RSS, which have no other id',
  },
  {
    scheme: 'eprint',
    of: 'text',
    form: /^oai:eprint\.iacr\.org:(\d{4}\/\d{1,6})$/i,
    seen: 'IACR ePrint: OAI',
  },
  {
    scheme: 'hal',
    of: ['hal.science', 'archives-ouvertes.fr'],
    form: /^\/([a-z]+-\d{6,9})(?:v(?<version>\d{1,3}))?(?:[?/]|$)/i,
    seen: 'HAL: uri_s, with the version',
  },
  {
    scheme: 'hal',
    of: 'text',
    form: /^oai:hal:([a-z]+-\d{6,9})(?:v(?<version>\d{1,3}))?$/i,
    seen: 'HAL: OAI',
  },
  {
    scheme: 'openreview',
    of: ['openreview.net'],
    form: /^\/(?:forum|pdf)\?(?:.*&)?id=([\w-]+)/,
    seen: 'OpenReview',
  },
  {
    scheme: 'repec',
    of: 'link',
    form: /[?&]u=(repec:[a-z\d]{3}:[a-z\d]{6}:[^&]+)/i,
    seen: 'RePEc NEP: links of reports, one a report',
  },
  {
    scheme: 'repec',
    of: 'text',
    form: /^(repec:[a-z\d]{3}:[a-z\d]{6}:\S+)$/i,
    seen: 'RePEc: handles',
  },
];

/** All forms; the first that fits is taken, so what is special stands before what is general. */
export const ID_FORMS: readonly IdForm[] = [...arxiv, ...dois, ...others];
