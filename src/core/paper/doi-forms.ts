import { DOI_ADDRESSES } from './doi-addresses.ts';
import { formOf as form, type IdForm } from './id-form.ts';

const DOI = String.raw`10\.\d{4,9}(?:\.\d+)*\/`;

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
    form: form(
      '[?&](?:id|doi|articleid|uri|rft_id|persistentid)=(?:info:doi\\/|doi:)?(',
      DOI,
      '[^?&]+)',
    ),
    seen: 'PLOS: article?id=; Dataverse: persistentId=',
  },
  ...DOI_ADDRESSES,
  {
    scheme: 'doi',
    of: 'text',
    form: /^oai:zenodo\.org:(\d+)$/i,
    write: (id) => `10.5281/zenodo.${id}`,
    seen: 'Zenodo: OAI',
  },
];
