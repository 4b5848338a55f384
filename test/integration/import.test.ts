import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCommand } from '../../src/commands/commands.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import type { ImportReport } from '../../src/core/reader/import-report.ts';
import { exportSubscribers } from '../../src/steps/readers/export.ts';
import { importSubscribers } from '../../src/steps/readers/import.ts';
import type { ImportOrder } from '../../src/steps/readers/import-run.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { suppressAddress } from '../../src/steps/readers/suppress.ts';
import { keepFile, takeFile } from '../../src/steps/readers/upload.ts';
import { backends, createPlace, openContext } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';

const source = 'the sheet of our reading group, signed by each of them';

describe.each(backends)('subscribers by the file in the %s', (backend) => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive(backend);
  });
  afterAll(() => live?.close());

  const take = (csv: string, order: Partial<ImportOrder> = {}) =>
    importSubscribers(live.outside, () => Readable.from([Buffer.from(csv)]), {
      source,
      unconfirmed: 'refuse',
      isDryRun: false,
      actor: 'operator:ada',
      ...order,
    });
  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const consentsOf = async (address: string) => {
    const reader = await find(address);
    return reader ? live.outside.store.consents.listOfSubscriber(reader.subscriberId) : [];
  };
  const audited = () => live.outside.store.audit.list({ action: 'import' }, { most: 10 });

  it('tells in a dry run what would become of each row, and writes nothing', async () => {
    await subscribe(live.outside, 'active@readers.example');
    const left = await subscribe(live.outside, 'left@readers.example');
    await unsubscribe(live.outside, left.id, 'page');
    await suppressAddress(live.outside, {
      address: parseAddress('hush@readers.example'),
      reason: 'by their word',
      actor: 'test',
    });
    const csv = [
      'Email,confirmed_at,state,phone',
      'new@readers.example,2024-05-07,,1',
      'active@readers.example,2024-05-07,,2',
      'LEFT@readers.example,2024-05-07,,3',
      'hush@readers.example,2024-05-07,,4',
      'gone@readers.example,2024-05-07,ended,5',
      'vague@readers.example,,,6',
      'NEW@readers.example,2024-05-07,,7',
      'nobody,2024-05-07,,8',
      'more@readers.example,2024-05-07,,9,10',
    ].join('\n');
    const lines: [number, string][] = [];
    const onRefused = async ({ line, kind }: { line: number; kind: string }) => {
      lines.push([line, kind]);
    };
    const report = await take(csv, { isDryRun: true, onRefused });
    expect(report).toMatchObject({ rows: 9, active: 1, asked: 0, ignored: ['phone'], fault: null });
    const expected = [
      [3, 'subscribed'],
      [4, 'left'],
      [5, 'suppressed'],
      [6, 'left'],
      [7, 'unconfirmed'],
      [8, 'twice'],
      [9, 'faulty'],
      [10, 'faulty'],
    ];
    expect(report.samples.map(({ line, kind }) => [line, kind])).toEqual(expected);
    expect(lines.sort(([a], [b]) => a - b)).toEqual(expected);
    expect(await find('new@readers.example')).toBeUndefined();
    expect(await audited()).toEqual([]);

    const real = await take(csv);
    const importId = real.reading?.importId;
    expect(real).toEqual({ ...report, reading: { ...report.reading, importId } });
    expect((await find('left@readers.example'))?.state).toBe('ended');
    expect(await find('hush@readers.example')).toBeUndefined();
    const begun = await live.outside.store.audit.list({ action: 'begin_import' }, { most: 10 });
    expect(begun).toMatchObject([{ actor: 'operator:ada', subject: 'subscribers' }]);
    const [entry] = await audited();
    expect(entry).toMatchObject({
      actor: 'operator:ada',
      subject: 'subscribers',
      detail: {
        source,
        unconfirmed: 'refuse',
        rows: 9,
        active: 1,
        refused: { faulty: 2, left: 2 },
      },
    });
  });

  it('keeps with the consent where it came from, and counts from the day of the import', async () => {
    const reader = await find('new@readers.example');
    expect(reader).toMatchObject({ state: 'active', confirmedAt: live.clock.now() });
    const [consent, ...others] = await consentsOf('new@readers.example');
    expect(others).toEqual([]);
    expect(consent).toMatchObject({
      form: 'import',
      confirmedAt: new Date('2024-05-07T00:00:00Z'),
      askedAt: new Date('2024-05-07T00:00:00Z'),
      askedFrom: null,
      text: expect.stringContaining(source),
    });
    expect(live.mailTo('new@readers.example')).toEqual([]);
  });

  it('asks whom the file has no date for, once, and mails nothing else before they confirm', async () => {
    const csv = 'address,topics\nvague@readers.example,reward models\nhush@readers.example,x\n';
    const report = await take(csv, { unconfirmed: 'ask' });
    expect(report).toMatchObject({ active: 0, asked: 1, refused: { suppressed: 1 } });
    expect((await find('vague@readers.example'))?.state).toBe('pending');
    await live.settle();
    expect(live.mailTo('vague@readers.example')).toHaveLength(1);
    live.clock.advance(4 * 24 * 3_600_000);
    await live.settle();
    expect(live.mailTo('vague@readers.example')).toHaveLength(1);
    expect(await take(csv, { unconfirmed: 'trust' })).toMatchObject({
      active: 0,
      refused: { waiting: 1, suppressed: 1 },
    });
    await live.post(live.linkTo('confirm', 'vague@readers.example'));
    const reader = await find('vague@readers.example');
    expect(reader).toMatchObject({ state: 'active', profile: { topics: ['reward models'] } });
  });

  it('takes by the operator’s word whom they answer for, and keeps that with the consent', async () => {
    await take('address\ntrusted@readers.example\n', { unconfirmed: 'trust' });
    expect((await consentsOf('trusted@readers.example'))[0]).toMatchObject({
      form: 'import',
      confirmedAt: live.clock.now(),
      text: expect.stringContaining('The operator answers for'),
    });
  });

  it('gives out what an import reads again, and nothing that a spreadsheet runs', async () => {
    const topics = '"=cmd|\' /C calc\'!A0"';
    await take(
      `address,confirmed_at,topics,authors,days,hour,zone,papers,quiet_note,language,paused_until
+plus@readers.example,2024-05-07,${topics},"@name|-1+1",6|7,06:45,Europe/Berlin,3,yes,de,2027-01-01\n`,
    );
    const csv = await text(exportSubscribers(live.outside, { actor: 'operator:ada' }));
    const cells = csv.split(/[\n,]/);
    expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(csv).toContain("'+plus@readers.example,active,2024-05-07T00:00:00.000Z");
    const before = await find('+plus@readers.example');
    expect(before?.profile.topics).toEqual(['=cmd', "' /C calc'!A0"]);
    expect(before?.profile.language).toBe('de');
    const [entry] = await live.outside.store.audit.list({ action: 'export' }, { most: 1 });
    const rows = csv.trim().split('\n').length - 1;
    expect(entry).toMatchObject({
      actor: 'operator:ada',
      subject: 'subscribers',
      detail: { rows },
    });

    // Into a place where nobody is known, it gives the same readers, but for who left.
    const other = await openLive(backend, { now: live.clock.now().toISOString() });
    try {
      const chunks = () => Readable.from([Buffer.from(csv)]);
      const order = { source, unconfirmed: 'refuse', isDryRun: false, actor: 'test' } as const;
      const report = await importSubscribers(other.outside, chunks, order);
      expect(report).toMatchObject({ rows, active: rows - 1, refused: { left: 1 }, ignored: [] });
      const after = await other.outside.store.subscribers.findByAddress('+plus@readers.example');
      const { profile, schedule, papersPerDigest, pausedUntil } = before ?? {};
      expect(after).toMatchObject({ profile, schedule, papersPerDigest, pausedUntil });
      const again = await text(exportSubscribers(other.outside, { actor: 'test' }));
      const kept = (all: string) => all.split('\n').filter((line) => !line.includes(',ended,'));
      expect(kept(again).sort()).toEqual(kept(csv).sort());
    } finally {
      await other.close();
    }
  });

  it('keeps what was written before a fault, says where it is, and takes nobody twice', async () => {
    const people = Array.from({ length: 1200 }, (_, at) => `p${at}@many.example,2024-05-07\n`);
    const csv = `address,confirmed_at\n${people.join('')}"broken@many.example,2024\n`;
    const report = await take(csv);
    expect(report).toMatchObject({ active: 1200, fault: expect.stringContaining('never closed') });
    expect(await take(csv)).toMatchObject({ active: 0, refused: { subscribed: 1200 } });
    expect(report.samples).toEqual([]);
  });

  it('goes on with a file where a process ended, by any number of them, and takes each row once', async () => {
    // Without workers of its own, so that nobody else reads.
    const place = await createPlace(backend);
    const context = await openContext(place, live.clock);
    const { outside } = context;
    const { imports } = outside.store;
    const people = Array.from({ length: 2100 }, (_, at) => `r${at}@resumed.example,2024-05-07`);
    const twice = 'r0@resumed.example,2024-05-07';
    const csv = ['address,confirmed_at', 'nobody,', ...people, twice].join('\n');
    const terms = { source, unconfirmed: 'refuse', actor: 'operator:ada' } as const;
    const chunks = (async function* () {
      yield Buffer.from(csv);
    })();
    const id = await keepFile(outside, chunks, terms);
    await imports.recordBegun(id, 'operator:ada', live.clock.now());
    let batches = 0;
    const endsAfterTwo = () => {
      batches += 1;
      return batches > 2;
    };
    expect(await takeFile(outside, id, endsAfterTwo)).toBeUndefined();
    expect((await imports.findFile(id))?.report).toMatchObject({ rows: 1001, active: 1000 });
    const never = () => false;
    await Promise.all([1, 2, 3].map(() => takeFile(outside, id, never)));
    expect(await imports.listOpen()).toEqual([]);
    expect((await imports.findFile(id))?.report).toMatchObject({
      rows: 2102,
      active: 2100,
      refused: { faulty: 1, twice: 1 },
      samples: [{ line: 2 }, { line: 2103 }],
    });
    expect((await outside.store.subscribers.findByAddress('r2099@resumed.example'))?.state).toBe(
      'active',
    );
    const entries = await outside.store.audit.list({ action: 'import' }, { most: 9 });
    expect(entries).toMatchObject([{ actor: 'operator:ada', detail: { active: 2100 } }]);
    await context.close();
    await place.remove();
  });

  it('does the same by commands, over files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'paperround-files-'));
    const [file, refused, out] = ['in.csv', 'refused.csv', 'out.csv'].map((n) => join(folder, n));
    try {
      await writeFile(file ?? '', 'address,confirmed_at\ncli@readers.example,2024-05-07\n=x,\n');
      const call = (name: string, args: unknown) => runCommand(live.outside, { name, args });
      await expect(call('subscribers import', { file, source: 'x' })).rejects.toThrow(
        /source: The/,
      );
      const missing = call('subscribers import', { file: `${file}x`, source });
      await expect(missing).rejects.toThrow(/in.csvx cannot be read/);
      const dry = await call('subscribers import', { file, source, dryRun: true, refused });
      expect(dry.lines.slice(0, 2)).toEqual([
        'A dry run: nothing was written.',
        '2 rows read: 1 would be subscribed, 0 would be asked by mail, 1 refused.',
      ]);
      expect(await readFile(refused ?? '', 'utf8')).toMatch(/line,kind,reason\n3,faulty,.*=x/);
      const real = await call('subscribers import', { file, source });
      expect((real.data as ImportReport).active).toBe(1);
      await call('subscribers csv', { file: out });
      expect(await readFile(out ?? '', 'utf8')).toContain('\ncli@readers.example,active,');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
