import type { SourceKind } from './sources.ts';

/** How a feed of a source is named: by an operator, and by the page that people know. */
export interface SourceForm {
  /** What stands behind the colon, in words, for a refusal. */
  readonly what: string;
  readonly examples: readonly string[];
  /** The canonical address; undefined where the text is none. */
  readonly parse: (text: string) => string | undefined;
  /** The public page, which `read` reads back. */
  readonly page: (address: string) => string;
  /** What of a page's address says which feed it is; undefined where it is another page. */
  readonly read: (page: URL) => string | undefined;
}

const ISSN = /^(?:issn[:\s]*)?(\d{4})-?(\d{3}[\dx])$/i;

/** Reads an ISSN, `1234-567X`; undefined where it is none by its check digit. Source: ISO 3297. */
export function readIssn(text: string): string | undefined {
  const [, front = '', back = ''] = ISSN.exec(text.trim()) ?? [];
  const digits = [...(front + back).toUpperCase()];
  const sum = digits.reduce((all, digit, at) => all + (digit === 'X' ? 10 : +digit) * (8 - at), 0);
  return digits.length === 8 && sum % 11 === 0 ? `${front}-${back.toUpperCase()}` : undefined;
}

/** A funder's id in Crossref's registry, with or without its prefix. */
const FUNDER = /^funder[/:\s]+(?:(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.13039\/)?(\d{9,12})$/i;

function parseCrossref(text: string): string | undefined {
  const funder = FUNDER.exec(text)?.[1];
  return funder ? `funder/10.13039/${funder}` : readIssn(text);
}

const LONGEST_QUERY = 1500;

function parseQuery(text: string): string | undefined {
  const query = text.replace(/\s+/g, ' ').trim();
  return query === '' || query.length > LONGEST_QUERY ? undefined : query;
}

/** A name in a site's addresses: of a community, a server, a venue. */
const nameOf = (form: RegExp) => (text: string) => form.exec(text.trim())?.[0].toLowerCase();

/** A search whose page has the query as a parameter. */
function search(what: string, at: string, parameter: string, example: string): SourceForm {
  const { host, pathname } = new URL(at);
  return {
    what,
    examples: [example],
    parse: parseQuery,
    page: (query) => `${at}?${new URLSearchParams({ [parameter]: query })}`,
    read: (page) =>
      isAt(page, host) && tidyPath(page) === tidyPath({ pathname })
        ? (page.searchParams.get(parameter) ?? undefined)
        : undefined,
  };
}

function isAt({ host }: URL, wanted: string): boolean {
  return host.replace(/^www\./, '') === wanted.replace(/^www\./, '');
}

function tidyPath({ pathname }: Pick<URL, 'pathname'>): string {
  return pathname.replace(/\/+$/, '');
}

/** A page whose path holds the name. */
function pathOf(page: URL, host: string, form: RegExp): string | undefined {
  return isAt(page, host) ? form.exec(page.pathname)?.[1] : undefined;
}

/** One row a source. */
export const SOURCE_FORMS: Readonly<Record<SourceKind, SourceForm>> = {
  crossref: {
    what: "a journal's ISSN or a funder's number such as funder/10.13039/100000001",
    examples: ['crossref:2167-8359', 'crossref:funder/10.13039/100000001'],
    parse: parseCrossref,
    page: (address) => {
      const list = address.startsWith('funder/')
        ? address.replace('funder/', 'funders/')
        : `journals/${address}`;
      return `https://api.crossref.org/${list}/works`;
    },
    read: (page) => {
      const path = pathOf(page, 'api.crossref.org', /^\/((?:journals|funders)\/.+?)(?:\/works)?$/);
      return path?.replace(/^journals\//, '').replace(/^funders\//, 'funder/');
    },
  },
  pubmed: search(
    'a search of PubMed',
    'https://pubmed.ncbi.nlm.nih.gov/',
    'term',
    'pubmed:gulls[tiab] AND vision[tiab]',
  ),
  europepmc: search(
    'a search of Europe PMC',
    'https://europepmc.org/search',
    'query',
    'europepmc:ISSN:"2167-8359"',
  ),
  openalex: {
    what: 'a search of OpenAlex, or its own filter after filter=',
    examples: ['openalex:gull vision', 'openalex:filter=primary_location.source.id:S1983995261'],
    parse: parseQuery,
    page: (address) => {
      const filter = /^filter=(.*)$/.exec(address)?.[1];
      const params = new URLSearchParams(filter ? { filter } : { search: address });
      return `https://openalex.org/works?${params}`;
    },
    read: (page) => {
      const source = pathOf(page, 'openalex.org', /^\/(?:sources\/)?(s\d{4,12})\/?$/i);
      if (source) return `filter=primary_location.source.id:${source.toUpperCase()}`;
      if (!isAt(page, 'openalex.org') || !/^\/works\/?$/.test(page.pathname)) return undefined;
      const filter = page.searchParams.get('filter');
      return filter ? `filter=${filter}` : (page.searchParams.get('search') ?? undefined);
    },
  },
  inspire: search(
    'a search of INSPIRE',
    'https://inspirehep.net/literature',
    'q',
    'inspire:t neutrino',
  ),
  osf: {
    what: 'a preprint server of OSF such as psyarxiv or socarxiv',
    examples: ['osf:psyarxiv'],
    parse: nameOf(/^[a-z\d]{2,40}$/i),
    page: (server) => `https://osf.io/preprints/${server}`,
    read: (page) => pathOf(page, 'osf.io', /^\/preprints\/([a-z\d]+)(?:\/discover)?\/?$/i),
  },
  eprint: {
    what: 'all, or a category of IACR ePrint such as implementation',
    examples: ['eprint:all'],
    parse: nameOf(/^[a-z][a-z -]{2,40}$/i),
    page: (category) =>
      `https://eprint.iacr.org/rss/rss.xml${category === 'all' ? '' : `?${new URLSearchParams({ category })}`}`,
    read: (page) =>
      isAt(page, 'eprint.iacr.org') && /^\/(?:rss\/[a-z]+\.xml)?$/.test(page.pathname)
        ? (page.searchParams.get('category') ?? 'all')
        : undefined,
  },
  zenodo: {
    what: 'a community of Zenodo',
    examples: ['zenodo:biosyslit'],
    parse: nameOf(/^[a-z\d][\w.-]{0,99}$/i),
    page: (community) => `https://zenodo.org/communities/${community}`,
    read: (page) => pathOf(page, 'zenodo.org', /^\/communities\/([^/]+)(?:\/records)?\/?$/),
  },
  openreview: {
    what: 'a venue of OpenReview such as ICLR.cc/2026/Conference',
    examples: ['openreview:ICLR.cc/2026/Conference'],
    // Venues are told apart by capitals.
    parse: (text) => /^[\w.-]+(?:\/[\w.&-]+){1,6}$/.exec(text.trim())?.[0],
    page: (id) => `https://openreview.net/group?${new URLSearchParams({ id })}`,
    read: (page) =>
      isAt(page, 'openreview.net') && page.pathname === '/group'
        ? (page.searchParams.get('id') ?? undefined)
        : undefined,
  },
  nep: {
    what: 'a report of NEP such as fmk',
    examples: ['nep:fmk'],
    parse: (text) => /^(?:nep-)?([a-z]{3})$/i.exec(text.trim())?.[1]?.toLowerCase(),
    page: (report) => `https://nep.repec.org/rss/nep-${report}.rss.xml`,
    read: (page) => pathOf(page, 'nep.repec.org', /^\/(?:rss\/)?nep-([a-z]{3})(?:\W|$)/),
  },
};
