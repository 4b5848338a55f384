import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../src/commands/commands.ts';
import { createApp } from '../../src/http/app.ts';
import { explain } from '../../src/process/process.ts';
import { renderShown } from '../../src/steps/digests/view.ts';
import { createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { enterDesk } from '../harness/desk.ts';
import { compose, cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

const ADA = 'ada@readers.example';
let place: Place;
let own: string;
const clock = createClock('2026-03-03T12:00:00Z');
beforeAll(async () => {
  place = await createPlace('sandbox');
  own = await mkdtemp(join(tmpdir(), 'paperround-own-'));
});
afterAll(async () => {
  await place?.remove();
  await rm(own, { recursive: true, force: true });
});

// In their order: what was composed before the operator changed a template, and what after.
describe('templates of an operator in a running place', () => {
  let before: string | undefined;
  let id = 0;
  let edition = '';

  it('are none at first', async () => {
    const context = await openContext(place, clock);
    const { outside } = context;
    await subscribe(outside, ADA);
    edition = await cutWith(outside, makePapers('Reefs', 4));
    clock.set('2026-03-04T12:00:00Z');
    await compose(outside);
    const { items } = await outside.store.overview.listDeliveries({}, { most: 1 });
    const [delivery] = items;
    id = delivery?.id ?? 0;
    before = (await renderShown(outside, id))?.html;
    expect(before).toContain('Paperround');
    const app = await createApp(context);
    const desk = await enterDesk({ app, outside }, { name: 'ada' });
    const page = (await desk.get('/admin/templates')).body;
    expect(page).toContain('All of them are ours.');
    expect(page).toMatch(/\d\.\d kB of 80 kB/);
    await app.close();
    await context.close();
  });

  it('change what is shown today, and not the digest that was composed before', async () => {
    await mkdir(join(own, 'mail'));
    const text = await readFile('templates/mail/digest.mjml', 'utf8');
    const name = '{{sender.siteName}}</a></h1>';
    expect(text).toContain(name);
    await writeFile(join(own, 'mail/digest.mjml'), text.replace(name, `The Gazette</a></h1>`));
    await cp('templates/pages/style.css', join(own, 'pages/style.css'), { recursive: true });
    await writeFile(join(own, 'pages/style.css'), 'body { color: green }');
    const context = await openContext(place, clock, { TEMPLATES_DIR: own });
    const { outside } = context;
    expect((await renderShown(outside, id))?.html).toBe(before);
    const app = await createApp(context);
    expect((await app.inject('/style.css')).body).toBe('body { color: green }');
    const desk = await enterDesk({ app, outside }, { name: 'ben', role: 'look' });
    const asked = `edition=${edition}&address=${ADA}`;
    const page = (await desk.get(`/admin/templates?${asked}&scheme=dark`)).body;
    expect(page).toContain(join(own, 'mail/digest.mjml'));
    expect(page).toContain('<option value="dark" selected>');
    const mail = await desk.get(`/admin/templates/mail?${asked}&scheme=dark`);
    expect(mail.body).toContain('The Gazette');
    expect(mail.body).toContain('(hidden)');
    expect(mail.body).not.toContain('prefers-color-scheme');
    expect(mail.headers['content-security-policy']).toContain("default-src 'none'");
    const nobody = (await desk.get(`/admin/templates?address=nobody@readers.example`)).body;
    expect(nobody).toContain('nobody@readers.example has no subscription.');
    expect((await desk.get('/admin/templates/mail?edition=2001-01-01')).statusCode).toBe(404);
    await app.close();
    await context.close();
  });

  it('are looked at without an edition named, by the newest', async () => {
    const context = await openContext(place, clock);
    const { outside } = context;
    const text = await runCommand(outside, { name: 'preview', args: { format: 'text' } });
    expect(text.lines[0]).toContain('4 papers today');
    const source = await runCommand(outside, { name: 'preview source', args: { address: ADA } });
    expect(JSON.parse(JSON.stringify(source.data))).toMatchObject({ delivery: { id } });
    await context.close();
  });

  it('stop the start where one has a fault, in a sentence with file and line', async () => {
    await writeFile(join(own, 'mail/notice.txt.hbs'), '\n{{subjct}}');
    const fault = await openContext(place, clock, { TEMPLATES_DIR: own }).then(String, explain);
    expect(fault).toBe(
      `A template has a fault: ${join(own, 'mail/notice.txt.hbs')}:2: unknown variable "subjct"`,
    );
    await rm(join(own, 'mail/notice.txt.hbs'));
    await writeFile(join(own, 'digest.mjml'), '');
    const unread = await openContext(place, clock, { TEMPLATES_DIR: own }).then(String, explain);
    expect(unread).toBe(
      `TEMPLATES_DIR cannot be used:\n${join(own, 'digest.mjml')}: nothing reads a file of this name; see mail/digest.mjml`,
    );
  });
});
