import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openTeamServer, type TeamServer } from '../harness/team-server.ts';

const when = { days: '2', hour: '07:00', zone: 'Etc/UTC', count: '10' };

describe('channels at the desk', () => {
  let live: Live;
  let team: TeamServer;
  let ada: DeskVisit;
  let ben: DeskVisit;
  beforeAll(async () => {
    team = await openTeamServer();
    const env = { ALLOW_PRIVATE_CHANNELS: 'true' };
    live = await openLive('service', { now: '2026-03-03T06:30:00Z', env });
    ada = await enterDesk(live, { name: 'ada' });
    ben = await enterDesk(live, { name: 'ben', role: 'look' });
  });
  afterAll(async () => {
    await live?.close();
    await team?.close();
  });

  it('say what is wrong with one, and keep what was typed but its key', async () => {
    const typed = { name: 'lab', service: 'matrix', url: team.url, key: 'a-secret', room: 'lab' };
    const { statusCode, body } = await ada.post('/admin/channels', { ...typed, ...when });
    expect(statusCode).toBe(400);
    expect(body).toContain('A room of Matrix is named by its id');
    expect(body).toContain('value="matrix" selected');
    expect(body).toContain(`value="${team.url}"`);
    expect(body).not.toContain('a-secret');
    const late = await ada.post('/admin/channels', { ...typed, ...when, hour: '7' });
    expect(late.body).toContain('Choose an hour from the list.');
  });

  it('are added, tested, and never shown again with where they are', async () => {
    const { url } = team.place('slack');
    const order = { name: 'lab', service: 'slack', url, ...when };
    const added = await ada.post('/admin/channels', order);
    expect(added.statusCode).toBe(200);
    expect(added.body).toContain('not yet');
    const tested = await ada.post('/admin/channels/lab/test');
    expect(tested.body).toContain('Taken: HTTP 200: ok');
    expect(team.stands[0]).toContain('A test from');
    for (const page of ['/admin/channels', '/admin/channels/lab', '/admin/audit', '/admin']) {
      expect((await ada.get(page)).body).not.toContain('a-secret-of-slack');
    }
    expect((await ada.get('/admin/channels')).body).toContain('/…lack');
    const audit = await ada.get('/admin/audit?subject=channel%20lab');
    expect(audit.body).toMatch(/<b>ada<\/b> sent a test to <b>channel lab<\/b>/);
  });

  it('show the secret of a Standard Webhook once', async () => {
    const { url } = team.place('webhook');
    const added = await ada.post('/admin/channels', {
      ...{ name: 'hook', service: 'webhook', url },
      ...when,
    });
    const secret = /whsec_[\w+/=]+/.exec(added.body)?.[0] ?? '';
    expect(secret).not.toBe('');
    expect((await ada.get('/admin/channels/hook')).body).not.toContain('whsec_');
  });

  it('are brought editions by the workers; what is in doubt is posted again by a word', async () => {
    await cutWith(live.outside, makePapers('paper', 3));
    team.stands.splice(0);
    team.answer = (_got, response) => response.writeHead(502).end('bad gateway');
    live.clock.set('2026-03-03T07:01:00Z');
    await live.settle();
    const page = await ada.get('/admin/channels/lab');
    expect(page.body).toContain('Nobody knows whether 1 post stands.');
    expect(page.body).toContain('HTTP 502: bad gateway: a message may stand behind it');
    expect((await ada.get('/admin')).body).toContain('The channel lab: nobody knows whether');
    team.answer = undefined;
    const order = { edition: '2026-03-03', copies: 'yes' };
    const again = await ada.post('/admin/channels/lab/resend', order);
    expect(again.body).toContain('It goes to lab once more');
    await live.settle();
    expect(team.stands.filter((said) => said.includes('paper'))).toHaveLength(1);
    expect((await ada.get('/admin/channels/lab')).body).toContain('Edition 2026-03-03 was taken');
    expect((await ada.get('/admin/deliveries')).body).toContain('channel:lab');
    const [post] = await live.outside.store.posts.list(1, 1);
    const delivery = (await ada.get(`/admin/deliveries/${post?.id}`)).body;
    expect(delivery).toContain('<a href="/admin/channels/lab">channel:lab</a>');
    expect(delivery).toContain('Paperround: Tuesday, 3 March 2026');
    expect(delivery).not.toContain('<iframe');
  });

  it('may be looked at, and changed by nobody who may only look', async () => {
    const page = await ben.get('/admin/channels/lab');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('Test it');
    for (const verb of ['test', 'pause', 'resume', 'resend', 'change', 'remove']) {
      const { statusCode } = await ben.post(`/admin/channels/lab/${verb}`, when);
      expect([verb, statusCode]).toEqual([verb, 403]);
    }
    expect((await ben.post('/admin/channels', { name: 'mine' })).statusCode).toBe(403);
    expect((await ada.get('/admin/channels/nobody')).statusCode).toBe(404);
  });

  it('are paused, let go on, changed and removed', async () => {
    const paused = await ada.post('/admin/channels/lab/pause');
    expect(paused.body).toContain('Nothing is posted to lab.');
    expect(paused.body).toContain('Paused by an operator');
    expect((await ada.post('/admin/channels/lab/pause')).statusCode).toBe(409);
    const on = await ada.post('/admin/channels/lab/resume');
    expect(on.body).toContain('lab is brought editions again.');
    const nothing = await ada.post('/admin/channels/lab/resend');
    expect(nothing.body).toContain('It stands there: a second one needs --copies');
    const changed = await ada.post('/admin/channels/lab/change', { ...when, hour: '09:15' });
    expect(changed.body).toContain('09:15 Etc/UTC');
    expect(changed.body).toContain('all papers of the day');
    const gone = await ada.post('/admin/channels/lab/remove');
    expect(gone.body).toContain('lab is removed.');
    expect((await ada.get('/admin/channels/lab')).statusCode).toBe(404);
  });
});
