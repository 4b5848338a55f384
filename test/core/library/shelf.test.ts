import {
  judgeItem,
  judgeShelving,
  makeZoteroKey,
  nextShelving,
  tellShelf,
} from '../../../src/core/library/shelf.ts';
import { toZoteroItem } from '../../../src/core/library/zotero-item.ts';
import { english } from '../../../src/core/words/words.ts';

const paper = {
  title: 'Reefs & shade',
  abstract: 'Reefs bleach.',
  authors: [{ name: 'Maya van Okafor' }, { name: 'Plato' }],
  ids: { arxiv: '2503.01234' },
  link: 'https://arxiv.org/abs/2503.01234',
  publishedAt: new Date('2025-03-04T00:00:00Z'),
};
const place = { key: 'ABCD2345', collection: 'CCCC2345' };

describe('a paper for Zotero', () => {
  it('of arXiv is a preprint, whose names are in two parts where they have them', () => {
    expect(toZoteroItem(paper, place)).toEqual({
      key: 'ABCD2345',
      version: 0,
      itemType: 'preprint',
      repository: 'arXiv',
      archiveID: 'arXiv:2503.01234',
      title: 'Reefs & shade',
      creators: [
        { creatorType: 'author', firstName: 'Maya van', lastName: 'Okafor' },
        { creatorType: 'author', name: 'Plato' },
      ],
      abstractNote: 'Reefs bleach.',
      date: '2025-03-04',
      url: 'https://arxiv.org/abs/2503.01234',
      collections: ['CCCC2345'],
    });
  });

  it('of a journal is an article, with ids that have no field in "extra"', () => {
    const ids = { doi: '10.5555/a', arxiv: '2503.01234', pmid: '123' };
    const item = toZoteroItem({ ...paper, ids }, { key: 'ABCD2345' });
    expect(item).toMatchObject({
      itemType: 'journalArticle',
      DOI: '10.5555/a',
      extra: 'arXiv:2503.01234\nPMID: 123',
      collections: [],
    });
    expect(item).not.toHaveProperty('archiveID');
    expect(item).not.toHaveProperty('repository');
  });

  it('of a preprint server is a preprint by its DOI, and one known by nothing is an article', () => {
    const biorxiv = {
      ...paper,
      link: 'https://doi.org/10.1101/1',
      ids: { doi: '10.1101/2025.01.02.123456' },
    };
    expect(toZoteroItem(biorxiv, place)).toMatchObject({
      itemType: 'preprint',
      repository: 'bioRxiv',
    });
    const link = 'https://www.medrxiv.org/content/1';
    expect(toZoteroItem({ ...biorxiv, link }, place)).toMatchObject({ repository: 'medRxiv' });
    const bare = { title: 'T', abstract: '', authors: [], ids: {} };
    expect(toZoteroItem(bare, place)).toEqual({
      ...{ key: 'ABCD2345', version: 0, itemType: 'journalArticle', title: 'T', creators: [] },
      collections: ['CCCC2345'],
    });
  });

  it('is no longer than Zotero takes', () => {
    const long = toZoteroItem({ ...paper, abstract: 'word '.repeat(20_000) }, place);
    expect(JSON.stringify(long).length).toBeLessThan(65_000);
  });
});

describe('an answer of Zotero', () => {
  it('to one item says whether it is there, comes later, or never', () => {
    expect(judgeItem()).toEqual({ kind: 'done' });
    const answer = (code: number, message = '') => judgeItem({ code, message }).kind;
    expect(answer(412)).toBe('done');
    expect(answer(409, 'Collection ABCD2345 not found')).toBe('homeless');
    expect([500, 503, 429].map((code) => answer(code))).toEqual(['again', 'again', 'again']);
    expect(judgeItem({ code: 400, message: '' })).toEqual({ kind: 'failed', reason: 'HTTP 400' });
    expect(answer(409, 'Conflict')).toBe('failed');
  });

  it('that refuses key or library leaves it to the reader, any other is waited for', () => {
    const at = new Date('2026-03-03T12:00:00Z');
    const next = (problem: ReturnType<typeof judgeShelving>, failures: number, waitMs = 0) => {
      const then = nextShelving(at, { problem, failures, waitMs });
      return then && (then.getTime() - at.getTime()) / 60_000;
    };
    expect(judgeShelving({ status: 401, code: 'status' })).toBe('key');
    expect(judgeShelving({ status: 403, code: 'status' })).toBe('denied');
    expect(judgeShelving({ status: 404, code: 'status' })).toBe('gone');
    expect(judgeShelving({ status: 429, code: 'busy' })).toBe('busy');
    expect(judgeShelving({ code: 'malformed' })).toBe('malformed');
    expect(judgeShelving({ status: 500, code: 'status' })).toBe('unreachable');
    expect([next('key', 1), next('denied', 1), next('gone', 1), next('sealed', 1)]).toEqual([
      ...[null, null, null, null],
    ]);
    expect([1, 2, 5, 99].map((failures) => next('unreachable', failures))).toEqual([1, 2, 16, 360]);
    expect(next('busy', 1, 30 * 3_600_000)).toBe(1800);
  });
});

it('makes keys of eight letters and digits that Zotero takes', () => {
  const keys = Array.from({ length: 256 }, (_, byte) =>
    makeZoteroKey(new Uint8Array(9).fill(byte)),
  );
  for (const key of keys) expect(key).toMatch(/^[23456789A-HIJKLMNPQRSTUVWXYZ]{8}$/);
  expect(keys.join('')).not.toMatch(/[01O]/);
});

it('tells how a shelf stands in sentences that have something to say', () => {
  const shelf = { problem: null, nextAt: null, pushedAt: null, hasCollection: true };
  expect(tellShelf(shelf, { done: 0, left: 0, waiting: 0 }, english)).toBe('');
  const at = new Date('2026-03-03T12:00:00Z');
  const busy = { ...shelf, problem: 'busy' as const, nextAt: at, hasCollection: false };
  expect(tellShelf(busy, { done: 2, left: 1, waiting: 3 }, english)).toBe(
    '2 papers are there. 1 that you deleted there stays away. 3 wait. The collection was deleted at Zotero: what you keep stands in the library itself. The last try failed: Zotero asked us to come back later; it is tried again on 2026-03-03 12:00 UTC.',
  );
});
