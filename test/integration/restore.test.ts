import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands/commands.ts';
import { hashAddress } from '../../src/core/reader/keys.ts';
import type { Context } from '../../src/process/context.ts';
import { makeBackup } from '../../src/steps/backup/backup.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { resumeSending } from '../../src/steps/deliveries/pause.ts';
import { cutEdition } from '../../src/steps/editions/cut.ts';
import { storePapers } from '../../src/steps/feeds/store-papers.ts';
import { listSuppressions } from '../../src/steps/readers/suppress.ts';
import type { Outside } from '../../src/steps/steps.ts';
import { restoreInto } from '../harness/backup.ts';
import {
  type Backend,
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { openFeedServer } from '../harness/feed-server.ts';
import { arxivRss } from '../harness/feed-shapes.ts';
import { answerWith, draftTitles, fetchNow, playedBy, watch } from '../harness/feeds.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const READERS = ['ada', 'ben', 'eve'].map((name) => `${name}@readers.example`);

// What the mail server accepted, before and after a restore together, is the truth here.
describe.each(backends)('a restore into the %s', (backend) => {
  let folder: string;
  let sink: SmtpSink;
  let clock: Clock;
  let places: Place[];
  let opened: (() => Promise<void>)[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-backup-'));
    sink = await openSmtpSink();
    clock = createClock('2026-03-02T12:00:00Z');
    places = [];
    opened = [];
  });
  afterEach(async () => {
    for (const close of opened.reverse()) await close();
    await sink.close();
    for (const place of places) await place.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const newPlace = async (kind: Backend, keys?: string) => {
    const place = await createPlace(kind);
    places.push(place);
    const env = { ...place.env, ...(keys ? { SECRET_KEYS: keys } : {}), SMTP_URL: sink.url };
    return { env, remove: place.remove };
  };
  /** Opens it with a sender; `stop` ends both. */
  const start = async (place: Place) => {
    const context: Context = await openContext(place, clock);
    if (!place.env['DATABASE_URL']) await context.outside.store.senders.endAll();
    const lease: Lease = await openLease(context.outside, { host: 'here', pid: 1, onLost() {} });
    const stop = async () => {
      await lease.end();
      await context.close();
    };
    opened.push(stop);
    const ended = async () => {
      opened.splice(opened.indexOf(stop), 1);
      await stop();
    };
    return { outside: context.outside, lease, stop: ended };
  };
  const draft = (outside: Outside, series: string) =>
    outside.store.transaction((tx) =>
      storePapers(tx, makePapers(series, 3), { cut: outside.config.cut, at: outside.now() }),
    );
  /** Each reader's mails by the series of papers in them. */
  const seriesTo = (address: string) =>
    sink.received
      .filter(({ to }) => to === address)
      .map(({ email }) => [...new Set(email.text?.match(/study (\w+)-/g))].join(' '));
  const ringText = async (place: Place) =>
    place.env['SECRET_KEYS'] ?? (await readFile(join(place.env['DATA_DIR'] ?? '', 'keys'), 'utf8'));

  it('to an earlier time sends nobody anything twice, and nothing until somebody resumes', async () => {
    const home = await newPlace(backend);
    const before = await start(home);
    for (const address of READERS) await subscribe(before.outside, address);
    await cutWith(before.outside, makePapers('old', 3));
    clock.set('2026-03-03T07:00:00Z');
    await compose(before.outside);
    // One has the digest, two wait for it; the next day's papers are in the draft.
    sink.refuse(READERS[1] ?? '', 451);
    sink.refuse(READERS[2] ?? '', 451);
    await send(before.outside, before.lease);
    await draft(before.outside, 'lost1');
    const file = join(folder, 'backup.gz');
    expect(await makeBackup(before.outside, { file, withoutKeys: false })).toMatchObject({
      isSending: true,
      files: ['keys/ring'],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    for (const address of READERS) sink.refuse(address);
    clock.set('2026-03-03T12:00:00Z');
    await send(before.outside, before.lease);
    await cutWith(before.outside, []);
    clock.set('2026-03-04T07:00:00Z');
    await compose(before.outside);
    await send(before.outside, before.lease);
    await cutWith(before.outside, makePapers('lost2', 3));
    clock.set('2026-03-05T07:00:00Z');
    await compose(before.outside);
    await send(before.outside, before.lease);
    const sent = ['study old-', 'study lost1-', 'study lost2-'];
    for (const address of READERS) expect(seriesTo(address)).toEqual(sent);
    const keys = (await ringText(home)).trim();
    await before.stop();

    clock.set('2026-03-05T09:00:00Z');
    const other = await newPlace(backend, backend === 'service' ? keys : undefined);
    await expect(restoreInto(other, clock, { file, isMoved: true })).rejects.toThrow(/--moved/);
    const report = await restoreInto(other, clock, { file });
    expect(report.settled).toMatchObject({ digests: 2, notices: 0 });

    const after = await start(other);
    const { outside, lease } = after;
    // The days that were lost fall due again, and feeds bring their papers once more.
    await compose(outside);
    await draft(outside, 'lost2');
    const aside = await outside.store.editions.findDraft();
    expect(await cutEdition(outside, aside?.id ?? 0)).toMatchObject({
      kind: 'released',
      // Alike, but each with a DOI of its own.
      papers: 6,
      merged: 0,
    });
    await send(outside, lease);
    clock.set('2026-03-06T07:00:00Z');
    await compose(outside);
    await send(outside, lease);
    for (const address of READERS) expect(seriesTo(address)).toEqual(sent);

    expect(await resumeSending(outside, { what: 'all', actor: 'test' })).toBe(true);
    await send(outside, lease);
    for (const address of READERS) expect(seriesTo(address)).toEqual(sent);
    await cutWith(outside, makePapers('new', 3));
    clock.set('2026-03-07T07:00:00Z');
    await compose(outside);
    await send(outside, lease);
    for (const address of READERS) expect(seriesTo(address)).toEqual([...sent, 'study new-']);
    const ids = sink.received.map(({ email }) => email.messageId);
    expect(new Set(ids).size).toBe(ids.length);

    const { store } = outside;
    expect(await store.deliveries.listInDoubt()).toHaveLength(2);
    const decide = { name: 'restored', args: { decide: 'accepted' } };
    expect(await runCommand(outside, decide)).toMatchObject({ data: { decided: 2 } });
    expect(await store.deliveries.listInDoubt()).toEqual([]);
    const outcomes = await store.rounds.listOfSubscription(1);
    expect(outcomes.map(({ localDate, exclusion }) => [localDate, exclusion])).toEqual([
      ['2026-03-07', null],
      ['2026-03-06', 'nothing_new'],
      ['2026-03-05', 'restored'],
      ['2026-03-04', 'restored'],
      ['2026-03-03', null],
    ]);
  });

  it('sets aside what a feed only later brings of the lost time, and no draft that got nothing', async () => {
    const feeds = await openFeedServer();
    opened.push(() => feeds.close());
    feeds.answer = (_, response) => response.writeHead(500).end();
    const list = (...ids: string[]) => {
      const items = ids.map((id) => ({ id, categories: ['cs.LG'] }));
      feeds.answer = answerWith(arxivRss('2026-03-03', items));
    };
    const home = await newPlace(backend);
    const withFeed = { ...home, env: { ...home.env, ...playedBy(feeds) } };
    const before = await start(withFeed);
    await watch(before.outside, 'arxiv:cs.LG', 'learning');
    const file = join(folder, 'backup.gz');
    await makeBackup(before.outside, { file, withoutKeys: false });
    const keys = (await ringText(home)).trim();
    await before.stop();

    clock.set('2026-03-03T12:00:00Z');
    const other = await newPlace(backend, backend === 'service' ? keys : undefined);
    const place = { ...other, env: { ...other.env, ...playedBy(feeds) } };
    await restoreInto(place, clock, { file });
    const { outside } = await start(place);
    await draft(outside, 'held');
    const aside = await outside.store.editions.findDraft();
    // The feed is down while the edition that is set aside is cut.
    clock.set('2026-03-03T14:00:00Z');
    expect(await cutEdition(outside, aside?.id ?? 0)).toMatchObject({ kind: 'released' });
    list('2603.00001');
    await fetchNow(outside);
    expect(await draftTitles(outside)).toEqual([]);
    list('2603.00001', '2603.00002');
    clock.advance(3_600_000);
    await fetchNow(outside);
    expect(await draftTitles(outside)).toHaveLength(1);

    // The sandbox's folder is locked by its socket instead.
    if (backend === 'service') {
      await expect(restoreInto(place, clock, { file, replaces: true })).rejects.toThrow(
        /other connections? uses? this database/,
      );
    }
  });

  it('leaves a draft to readers that was set aside and got no paper', async () => {
    const home = await newPlace(backend);
    const before = await start(home);
    await subscribe(before.outside, READERS[0] ?? '');
    const file = join(folder, 'backup.gz');
    await makeBackup(before.outside, { file, withoutKeys: false });
    const keys = (await ringText(home)).trim();
    await before.stop();
    const other = await newPlace(backend, backend === 'service' ? keys : undefined);
    await restoreInto(other, clock, { file });
    const { outside, lease } = await start(other);
    const aside = await outside.store.editions.findDraft();
    expect(await cutEdition(outside, aside?.id ?? 0)).toEqual({ kind: 'empty' });
    await resumeSending(outside, { what: 'all', actor: 'test' });
    clock.set('2026-03-03T06:00:00Z');
    await cutWith(outside, makePapers('new', 3));
    clock.set('2026-03-03T07:00:00Z');
    await compose(outside);
    await send(outside, lease);
    expect(seriesTo(READERS[0] ?? '')).toEqual(['study new-']);
  });

  // A sandbox has its keys in its folder: only a service is told them apart.
  const onService = backend === 'service' ? it : it.skip;
  onService(
    'under other keys is refused with the line to set; or hashes who is suppressed anew',
    async () => {
      const home = await newPlace('service');
      const before = await start(home);
      await subscribe(before.outside, READERS[0] ?? '');
      const { store, keys } = before.outside;
      const addressHash = hashAddress(keys, READERS[0] ?? '');
      const suppression = {
        addressHash,
        reason: 'complaint',
        note: null,
        at: clock.now(),
      } as const;
      await store.records.recordSuppression(suppression);
      const page = { reason: null, most: 9 };
      const named = { address: READERS[0] };
      expect(await listSuppressions(before.outside, page)).toMatchObject([named]);
      const file = join(folder, 'backup.gz');
      await makeBackup(before.outside, { file, withoutKeys: false });
      await before.stop();

      const other = await newPlace('service');
      const refused = String(await restoreInto(other, clock, { file }).catch((error) => error));
      const [, envFile = ''] = /line from (\S+settings\.env)/.exec(refused) ?? [];
      expect(await readFile(envFile, 'utf8')).toContain(`SECRET_KEYS=${home.env['SECRET_KEYS']}`);
      expect((await stat(envFile)).mode & 0o777).toBe(0o600);
      expect(refused).not.toContain(home.env['SECRET_KEYS'] ?? '-');
      await restoreInto(other, clock, { file, keepsTargetKeys: true });
      const { outside } = await start(other);
      const newHash = hashAddress(outside.keys, READERS[0] ?? '');
      expect(newHash).not.toBe(addressHash);
      expect(await outside.store.records.isSuppressed(newHash)).toBe(true);
      const listed = await listSuppressions(outside, page);
      expect(listed.find(({ hash }) => hash === newHash)).toMatchObject(named);
      expect(listed.find(({ hash }) => hash === addressHash)?.address).toBeUndefined();
    },
  );

  it('of a stopped installation goes on where it stopped, there and back between both kinds', async () => {
    const kinds: Backend[] =
      backends.length > 1
        ? [backend, backend === 'sandbox' ? 'service' : 'sandbox', backend]
        : ['sandbox', 'sandbox'];
    let place = await newPlace(kinds[0] ?? backend);
    let at = await start(place);
    for (const address of READERS) await subscribe(at.outside, address);
    await cutWith(at.outside, makePapers('m0', 3));
    clock.set('2026-03-03T07:00:00Z');
    await compose(at.outside);
    sink.refuse(READERS[1] ?? '', 451);
    await send(at.outside, at.lease);
    sink.refuse(READERS[1] ?? '');
    const keys = (await ringText(place)).trim();
    for (const [move, kind] of kinds.slice(1).entries()) {
      await at.stop();
      const idle = await openContext(place, clock);
      const file = join(folder, `move${move}.gz`);
      await makeBackup(idle.outside, { file, withoutKeys: false });
      await idle.close();
      place = await newPlace(kind, kind === 'service' ? keys : undefined);
      expect((await restoreInto(place, clock, { file, isMoved: true })).settled).toBeUndefined();
      expect((await ringText(place)).trim()).toBe(keys);
      at = await start(place);
      clock.advance(6 * 3_600_000);
      await send(at.outside, at.lease);
      await cutWith(at.outside, makePapers(`m${move + 1}`, 3));
      clock.set(`2026-03-0${move + 4}T07:00:00Z`);
      await compose(at.outside);
      await send(at.outside, at.lease);
    }
    const all = kinds.map((_, index) => `study m${index}-`);
    for (const address of READERS) expect(seriesTo(address)).toEqual(all);
  });

  it('in the place of what is there keeps who left, was suppressed or erased since', async () => {
    const home = await newPlace(backend);
    const now = await start(home);
    const { store, keys } = now.outside;
    const [ada, ben, eve] = await Promise.all(
      READERS.map((address) => subscribe(now.outside, address)),
    );
    const file = join(folder, 'backup.gz');
    await makeBackup(now.outside, { file, withoutKeys: false });
    const hash = hashAddress(keys, READERS[0] ?? '');
    await store.records.recordSuppression({
      addressHash: hash,
      reason: 'complaint',
      note: null,
      at: clock.now(),
    });
    await store.subscribers.recordEnd(ben?.id ?? 0, { at: clock.now(), reason: 'page' });
    const eveHash = hashAddress(keys, READERS[2] ?? '');
    await store.transaction((tx) => tx.erasures.eraseSubscriber(eve?.subscriberId ?? 0, eveHash));
    await now.stop();

    await expect(restoreInto(home, clock, { file })).rejects.toThrow(/not empty/);
    const report = await restoreInto(home, clock, { file, replaces: true });
    expect(report.kept).toEqual({ suppressed: 1, ended: 1, erased: 1 });
    const { outside } = await start(home);
    expect(await outside.store.records.isSuppressed(hash)).toBe(true);
    const left = await outside.store.subscribers.findByAddress(READERS[1] ?? '');
    expect(left).toMatchObject({ state: 'ended', endReason: 'page' });
    expect(await outside.store.subscribers.findByAddress(READERS[2] ?? '')).toBeUndefined();
    expect(ada?.subscriberId).toBeDefined();
  });
});
