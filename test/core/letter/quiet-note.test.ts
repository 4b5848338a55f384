import { buildQuietNote, codeQuietNote } from '../../../src/core/letter/quiet-note.ts';
import { readContent } from '../../../src/core/letter/stored-content.ts';
import type { RoundFeed } from '../../../src/core/reader/outcome.ts';

const feeds: RoundFeed[] = [
  { name: 'arxiv', state: 'quiet', reason: { code: 'weekend' } },
  { name: 'blog', state: 'broken', reason: { code: 'failed', said: 'HTTP 500' } },
];
const lookedAt = { editions: [1], papers: 12, hidden: [{ word: 'poker', papers: 3 }] };
const date = '2026-07-11';

describe('a note on a day without a digest', () => {
  it.each(['quiet', 'feeds_failed', 'nothing_matched', 'held', 'nothing_new'] as const)(
    'is frozen as codes, and says the same when it is read: %s',
    (exclusion) => {
      const quiet = { date, exclusion, lookedAt, feeds };
      const frozen = JSON.parse(JSON.stringify(codeQuietNote(quiet)));
      const read = readContent({ content: frozen, packed: null });
      expect(read).toEqual(buildQuietNote(quiet));
      expect(read).toMatchObject({ subject: 'No papers for you on Saturday, 11 July 2026' });
    },
  );

  it('says in so many words why', () => {
    const { paragraphs } = buildQuietNote({ date, exclusion: 'nothing_matched', lookedAt });
    expect(paragraphs[0]).toBe(
      '12 papers came, and none matched what you follow; 3 hidden by ‘poker’.',
    );
    expect(buildQuietNote({ date, exclusion: 'quiet', feeds }).paragraphs[0]).toBe(
      'There were no new papers. blog: broken (HTTP 500). arxiv: quiet (nothing is announced on a weekend).',
    );
  });

  it('keeps nothing that its words do not say', () => {
    const of = (exclusion: 'held' | 'quiet' | 'nothing_matched') =>
      Object.keys(codeQuietNote({ date, exclusion, lookedAt, feeds }).quiet);
    expect(of('held')).toEqual(['date', 'exclusion']);
    expect(of('quiet')).toEqual(['date', 'exclusion', 'feeds']);
    expect(of('nothing_matched')).toEqual(['date', 'exclusion', 'lookedAt']);
  });

  it('that an older version froze in words keeps them', () => {
    const content = buildQuietNote({ date, exclusion: 'held' });
    expect(readContent({ content, packed: null })).toBe(content);
  });
});
