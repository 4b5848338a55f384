import { formTokenOf } from '../../src/core/desk/token.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { suppressAddress } from '../../src/steps/readers/suppress.ts';
import { tendUnconfirmed } from '../../src/steps/readers/unconfirmed.ts';
import { backends } from '../harness/context.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { waitFor } from '../harness/wait.ts';

const HERE = '/admin/subscribers/import';
const source = 'the sheet of our reading group';
const DAY_MS = 24 * 3_600_000;

describe.each(backends)('files and suppressions on the desk in the %s', (backend) => {
  let live: Live;
  let ada: DeskVisit;
  let cleo: DeskVisit;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '1000000' } });
    ada = await enterDesk(live, { name: 'ada' });
    cleo = await enterDesk(live, { name: 'cleo', role: 'look' });
  });
  afterAll(() => live?.close());

  /** Sends a file as a browser does: the words first, then what was chosen. */
  const send = (
    visit: DeskVisit,
    csv: string,
    { token = formTokenOf(visit.token), ...fields }: Record<string, string> = {},
  ) => {
    const nothing = { stateColumn: '', active: '' };
    const given = { source, unconfirmed: 'refuse', name: 'readers.csv', ...nothing, ...fields };
    const part = (head: string, body: string) =>
      `--edge\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
    const payload = [
      part('name="source"', given.source),
      part('name="unconfirmed"', given.unconfirmed),
      part('name="stateColumn"', given.stateColumn),
      part('name="active"', given.active),
      part(`name="file"; filename="${given.name}"\r\nContent-Type: text/csv`, csv),
      '--edge--\r\n',
    ].join('');
    return live.app.inject({
      method: 'POST',
      url: `${HERE}?${new URLSearchParams({ form: token })}`,
      headers: {
        cookie: `desk=${visit.token}`,
        'sec-fetch-site': 'same-origin',
        'content-type': 'multipart/form-data; boundary=edge',
      },
      payload,
    });
  };
  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const latest = async () => (await live.outside.store.audit.list({}, { most: 1 }))[0];

  it('shows what a file would come to, and reads it once by any number of presses', async () => {
    const many = Array.from(
      { length: 600 },
      (_, at) => `p${at}@many.example,2024-05-07,${'x'.repeat(500)}`,
    );
    const csv = ['address,confirmed_at,note', ...many, 'nobody,2024-05-07,'].join('\n');
    const before = (await latest())?.id;
    const sent = await send(ada, csv);
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${HERE}/1`]);
    const page = await ada.get(`${HERE}/1`);
    expect(page.body).toContain(
      '601 rows read: 600 would be subscribed, 0 would be asked by mail, 1 refused.',
    );
    expect(page.body).toContain('Nothing was read from the columns: note.');
    expect(page.body).toContain('line 602');
    expect(page.body).toContain(source);
    expect((await ada.get(`${HERE}/1/refused`)).body).toMatch(/line,kind,reason\n602,faulty,/);
    expect((await latest())?.id).toBe(before);
    expect(await find('p0@many.example')).toBeUndefined();

    const presses = await Promise.all([1, 2].map(() => ada.post(`${HERE}/1`)));
    expect(presses.map(({ statusCode }) => statusCode)).toEqual([303, 303]);
    await waitFor(async () => (await ada.get(`${HERE}/1`)).body.includes('Done.'));
    const done = await ada.get(`${HERE}/1`);
    expect(done.body).toContain('601 rows read: 600 subscribed');
    const followed = (await ada.get(`${HERE}/1/live`)).body;
    expect(followed).toMatch(/^event: progress\ndata: .*600 subscribed.*\n\nevent: end\n/);
    expect((await cleo.get(`${HERE}/1/live`)).statusCode).toBe(403);
    expect(done.body).not.toContain('Take 600');
    expect((await find('p599@many.example'))?.state).toBe('active');
    const entries = await live.outside.store.audit.list({ action: 'import' }, { most: 9 });
    expect(entries).toMatchObject([
      {
        actor: 'operator:ada',
        subject: 'subscribers',
        detail: { source, active: 600, rows: 601 },
      },
    ]);
    expect((await ada.get(`${HERE}/1/refused`)).statusCode).toBe(404);
    live.clock.advance(DAY_MS + 1);
    ada = await enterDesk(live, { name: 'ada2' });
    cleo = await enterDesk(live, { name: 'cleo2', role: 'look' });
    await tendUnconfirmed(live.outside);
    expect((await ada.get(`${HERE}/1`)).statusCode).toBe(404);
  });

  it('refuses a file without a source, a choice, a name or a token, and says which', async () => {
    const csv = 'address\na@readers.example\n';
    for (const [fields, words] of [
      [{ source: 'a list' }, 'where the file comes from'],
      [{ unconfirmed: 'guess' }, 'Choose what becomes of rows'],
      [{ name: '' }, 'Choose a file.'],
    ] as const) {
      const answer = await send(ada, csv, fields);
      expect([answer.statusCode, answer.body.includes(words)]).toEqual([400, true]);
    }
    expect((await send(ada, csv, { token: formTokenOf(cleo.token) })).statusCode).toBe(403);
    expect((await send(cleo, csv)).statusCode).toBe(403);
    expect((await ada.post(HERE)).statusCode).toBe(400);
    const sent = await send(ada, 'name,phone\na,b\n');
    expect((await ada.get(sent.headers.location as string)).body).toContain(
      'must name the columns',
    );
  });

  it('takes no file that is larger than its page says', async () => {
    // The embedded database takes its time with so much.
    if (backend === 'sandbox') return;
    const big = await send(ada, `address\n${'x'.repeat(17 * 1024 * 1024)}`);
    expect([big.statusCode, big.body.includes('larger than 16 MB')]).toEqual([400, true]);
  });

  it('gives all subscribers out to who may operate, and writes that down', async () => {
    const file = await ada.post('/admin/subscribers/export');
    expect(file.headers['content-disposition']).toBe('attachment; filename="subscribers.csv"');
    expect(file.body.split('\n').length).toBe(602);
    expect(await latest()).toMatchObject({ action: 'export', subject: 'subscribers' });
    expect((await cleo.post('/admin/subscribers/export')).statusCode).toBe(403);
  });

  it('lists suppressions by reason, and adds and lifts them with a reason', async () => {
    const reader = await subscribe(live.outside, 'ada@readers.example');
    const actor = 'test';
    const address = parseAddress('stranger@readers.example');
    await suppressAddress(live.outside, { address, reason: 'a letter', actor });
    const post = (fields: Record<string, string>) => ada.post('/admin/suppressions', fields);
    const typed = { address: 'ada@readers.example', reason: 'they asked by phone' };
    expect((await post({ ...typed, do: 'suppress' })).body).toContain('gets no mail any more.');
    expect(await latest()).toMatchObject({ action: 'suppress', detail: { reason: typed.reason } });
    const list = (await cleo.get('/admin/suppressions?reason=operator')).body;
    expect(list).toContain(`<a href="/admin/subscribers/${reader.id}">ada@readers.example</a>`);
    expect(list).toContain(`nobody has it now (${live.hash(address.key).slice(0, 12)}`);
    expect(list).not.toContain('By hand');
    const { subscribers } = live.outside.store;
    const move = (to: string) => subscribers.changeAddress(reader.subscriberId, parseAddress(to));
    await move('ada.moved@readers.example');
    expect((await cleo.get('/admin/suppressions')).body).not.toContain('ada@readers.example');
    await move('ada@readers.example');
    expect((await cleo.get('/admin/suppressions')).body).toContain('ada@readers.example');
    expect((await ada.get('/admin/suppressions?reason=bounce')).body).toContain('No address');
    for (const [fields, words] of [
      [{ ...typed, reason: 'x' }, 'must say why'],
      [{ ...typed, address: 'nobody' }, 'is not an email address'],
      [{ ...typed, address: 'other@readers.example', do: 'lift' }, 'is not suppressed'],
    ] as const) {
      const answer = await post(fields);
      expect([answer.statusCode, answer.body.includes(words)]).toEqual([400, true]);
    }
    expect((await post({ ...typed, do: 'lift' })).body).toContain('They get mail again');
    expect(await latest()).toMatchObject({ actor: 'operator:ada2', action: 'lift' });
  });

  it('asks what a column means that nobody knows, and offers to keep people who left alone', async () => {
    const odd = 'email,Status\nodd1@owls.example,A\nodd2@owls.example,Z\n';
    const trust = { unconfirmed: 'trust' };
    const unread = await ada.get(String((await send(ada, odd, trust)).headers.location));
    expect(unread.body).toContain('--state-column');
    expect(unread.body).not.toContain('<button type="submit">Take');
    const said = { ...trust, stateColumn: 'Status', active: 'A, B' };
    const read = await ada.get(String((await send(ada, odd, said)).headers.location));
    expect(read.body).toContain('Take 1 of them over');
    expect(read.body).toContain('Status: A, B');

    const gone = 'email,Status\ngone1@owls.example,unsubscribed\n';
    const { location } = (await send(ada, gone, trust)).headers;
    expect((await ada.get(String(location))).body).toContain('Keep 1 as suppressions');
    await ada.post(String(location));
    await waitFor(async () => (await ada.get(String(location))).body.includes('Done.'));
    expect((await ada.get('/admin/suppressions')).body).toContain('they left elsewhere');
  });

  it('suppresses and lifts on the page of a subscriber', async () => {
    const reader = await find('ada@readers.example');
    const here = `/admin/subscribers/${reader?.id}`;
    const why = await ada.post(`${here}/suppress`, { reason: '' });
    expect(why.headers.location).toBe(`${here}?done=why`);
    await ada.post(`${here}/suppress`, { reason: 'their word' });
    const page = (await ada.get(here)).body;
    expect(page).toMatch(/Suppressed since .*\(operator\)/);
    expect(page).toContain(`action="${here}/lift"`);
    const lifted = await ada.post(`${here}/lift`, { reason: 'their word' });
    expect(lifted.headers.location).toBe(`${here}?done=goes_on`);
    expect((await ada.get(here)).body).not.toContain('Suppressed since');
    const again = await ada.post(`${here}/lift`, { reason: 'their word' });
    expect(again.headers.location).toBe(`${here}?done=none`);
  });
});
