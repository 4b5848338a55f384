import type { IdForm } from './id-form.ts';

type Row = readonly [host: string, form: RegExp, write: (id: string) => string];

const COPERNICUS =
  `acp amt angeo bg cp dwes esd essd esurf fr gc gh gi gmd hess jsss ms nhess npg os pb
  se soil tc we wes`.split(/\s+/);

/**
 * Addresses that hold all of a DOI but its prefix, or spell it in another way; of publishers whose DOIs
 * are made so throughout. What is made so only in part (MDPI, Silverchair, HighWire) has no row: a DOI
 * that is nearly right parts a paper from itself.
 */
/** Servers that OSF holds, with what their DOIs begin with. */
const OSF = {
  ...{ osf: '10.31219', psyarxiv: '10.31234', socarxiv: '10.31235', edarxiv: '10.35542' },
  ...{
    metaarxiv: '10.31222',
    lawarxiv: '10.31228',
    mindrxiv: '10.31231',
    thesiscommons: '10.31237',
  },
  ...{
    africarxiv: '10.31730',
    mediarxiv: '10.33767',
    biohackrxiv: '10.37044',
    indiarxiv: '10.35543',
  },
};

/** Its own journals and LREC have other DOIs, or none. */
const ACL =
  /^\/(?:anthology\/)?((?!\d{4}\.(?:tacl|cl|lrec)-)\d{4}\.[a-z\d]+-[a-z\d]+\.[1-9]\d*|(?![jlq])[a-z]\d{2}-\d{4})(?:v\d{1,2})?(?:\.pdf|\.bib)?\/?(?:\?|$)/i;

