/** A place that gives one work several DOIs: one a version, or one beside the journal's. */
export interface Repository {
  readonly name: string;
  /** DOIs of its works, in lower case, without a version. */
  readonly doi: RegExp;
  /** DOIs of single versions: the base, which stays, and the version's number. */
  readonly versioned?: RegExp;
  /** False where what it publishes is the article itself. */
  readonly isPreprint: boolean;
}

const preprints = (name: string, doi: RegExp, versioned?: RegExp): Repository => ({
  name,
  doi,
  isPreprint: true,
  ...(versioned && { versioned }),
});

/**
 * Where preprints and versions come from, by their DOIs. Seen in recorded feeds and answers:
 * bioRxiv and medRxiv (both prefixes, `v3`, `v1-0`, `v2.full`), ChemRxiv (`/v2`, `.v2`, `-v2`),
 * Research Square, OSF, SSRN, Zenodo; the others by the structure that their sites document.
 */
export const REPOSITORIES: readonly Repository[] = [
  preprints(
    'bioRxiv and medRxiv',
    /^10\.(?:1101|64898)\/[\d.]+$/,
    /^(10\.(?:1101|64898)\/[\d.]+)v(\d{1,3})(?:[.-].*)?$/,
  ),
  preprints(
    'ChemRxiv',
    /^10\.26434\/chemrxiv/,
    /^(10\.26434\/chemrxiv[.-][a-z\d.-]*?[a-z\d])[/.-]v(\d{1,3})$/,
  ),
  preprints('Research Square', /^10\.21203\/rs\./, /^(10\.21203\/rs\.[^/]+)\/v(\d{1,3})$/),
  preprints('Preprints.org', /^10\.20944\/preprints/, /^(10\.20944\/[^/]+?)\.v(\d{1,3})$/),
  preprints('OSF', /^10\.\d{4,9}\/osf\.io\//, /^(10\.\d{4,9}\/osf\.io\/[a-z\d]+)_v(\d{1,3})$/),
  preprints('SSRN', /^10\.2139\/ssrn\./),
  preprints('arXiv', /^10\.48550\/arxiv\./),
  preprints('Authorea and ESSOAr', /^10\.22541\//, /^(10\.22541\/[^/]+)\/v(\d{1,3})$/),
  preprints('ESSOAr', /^10\.1002\/essoar\./, /^(10\.1002\/essoar\.\d+)\.(\d{1,3})$/),
  preprints('TechRxiv', /^10\.36227\/techrxiv/, /^(10\.36227\/[^/]+?)(?:\.|\/)v(\d{1,3})$/),
  preprints('figshare', /^10\.6084\/m9\./, /^(10\.6084\/m9\.figshare\.\d+)\.v(\d{1,3})$/),
  preprints('PeerJ Preprints', /^10\.7287\/peerj\.preprints/, /^(10\.7287\/[^/]+?\d)v(\d{1,3})$/),
  preprints('Qeios', /^10\.32388\//, /^(10\.32388\/[a-z\d]{6})\.(\d{1,3})$/),
  preprints(
    'ScienceOpen Preprints',
    /^10\.14293\/(?:pr2199\.|s2199-1006\.1\.sor-\.pp)/,
    /^(10\.14293\/(?:pr2199\.\d+|s2199-1006\.1\.sor-\.pp\w+))\.v(\d{1,3})$/,
  ),
  preprints(
    'Advance (Sage)',
    /^10\.31124\/advance\./,
    /^(10\.31124\/advance\.[\d.]+?)[./]v(\d{1,3})$/,
  ),
  preprints('ChinaXiv', /^10\.12074\/\d{6}\.\d{5}/, /^(10\.12074\/\d{6}\.\d{5})v(\d{1,3})$/),
  preprints('Jxiv', /^10\.51094\/jxiv\./),
  preprints('EarthArXiv', /^10\.31223\//),
  preprints('EGUsphere', /^10\.5194\/egusphere-/),
  preprints('SciELO Preprints', /^10\.1590\/scielopreprints\./),
  preprints('JMIR Preprints', /^10\.2196\/preprints\./),
  preprints('Zenodo', /^10\.5281\/zenodo\./),
  preprints('NBER', /^10\.3386\/w/),
  {
    name: "F1000Research and its kin (Wellcome, Gates, Europe's)",
    doi: /^10\.12688\//,
    versioned: /^(10\.12688\/[a-z\d]+\.\d+)\.(\d{1,3})$/,
    isPreprint: false,
  },
  {
    name: 'Emerald Open Research',
    doi: /^10\.35241\/emeraldopenres\./,
    versioned: /^(10\.35241\/emeraldopenres\.\d+)\.(\d{1,3})$/,
    isPreprint: false,
  },
  {
    name: 'Access Microbiology',
    doi: /^10\.1099\/acmi\.0\./,
    versioned: /^(10\.1099\/acmi\.0\.\d{6})\.v(\d{1,3})$/,
    isPreprint: false,
  },
  {
    name: 'protocols.io',
    doi: /^10\.17504\/protocols\.io\./,
    versioned: /^(10\.17504\/protocols\.io\.[a-z\d]+)\/v(\d{1,3})$/,
    isPreprint: false,
  },
  {
    name: 'eLife, reviewed preprints',
    doi: /^10\.7554\/elife\./,
    versioned: /^(10\.7554\/elife\.\d+)\.(\d)$/,
    isPreprint: false,
  },
];

/** A DOI without its version, and the version where it has one. Takes lower case. */
export function splitVersion(doi: string): { readonly id: string; readonly version?: number } {
  for (const { versioned } of REPOSITORIES) {
    const [, id, version] = versioned?.exec(doi) ?? [];
    if (id !== undefined) return { id, version: Number(version) };
  }
  return { id: doi };
}

/** The server that a DOI is a preprint of; undefined where it is an article's, as far as we know. */
export function findPreprintServer(doi: string): string | undefined {
  return REPOSITORIES.find((place) => place.isPreprint && place.doi.test(doi))?.name;
}
