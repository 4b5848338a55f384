import type { PlayedLibrary } from '../harness/zotero-server.ts';
import { playZotero } from '../harness/zotero-server.ts';
import { type Loopback, loopbackFeeds, type Play, startLoopback } from './loopback.ts';

const item = (at: number, version = 5) => ({
  key: `ITEM${at}`,
  version,
  data: { itemType: 'journalArticle', title: `Paper ${at}`, DOI: `10.5555/${at}` },
});
const library: PlayedLibrary = { path: 'users/475425', version: 5, items: [], deleted: [] };
const asked = { place: 'users/475425' } as const;

let server: Loopback;
let play: Play = playZotero(library);
beforeAll(async () => {
  server = await startLoopback((request, response) => play(request, response));
});
beforeEach(() => {
  play = playZotero(library);
  Object.assign(library, { version: 5, items: [item(1), item(2)], deleted: [] });
  server.asked.length = 0;
  server.headers.length = 0;
});
afterAll(() => server.close());

const fetch = async (
  more: { key?: string; since?: number } = {},
  limits: Parameters<typeof loopbackFeeds>[1] = {},
) => {
  const feeds = loopbackFeeds(server.base, limits);
  return feeds.fetchLibrary({ ...asked, ...more }).finally(() => feeds.close());
};

describe('a library at Zotero', () => {
  it('is read page by page, all of it, with the version that it has', async () => {
    library.items = Array.from({ length: 230 }, (_, at) => item(at));
    const fetched = await fetch();
    expect(fetched).toMatchObject({ version: 5, removed: [], isWhole: true });
    expect(fetched?.items.map(({ key }) => key)).toEqual(library.items.map(({ key }) => key));
    expect(server.asked.map((url) => /start=(\d+)/.exec(url)?.[1])).toEqual(['0', '100', '200']);
    expect(server.asked.join()).not.toMatch(/since|includeTrashed/);
    expect(server.headers[0]).toMatchObject({ 'zotero-api-version': '3' });
    expect(server.headers[0]?.['zotero-api-key']).toBeUndefined();
  });

  it('is asked for what changed since, and for that alone', async () => {
    expect(await fetch({ since: 5 })).toBeUndefined();
    expect(server.headers[0]?.['if-modified-since-version']).toBe('5');
    expect(server.asked).toHaveLength(1);
    const trashed = { ...item(2, 7), data: { ...item(2).data, deleted: 1 } };
    const deleted = [
      { key: 'ITEM9', version: 6 },
      { key: 'OLD', version: 3 },
    ];
    Object.assign(library, { version: 7, items: [item(1), trashed, item(3, 6)], deleted });
    const fetched = await fetch({ since: 5 });
    expect(fetched?.version).toBe(7);
    expect(fetched?.items.map(({ key }) => key)).toEqual(['ITEM3']);
    expect(fetched?.removed).toEqual(['ITEM2', 'ITEM9']);
  });

  it('gets its key in a field of its own, which no other host sees', async () => {
    let other: Loopback | undefined;
    try {
      other = await startLoopback((_request, response) => response.writeHead(403).end());
      const { base } = other;
      play = (_request, response) => response.writeHead(302, { location: `${base}/x` }).end();
      await expect(fetch({ key: 'k'.repeat(24) })).rejects.toMatchObject({ status: 403 });
      expect(server.headers[0]?.['zotero-api-key']).toBe('k'.repeat(24));
      expect(server.asked.join()).not.toContain('kkk');
      expect(other.headers[0]?.['zotero-api-key']).toBeUndefined();
      expect(other.headers[0]?.['user-agent']).toContain('Paperround');
    } finally {
      await other?.close();
    }
  });

  it.each([
    [403, 'status'],
    [404, 'status'],
    [410, 'status'],
    [500, 'status'],
  ])('that answers %i is told by its status', async (status, code) => {
    play = (_request, response) => response.writeHead(status).end();
    await expect(fetch()).rejects.toMatchObject({ status, code });
  });

  it('is asked again when it said, where that is soon', async () => {
    play = (request, response) => {
      if (server.asked.length > 1) return playZotero(library)(request, response);
      return response.writeHead(429, { 'retry-after': '1' }).end();
    };
    const fetched = await fetch({}, { limits: { attempts: 2, maxWaitMs: 5000 } });
    expect(fetched?.items).toHaveLength(2);
    play = (_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end();
    const later = fetch({}, { limits: { attempts: 2, maxWaitMs: 5000 } });
    await expect(later).rejects.toMatchObject({ code: 'busy', retryAfterMs: 3_600_000 });
  });

  it('has its Backoff heeded between two pages, and by everybody else', async () => {
    library.items = Array.from({ length: 150 }, (_, at) => item(at));
    const rests: number[] = [];
    const turn = async () => async (restMs: number) => void rests.push(restMs);
    const withBackoff =
      (seconds: string): Play =>
      (request, response) => {
        response.setHeader('backoff', seconds);
        playZotero(library)(request, response);
      };
    play = withBackoff('0');
    expect((await fetch({}, { turn }))?.items).toHaveLength(150);
    play = withBackoff('120');
    await expect(fetch({}, { turn })).rejects.toMatchObject({
      code: 'busy',
      retryAfterMs: 120_000,
    });
    expect(rests).toEqual([0, 0, 120_000]);
  });

  it('that changes while it is read is read once more, and then left for later', async () => {
    library.items = Array.from({ length: 150 }, (_, at) => item(at));
    play = (request, response) => {
      if (server.asked.length === 2) library.version = 6;
      playZotero(library)(request, response);
    };
    expect((await fetch())?.version).toBe(6);
    expect(server.asked).toHaveLength(4);
    play = (request, response) => {
      library.version += 1;
      playZotero(library)(request, response);
    };
    await expect(fetch()).rejects.toMatchObject({ code: 'busy' });
  });

  it('that hangs, or answers with something else, is an error', async () => {
    play = () => {};
    const limits = { timeoutMs: 100, chunkTimeoutMs: 100 };
    await expect(fetch({}, { limits })).rejects.toMatchObject({ code: 'timeout' });
    const bodies = ['<html>', '{"items":', '{}'];
    for (const body of bodies) {
      play = (_request, response) => response.setHeader('last-modified-version', 5).end(body);
      await expect(fetch()).rejects.toMatchObject({ code: 'malformed' });
    }
    play = (_request, response) => response.end('[]');
    await expect(fetch()).rejects.toMatchObject({ code: 'malformed' });
    play = (_request, response) =>
      response.setHeader('last-modified-version', 5).end('[1,{},null]');
    expect(await fetch()).toMatchObject({ items: [], version: 5 });
  });
});
