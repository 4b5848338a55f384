import type { DigestContent } from '../../../src/core/letter/digest-content.ts';
import type { DigestItem } from '../../../src/core/letter/digest-items.ts';
import type { SaidNote } from '../../../src/core/letter/item.ts';
import { viewItems } from '../../../src/core/letter/item-views.ts';
import { packDigest, unpackDigest } from '../../../src/core/letter/packed-digest.ts';
import { listNoteIds, withNotes } from '../../../src/core/letter/said-notes.ts';
import { english, wordsOf } from '../../../src/core/words/words.ts';

const item = (title: string, ...reasons: DigestItem['reasons']): DigestItem => ({
  kind: 'note',
  title,
  authors: [],
  reasons,
});
const note = (id: string) => ({ code: 'note', note: id }) as const;
const said = (id: string, more: Partial<SaidNote> = {}): SaidNote => ({
  note: id,
  circle: 'Tidal Lab',
  by: 'Ben',
  text: '',
  ...more,
});
const content: DigestContent = {
  editions: [],
  choices: [],
  date: '2026-03-02',
  inCircle: true,
  items: [item('Reefs', note('1'), note('2')), item('Gulls', note('3'))],
};
const show = (notes: readonly SaidNote[], words = english) =>
  viewItems(withNotes(content, notes), { most: 30, words });

describe('notes of a circle in a letter', () => {
  it('are frozen as ids: no word and no name of who wrote them', () => {
    const filled = withNotes(content, [said('1', { text: 'A secret.' })]);
    const packed = packDigest(filled);
    for (const word of ['A secret.', 'Ben', 'Tidal']) expect(packed).not.toContain(word);
    expect(listNoteIds(unpackDigest(packDigest(content)))).toEqual(['1', '2', '3']);
    expect(unpackDigest(packDigest(content))).toEqual(content);
  });

  it('stand under the name of their circle, with who said what', () => {
    const groups = show([
      said('1', { text: 'Read section 3.' }),
      said('2', { by: 'Cyd' }),
      said('3', { circle: 'Friday club' }),
    ]);
    expect(groups.map(({ label }) => label)).toEqual(['Tidal Lab', 'Friday club']);
    expect(groups.map(({ papers }) => papers.map(({ reason }) => reason))).toEqual([
      ['Ben: “Read section 3.” Cyd marked it.'],
      ['Ben marked it.'],
    ]);
  });

  it('say where, of what was said of one paper in another circle too', () => {
    const [group] = show([
      said('1'),
      said('2', { by: 'Eva', circle: 'Friday club', text: 'Yes.' }),
    ]);
    expect(group?.papers[0]?.reason).toBe('Ben marked it. Eva (Friday club): “Yes.”');
  });

  it('leave nothing of what was taken back, and no paper that nothing else names', () => {
    expect(show([said('2')]).flatMap(({ papers }) => papers)).toEqual([
      expect.objectContaining({ title: 'Reefs', reason: 'Ben marked it.' }),
    ]);
    expect(show([])).toEqual([]);
  });

  it('keep a paper that an alert names besides', () => {
    const both = {
      ...content,
      items: [item('Reefs', note('1'), { code: 'alert', from: 'Google Scholar' })],
    };
    expect(viewItems(withNotes(both, []), { most: 30, words: english })).toEqual([
      expect.objectContaining({ kind: 'alert', label: 'From your alerts' }),
    ]);
  });

  it('tell when the circle meets, by the clock of whoever set it, and that it is off', () => {
    const startsAt = new Date('2026-03-12T13:00:00Z');
    const meeting = { startsAt, zone: 'Europe/Berlin', place: 'Raum 4', isCancelled: false };
    const [group] = show([said('3', { meeting })], wordsOf('de'));
    expect(group?.papers[0]?.reason).toBe(
      'Ben: nächstes Treffen darüber: Donnerstag, 12. März 2026, 14:00 Uhr (Europe/Berlin), Raum 4.',
    );
    const off = show([said('3', { meeting: { ...meeting, isCancelled: true } })]);
    expect(off[0]?.papers[0]?.reason).toBe('Ben: the meeting over it is off.');
  });
});
