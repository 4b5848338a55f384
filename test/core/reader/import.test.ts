import {
  decideImport,
  findSourceFault,
  type ImportFate,
  importedConsentText,
  type KnownReader,
  leftElsewhere,
} from '../../../src/core/reader/import.ts';
import { countRefused, tellImport } from '../../../src/core/reader/import-report.ts';
import { type ImportRow, readImportRow } from '../../../src/core/reader/import-row.ts';

const now = new Date('2026-03-03T12:00:00Z');
const read = (cells: Record<string, string>) => readImportRow(cells, now);
const rowOf = (cells: Record<string, string> = {}) => {
  const row = read({ address: 'Ada@Example.org', ...cells });
  if ('fault' in row) throw new Error(row.fault);
  return row;
};

describe('a row of a file', () => {
  it('needs an address alone: the rest are the defaults of who said nothing', () => {
    expect(rowOf({ topics: ' ', days: '' })).toMatchObject({
      address: { address: 'Ada@example.org', key: 'ada@example.org' },
      wishes: {
        profile: { topics: [], crossLists: true, surprise: true, quietNote: false },
        papersPerDigest: 10,
        schedule: { days: [1, 2, 3, 4, 5], minuteOfDay: 420, zone: 'Etc/UTC' },
      },
      confirmedAt: null,
      pausedUntil: null,
      hasLeft: false,
    });
  });

  it('reads every column that an export writes', () => {
    const row = rowOf({
      state: 'active',
      confirmed_at: '2024-05-07T06:00:00.000Z',
      fields: 'language|vision',
      topics: "reward models|'=cmd",
      authors: 'Ada Lovelace',
      exclude: 'poker',
      cross_lists: 'no',
      surprise: 'no',
      quiet_note: 'yes',
      items_only: 'yes',
      language: 'de',
      papers: '7',
      days: '6|7',
      hour: '06:45',
      zone: 'Europe/Berlin',
      paused_until: '2026-12-24',
    });
    expect(row.wishes).toEqual({
      profile: {
        fields: ['language', 'vision'],
        topics: ['reward models', "'=cmd"],
        authors: ['Ada Lovelace'],
        exclude: ['poker'],
        crossLists: false,
        surprise: false,
        quietNote: true,
        itemsOnly: true,
        language: 'de',
      },
      papersPerDigest: 7,
      schedule: { days: [6, 7], minuteOfDay: 405, zone: 'Europe/Berlin' },
    });
    expect(row.confirmedAt).toEqual(new Date('2024-05-07T06:00:00Z'));
    expect(row.pausedUntil).toBe('2026-12-24');
    expect(rowOf({ topics: "'=1+1" }).wishes.profile.topics).toEqual(['=1+1']);
  });

  it.each([
    ['2026-12-24', 'America/Los_Angeles', '2026-12-24'],
    ['2026-12-24', 'Pacific/Kiritimati', '2026-12-24'],
    // As exports were written before.
    ['2026-12-23T23:00:00.000Z', 'Europe/Berlin', '2026-12-24'],
    ['2026-12-24T08:00:00.000Z', 'America/Los_Angeles', '2026-12-24'],
    // The fourth has begun in Tokyo, not in Los Angeles.
    ['2026-03-04', 'Asia/Tokyo', null],
    ['2026-03-04', 'America/Los_Angeles', '2026-03-04'],
  ])('reads a pause until %s in %s as a date there', (cell, zone, date) => {
    const now = new Date('2026-03-03T20:00:00Z');
    const row = readImportRow({ address: 'ada@example.org', paused_until: cell, zone }, now);
    expect(row).toMatchObject({ pausedUntil: date });
  });

  it.each([
    [{ address: '' }, 'there is no address'],
    [{ address: 'ada' }, 'is not an email address'],
    [{ state: 'gone' }, 'state: must be'],
    [{ confirmed_at: '07.05.2024' }, 'confirmed_at: must be a date'],
    [{ confirmed_at: '2026-03-04' }, 'confirmed_at: it is still to come'],
    [{ fields: 'alchemy' }, 'fields: one is not in the list'],
    [{ topics: 'x'.repeat(81) }, 'topics: one has over 80 characters'],
    [{ papers: '31' }, 'papers: must be from 1 to 30'],
    [{ papers: 'many' }, 'papers: must be from 1 to 30'],
    [{ days: '1|8' }, 'days: must be weekdays'],
    [{ hour: '07:10' }, 'hour: must be a quarter'],
    [{ zone: 'Berlin' }, 'zone: must be a time zone'],
    [{ topics: 'caf\ufffd' }, 'not UTF-8'],
    [{ quiet_note: 'perhaps' }, 'quiet_note: must be yes or no'],
  ])('says what is wrong with %j', (cells, words) => {
    const row = read({ address: 'ada@example.org', ...cells });
    expect('fault' in row ? row.fault : row).toContain(words);
  });

  it.each([
    ['de-AT', 'de'],
    ['DE_de', 'de'],
    ['Deutsch', 'de'],
    ['en-US', 'en'],
    // Whoever is spoken to in none of ours is in the site's.
    ['fr', undefined],
    ['x', undefined],
  ])('reads the language %s as %s', (cell, language) => {
    expect(rowOf({ language: cell }).wishes.profile.language).toBe(language);
  });

  it('takes no date from who has not confirmed', () => {
    expect(rowOf({ state: 'pending', confirmed_at: '2024-05-07' }).confirmedAt).toBeNull();
  });
});

