import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/http/app.ts';
import { type Live, openLive } from '../harness/live.ts';

const wishes = { topics: 'owls', days: '1', hour: '08:15', zone: 'Europe/Berlin', count: '5' };

describe('imprint and privacy', () => {
  let folder: string;
  let live: Live;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'legal-'));
    await writeFile(join(folder, 'imprint.md'), '# Who we are\n\nThe owls, <i>1 Wood Street</i>.');
    await writeFile(join(folder, 'privacy.md'), 'We keep what you tell us.');
    const env = {
      IMPRINT_FILE: join(folder, 'imprint.md'),
      PRIVACY_FILE: join(folder, 'privacy.md'),
    };
    live = await openLive('service', { env });
  });
  afterAll(async () => {
    await live?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are pages made of files, linked at the foot of every page', async () => {
    const imprint = await live.get('/imprint');
    expect(imprint.statusCode).toBe(200);
    expect(imprint.body).toContain('<h1>Who we are</h1>');
    expect(imprint.body).toContain('&lt;i&gt;1 Wood Street');
    expect((await live.get('/privacy')).body).toContain('<h1>Privacy</h1>');
    for (const path of ['/', '/link', '/admin/sign-in']) {
      const { body } = await live.get(path);
      expect([path, body]).toEqual([path, expect.stringContaining('href="/imprint">Imprint</a>')]);
      expect([path, body]).toEqual([path, expect.stringContaining('href="/privacy">Privacy</a>')]);
    }
  });

  it('are linked at the foot of every mail', async () => {
    await live.post('/subscribe', { ...wishes, address: 'owl@readers.example' });
    await live.settle();
    const [mail] = live.mailTo('owl@readers.example');
    const { publicUrl } = live.outside.config.http;
    expect(mail?.email.text).toContain(`Imprint: ${publicUrl}/imprint`);
    expect(mail?.email.html).toContain(`${publicUrl}/privacy`);
  });

  it('stop the start where a file cannot be read, with its name', async () => {
    const { outside } = live;
    const site = { ...outside.config.site, imprintFile: join(folder, 'none.md') };
    const config = { ...outside.config, site };
    const given = { ...live.context, outside: { ...outside, config } };
    await expect(createApp(given)).rejects.toThrow(/none\.md/);
  });

  it('are not there where they are not set', async () => {
    const { outside } = live;
    const site = { ...outside.config.site, imprintFile: undefined, privacyFile: undefined };
    const config = { ...outside.config, site };
    const app = await createApp({ ...live.context, outside: { ...outside, config } });
    const answer = await app.inject('/imprint');
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toContain('Imprint</a>');
    await app.close();
  });
});
