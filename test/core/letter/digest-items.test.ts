import {
  chooseItems,
  countItems,
  MOST_ITEMS,
  type WaitingItem,
} from '../../../src/core/letter/digest-items.ts';
import type { ItemReason } from '../../../src/core/letter/item.ts';
import { sayItemReasons } from '../../../src/core/letter/item-words.ts';
import { packDigest, unpackDigest } from '../../../src/core/letter/packed-digest.ts';
import { english, wordsOf } from '../../../src/core/words/words.ts';

const alert = (about?: string, from = 'Google Scholar'): ItemReason => ({
  code: 'alert',
  key: `${from} ${about}`,
  from,
  ...(about === undefined ? {} : { about }),
});

let last = 0;
function waiting(more: Partial<WaitingItem> & { title?: string; says?: string } = {}): WaitingItem {
  last += 1;
  const { title = `Paper ${last}`, says } = more;
  return {
    id: last,
    kind: 'alert',
    key: `title:${last}`,
    reasons: [alert('reward models')],
    cameAt: new Date('2026-03-02T05:00:00Z'),
    told: {
      title,
      abstract: '',
      authors: [{ name: 'A Lovelace' }],
      categories: [],
      ids: {},
      ...(says === undefined ? {} : { says }),
    },
    known: null,
    paperId: null,
    isPublic: false,
    ...more,
  };
}

const titlesOf = (chosen: ReturnType<typeof chooseItems>) =>
  chosen?.items.map(({ title }) => title) ?? [];

describe('what a digest holds beside the editions', () => {
  it('is nothing where nothing came', () => {
    expect(chooseItems([], [])).toBeUndefined();
  });

  it('begins with what several alerts named, and goes on with the newest', () => {
    const chosen = chooseItems(
      [
        waiting({ title: 'Old' }),
        waiting({ title: 'New', cameAt: new Date('2026-03-02T06:00:00Z') }),
        waiting({ title: 'Twice', reasons: [alert('reward models'), alert('tides')] }),
      ],
      [],
    );
    expect(titlesOf(chosen)).toEqual(['Twice', 'New', 'Old']);
  });

  it('leaves out what holds an excluded word, and covers it not', () => {
    const kept = waiting({ title: 'Reefs' });
    const away = [
      waiting({ title: 'Poker faces' }),
      waiting({ says: 'All about poker.' }),
      waiting({ known: { title: 'Poker', abstract: '', authors: [] } }),
    ];
    const chosen = chooseItems([kept, ...away], ['poker']);
    expect(chosen?.ids).toEqual([kept.id]);
    expect(chooseItems(away, ['poker'])).toBeUndefined();
  });

  it('has a paper once that came in two ways, with the reasons of both', () => {
    const cites: ItemReason = { code: 'cites', key: '1', title: 'My work' };
    const [one, other] = [
      waiting({ paperId: 7, isPublic: true }),
      waiting({ paperId: 7, isPublic: true, kind: 'citation', reasons: [cites] }),
    ];
    const chosen = chooseItems([one, other], []);
    expect(chosen?.items).toMatchObject([{ kind: 'citation', paper: 7 }]);
    expect(chosen?.items[0]?.reasons.map(({ code }) => code)).toEqual(['cites', 'alert']);
    expect(new Set(chosen?.ids)).toEqual(new Set([one.id, other.id]));
    expect(chosen?.papers).toEqual([7]);
  });

  it('counts what is beyond its room, and has told of it', () => {
    const many = Array.from({ length: MOST_ITEMS + 970 }, () => waiting());
    const chosen = chooseItems(many, []);
    expect(chosen?.items).toHaveLength(MOST_ITEMS);
    expect(chosen?.more).toEqual({ alert: 970 });
    expect(chosen?.ids).toHaveLength(many.length);
    expect(countItems(chosen?.items, chosen?.more)).toEqual({ alert: many.length });
  });

  it('believes what is public before what a mail says, and links no paper that nobody may see', () => {
    const known = { title: 'As printed', abstract: '', authors: [], link: 'https://a.example/1' };
    const chosen = chooseItems([waiting({ title: 'AS PRINTED...', known, paperId: 3 })], []);
    expect(chosen?.items).toMatchObject([
      { title: 'As printed', authors: ['A Lovelace'], link: 'https://a.example/1' },
    ]);
    expect(chosen?.items[0]).not.toHaveProperty('paper');
  });

  it('is the same when it was packed and unpacked', () => {
    const authors = Array.from({ length: 9 }, (_, at) => ({ name: `Author ${at}` }));
    const full = waiting({
      paperId: 9,
      isPublic: true,
      known: { title: 'Full', abstract: 'We found a reef.\nIt is old.', authors },
      reasons: [alert('reward models'), { code: 'note', key: '4', note: '4' }],
    });
    const chosen = chooseItems([full, waiting({ kind: 'note', reasons: [] })], []);
    const { items = [], more } = chosen ?? {};
    const content = { editions: [], choices: [], items, moreItems: more ?? {}, date: '2026-03-02' };
    const packed = packDigest(content);
    expect(packed).not.toContain('\n');
    expect(unpackDigest(packed)).toEqual(content);
    expect(items[1]).toMatchObject({
      authors: ['Author 0', 'Author 1', 'Author 2'],
      moreAuthors: 6,
    });
  });
});

describe('the reason of an item', () => {
  it.each([
    [[alert('reward models')], 'From your Google Scholar alert “reward models”.'],
    [[alert('a'), alert('b')], 'From your Google Scholar alert “a” and one other.'],
    [[alert(), alert('b'), alert('c')], 'From your Google Scholar alert “b” and two others.'],
    [[alert()], 'From your Google Scholar alert.'],
    [[alert('tides', '')], 'From your alert “tides”.'],
    [[alert(undefined, '')], 'From your alert.'],
    [
      [1, 2, 3].map((at): ItemReason => ({ code: 'cites', key: `${at}`, title: `Work ${at}` })),
      'Cites your “Work 1”, “Work 2” and “Work 3”.',
    ],
  ])('is a sentence', (reasons, said) => {
    expect(sayItemReasons(reasons, english)).toBe(said);
  });

  it('is said in German', () => {
    expect(sayItemReasons([alert('Gezeiten'), alert('b'), alert('c')], wordsOf('de'))).toBe(
      'Aus Ihrer Benachrichtigung „Gezeiten“ von Google Scholar und zwei weiteren.',
    );
  });
});
