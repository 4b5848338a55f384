import type { IncomingMessage, ServerResponse } from 'node:http';

/** An item as it stands in a played library. */
export interface ShelvedItem {
  version: number;
  data: Record<string, unknown> & { key: string; title?: string; collections?: string[] };
}

/** A user's library at Zotero that can be written to, as its server's code and tests say it answers. */
export interface PlayedShelf {
  readonly userId: number;
  /** Its keys, and what each may do. */
  readonly keys: Map<string, { library: boolean; write: boolean }>;
  version: number;
  readonly items: Map<string, ShelvedItem>;
  readonly collections: Map<string, string>;
  /** What was deleted for good, with the version. */
  readonly deleted: Map<string, number>;
  /** What it answers to an item of such a title instead of writing it. */
  readonly trouble: Map<string, { code: number; message: string }>;
  /** Looks at each request first; true where it has been answered. */
  before: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** After the items of a request are written, before it is answered. */
  afterItems: () => void;
  /** How many wrong keys came; the sixth shuts out whoever sends it. */
  wrongKeys: number;
}

/** An empty library with one key that may write. */
export function openShelf(userId: number, key: string): PlayedShelf {
  return {
    userId,
    keys: new Map([[key, { library: true, write: true }]]),
    version: 100,
    items: new Map(),
    collections: new Map(),
    deleted: new Map(),
    trouble: new Map(),
    before: () => false,
    afterItems: () => {},
    wrongKeys: 0,
  };
}

/** Deletes an item for good, as its owner does who empties the trash. */
export function deleteForGood(shelf: PlayedShelf, key: string): void {
  shelf.version += 1;
  shelf.items.delete(key);
  shelf.deleted.set(key, shelf.version);
}

const common = ['key', 'version', 'itemType', 'title', 'creators', 'abstractNote', 'date', 'DOI'];
const fields: Record<string, readonly string[]> = {
  preprint: [...common, 'url', 'extra', 'collections', 'repository', 'archiveID'],
  journalArticle: [...common, 'url', 'extra', 'collections', 'publicationTitle'],
};

/** Answers as Zotero's web API (version 3) does. */
export function playShelf(shelf: PlayedShelf) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (!shelf.before(request, response)) {
        answer(shelf, request, { response, body: Buffer.concat(chunks).toString() });
      }
    });
  };
}

function answer(
  shelf: PlayedShelf,
  request: IncomingMessage,
  { response, body }: { response: ServerResponse; body: string },
): void {
  const tell = (status: number, text: string) => {
    response.writeHead(status).end(text);
  };
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://zotero');
  const key = String(request.headers['zotero-api-key'] ?? '');
  if (request.headers['zotero-api-version'] !== '3') {
    tell(400, 'no version');
    return;
  }
  if (shelf.wrongKeys > 5) {
    tell(429, 'Too many authentication failures');
    return;
  }
  const access = shelf.keys.get(key);
  if (!access) {
    shelf.wrongKeys += 1;
    tell(403, 'Invalid key');
    return;
  }
  const json = (value: unknown) => {
    response.setHeader('last-modified-version', shelf.version);
    response.end(JSON.stringify(value));
  };
  if (pathname === '/keys/current') {
    const user = access.library || access.write ? { user: access } : {};
    json({ key, userID: shelf.userId, username: 'ada', access: user });
    return;
  }
  if (!pathname.startsWith(`/users/${shelf.userId}/`)) {
    tell(404, 'Not found');
    return;
  }
  if (pathname.endsWith('/deleted')) {
    const since = Number(searchParams.get('since'));
    const items = [...shelf.deleted].flatMap(([each, at]) => (at > since ? [each] : []));
    json({ collections: [], items, searches: [], tags: [], settings: [] });
    return;
  }
  if (!access.write) {
    tell(403, 'Write access denied');
    return;
  }
  const objects = JSON.parse(body) as ShelvedItem['data'][];
  if (objects.length > 50) {
    tell(413, 'Cannot add more than 50 items at a time');
    return;
  }
  const isItems = pathname.endsWith('/items');
  const results = objects.map((each) =>
    isItems ? writeItem(shelf, each) : writeCollection(shelf, each),
  );
  if (isItems) shelf.afterItems();
  const pick = (isFailed: boolean) =>
    results.flatMap((each, at) => ((typeof each === 'string') === isFailed ? [] : [[at, each]]));
  const success = Object.fromEntries(pick(false));
  json({ successful: {}, success, unchanged: {}, failed: Object.fromEntries(pick(true)) });
}

type Failed = { code: number; message: string; data?: object };

function writeItem(shelf: PlayedShelf, data: ShelvedItem['data']): string | Failed {
  const trouble = shelf.trouble.get(data.title ?? '');
  if (trouble) return trouble;
  const known = shelf.items.get(data.key);
  if (known && data['version'] === 0) {
    const message = `Item has been modified since specified version (expected 0, found ${known.version})`;
    return { code: 412, message };
  }
  const allowed = fields[String(data['itemType'])] ?? [];
  const wrong = Object.keys(data).find((name) => !allowed.includes(name));
  if (wrong) return { code: 400, message: `Invalid property '${wrong}'` };
  const lost = data.collections?.find((each) => !shelf.collections.has(each));
  if (lost) {
    return { code: 409, message: `Collection ${lost} not found`, data: { collection: lost } };
  }
  shelf.version += 1;
  shelf.items.set(data.key, { version: shelf.version, data });
  shelf.deleted.delete(data.key);
  return data.key;
}

function writeCollection(shelf: PlayedShelf, data: ShelvedItem['data']): string | Failed {
  if (shelf.collections.has(data.key)) {
    return { code: 412, message: 'Collection has been modified since specified version' };
  }
  shelf.version += 1;
  shelf.collections.set(data.key, String(data['name']));
  return data.key;
}