const ROWS: readonly Row[] = [
  [
    'nature.com',
    /^\/articles\/((?:s41599-|palcomms)[\w.-]+?)(?:\.e?pdf)?(?:[?/]|$)/i,
    (id) => `10.1057/${id}`,
  ],
  ['nature.com', /^\/articles\/([a-z\d][\w.-]+?)(?:\.e?pdf)?(?:[?/]|$)/i, (id) => `10.1038/${id}`],
  ['ssrn.com', /[?&/]abstract(?:_id)?=(\d+)/i, (id) => `10.2139/ssrn.${id}`],
  [
    'researchsquare.com',
    /^\/article\/(rs-\d+)(?:\/v(?<version>\d{1,3}))?/i,
    (id) => `10.21203/rs.3.${id}`,
  ],
  [
    'preprints.org',
    /^\/manuscript\/(\d{6}\.\d{4})(?:\/v(?<version>\d{1,3}))?/i,
    (id) => `10.20944/preprints${id}`,
  ],
  ['zenodo.org', /^\/records?\/(\d+)/i, (id) => `10.5281/zenodo.${id}`],
  ['elifesciences.org', /^\/articles\/(\d{5,6})(?:[?/]|$)/, (id) => `10.7554/elife.${id}`],
  [
    'elifesciences.org',
    /^\/reviewed-preprints\/(\d{5,6})(?:v(?<version>\d))?(?:[?/]|$)/,
    (id) => `10.7554/elife.${id}`,
  ],
  [
    'ametsoc.org',
    /^\/view\/journals\/[a-z]+\/\d+\/\d+\/([a-z]+-d-\d\d-\d{4}\.\d)\.xml/i,
    (id) => `10.1175/${id}`,
  ],
  [
    'wwwnc.cdc.gov',
    /^\/eid\/article\/(\d+\/\d+\/\d\d-\d{4})_/,
    (id) => `10.3201/eid${id.replace('/', '').replace('/', '.').replace('-', '')}`,
  ],
  [
    'cdc.gov',
    /^\/mmwr\/(?:volumes\/\d+|preview\/mmwrhtml)(?:\/[a-z]{2})?\/((?:mm|ss|rr|su)\d{4}[a-z]\d+)\./,
    (id) => `10.15585/mmwr.${id}`,
  ],
  [
    'pubs.rsc.org',
    /^\/en\/content\/article(?:landing|html|pdf)\/\d{4}\/[a-z\d]{2}\/([a-z]\w{8,9})(?:[?/]|$)/i,
    (id) => `10.1039/${id}`,
  ],
  [
    'insight.jci.org',
    /^\/articles\/view\/(\d{4,6})(?:[?/]|$)/,
    (id) => `10.1172/jci.insight.${id}`,
  ],
  ['jci.org', /^\/articles\/view\/(?:jci)?(\d{5,6})(?:[?/]|$)/i, (id) => `10.1172/jci${id}`],
  ...['archives', 'annals'].map(
    (series): Row => [
      `isprs-${series}.copernicus.org`,
      /^\/articles\/([ivxlc][\w-]*\/\d+\/\d{4})(?:[?/]|$)/i,
      (id) => `10.5194/isprs-${series}-${id.replaceAll('/', '-')}`,
    ],
  ),
  ['publish.csiro.au', /^\/(?:\w+\/)?([a-z]{2}\d{5})(?:[?/]|$)/i, (id) => `10.1071/${id}`],
  ['peerj.com', /^\/articles\/(\d{1,6})(?:[?/]|$)/, (id) => `10.7717/peerj.${id}`],
  [
    'peerj.com',
    /^\/articles\/([a-z]{2,6}-\d{1,6})(?:[?/]|$)/,
    (id) => `10.7717/peerj-${id.replace('-', '.')}`,
  ],
  ['jmir.org', /^\/\d{4}\/\d{1,2}\/e(\d{5})(?:[?/]|$)/, (id) => `10.2196/${id}`],
  ...['aclanthology.org', 'aclweb.org'].map(
    (host): Row => [host, ACL, (id) => `10.18653/v1/${id}`],
  ),
  ['jstor.org', /^\/stable\/(?:pdf\/)?(\d{4,10})(?:\.pdf)?(?:[?/]|$)/, (id) => `10.2307/${id}`],
  ['nber.org', /^\/papers\/(w\d{1,6})(?:[?/.]|$)/, (id) => `10.3386/${id}`],
  ['hindawi.com', /^\/journals\/[a-z]+\/(\d{4}\/\d{5,8})(?:[?/]|$)/, (id) => `10.1155/${id}`],
  ['karger.com', /^\/article\/[a-z]+\/(\d{5,9})$/i, (id) => `10.1159/${id.padStart(9, '0')}`],
  ['quantum-journal.org', /^\/papers\/(q-[\d-]+)(?:[?/]|$)/, (id) => `10.22331/${id}`],
  ['scipost.org', /^\/(scipost[a-z]+\.[\d.]+)(?:[?/]|$)/i, (id) => `10.21468/${id}`],
  ['bmj.com', /^\/content\/\d+\/(bmj[.-][\w-]+)(?:[?/.]|$)/, (id) => `10.1136/${id}`],
  [
    'copernicus.org',
    /^\/preprints\/(?:\d{4}\/)?([a-z]+-\d{4}-\d+)(?:[?/]|$)/,
    (id) => `10.5194/${id}`,
  ],
  ...COPERNICUS.map(
    (journal): Row => [
      `${journal}.copernicus.org`,
      /^\/articles\/(\d+\/\d+\/\d{4})(?:[?/]|$)/,
      (id) => `10.5194/${journal}-${id.replaceAll('/', '-')}`,
    ],
  ),
  ...['biorxiv.org', 'medrxiv.org'].map(
    (host): Row => [
      host,
      /^\/content\/(?:\w+\/)?early\/\d{4}\/\d\d\/\d\d\/([\d.]*\d{6,8})(?:v(?<version>\d{1,3}))?/,
      (id) => `10.1101/${id}`,
    ],
  ),
  [
    'chinaxiv.org',
    /^\/(?:abs|user\/download)\/(\d{6}\.\d{5})(?:v(?<version>\d{1,3}))?(?:[?/]|$)/i,
    (id) => `10.12074/${id}`,
  ],
  ...Object.entries(OSF).map(
    ([server, prefix]): Row => [
      'osf.io',
      new RegExp(`^/preprints/${server}/([a-z\\d]{5})(?:_v(?<version>\\d{1,3}))?(?:[?/]|$)`, 'i'),
      (id) => `${prefix}/osf.io/${id}`,
    ],
  ),
  [
    'psyarxiv.com',
    /^\/([a-z\d]{5})(?:_v(?<version>\d{1,3}))?(?:[?/]|$)/,
    (id) => `10.31234/osf.io/${id}`,
  ],
];

/** How these addresses are read. */
export const DOI_ADDRESSES: readonly IdForm[] = ROWS.map(([host, form, write]) => ({
  ...{ scheme: 'doi', of: [host], form, write },
  seen: `links of ${host}`,
}));
