/** A parameter of links that says nothing of what they lead to. */
interface Idle {
  readonly names: RegExp;
  /** On these hosts and below; on any where none is named. */
  readonly hosts?: readonly string[];
  /** Only with such a value. */
  readonly value?: RegExp;
  readonly seen: string;
}

/** What links carry beside the address, by where it was seen. */
const IDLE: readonly Idle[] = [
  {
    names: /^(?:utm|at|hsa|pk|mtm|vero|oly|ns)_|^_hs|^__|^wt\./,
    seen: 'PubMed, Nature, feed services, mailings',
  },
  {
    names:
      /^(?:source|src|ref|from|feed|partner|cid|cmpid|cmp|ncid|ocid|feature|via|medium|xtor|campaign|smid|channel)$/,
    value: /^(?:rss|atom|feeds?|feedly|inoreader|newsletter|twitter|e-?mail|e?toc|alert)(?![a-z])/i,
    seen: 'news sites, Silverchair, Wiley: where the reader came from, by words',
  },
  {
    names: /^(?:from_?rss|e?papetoc|etoc|cct|rskey|needaccess|cookieset|casa_token)$/,
    seen: 'HighWire, OUP, Atypon, Google Scholar',
  },
  {
    names: /^via(?:=ihub)?$/,
    value: /^(?:ihub)?$/,
    hosts: ['sciencedirect.com'],
    seen: 'ScienceDirect: ?via%3Dihub',
  },
  { names: /^(?:rss|rss_id)$/, seen: 'bioRxiv, OUP: ?rss=1' },
  { names: /^af$/, seen: 'Atypon: Wiley, Taylor & Francis, ACS' },
  { names: /^(?:dgcid|dgc_id)$/, seen: 'ScienceDirect: rss_sd_all' },
  { names: /^track$/, value: /^rss/i, seen: 'Ingenta: TRACK=RSS' },
  { names: /^rft_dat$/, seen: 'EBSCO and filters' },
  { names: /^rsc_ga$/, seen: 'RSC' },
  {
    names:
      /^(?:fbclid|gclid|dclid|msclkid|twclid|yclid|igshid|gbraid|wbraid|spm|trk|mkt_tok|hss_channel|mc_cid|mc_eid|_ga|ref_src)$/,
    seen: 'mailings and social media',
  },
  { names: /^(?:fc|ff|v)$/, hosts: ['pubmed.ncbi.nlm.nih.gov'], seen: 'PubMed searches' },
  { names: /^r$/, hosts: ['d.repec.org'], seen: 'RePEc NEP: the report' },
  { names: /^(?:ai|mi|ui)$/, hosts: ['tandfonline.com'], seen: 'Taylor & Francis: ?ai=…&mi=…' },
  { names: /^(?:jsessionid|phpsessid|aspsessionid\w*|cfid|cftoken)$/, seen: 'sessions' },
  {
    // `session=7` is a part of a conference, `sid=7` the number of a story.
    names: /^(?:s|sid|sess|sessid|session|sessionid|session_id|oscsid|zenid|token)$/,
    value: /^(?:(?=.*\d)[\w-]{16,}|eyj.+)$/i,
    seen: 'sessions under names that have other uses',
  },
];

/** Addresses that only lead on to another one, which stands in a parameter. */
const LEADING: readonly {
  readonly from: RegExp;
  readonly names: readonly string[];
  seen: string;
}[] = [
  { from: /^(?:www\.)?google\.[a-z.]{2,6}\/url$/, names: ['url', 'q'], seen: 'Google Alerts' },
  { from: /^scholar\.google\.[a-z.]{2,6}\/scholar_url$/, names: ['url'], seen: 'Google Scholar' },
];

/** Where a link of an alert leads to; the link itself where it leads to no other. */
export function unwrapLink(link: string): string {
  if (!URL.canParse(link)) return link;
  const { hostname, pathname, searchParams } = new URL(link);
  const row = LEADING.find(({ from }) => from.test(`${hostname}${pathname}`));
  const found = row?.names.map((name) => searchParams.get(name) ?? '').find(Boolean) ?? '';
  return /^https?:\/\//i.test(found) && URL.canParse(found) ? found : link;
}

/** A link as people open it, without what only tells where they came from. */
export function cleanLink(link: string): string {
  const url = new URL(link);
  for (const [name, value] of [...url.searchParams]) {
    if (isIdle(url.hostname, name.toLowerCase(), value)) url.searchParams.delete(name);
  }
  // ASP.NET has its sessions as a folder, `/(S(…))/`.
  url.pathname = url.pathname
    .replace(/;(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*/gi, '')
    .replace(/^((?:\/[^/]+)*)\/\([saf]\([\w-]{16,}\)\)(?=\/)/i, '$1');
  url.username = '';
  url.password = '';
  return url.href;
}

function isIdle(host: string, name: string, value: string): boolean {
  return IDLE.some(
    ({ names, hosts, value: form }) =>
      names.test(name) &&
      (!hosts || hosts.some((each) => host === each || host.endsWith(`.${each}`))) &&
      (!form || form.test(value)),
  );
}

/** A link without what changes from feed to feed: scheme, `www.`, fragment, tracking. */
export function foldLink(link: string): string {
  const url = new URL(cleanLink(link));
  url.searchParams.sort();
  const query = url.searchParams.size > 0 ? `?${url.searchParams}` : '';
  const path = url.pathname.replace(/%[\da-f]{2}/gi, foldEscape).replace(/\/{2,}/g, '/');
  return `${url.hostname.replace(/^www\./, '')}${path.replace(/\/$/, '')}${query}`;
}

/** An escaped letter as itself where that means the same (RFC 3986 6.2.2), else in capitals. */
function foldEscape(code: string): string {
  const letter = String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return /^[\w.~-]$/.test(letter) ? letter : code.toUpperCase();
}

/** The place within a page that a link leads to; empty where it leads to the page. */
export function fragmentOf(link: string | undefined): string {
  return link !== undefined && URL.canParse(link) ? new URL(link).hash : '';
}
