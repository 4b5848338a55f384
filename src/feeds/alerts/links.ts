/** How a counted or wrapped link holds its target; those without a row say nothing offline. */
interface Wrapping {
  readonly host: RegExp;
  /** The target as the link has it, still encoded once; undefined where it has none. */
  readonly find: (url: string) => string | undefined;
  /** A program that forwards mail puts it around every link. */
  readonly isLayer?: true;
  /** Without a target such a link is the site's own page. */
  readonly isSite?: true;
  readonly seen: string;
}

const parameter =
  (name: string) =>
  (url: string): string | undefined =>
    new RegExp(`[?&]${name}=([^&#]*)`).exec(url)?.[1];

/** Layers of forwarding programs nest; nobody was seen to nest deeper. */
const DEEPEST = 6;

const WRAPPINGS: readonly Wrapping[] = [
  {
    host: /^[a-z\d-]+\.safelinks\.protection\.outlook\.(?:com|de|cn)$/,
    find: parameter('url'),
    isLayer: true,
    seen: 'Microsoft 365, 2019 to 2026; `data` holds the reader’s address',
  },
  {
    // Only the target's own marks are escaped, once.
    host: /^scholar\.google\.[a-z.]{2,6}$/,
    find: (url) =>
      /\/scholar_url\?/.test(url) ? (parameter('url')(url) ?? parameter('q')(url)) : undefined,
    seen: 'Google Scholar, 2013 to 2026',
  },
  {
    host: /^(?:www\.)?google\.[a-z.]{2,6}$/,
    find: (url) =>
      /\/url\?/.test(url) ? (parameter('url')(url) ?? parameter('q')(url)) : undefined,
    isSite: true,
    seen: 'Google Alerts; Gmail’s web pages',
  },
  {
    host: /^click\.notification\.elsevier\.com$|\.awstrack\.me$/,
    find: (url) => /\/[CL]L?0\/([^/]+)/.exec(url)?.[1],
    seen: 'Elsevier and Cell Press, 2026; ScienceDirect before',
  },
  {
    host: /^(?:www\.)?(?:urldefense\.com|urldefense\.proofpoint\.com)$/,
    find: (url) => {
      const third = /\/v3\/__(.+?)__;/.exec(url)?.[1];
      // Proofpoint's second form writes `%` as `-` and `/` as `_`.
      const second = parameter('u')(url)?.replace(/-/g, '%').replace(/_/g, '/');
      return third ?? second;
    },
    isLayer: true,
    seen: 'Proofpoint, forms 2 and 3',
  },
  {
    host: /^e-?alert\.nature\.com$/,
    find: (url) => {
      const packed = parameter('_L54AD1F204_')(url);
      if (!packed) return undefined;
      const query = Buffer.from(packed, 'base64url').toString('latin1');
      return parameter('target')(`?${query}`);
    },
    seen: 'Nature journals before 2024',
  },
];

/**
 * Where a link of a mail leads, as far as the link itself says; nothing is opened. Undefined where
 * it does not say, or leads to no page of the web.
 */
export function unwrap(href: string): string | undefined {
  let link = href.trim();
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    if (!URL.canParse(link)) return undefined;
    const { hostname, protocol } = new URL(link);
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    const wrapping = WRAPPINGS.find(({ host }) => host.test(hostname));
    if (!wrapping) return isOpaque(link) ? undefined : link;
    const inner = wrapping.find(link);
    if (inner === undefined) return wrapping.isSite ? link : undefined;
    link = decode(inner);
  }
  return undefined;
}

const LAYERS = WRAPPINGS.filter(({ isLayer }) => isLayer);
const LAYERED = /https:\/\/[\w.-]*(?:safelinks\.protection\.outlook|urldefense)\.[^\s"'<>]+/g;

/**
 * A text or HTML without what programs that forward mail put around its links, as deep as they nest; the
 * reader's address stands in it. What remains is what was sent.
 */
export function dropLayers(text: string, kind: 'html' | 'text'): string {
  if (!/safelinks\.protection\.outlook|urldefense/.test(text)) return text;
  return text.replace(LAYERED, (wrapped) => {
    let link = wrapped.replaceAll('&amp;', '&');
    for (let depth = 0; depth < DEEPEST && URL.canParse(link); depth += 1) {
      const { hostname } = new URL(link);
      const inner = LAYERS.find(({ host }) => host.test(hostname))?.find(link);
      if (inner === undefined) break;
      link = decode(inner);
    }
    if (!/^https?:[^\s"'<>]+$/.test(link)) return '#';
    return kind === 'html' ? link.replaceAll('&', '&amp;') : link;
  });
}

/** Links that say nothing of where they lead, by host or by path. */
const OPAQUE: readonly { readonly link: RegExp; readonly seen: string }[] = [
  { link: /^https?:\/\/links\.springernature\.com\//, seen: 'Nature, 2026' },
  { link: /^https?:\/\/[^/]+\/ls\/click\?upn=/, seen: 'SendGrid: Wiley, AHA, 2026' },
  { link: /^https?:\/\/el\.wiley\.com\//, seen: 'Wiley, 2026' },
  { link: /^https?:\/\/app\.acspubs\.org\/e\//, seen: 'ACS, 2026' },
  { link: /^https?:\/\/click\.[^/]*sciencepubs\.org\//, seen: 'AAAS, 2026' },
  { link: /^https?:\/\/click\.updates\.cambridge\.org\//, seen: 'Cambridge, 2026' },
  { link: /^https?:\/\/url\d*\.(?:tandfonline|sagepub)\.com\//, seen: 'Taylor & Francis, SAGE' },
];

const isOpaque = (link: string) => OPAQUE.some((row) => row.link.test(link));

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
