/** A list of what is new at arXiv, bioRxiv or medRxiv, by what its page is called. */
export interface ServerPage {
  readonly kind: 'arxiv' | 'biorxiv' | 'medrxiv';
  /** A category or a subject, as the page spells it; `all`. */
  readonly name: string;
}

/** Reads which list a page that people have open is; undefined for any other page. */
export function readServerPage({ hostname, pathname }: URL): ServerPage | undefined {
  const host = hostname.replace(/^www\./, '');
  const [, category] = /^\/(?:list|archive)\/([a-z.-]+)(?:\/|$)/i.exec(pathname) ?? [];
  if (host === 'arxiv.org') return category ? { kind: 'arxiv', name: category } : undefined;
  const [, server] = /^(biorxiv|medrxiv)\.org$/.exec(host) ?? [];
  if (server !== 'biorxiv' && server !== 'medrxiv') return undefined;
  const [, subject] = /^\/collection\/([a-z-]+)\/?$/i.exec(pathname) ?? [];
  if (subject) return { kind: server, name: subject.replaceAll('-', '_') };
  return /^\/(?:content\/early\/recent\/?)?$/.test(pathname)
    ? { kind: server, name: 'all' }
    : undefined;
}
