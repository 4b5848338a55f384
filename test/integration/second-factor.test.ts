import type { FastifyInstance } from 'fastify';
import { Secret, TOTP } from 'otpauth';
import { runCommand } from '../../src/commands/commands.ts';
import { formTokenOf } from '../../src/core/desk/token.ts';
import { createApp } from '../../src/http/app.ts';
import { DAY_MS } from '../../src/steps/readers/limit.ts';
import { type DeskVisit, enterDesk, PASSWORD } from '../harness/desk.ts';
import { type Live, openLive } from '../harness/live.ts';

const QUARTER_MS = 15 * 60_000;
const ELSEWHERE = '203.0.113.9';

describe('a second factor on the desk', () => {
  let live: Live;
  let strict: FastifyInstance;
  let ada: DeskVisit;
  let secret = '';
  let codes: string[] = [];
  beforeAll(async () => {
    live = await openLive('service', { env: { REQUESTS_PER_MINUTE: '1000000' } });
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

  const wait = (ms: number) =>
    live.clock.set(new Date(live.clock.now().getTime() + ms).toISOString());
  const codeNow = (of = secret) =>
    new TOTP({ secret: Secret.fromBase32(of) }).generate({
      timestamp: live.clock.now().getTime(),
    });
  const send = (
    app: FastifyInstance,
    fields: Record<string, string>,
    given: { url?: string; cookie?: string; from?: string } = {},
  ) =>
    app.inject({
      method: 'POST',
      url: given.url ?? '/admin/sign-in',
      remoteAddress: given.from ?? '127.0.0.1',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...(given.cookie ? { cookie: `desk=${given.cookie}` } : {}),
      },
      payload: new URLSearchParams(fields).toString(),
    });
  const showPassword = async (name: string, app = live.app) => {
    const { body } = await send(app, { name, password: PASSWORD });
    return /name="proof" value="([^"]+)"/.exec(body)?.[1] ?? '';
  };
  const run = (name: string, args: unknown) => runCommand(live.outside, { name, args });
  const audited = async () => (await live.outside.store.audit.list({}, { most: 1 }))[0];

  it('is set up by the password, a QR code and a code of the app', async () => {
    expect((await ada.post('/admin/factor/begin', { password: 'wrong' })).body).toContain(
      'This is not your password.',
    );
    const page = (await ada.post('/admin/factor/begin', { password: PASSWORD })).body;
    secret = /Secret: <code[^>]*>([A-Z2-7]+)</.exec(page)?.[1] ?? '';
    expect(secret).toHaveLength(32);
    expect(page).toMatch(/<svg[^>]*aria-label="The secret as a QR code"/);
    const [row] = (await live.dump('operator_factor')) as { sealed_secret: string }[];
    expect(row?.sealed_secret).not.toContain(secret);
    // Nothing is asked for before it was shown that the app has it.
    const other = await send(live.app, { name: 'ada', password: PASSWORD });
    expect(other.statusCode).toBe(303);
    const lookBy = async () => {
      const headers = { cookie: `desk=${other.cookies[0]?.value}` };
      return (await live.app.inject({ url: '/admin', headers })).statusCode;
    };
    expect(await lookBy()).toBe(200);
    expect((await ada.post('/admin/factor/confirm', { code: '000000' })).statusCode).toBe(400);
    const done = (await ada.post('/admin/factor/confirm', { code: codeNow() })).body;
    expect(done).toContain('It is switched on.');
    // Whoever else had the password alone is out.
    expect(await lookBy()).toBe(303);
    codes = done.match(/\b(?:[a-z2-7]{4}-){3}[a-z2-7]{4}\b/g) ?? [];
    expect(codes).toHaveLength(10);
    expect((await ada.get('/admin/factor')).body).not.toContain(codes[0]);
    expect(JSON.stringify(await live.dump('recovery_code'))).not.toContain(codes[0]);
    expect(await audited()).toMatchObject({
      ...{ action: 'factor_add', actor: 'operator:ada' },
      detail: { sessions: 1 },
    });
  });

  it('asks for a code after the password, and takes none twice', async () => {
    const proof = await showPassword('ada');
    // The one that switched it on is used up.
    const again = await send(live.app, { proof, code: codeNow() });
    expect([again.statusCode, again.body]).toEqual([
      401,
      expect.stringContaining('This code is wrong, or was used before.'),
    ]);
    wait(60_000);
    const entered = await send(live.app, { proof, code: codeNow() });
    expect([entered.statusCode, entered.cookies[0]?.name]).toEqual([303, 'desk']);
    expect((await send(live.app, { proof, code: codeNow() })).statusCode).toBe(401);
    expect(await live.outside.store.audit.list({ action: 'sign_in' }, { most: 1 })).toMatchObject([
      { detail: { by: 'code' } },
    ]);
  });

  it('lets nobody in by a proof that is old, from elsewhere or made up', async () => {
    const proof = await showPassword('ada');
    wait(60_000);
    const elsewhere = await send(live.app, { proof, code: codeNow() }, { from: ELSEWHERE });
    expect(elsewhere.statusCode).toBe(401);
    expect((await send(live.app, { proof: `${proof}x`, code: codeNow() })).statusCode).toBe(401);
    wait(5 * 60_000);
    const late = await send(live.app, { proof, code: codeNow() });
    expect([late.statusCode, late.body]).toEqual([401, expect.stringContaining('Begin anew')]);
    expect(late.cookies).toEqual([]);
  });

  it('lets in by a recovery code once', async () => {
    wait(QUARTER_MS);
    const [code = ''] = codes;
    const typed = code.replaceAll('-', ' ').toUpperCase();
    const proof = await showPassword('ada');
    expect((await send(live.app, { proof, code: typed })).statusCode).toBe(303);
    expect((await send(live.app, { proof, code })).statusCode).toBe(401);
    expect((await ada.get('/admin/factor')).body).toContain('9 recovery codes');
  });

  it('waits after five wrong ones, also for a right one', async () => {
    wait(QUARTER_MS);
    const proof = await showPassword('ada');
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await send(live.app, { proof, code: '000000' })).statusCode).toBe(401);
    }
    expect((await send(live.app, { proof, code: codeNow() })).statusCode).toBe(429);
    wait(QUARTER_MS);
  });

  it('makes new recovery codes by a code of the app', async () => {
    const { body } = await ada.post('/admin/factor/codes', { code: codeNow() });
    expect(body).toContain('Those before are no good now.');
    const proof = await showPassword('ada');
    expect((await send(live.app, { proof, code: codes[1] ?? '' })).statusCode).toBe(401);
    codes = body.match(/\b(?:[a-z2-7]{4}-){3}[a-z2-7]{4}\b/g) ?? [];
  });

  it('is taken off by a code, and by the shell for who lost it', async () => {
    const off = await ada.post('/admin/factor/remove', { code: codes[0] ?? '' });
    expect(off.statusCode).toBe(303);
    expect((await ada.get('/admin')).statusCode).toBe(303);
    wait(QUARTER_MS);
    const { data } = await run('operators factor add', { name: 'ada' });
    const given = data as { secret: string; codes: string[] };
    await expect(run('operators factor add', { name: 'ada' })).rejects.toThrow('has a second');
    const proof = await showPassword('ada');
    const entered = await send(live.app, { proof, code: codeNow(given.secret) });
    expect(entered.statusCode).toBe(303);
    expect((await run('operators list', {})).lines.join('\n')).toMatch(/ada .* yes$/m);
    await run('operators factor remove', { name: 'ada' });
    await expect(run('operators factor remove', { name: 'ada' })).rejects.toThrow('has no second');
    expect((await send(live.app, { name: 'ada', password: PASSWORD })).statusCode).toBe(303);
  });

  it('once required, is set up from known places for seven days, and then by the shell', async () => {
    wait(QUARTER_MS);
    // Begins with the first who comes to the strict door.
    const elsewhere = await send(strict, { name: 'ada', password: PASSWORD }, { from: ELSEWHERE });
    expect([elsewhere.statusCode, elsewhere.body]).toEqual([
      403,
      expect.stringContaining('A second factor is required, and you have none.'),
    ]);
    wait(1000);
    const entered = await send(strict, { name: 'ada', password: PASSWORD });
    expect(entered.statusCode).toBe(303);
    const cookie = entered.cookies[0]?.value ?? '';
    const headers = { cookie: `desk=${cookie}` };
    const desk = await strict.inject({ url: '/admin/settings', headers });
    expect([desk.statusCode, desk.headers.location]).toEqual([303, '/admin/factor']);
    const form = formTokenOf(cookie);
    const begin = (from: string) => {
      const given = { url: '/admin/factor/begin', cookie, from };
      return send(strict, { form, password: PASSWORD }, given);
    };
    expect((await begin(ELSEWHERE)).body).toContain('From here none can be set up');
    const page = (await begin('127.0.0.1')).body;
    const own = /Secret: <code[^>]*>([A-Z2-7]+)</.exec(page)?.[1] ?? '';
    const confirm = { url: '/admin/factor/confirm', cookie };
    const done = await send(strict, { form, code: codeNow(own) }, confirm);
    expect(done.body).toContain('It is switched on.');
    expect((await strict.inject({ url: '/admin/settings', headers })).statusCode).toBe(200);
    const off = await send(strict, { form, code: '0' }, { url: '/admin/factor/remove', cookie });
    expect(off.body).toContain('It is required.');
    // Who was known and waited too long needs the shell.
    await run('operators factor remove', { name: 'ada' });
    wait(7 * DAY_MS);
    expect((await send(strict, { name: 'ada', password: PASSWORD })).statusCode).toBe(403);
    await run('operators factor add', { name: 'ada' });
    expect(await showPassword('ada', strict)).not.toBe('');
  });
});
