import { type DeskVisit, enterDesk } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';
import { openReceiver, type Receiver } from '../harness/receiver.ts';

describe('webhooks at the desk', () => {
  let live: Live;
  let receiver: Receiver;
  let ada: DeskVisit;
  let ben: DeskVisit;
  beforeAll(async () => {
    receiver = await openReceiver();
    const env = {
      ALLOW_PRIVATE_WEBHOOKS: 'true',
      BREVO_WEBHOOK: 'a-token-of-some-length-for-brevo',
    };
    live = await openLive('service', { env });
    ada = await enterDesk(live, { name: 'ada' });
    ben = await enterDesk(live, { name: 'ben', role: 'look' });
  });
  afterAll(async () => {
    await live?.close();
    await receiver?.close();
  });

  it('say what is wrong with one, and keep what was typed', async () => {
    const { statusCode, body } = await ada.post('/admin/webhooks', {
      name: 'My CRM',
      url: 'ftp://crm.example.org/hook',
      events: 'left',
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('cannot be a name');
    expect(body).toContain('value="ftp://crm.example.org/hook"');
    expect(body).toMatch(/value="left" checked/);
    expect(body).not.toMatch(/value="cut" checked/);
  });

  it('are added with their secret shown once, tested, and on the record by name', async () => {
    const fields = { name: 'crm', url: receiver.url, events: 'delivered', addresses: 'yes' };
    const added = await ada.post('/admin/webhooks', fields);
    const secret = /whsec_[\w+/=]+/.exec(added.body)?.[0] ?? '';
    expect(secret).not.toBe('');
    const tested = await ada.post('/admin/webhooks/crm/test');
    expect(tested.body).toContain('Taken: HTTP 204');
    receiver.verify(secret);
    const page = await ada.get('/admin/webhooks/crm');
    expect(page.body).not.toContain(secret);
    expect(page.body).not.toContain('a-path-that-is-a-secret');
    const audit = await ada.get('/admin/audit?subject=webhook%20crm');
    expect(audit.body).toMatch(/<b>ada<\/b> sent a test to <b>webhook crm<\/b>/);
    expect(audit.body).not.toContain('whsec_');
  });

  it('may be looked at, and changed by nobody who may only look', async () => {
    const page = await ben.get('/admin/webhooks/crm');
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('Test it');
    expect((await ben.post('/admin/webhooks/crm/test')).statusCode).toBe(403);
    expect((await ben.post('/admin/webhooks', { name: 'mine' })).statusCode).toBe(403);
    expect((await ada.get('/admin/webhooks/nobody')).statusCode).toBe(404);
  });

  it('go off and on, get another secret, and are removed', async () => {
    expect((await ada.post('/admin/webhooks/crm/off')).body).toContain('crm is told nothing.');
    expect((await ada.post('/admin/webhooks/crm/off')).body).toContain('Crm is off already.');
    const on = await ada.post('/admin/webhooks/crm/on', { from: 'now' });
    expect(on.body).toContain('crm is told what happens, from now.');
    expect((await ada.post('/admin/webhooks/crm/secret')).body).toMatch(/whsec_/);
    expect((await ada.post('/admin/webhooks/crm/skip')).body).toContain('No batch of crm waits.');
    const [batch] = await live.outside.store.batches.list({ webhookId: null, most: 1 });
    const resent = await ada.post(`/admin/webhooks/crm/batches/${batch?.id}/resend`);
    expect(resent.body).toContain('Taken: HTTP 204');
  });

  it('are told what a vendor handed over, and only then is that kept', async () => {
    const { outside } = live;
    await live.post('/subscribe', { address: 'ada@reader.example', topics: 'reefs' });
    await live.settle();
    const [mail] = live.mailTo('ada@reader.example');
    const reference = mail?.email.headers.find(({ key }) => key === 'x-entity-ref-id')?.value;
    const say = (event: string, id: number) =>
      live.app.inject({
        method: 'POST',
        url: '/hooks/brevo',
        headers: { authorization: 'Bearer a-token-of-some-length-for-brevo' },
        payload: JSON.stringify({ event, id, 'X-Mailin-custom': reference }),
      });
    expect((await say('delivered', 1)).statusCode).toBe(200);
    await live.settle();
    receiver.heard.splice(0);
    for (let looks = 0; looks < 100 && receiver.events().length === 0; looks += 1) {
      await live.settle();
    }
    expect(receiver.events()).toMatchObject([
      { type: 'delivery.delivered', data: { deliveryId: 1, address: 'ada@reader.example' } },
    ]);
    await ada.post('/admin/webhooks/crm/remove');
    expect((await say('delivered', 2)).statusCode).toBe(200);
    expect(await live.dump('noted_event')).toHaveLength(1);
    expect(await outside.store.webhooks.list()).toEqual([]);
  });
});
