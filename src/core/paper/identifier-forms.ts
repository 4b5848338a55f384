import { DOI_FORMS } from './doi-forms.ts';
import { formOf as form, type IdForm } from './id-form.ts';

const ARXIV = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v(?<version>\d{1,3}))?`;
const PII = String.raw`(S\d{4}-?\d{3}[\dX]\(?\d{2}\)?\d{5}-?[\dX])`;

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
    of: ['semanticscholar.org'],
    form: form('^\\/(?:arxiv\\/|arxiv:)', ARXIV, '(?:[?/]|$)'),
    seen: 'Semantic Scholar: links by the id; those by its own hash say none',
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
export const ID_FORMS: readonly IdForm[] = [...arxiv, ...DOI_FORMS, ...others];