describe('what becomes of a row', () => {
  const unknown = { state: undefined, isSuppressed: false, hasLeft: false, firstLine: undefined };
  const dated = rowOf({ confirmed_at: '2024-05-07' });
  const cases: [string, ImportRow, Partial<KnownReader>, Partial<ImportFate>][] = [
    ['dated', dated, {}, { take: 'active', confirmedAt: dated.confirmedAt }],
    ['twice', dated, { firstLine: 2 }, { kind: 'twice' }],
    ['suppressed', dated, { isSuppressed: true }, { kind: 'suppressed' }],
    ['left here', dated, { state: 'ended' }, { kind: 'left' }],
    ['left there', rowOf({ state: 'ended' }), {}, { kind: 'left' }],
    ['left by another line', dated, { hasLeft: true }, { kind: 'left' }],
    [
      'left there, reads here',
      rowOf({ state: 'ended' }),
      { state: 'active' },
      { kind: 'subscribed' },
    ],
    ['subscribed', dated, { state: 'active' }, { kind: 'subscribed' }],
    ['waiting', dated, { state: 'pending' }, { kind: 'waiting' }],
  ];
  it.each(cases)('is the same whatever was chosen: %s', (_name, row, known, fate) => {
    for (const choice of ['refuse', 'ask', 'trust'] as const) {
      expect(decideImport(row, { ...unknown, ...known }, choice)).toMatchObject(fate);
    }
  });

  it('invents no consent where the file has no date', () => {
    expect(decideImport(rowOf(), unknown, 'refuse')).toMatchObject({ kind: 'unconfirmed' });
    expect(decideImport(rowOf(), unknown, 'ask')).toEqual({ take: 'ask' });
    expect(decideImport(rowOf(), unknown, 'trust')).toEqual({ take: 'active', confirmedAt: null });
    const waiting = rowOf({ state: 'pending' });
    expect(decideImport(waiting, unknown, 'trust')).toMatchObject({ kind: 'unconfirmed' });
    expect(decideImport(waiting, unknown, 'ask')).toEqual({ take: 'ask' });
  });

  it('has the day they came as that of the operator’s word', () => {
    const came = readImportRow({ address: 'a@b.example', joined_at: '2024-05-07' }, now);
    if ('fault' in came) throw new Error(came.fault);
    const confirmedAt = new Date('2024-05-07T00:00:00Z');
    expect(decideImport(came, unknown, 'trust')).toEqual({ take: 'active', confirmedAt });
    expect(decideImport(came, unknown, 'refuse')).toMatchObject({ kind: 'unconfirmed' });
  });

  it('keeps as left elsewhere whom a file calls gone and nobody here knows', () => {
    const gone = rowOf({ state: 'ended' });
    const kept = (known: Partial<KnownReader>) => {
      const all = { ...unknown, ...known };
      return leftElsewhere(decideImport(gone, all, 'refuse'), all);
    };
    expect([kept({}), kept({ state: 'ended' }), kept({ isSuppressed: true })]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('keeps where it came from, and says that it is no word of the reader', () => {
    const text = importedConsentText('our list of 2024', 'trust');
    expect(text).toContain("in the operator's words: our list of 2024.");
    expect(text).toContain('The operator answers for');
    expect(findSourceFault('a list')).toContain('where the file comes from');
    expect(findSourceFault('our list of 2024')).toBeUndefined();
  });
});

it('tells a file in lines', () => {
  const report = {
    rows: 4,
    active: 1,
    asked: 0,
    refused: { left: 2, faulty: 1 },
    samples: [],
    ignored: ['phone'],
    fault: 'Line 9: a quote is opened and never closed.',
  };
  expect(countRefused(report)).toBe(3);
  expect(tellImport(report, true)).toEqual([
    '4 rows read: 1 would be subscribed, 0 would be asked by mail, 3 refused.',
    'Refused: 2 (left, and only they themselves can come back).',
    'Refused: 1 (cannot be read).',
    'Nothing was read from the columns: phone.',
    'The file was not read to its end. Line 9: a quote is opened and never closed.',
  ]);
  const columns = [{ head: 'UNSUB_TIME', became: 'whether they left' }];
  const reading = { importId: 7, tool: 'Mailchimp', by: 'it has LEID', columns, left: 2, kept: 1 };
  const told = [
    'It looks like a file of Mailchimp: it has LEID.',
    'Read were: UNSUB_TIME as whether they left.',
  ];
  expect(tellImport({ ...report, ignored: [], fault: null, reading }, false).slice(3)).toEqual([
    ...told,
    '2 rows say that they left there: refused, and 1 kept as suppressions, so that no import brings them back.',
    'If that is wrong, take it back: paperround suppressions lift --import 7 --reason "a column was read wrongly"',
  ]);
  const none = { ...report, rows: 0, refused: {}, ignored: [], fault: 'Say --yes.', reading };
  expect(tellImport(none, false).slice(1)).toEqual([...told, 'Say --yes.']);
});
