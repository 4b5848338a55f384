/**
 * The vocabularies that feeds speak, by their namespaces, each with the prefix that we read it
 * under; none for those whose elements are read by their bare names.
 */
const VOCABULARIES: readonly (readonly [namespace: RegExp, prefix: string])[] = [
  [/^https?:\/\/purl\.org\/dc\/(?:elements\/1\.[01]|terms)\/?$/, 'dc'],
  [/^https?:\/\/(?:www\.)?prismstandard\.org\/namespaces\//, 'prism'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/prism\/?$/, 'prism'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/, 'content'],
  [/^https?:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#?$/, 'rdf'],
  [/^https?:\/\/arxiv\.org\/schemas\/atom\/?$/, 'arxiv'],
  [/^https?:\/\/rssnamespace\.org\/feedburner\//, 'feedburner'],
  [/^https?:\/\/a9\.com\/-\/spec\/opensearch/, 'opensearch'],
  [/^https?:\/\/www\.w3\.org\/1998\/Math\/MathML\/?$/, 'mml'],
  [/^https?:\/\/www\.w3\.org\/(?:2005\/Atom|1999\/xhtml)\/?$/, ''],
  [/^https?:\/\/purl\.org\/(?:rss\/1\.0|atom\/ns#?)\/?$/, ''],
  [/^https?:\/\/(?:my\.netscape\.com\/rdf\/simple\/|backend\.userland\.com\/rss)/, ''],
];

// Far more than any feed declares.
const MOST_DECLARED = 1_000;
const DECLARED = /\sxmlns:([\w.-]{1,40})\s*=\s*["']([^"'<>]{1,200})["']/g;

/**
 * Names elements by what their namespace is and not by the prefix that a feed happens to give it.
 * A prefix of ours that is bound to something unknown is taken at its word: OUP binds `prism` to
 * "prism". A prefix means one vocabulary in all of a text.
 */
export function nameByNamespace(text: string): (name: string) => string {
  const prefixes = new Map<string, string>();
  let declared = 0;
  for (const [, prefix = '', namespace = ''] of text.matchAll(DECLARED)) {
    if (prefixes.has(prefix)) continue;
    declared += 1;
    if (declared > MOST_DECLARED) break;
    const known = VOCABULARIES.find(([pattern]) => pattern.test(namespace));
    if (known) prefixes.set(prefix, known[1]);
  }
  return (name) => {
    const colon = name.indexOf(':');
    const prefix = colon < 0 ? undefined : prefixes.get(name.slice(0, colon));
    if (prefix === undefined) return name;
    const local = name.slice(colon + 1);
    return prefix === '' ? local : `${prefix}:${local}`;
  };
}

const OWN_DC =
  /<([A-Za-z]{1,30})(\s+xmlns\s*=\s*["']https?:\/\/purl\.org\/dc\/(?:elements\/1\.[01]|terms)\/["'][^<>]{0,200})>([^<]*)<\/\1\s*>/g;

/** Gives Dublin Core that an element declares for itself alone (`<creator xmlns="…">`) its prefix. */
export function prefixOwnDublinCore(text: string): string {
  return text.replace(OWN_DC, '<dc:$1$2>$3</dc:$1>');
}
