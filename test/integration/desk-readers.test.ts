import { runCommand } from '../../src/commands/commands.ts';
import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const wishes = {
  topics: 'owls\nnight vision',
  exclude: '',
  authors: '',
  days: '1',
  hour: '08:15',
  zone: 'Europe/Berlin',
  count: '5',
};

describe('the readers on the desk', () => {
  let live: Live;
  let ada: DeskVisit;
  let ben: DeskVisit;
  beforeAll(async () => {
    live = await openLive('service', { env: { REQUESTS_PER_MINUTE: '1000000' } });
    ada = await enterDesk(live, { name: 'ada' });
    ben = await enterDesk(live, { name: 'ben', role: 'look' });
  });
  afterAll(() => live?.close());
  const find = (address: string) => live.outside.store.subscribers.findByAddress(address);
  const audited = async (subject: string) =>
    (await live.outside.store.audit.list({ subject }, { most: 1 }))[0];
  const run = async (name: string, args: unknown) =>
    (await runCommand(live.outside, { name, args })).lines.join('\n');

  it('adds one by their wishes, with consent by the operator', async () => {
    const form = { ...wishes, address: 'owl@readers.example' };
    const faulty = await ada.post('/admin/subscribers/new', { ...form, hour: '8' });
    expect([faulty.statusCode, faulty.body]).toEqual([
      409,
      expect.stringContaining('Choose an hour from the list.'),
    ]);
    expect(faulty.body).toContain('night vision');
    const added = await ada.post('/admin/subscribers/new', form);
    expect(added.statusCode).toBe(303);
    const page = (await ada.get(String(added.headers.location))).body;
    expect(page).toContain('They are subscribed.');
    expect(page).toMatch(/asked 2026-03-03 12:00 UTC by operator:ada; confirmed/);
    const reader = await find('owl@readers.example');
    expect(reader).toMatchObject({
      profile: { topics: ['owls', 'night vision'], surprise: false },
      papersPerDigest: 5,
      schedule: { days: [1], minuteOfDay: 495, zone: 'Europe/Berlin' },
    });
    expect((await ada.post('/admin/subscribers/new', form)).body).toContain(
      'owl@readers.example is subscribed already',
    );
    expect((await ben.get('/admin/subscribers/new')).statusCode).toBe(403);
  });

  it('changes what they ask for, and leaves a pause as it was', async () => {
    const reader = await find('owl@readers.example');
    const here = `/admin/subscribers/${reader?.id}`;
    await ada.post(`${here}/pause`, { until: '2026-04-01' });
    expect((await ada.get(`${here}/wishes`)).body).toContain('night vision');
    const changed = { ...wishes, topics: 'bats', surprise: 'yes' };
    expect((await ada.post(`${here}/wishes`, changed)).statusCode).toBe(303);
    expect(await find('owl@readers.example')).toMatchObject({
      profile: { topics: ['bats'], surprise: true },
      pausedUntil: '2026-04-01',
    });
    expect(await audited(`subscription ${reader?.id}`)).toMatchObject({
      action: 'wishes',
      actor: 'operator:ada',
      detail: { changed: ['topics', 'a paper from outside'] },
    });
    // The command changes what is named, and nothing else.
    const address = 'owl@readers.example';
    await run('subscribers change', { address, papers: 7, topics: [''], quietNote: true });
    await ada.post(`${here}/wishes`, { ...changed, topics: '', count: '7', language: 'de' });
    expect(await find(address)).toMatchObject({
      profile: { topics: [], surprise: true, quietNote: true, language: 'de' },
      papersPerDigest: 7,
      schedule: { minuteOfDay: 495 },
    });
    await run('subscribers change', { address, language: null });
    expect((await find(address))?.profile).not.toHaveProperty('language');
    // What the form does not ask stays as it is.
    await ada.post(`${here}/wishes`, { ...changed, topics: 'owls' });
    expect(await find(address)).toMatchObject({ profile: { topics: ['owls'], quietNote: true } });
  });

  it('mails them their own link, so often as an address may get one in a day', async () => {
    const reader = await find('owl@readers.example');
    const press = () => ada.post(`/admin/subscribers/${reader?.id}/link`);
    expect((await press()).body).toContain('is on its way to them');
    await live.settle();
    const [mail] = live.mailTo('owl@readers.example');
    expect(mail?.email.subject).toContain('Your link to');
    const page = await live.get(live.linkTo('preferences', 'owl@readers.example'));
    expect(page.body).toContain('Preferences');
    await press();
    await press();
    const refused = await press();
    expect([refused.statusCode, refused.body]).toEqual([
      409,
      expect.stringContaining('got as many such mails today as it may'),
    ]);
    expect(await audited(`subscription ${reader?.id}`)).toMatchObject({ action: 'mail_link' });
  });

  it('shows each as they stand, and how many stand so', async () => {
    for (const name of ['active', 'left', 'no']) {
      await subscribe(live.outside, `${name}@readers.example`);
    }
    await live.post('/subscribe', { ...wishes, address: 'waiting@readers.example' });
    await live.settle();
    const left = await find('left@readers.example');
    await live.post(live.sign('unsubscribe', left?.id ?? 0));
    await run('suppressions add', { address: 'no@readers.example', reason: 'they called us' });
    const all = (await ada.get('/admin/subscribers')).body;
    for (const [address, standing] of [
      ['active', 'active'],
      ['left', 'left'],
      ['no', 'suppressed'],
      ['waiting', 'waiting'],
      ['owl', 'paused'],
    ] as const) {
      expect(all).toMatch(new RegExp(`${address}@readers.example</a></p> <span[^>]*>${standing}<`));
      const only = (await ada.get(`/admin/subscribers?standing=${standing}`)).body;
      expect(only.match(/@readers.example<\/a>/g)).toEqual(['@readers.example</a>']);
      expect(only).toContain(`${address}@readers.example`);
      expect(await run('subscribers list', { standing })).toContain(`${address}@readers.example`);
    }
    expect(all).toContain('5 of 5');
    expect(all).toContain('Readers at the end of each of the last ninety days');
    expect(await run('subscribers growth', { days: 2 })).toMatch(
      /^1 active: .*\n1 paused: .*\n1 waiting: .*\n1 left: .*\n1 suppressed: .*\n\nDATE .*\n2026-03-03 +3 +1 +3$/,
    );
  });

  it('mails no link to who is suppressed or left', async () => {
    for (const [address, why] of [
      ['no@readers.example', 'suppressed'],
      ['left@readers.example', 'not subscribed'],
    ] as const) {
      const reader = await find(address);
      const { body } = await ada.post(`/admin/subscribers/${reader?.id}/link`);
      expect(body).toContain(why);
    }
    await live.settle();
    expect(live.mailTo('no@readers.example')).toEqual([]);
  });

  it('cancels what is left of an edition after saying what that does', async () => {
    const edition = await cutWith(live.outside, makePapers('all', 2));
    const here = `/admin/editions/${edition}`;
    expect((await ada.get(here)).body).toContain('0 mails that are ready are given up');
    expect((await ben.get(here)).body).not.toContain('Cancel what is left of it');
    const done = await ada.post(`${here}/cancel`);
    expect(done.body).toContain('0 deliveries were cancelled');
    expect(done.body).not.toContain('Cancel what is left of it');
    expect(done.body).toContain(`edition ${edition} is cancelled`);
    await ada.post('/admin/resume', { what: edition });
    const after = (await ada.get(here)).body;
    expect(after).not.toContain('is cancelled');
    expect(after).toContain('Cancel what is left of it');
  });
});
