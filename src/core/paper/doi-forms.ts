import { formOf as form, type IdForm } from './id-form.ts';

const DOI = String.raw`10\.\d{4,9}(?:\.\d+)*\/`;
const OSF_PREFIX: Readonly<Record<string, string>> = {
  osf: '10.31219',
  psyarxiv: '10.31234',
  socarxiv: '10.31235',
};

/** How DOIs are written, by publisher; what is special stands before what is general. */
export const DOI_FORMS: readonly IdForm[] = [
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
    of: ['aclanthology.org', 'aclweb.org'],
    form: /^\/(?:anthology\/)?(\d{4}\.[a-z\d]+-[a-z\d]+\.[1-9]\d*|[a-z]\d{2}-\d{4})(?:v\d{1,2})?(?:\.pdf|\.bib)?\/?(?:\?|$)/i,
    write: (id) => `10.18653/v1/${id}`,
    seen: 'ACL Anthology: pages and PDFs beside the doi of its BibTeX',
  },
  {
    scheme: 'doi',
    of: ['jstor.org'],
    form: /^\/stable\/(?:pdf\/)?(\d{4,10})(?:\.pdf)?(?:[?/]|$)/,
    write: (id) => `10.2307/${id}`,
    seen: 'JSTOR: stable links beside the keys of its BibTeX',
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
