import type { LAYOUTS } from './layouts.ts';

/** How the papers of a kind are found: by the layout of its lines, or by a reader of its text. */
export type Way = { readonly layout: keyof typeof LAYOUTS } | { readonly text: TextWay };
export type TextWay = 'arxiv' | 'openrxiv';

/** One kind of alert mail. */
export interface AlertKind {
  readonly id: string;
  /** Who sends it, as readers know it; absent where that is not known. */
  readonly service?: string;
  /** Addresses in From, whole. */
  readonly senders: RegExp;
  /** Domains that sign it (DKIM, RFC 6376); of From where it is left out. */
  readonly signers: readonly string[];
  /** What a forwarded mail must hold, since From may say anything. */
  readonly links: RegExp;
  readonly subject?: RegExp;
  readonly way: Way;
  readonly seen: string;
}

/** The kinds that are known, what is special first. */
export const ALERT_KINDS: readonly AlertKind[] = [
  {
    id: 'scholar',
    service: 'Google Scholar',
    senders: /^(?:scholaralerts|scholarcitations)-noreply@google\.com$/i,
    signers: ['google.com'],
    links: /scholar_url(?:\?|%3F)/i,
    way: { layout: 'scholar' },
    seen: 'mails of 2013, 2019, 2023 and 2026',
  },
  {
    id: 'pubmed',
    service: 'PubMed',
    senders: /^(?:efback|nobody|pubmed)@(?:[\w-]+\.)*ncbi\.nlm\.nih\.gov$/i,
    signers: ['nih.gov'],
    links: /(?:ncbi\.nlm\.nih\.gov\/pubmed\/|pubmed\.ncbi\.nlm\.nih\.gov\/)\d+/,
    way: { layout: 'pubmed' },
    seen: 'My NCBI, 2017; its addresses 2025',
  },
  {
    id: 'arxiv',
    service: 'arXiv',
    senders: /^no-?reply@arxiv\.org$/i,
    signers: ['arxiv.org'],
    links: /arXiv:\d{4}\.\d{4,5}|arxiv\.org\/abs\//i,
    way: { text: 'arxiv' },
    seen: 'listing of 2026-02',
  },
  {
    id: 'openrxiv',
    service: 'bioRxiv and medRxiv',
    senders: /^(?:openRxiv|cshljnls)-mailer@(?:[\w-]+\.)*highwire\.org$/i,
    signers: ['highwire.org'],
    links: /doi:10\.(?:1101|64898)\//i,
    way: { text: 'openrxiv' },
    seen: 'subject collections, 2026-01',
  },
  {
    id: 'cell',
    service: 'Cell Press',
    senders: /^cellpress@notification\.elsevier\.com$/i,
    signers: ['notification.elsevier.com', 'elsevier.com'],
    links: /cell\.com(?:%2F|\/)/i,
    way: { layout: 'cell' },
    seen: 'Online Now, 2026-01',
  },
  {
    id: 'sciencedirect',
    service: 'ScienceDirect',
    senders: /^(?:sciencedirect@notification\.elsevier\.com|salert@prod\.sciencedirect\.com)$/i,
    signers: ['notification.elsevier.com', 'elsevier.com', 'sciencedirect.com'],
    links: /sciencedirect\.com(?:%2F|\/)/i,
    way: { layout: 'sciencedirect' },
    seen: 'described in words, 2018 and 2026-04',
  },
  {
    id: 'nature-weekly',
    service: 'Nature',
    senders: /^alerts@nature\.com$/i,
    signers: ['nature.com', 'springernature.com'],
    links: /links\.springernature\.com/,
    way: { layout: 'natureWeekly' },
    seen: 'weekly alert, 2026-01',
  },
  {
    id: 'nature-contents',
    service: 'Nature',
    senders: /^(?:ealert@nature\.com|nature@e-alert\.nature\.com)$/i,
    signers: ['nature.com', 'springernature.com'],
    links: /links\.springernature\.com|e-?alert\.nature\.com/,
    way: { layout: 'natureContents' },
    seen: 'Nature Medicine contents, 2026-01',
  },
  {
    id: 'wiley',
    service: 'Wiley',
    senders: /^wileyonlinelibrary@wiley\.com$/i,
    signers: ['wiley.com'],
    links: /el\.wiley\.com/,
    way: { layout: 'atypon' },
    seen: 'Early View, 2026-10',
  },
  {
    id: 'aha',
    service: 'AHA Journals',
    senders: /^ahajournals@ealerts\.heart\.org$/i,
    signers: ['heart.org', 'ealerts.heart.org'],
    links: /ealerts\.heart\.org/,
    way: { layout: 'atypon' },
    seen: 'Just Published, 2026-01',
  },
];

/** A mail that no row knows: only what has an id is read of it. */
export const UNKNOWN: AlertKind = {
  id: 'unknown',
  senders: /^/,
  signers: [],
  links: /^/,
  way: { layout: 'unknown' },
  seen: 'anything that is forwarded',
};
