import type { FastifyInstance } from 'fastify';
import { runCommand } from '../../src/commands/commands.ts';
import { formTokenOf } from '../../src/core/desk/token.ts';
import { createApp } from '../../src/http/app.ts';
import { createAuthenticator } from '../harness/authenticator.ts';
import { type DeskVisit, enterDesk, PASSWORD, sendForm } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';

const ORIGIN = 'https://papers.example';
const ELSEWHERE = '203.0.113.9';

describe('passkeys of the desk', () => {
  let live: Live;
  let strict: FastifyInstance;
  let ada: DeskVisit;
  const device = createAuthenticator(ORIGIN);
  let codes: string[] = [];
  beforeAll(async () => {
    const env = { REQUESTS_PER_MINUTE: '1000000', PUBLIC_URL: ORIGIN };
    live = await openLive('service', { env });
    const { outside } = live;
    const http = { ...outside.config.http, requiresSecondFactor: true };
    const config = { ...outside.config, http };
    strict = await createApp({ ...live.context, outside: { ...outside, config } });
    ada = await enterDesk(live, { name: 'ada' });
  });
  afterAll(async () => {
    await strict?.close();
    await live?.close();
  });

  const fieldOf = (page: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  const optionsOf = (page: string) =>
    (/data-options="([^"]*)"/.exec(page)?.[1] ?? '').replaceAll('&quot;', '"');
  const begin = async (fields: Record<string, string>) =>
    (await ada.post('/admin/factor/passkey/begin', fields)).body;
  const add = (proof: string, answer: string, name = 'the key') =>
    ada.post('/admin/factor/passkey/add', { proof, answer, name });
  const door = async () => (await live.get('/admin/sign-in')).body;
  const enter = (page: string, answer: string) =>
    sendForm(live.app, '/admin/sign-in', { asked: fieldOf(page, 'asked'), answer });

  it('are added behind the password, and by nothing that was asked elsewhere or before', async () => {
    expect(await begin({ password: 'wrong' })).toContain('This is not your password.');
    const page = await begin({ password: PASSWORD });
    const proof = fieldOf(page, 'proof');
    for (const wrong of [{ origin: 'https://other.example' }, { isUnverified: true }]) {
      const asked = await begin({ password: PASSWORD });
      const refused = await add(fieldOf(asked, 'proof'), device.create(optionsOf(asked), wrong));
      expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining('no good')]);
    }
    expect((await add(proof, '{')).statusCode).toBe(400);
    // What was answered once is used up.
    expect((await add(proof, device.create(optionsOf(page)))).statusCode).toBe(400);

    live.clock.advance(15 * 60_000);
    const late = await begin({ password: PASSWORD });
    live.clock.advance(6 * 60_000);
    const tooLate = await add(fieldOf(late, 'proof'), device.create(optionsOf(late)));
    expect(tooLate.statusCode).toBe(400);
    const good = await begin({ password: PASSWORD });
    const done = (await add(fieldOf(good, 'proof'), device.create(optionsOf(good)))).body;
    expect(done).toContain('You can sign in with the key.');
    codes = done.match(/\b(?:[a-z2-7]{4}-){3}[a-z2-7]{4}\b/g) ?? [];
    expect(codes).toHaveLength(10);
    // It is a second factor: a password alone lets in no more, and adds no other.
    const byPassword = await sendForm(live.app, '/admin/sign-in', {
      name: 'ada',
      password: PASSWORD,
    });
    expect([byPassword.statusCode, fieldOf(byPassword.body, 'proof')]).toEqual([
      200,
      expect.stringMatching(/.+/),
    ]);
    expect(await begin({ password: PASSWORD })).toContain('This code is wrong');
  });

  it('let in without a password, once for each challenge', async () => {
    const page = await door();
    const answer = device.show(optionsOf(page));
    const entered = await enter(page, answer);
    expect([entered.statusCode, entered.cookies[0]?.name]).toEqual([303, '__Host-desk']);
    expect((await enter(page, answer)).statusCode).toBe(401);
    expect(await live.outside.store.audit.list({ action: 'sign_in' }, { most: 1 })).toMatchObject([
      { actor: 'operator:ada', detail: { by: 'passkey' } },
    ]);
  });

  it.each([
    ['of another site', { origin: 'https://other.example' }],
    ['of a device that did not ask its owner', { isUnverified: true }],
    ['of a device that was copied, which counts less', { counter: 1 }],
  ])('refuse an answer %s', async (_name, wrong) => {
    const page = await door();
    const refused = await enter(page, device.show(optionsOf(page), wrong));
    expect([refused.statusCode, refused.cookies]).toEqual([401, []]);
  });

  it('refuse a device that nobody added, a made-up answer and a challenge of nobody', async () => {
    const page = await door();
    const stranger = createAuthenticator(ORIGIN);
    expect((await enter(page, stranger.show(optionsOf(page)))).statusCode).toBe(401);
    expect((await enter(await door(), '{"id":1}')).statusCode).toBe(401);
    const other = await door();
    const given = { asked: 'x', answer: device.show(optionsOf(other)) };
    expect((await sendForm(live.app, '/admin/sign-in', given)).statusCode).toBe(401);
  });

  it('are removed by a code, with what they opened', async () => {
    const id = fieldOf((await ada.get('/admin/factor')).body, 'id');
    live.clock.advance(15 * 60_000);
    const remove = (code: string) => ada.post('/admin/factor/passkey/remove', { id, code });
    expect((await remove('000000')).body).toContain('This code is wrong');
    expect((await remove(codes[0] ?? '')).body).toContain('It lets nobody in any more');
    const page = await door();
    expect((await enter(page, device.show(optionsOf(page)))).statusCode).toBe(401);
    expect(await live.dump('recovery_code')).toEqual([]);
  });

  it('are added from a known place alone once a second factor is required', async () => {
    const fields = { form: formTokenOf(ada.token), password: PASSWORD };
    const from = (remoteAddress: string) =>
      strict.inject({
        method: 'POST',
        url: '/admin/factor/passkey/begin',
        remoteAddress,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          cookie: `__Host-desk=${ada.token}`,
        },
        payload: new URLSearchParams(fields).toString(),
      });
    live.clock.advance(60_000);
    expect((await from(ELSEWHERE)).body).toContain('From here none can be set up');
    expect((await from('127.0.0.1')).body).toContain('data-passkey="create"');
  });

  it('end with every other factor by the shell', async () => {
    const device2 = createAuthenticator(ORIGIN);
    live.clock.advance(15 * 60_000);
    const page = await begin({ password: PASSWORD });
    await add(fieldOf(page, 'proof'), device2.create(optionsOf(page)));
    expect((await live.outside.store.factors.listEnrolled()).join()).toBe('ada');
    const args = { name: 'ada' };
    await runCommand(live.outside, { name: 'operators factor remove', args });
    expect(await live.dump('operator_passkey')).toEqual([]);
    expect((await ada.get('/admin')).statusCode).toBe(303);
  });
});
