import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { runCommand } from '../../src/commands/commands.ts';
import type { ImportReport } from '../../src/core/reader/import-report.ts';
import { hashAddress } from '../../src/core/reader/keys.ts';
import { keepFile, takeFile, tryFile } from '../../src/steps/readers/upload.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';

const source = 'our list of 2024, double opt-in';
const listmonk = (rows: readonly string[]) =>
  ['uuid,email,name,attributes,status,created_at,updated_at', ...rows].join('\n');
const made = '2024-05-01 09:30:00.123456 +0000 UTC';

describe.each(backends)('moving in from another tool in the %s', (backend) => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive(backend);
  });
  afterAll(() => live?.close());

  const call = (name: string, args: unknown) => runCommand(live.outside, { name, args });
  const take = async (text: string, args: Record<string, unknown> = {}) => {
    const { lines, data } = await call('subscribers import', { text, source, ...args });
    return { lines, report: data as ImportReport };
  };
  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const suppressionOf = (address: string) =>
    live.outside.store.records.findSuppression(hashAddress(live.outside.keys, address));

  const file = listmonk([
    `u1,stays@owls.example,Stays,{},enabled,${made},${made}`,
    `u2,left@owls.example,Left,{},blocklisted,${made},${made}`,
  ]);

  it('takes who stays by the operator’s word, with the day they came, and keeps who left', async () => {
    const dry = await take(file, { unconfirmed: 'trust', dryRun: true });
    expect(dry.report).toMatchObject({ active: 1, reading: { importId: null, left: 1, kept: 1 } });
    expect(await suppressionOf('left@owls.example')).toBeUndefined();

    const { lines, report } = await take(file, { unconfirmed: 'trust' });
    expect(report).toMatchObject({
      rows: 2,
      active: 1,
      refused: { left: 1 },
      ignored: ['uuid', 'name', 'attributes', 'updated_at'],
      reading: { tool: 'listmonk', left: 1, kept: 1 },
      fault: null,
    });
    const { importId } = report.reading ?? {};
    expect(lines).toEqual([
      '2 rows read: 1 subscribed, 0 asked by mail, 1 refused.',
      'Refused: 1 (left, and only they themselves can come back).',
      'It looks like a file of listmonk: it has the columns uuid, email, attributes, status.',
      'Read were: email as the address, status as the state, created_at as the day they came.',
      '1 row says that they left there: refused, and 1 kept as suppressions, so that no import brings them back.',
      `If that is wrong, take it back: paperround suppressions lift --import ${importId} --reason "a column was read wrongly"`,
      'Nothing was read from the columns: uuid, name, attributes, updated_at.',
      '  line 3: the file says that they left',
    ]);
    const reader = await find('stays@owls.example');
    const [consent] = await live.outside.store.consents.listOfSubscriber(reader?.subscriberId ?? 0);
    expect(consent?.confirmedAt).toEqual(new Date('2024-05-01T09:30:00Z'));
    expect(consent?.text).toContain('The operator answers for');
    expect(await find('left@owls.example')).toBeUndefined();
    expect(await suppressionOf('left@owls.example')).toMatchObject({ reason: 'left_elsewhere' });
  });

  it('holds against a later import and against operators', async () => {
    const again = 'email,confirmed_at\nLEFT@owls.example,2024-01-01\n';
    expect((await take(again, { unconfirmed: 'trust' })).report.refused).toEqual({ suppressed: 1 });
    expect((await take(again, { unconfirmed: 'ask' })).report.refused).toEqual({ suppressed: 1 });
    await expect(call('subscribers add', { address: 'left@owls.example' })).rejects.toThrow(
      /left elsewhere/,
    );
    const listed = await call('suppressions list', { reason: 'left_elsewhere' });
    expect(listed.lines.join('\n')).toMatch(/left_elsewhere .*left elsewhere, by import \d+: our/);
  });

  it('ends when the owner of the mailbox signs up and confirms, reminded as others are', async () => {
    await live.post('/subscribe', { address: 'left@owls.example' });
    await live.settle();
    expect(live.mailTo('left@owls.example')).toHaveLength(1);
    live.clock.advance(20 * 60_000);
    await live.post('/subscribe', { address: 'left@owls.example' });
    await live.settle();
    expect(live.mailTo('left@owls.example')).toHaveLength(2);
    expect(await suppressionOf('left@owls.example')).toMatchObject({ reason: 'left_elsewhere' });
    await live.post(live.linkTo('confirm', 'left@owls.example'));
    expect((await find('left@owls.example'))?.state).toBe('active');
    expect(await suppressionOf('left@owls.example')).toBeUndefined();
  });

  it('gives way to a complaint or an operator’s word, which an owner does not end', async () => {
    await take('email,status\nloud@owls.example,unsubscribed\n', { yes: true });
    await call('suppressions add', { address: 'loud@owls.example', reason: 'asked by letter' });
    expect(await suppressionOf('loud@owls.example')).toMatchObject({ reason: 'operator' });
  });

  it('shows a file of people who left alone first, and takes back what was read wrongly', async () => {
    const gone = 'email;EMAIL_BLACKLISTED\nb1@owls.example;Yes\nb2@owls.example;Yes\n';
    const shown = await take(gone, { unconfirmed: 'trust' });
    expect(shown.report.fault).toContain('All it has are people who left: 2 rows');
    expect(await suppressionOf('b1@owls.example')).toBeUndefined();
    const { report } = await take(gone, { yes: true });
    expect(report).toMatchObject({ fault: null, reading: { tool: 'Brevo', left: 2, kept: 2 } });
    expect(await suppressionOf('b2@owls.example')).toMatchObject({ reason: 'left_elsewhere' });

    const { importId } = report.reading ?? {};
    const lift = { import: importId, reason: 'the column was read wrongly' };
    const lifted = await call('suppressions lift', lift);
    expect(lifted.data).toEqual({ lifted: true, count: 2 });
    expect(await suppressionOf('b1@owls.example')).toBeUndefined();
    const [entry] = await live.outside.store.audit.list({ action: 'lift' }, { most: 1 });
    expect(entry).toMatchObject({ subject: `import ${importId}`, detail: { lifted: 2 } });
    await expect(call('suppressions lift', lift)).rejects.toThrow(/keeps no address/);
    await expect(call('suppressions lift', { reason: 'nobody named' })).rejects.toThrow(/name an/);
  });

  it('takes nobody whom another line calls gone, wherever it stands, and leaves readers alone', async () => {
    const rows = Array.from({ length: 600 }, (_, at) => `n${at}@owls.example,subscribed`);
    const csv = [
      'email,status',
      'twice@owls.example,subscribed',
      ...rows,
      'twice@owls.example,bounced',
      'stays@owls.example,unsubscribed',
    ].join('\n');
    const { report } = await take(csv, { unconfirmed: 'trust' });
    expect(report).toMatchObject({
      active: 600,
      refused: { left: 1, twice: 1, subscribed: 1 },
      reading: { left: 2, kept: 1 },
    });
    expect(await find('twice@owls.example')).toBeUndefined();
    expect(await suppressionOf('twice@owls.example')).toMatchObject({ reason: 'left_elsewhere' });
    expect((await find('stays@owls.example'))?.state).toBe('active');
    expect(await suppressionOf('stays@owls.example')).toBeUndefined();
  });

  it('mails and takes nobody by a column that is not understood, before its words are said', async () => {
    const csv = 'email,Status\nx1@owls.example,A\nx2@owls.example,Z\n';
    for (const unconfirmed of ['trust', 'ask']) {
      const { report } = await take(csv, { unconfirmed });
      expect(report).toMatchObject({ active: 0, asked: 0 });
      expect(report.fault).toContain('--state-column "Status"');
    }
    expect((await take(csv)).report).toMatchObject({ active: 0, refused: { faulty: 2 } });
    const said = { unconfirmed: 'trust', stateColumn: 'Status', active: ['A'] };
    expect((await take(csv, said)).report).toMatchObject({ active: 1, refused: { faulty: 1 } });
    await expect(take(csv, { active: ['A'] })).rejects.toThrow(/--state-column/);
  });

  it('reads files as they come: a title above, sep=, lines of members, ends of lines of two kinds', async () => {
    const files: [string, string, number][] = [
      [
        'Members for group Owls\r\nEmail address,Nickname,Group status,Email status,Email preference\r\ng1@owls.example,Gi,member,,email\r\n',
        'Google Groups',
        1,
      ],
      ['\ufeffsep=;\r\nE-Mail-Adresse;Name\r\ns1@owls.example;"A; B"\r\n', '', 1],
      ['m1@owls.example\nAda L. <m2@owls.example>\n', 'Mailman and Postorius', 2],
      ['Ada,y1@owls.example\n,y2@owls.example\n', 'Sendy', 2],
      ['email,name\r\nz1@owls.example,A\nz2@owls.example,B\n', '', 2],
    ];
    for (const [csv, tool, active] of files) {
      const { report } = await take(csv, { unconfirmed: 'trust' });
      expect([report.fault, report.reading?.tool ?? '', report.active]).toEqual([
        null,
        tool,
        active,
      ]);
    }
  });

  it('does the same with a file on the desk, which older versions never find', async () => {
    const { outside } = live;
    const csv = listmonk([
      `u1,d1@owls.example,D,{},enabled,${made},${made}`,
      `u2,d2@owls.example,D,{},disabled,${made},${made}`,
    ]);
    const terms = { source, unconfirmed: 'trust', actor: 'operator:ada' } as const;
    const id = await keepFile(outside, Readable.from([Buffer.from(csv)]), terms);
    const kept = await outside.store.imports.findFile(id);
    if (!kept) throw new Error('the file was not kept');
    const tried = await tryFile(outside, kept);
    expect(tried).toMatchObject({ active: 1, reading: { tool: 'listmonk', left: 1, kept: 1 } });
    expect(await suppressionOf('d2@owls.example')).toBeUndefined();
    await outside.store.imports.recordBegun(id, 'operator:ada', live.clock.now());
    const report = await takeFile(outside, id, () => false);
    expect(report?.reading).toMatchObject({ importId: id, kept: 1 });
    const [entry] = await outside.store.audit.list({ action: 'import' }, { most: 1 });
    expect(entry).toMatchObject({ detail: { importId: id, kept: 1 } });
    if (backend === 'service') {
      const files = (await live.dump('import_file')) as { is_whole: boolean }[];
      expect(files.map(({ is_whole }) => is_whole)).toEqual([false]);
    }
  });

  it('gives readers away in the columns that the importers of Ghost and listmonk document', async () => {
    await take('address,confirmed_at,topics\n+out@owls.example,2024-05-07,"owls|bats, at night"\n');
    await take('address,confirmed_at\nbounced@owls.example,2024-05-07\n');
    await take('address\nasked@owls.example\n', { unconfirmed: 'ask' });
    await call('suppressions add', { address: 'bounced@owls.example', reason: 'by letter' });
    const write = async (tool: string) => {
      const folder = await mkdtemp(join(tmpdir(), 'paperround-out-'));
      const file = join(folder, 'out.csv');
      await call('subscribers csv', { file, for: tool });
      const csv = await readFile(file, 'utf8');
      await rm(folder, { recursive: true });
      return parse(csv, { columns: true }) as Record<string, string>[];
    };
    const ghost = await write('ghost');
    // ghost/members-importer: the keys of its table of heads.
    expect(Object.keys(ghost[0] ?? {})).toEqual([
      'email',
      'name',
      'note',
      'subscribed_to_emails',
      'created_at',
      'labels',
    ]);
    const byEmail = (rows: typeof ghost) => new Map(rows.map((row) => [row['email'], row]));
    expect(byEmail(ghost).get('+out@owls.example')).toEqual({
      email: '+out@owls.example',
      name: '',
      note: 'Topics: owls, bats, at night',
      subscribed_to_emails: 'true',
      created_at: '2024-05-07T00:00:00.000Z',
      labels: '',
    });
    expect(byEmail(ghost).get('bounced@owls.example')).toMatchObject({
      subscribed_to_emails: 'false',
    });
    expect(byEmail(ghost).has('asked@owls.example')).toBe(false);

    // listmonk, internal/subimporter: email, name and attributes in JSON.
    const readers = await write('listmonk');
    expect(Object.keys(readers[0] ?? {})).toEqual(['email', 'name', 'attributes']);
    const { attributes } = byEmail(readers).get('+out@owls.example') ?? {};
    expect(JSON.parse(attributes ?? '')).toMatchObject({ topics: ['owls', 'bats, at night'] });
    expect(byEmail(readers).has('bounced@owls.example')).toBe(false);
    const blocked = await write('listmonk-blocklist');
    expect(blocked.map(({ email }) => email)).toEqual(['bounced@owls.example']);
    expect(readers.length + blocked.length).toBe(ghost.length);
    await expect(write('pigeon')).rejects.toThrow(/must be paperround, ghost/);
  });
});
