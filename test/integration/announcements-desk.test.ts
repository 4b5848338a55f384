import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands/commands.ts';
import { releaseAnnouncement } from '../../src/steps/announcements/release.ts';
import { writeAnnouncement } from '../../src/steps/announcements/write.ts';
import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { enterApi } from '../harness/api.ts';
import { createClock, createPlace, openContext } from '../harness/context.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';

describe('announcements for operators', () => {
  let live: Live;
  let desk: DeskVisit;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'announce-'));
    live = await openLive('sandbox');
    desk = await enterDesk(live, { name: 'ada' });
    for (const name of ['one', 'two']) await subscribe(live.outside, `${name}@readers.example`);
  });
  afterAll(async () => {
    await live?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are written, looked at and sent on the desk, with a yes to the count', async () => {
    expect((await desk.get('/admin/announcements')).body).toContain('None was written yet.');
    expect((await desk.get('/admin/announcements/new')).statusCode).toBe(200);
    const empty = await desk.post('/admin/announcements/new', { subject: '', body: 'x' });
    expect(empty.statusCode).toBe(409);
    expect(empty.body).toContain('It has no subject.');
    const fields = { subject: 'Down', body: '# Tomorrow\n\n<script>x</script>', about: 'service' };
    const kept = await desk.post('/admin/announcements/new', fields);
    const here = String(kept.headers.location);
    expect([kept.statusCode, here]).toEqual([303, expect.stringMatching(/\/announcements\/\d+$/)]);
    const page = await desk.get(here);
    expect(page.body).toContain('Yes, send it to 2 readers');
    const mail = await desk.get(`${here}/html?scheme=dark`);
    expect(mail.body).toContain('&lt;script&gt;');
    expect(mail.body).not.toContain('<script');
    expect((await desk.get(`${here}/edit`)).body).toContain('# Tomorrow');
    await desk.post(`${here}/edit`, { ...fields, body: 'Changed.' });
    const stale = await desk.post(here, { do: 'send', readers: '1' });
    expect(stale.body).toContain('would go to 2 now');
    const sent = await desk.post(here, { do: 'send', readers: '2' });
    expect(sent.body).toContain('goes to 2 readers');
    await live.settle();
    expect(live.mailTo('one@readers.example').at(-1)?.email.text).toContain('Changed.');
    expect((await desk.get(here)).body).toMatch(/state-accepted">2</);
    expect((await desk.get('/admin/announcements')).body).toContain('to 2 readers');
    expect((await desk.get('/admin/deliveries')).body).toContain('announcement 1');
    expect((await desk.get('/admin/audit')).body).toContain('sent');
  });

  it('are only looked at by who may only look', async () => {
    const looking = await enterDesk(live, { name: 'bea', role: 'look' });
    expect((await looking.get('/admin/announcements/1')).statusCode).toBe(200);
    expect((await looking.get('/admin/announcements/new')).statusCode).toBe(403);
    expect((await looking.post('/admin/announcements/1', { do: 'send' })).statusCode).toBe(403);
  });

  it('are a command: written, told what it would do, sent, put aside', async () => {
    await writeFile(join(folder, 'text.md'), 'Words.');
    const run = (name: string, args: object) => runCommand(live.outside, { name, args });
    const written = await run('announcements write', {
      ...{ subject: 'By hand', body: 'Words.', address: 'one@' },
    });
    const { id } = written.data as { id: number };
    await expect(run('announcements send', { id })).rejects.toThrow(
      /would go to 1 reader at once, whatever their days and hours/,
    );
    expect((await run('announcements preview', { id })).lines.join('\n')).toContain('Words.');
    await run('announcements send', { id, yes: true });
    await live.settle();
    const shown = await run('announcements show', { id });
    expect(shown.lines.join('\n')).toContain('Deliveries: 1 accepted');
    expect(live.mailTo('one@readers.example').at(-1)?.email.subject).toBe('By hand');
    const other = await run('announcements write', { subject: 'Not this', body: 'x' });
    const { id: second } = other.data as { id: number };
    await run('announcements discard', { id: second });
    await expect(run('announcements send', { id: second, yes: true })).rejects.toThrow(
      'was put aside',
    );
    expect((await run('announcements list', {})).lines.join('\n')).toContain('discarded');
  });

  it('go by the API', async () => {
    const call = await enterApi(live, { name: 'script' });
    const body = { subject: 'From a script', body: 'Words.', field: 'robotics' };
    const made = await call({ method: 'POST', path: '/announcements', body });
    expect(made.statusCode).toBe(201);
    const { id, wouldReach } = made.json<{ id: number; wouldReach: number }>();
    expect(wouldReach).toBe(0);
    const changed = { ...body, field: undefined };
    await call({ method: 'POST', path: `/announcements/${id}`, body: changed });
    const preview = await call({ path: `/announcements/${id}/preview` });
    expect(preview.json()).toMatchObject({ subject: 'From a script' });
    const wrong = await call({
      method: 'POST',
      path: `/announcements/${id}/send`,
      body: { readers: 9 },
    });
    expect(wrong.statusCode).toBe(409);
    const sent = await call({
      method: 'POST',
      path: `/announcements/${id}/send`,
      body: { readers: 2 },
    });
    expect(sent.statusCode).toBe(202);
    await live.settle();
    expect((await call({ path: `/announcements/${id}` })).json()).toMatchObject({
      state: 'sent',
      readers: 2,
      outcomes: [{ state: 'accepted', cause: null, count: 2 }],
    });
  });

  it('that are not about the service are asked for by a tick, and off by itself', async () => {
    const wishes = { topics: 'owls', days: '1', hour: '08:15', zone: 'Europe/Berlin', count: '5' };
    const page = await live.get('/subscribe');
    expect(page.body).toMatch(/name="announcements" value="all">/);
    for (const [name, more] of [
      ['ticked', { announcements: 'all' }],
      ['bare', {}],
    ] as const) {
      const address = `${name}@readers.example`;
      await live.post('/subscribe', { ...wishes, ...more, address });
      await live.settle();
      await live.post(live.linkTo('confirm', address));
    }
    const find = async (name: string) =>
      live.outside.store.subscribers.findByAddress(`${name}@readers.example`);
    const [ticked, bare] = [await find('ticked'), await find('bare')];
    expect([ticked?.announcements, bare?.announcements]).toEqual(['all', 'service']);
    const consents = await live.outside.store.consents.listOfSubscriber(ticked?.subscriberId ?? 0);
    expect(consents[0]?.text).toContain('other announcements');
    const link = live.sign('preferences', bare?.id ?? 0);
    await live.post(link, { ...wishes, announcements: 'all' });
    expect((await find('bare'))?.announcements).toBe('all');
    const agreed = await live.outside.store.consents.listOfSubscriber(bare?.subscriberId ?? 0);
    expect(agreed.at(-1)).toMatchObject({ form: 'preferences' });
    await live.post(link, { ...wishes, announcements: 'none' });
    expect((await find('bare'))?.announcements).toBe('none');
    // What does not speak of them leaves them as they are.
    await live.post(link, wishes);
    expect((await find('bare'))?.announcements).toBe('none');
  });
});

