import type { IncomingMessage, ServerResponse } from 'node:http';

/** An item as Zotero's web API gives it, with the version that it was changed in. */
export interface PlayedItem {
  readonly key: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A library at Zotero as its documentation says that it answers. */
export interface PlayedLibrary {
  readonly path: string;
  /** Who does not show it is refused. */
  apiKey?: string;
  /** What it says to them; that a good key may not read this where nothing else is said. */
  refusal?: string;
  version: number;
  items: PlayedItem[];
  /** Keys of what was deleted, with the version. */
  deleted: { readonly key: string; readonly version: number }[];
}

/** Answers of one library; what is not its own is not found. */
export function playZotero(library: PlayedLibrary) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://zotero');
    const tell = (status: number, text: string) => response.writeHead(status).end(text);
    if (request.headers['zotero-api-version'] !== '3') return void tell(400, 'no version');
    if (!pathname.startsWith(`/${library.path}/`)) return void tell(404, 'Not found');
    if (library.apiKey && request.headers['zotero-api-key'] !== library.apiKey) {
      return void tell(403, library.refusal ?? 'Forbidden');
    }
    response.setHeader('last-modified-version', library.version);
    const known = Number(request.headers['if-modified-since-version'] ?? -1);
    if (known >= library.version) return void response.writeHead(304).end();
    const since = Number(searchParams.get('since') ?? 0);
    if (pathname.endsWith('/deleted')) {
      const keys = library.deleted.filter(({ version }) => version > since);
      const items = keys.map(({ key }) => key);
      return void response.end(JSON.stringify({ collections: [], items, searches: [], tags: [] }));
    }
    const start = Number(searchParams.get('start') ?? 0);
    const limit = Math.min(100, Number(searchParams.get('limit') ?? 25));
    const isTrashed = searchParams.get('includeTrashed') === '1';
    const changed = library.items
      .filter(({ version, data }) => version > since && (isTrashed || !data['deleted']))
      .map((item) => ({ ...item, library: { type: 'user' }, links: {}, meta: {} }));
    response.setHeader('total-results', changed.length);
    return void response.end(JSON.stringify(changed.slice(start, start + limit)));
  };
}
