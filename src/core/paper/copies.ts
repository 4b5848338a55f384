import type { PaperIds } from './identifier.ts';

/** A place elsewhere where a paper is, under one of its ids. */
export interface Copy {
  /** What the id is called, and the id: `arXiv 2505.01234`. */
  readonly label: string;
  readonly link: string;
}

interface Place {
  readonly scheme: keyof PaperIds;
  readonly name: string;
  readonly page: (id: string) => string;
  /** Where the whole text is for everybody; undefined where that is not sure. */
  readonly pdf?: (id: string) => string | undefined;
  /** Where the form of these addresses is told. */
  readonly seen: string;
}

const ACL = '10.18653/v1/';

const PLACES: readonly Place[] = [
  {
    scheme: 'arxiv',
    name: 'arXiv',
    page: (id) => `https://arxiv.org/abs/${id}`,
    pdf: (id) => `https://arxiv.org/pdf/${id}`,
    seen: 'info.arxiv.org/help/arxiv_identifier_for_services.html',
  },
  {
    scheme: 'doi',
    name: 'DOI',
    page: (id) => `https://doi.org/${id.split('/').map(encodeURIComponent).join('/')}`,
    pdf: (id) =>
      id.startsWith(ACL) ? `https://aclanthology.org/${id.slice(ACL.length)}.pdf` : undefined,
    seen: 'DOI Handbook, 3.8; ACL Anthology for 10.18653',
  },
  {
    scheme: 'article',
    name: 'Published as',
    page: (id) => `https://doi.org/${id.split('/').map(encodeURIComponent).join('/')}`,
    seen: 'DOI Handbook, 3.8',
  },
  {
    scheme: 'pmid',
    name: 'PubMed',
    page: (id) => `https://pubmed.ncbi.nlm.nih.gov/${id}/`,
    seen: 'links of PubMed feeds',
  },
  {
    scheme: 'pmcid',
    name: 'PubMed Central',
    page: (id) => `https://pmc.ncbi.nlm.nih.gov/articles/${pmcOf(id)}/`,
    pdf: (id) => `https://pmc.ncbi.nlm.nih.gov/articles/${pmcOf(id)}/pdf/`,
    seen: 'links of Europe PMC and PubMed Central',
  },
  {
    scheme: 'eprint',
    name: 'IACR ePrint',
    page: (id) => `https://eprint.iacr.org/${id}`,
    pdf: (id) => `https://eprint.iacr.org/${id}.pdf`,
    seen: 'eprint.iacr.org/rss',
  },
  {
    scheme: 'hal',
    name: 'HAL',
    page: (id) => `https://hal.science/${id}`,
    seen: 'links of HAL feeds',
  },
  {
    scheme: 'openreview',
    name: 'OpenReview',
    page: (id) => `https://openreview.net/forum?id=${encodeURIComponent(id)}`,
    pdf: (id) => `https://openreview.net/pdf?id=${encodeURIComponent(id)}`,
    seen: 'api2.openreview.net',
  },
];

function pmcOf(id: string): string {
  return `PMC${id.replace(/^pmc/i, '')}`;
}

/** Where a paper is elsewhere, by its ids, the surest first. */
export function listCopies(ids: PaperIds): Copy[] {
  return PLACES.flatMap(({ scheme, name, page }) => {
    const id = ids[scheme];
    return id === undefined ? [] : [{ label: `${name} ${id}`, link: page(id) }];
  });
}

/** The whole text for everybody, where the id of a paper says where that is. */
export function findPdf(ids: PaperIds): string | undefined {
  for (const { scheme, pdf } of PLACES) {
    const id = ids[scheme];
    const link = id === undefined ? undefined : pdf?.(id);
    if (link) return link;
  }
  return undefined;
}