describe('an announcement beside a process of an older version', () => {
  it('is not sent while one lives, and never claimed by one that wakes later', async () => {
    const place = await createPlace('service');
    const context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    const { outside } = context;
    const { store } = outside;
    try {
      await subscribe(outside, 'old@readers.example');
      const text = { subject: 'Down', body: 'Words.', isService: true, audience: {} };
      const id = await writeAnnouncement(outside, { ...text, actor: 'test' });
      const older = await store.senders.insert({ host: 'old', pid: 1, leaseMs: 60_000 });
      await database.rows(sql`update public.sender set version = 3 where id = ${older.id}`);
      const release = () => releaseAnnouncement(outside, { id, readers: 1, actor: 'test' });
      await expect(release()).rejects.toThrow('a process of an older version still sends');
      await store.senders.end(older.id);
      await release();
      await database.rows(
        sql`update public.sender set lease_until = clock_timestamp() + interval '1 minute'
          where id = ${older.id}`,
      );
      // What a version before this takes for a notice that nothing holds.
      const claimed = await database.rows(sql`update public.delivery d set state = 'sending',
          sender_id = ${older.id}, fence = d.fence + 1, attempts = d.attempts + 1, next_at = null
        where d.edition_id is null and coalesce(d.notice, '') not in ('confirmation', 'quiet')
          and d.state in ('ready', 'deferred') returning d.id`);
      expect(claimed).toEqual([]);
      const newer = await store.senders.insert({ host: 'new', pid: 2, leaseMs: 60_000 });
      const now = outside.now();
      const own = await store.deliveries.claim({ senderId: newer.id, now, most: 10 });
      expect(own).toMatchObject([{ announcementId: id, editionId: null }]);
    } finally {
      await database.close();
      await context.close();
      await place.remove();
    }
  });
});
