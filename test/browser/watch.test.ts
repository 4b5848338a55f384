import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { createLook } from '../../src/cli/template-files.ts';
import { createWatch } from '../../src/http/watch.ts';
import { openBrowser, openVisit } from '../harness/browser.ts';

let own: string;
let app: FastifyInstance;
let browser: Browser;
let url: string;
beforeAll(async () => {
  own = await mkdtemp(join(tmpdir(), 'paperround-own-'));
  await mkdir(join(own, 'mail'));
  const look = createLook({ root: process.cwd(), templatesDir: own }, undefined);
  app = await createWatch('templates/watch', look);
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await rm(own, { recursive: true });
});

it('shows each change of a template by itself, faults in words, and asks nobody else', async () => {
  const { page, context, requests, errors } = await openVisit(browser, { url });
  const file = join(own, 'mail/digest.mjml');
  await page.goto('/');
  const mail = page.frameLocator('#mail');
  await mail.getByText('Rising', { exact: true }).waitFor();
  expect(await page.locator('#size').textContent()).toMatch(/^\d+\.\d kB of 80 kB$/);

  await cp('templates/mail/digest.mjml', file);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('{{t "digest.rising"}}', 'Up and coming'));
  await mail.getByText('Up and coming').waitFor();

  await writeFile(file, text.replaceAll('{{authors}}', '{{autors}}'));
  const fault = page.getByRole('alert').getByText('unknown variable "autors"').first();
  await fault.waitFor();
  expect(await fault.textContent()).toMatch(/mail\/digest\.mjml:\d+: unknown variable "autors"$/);
  await writeFile(file, text);
  await page.getByRole('alert').waitFor({ state: 'hidden' });

  const ground = () =>
    mail.locator('body').evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByLabel('dark').check();
  await page.getByLabel('360').check();
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/watch-dark-360.png` });
  await expectLater(async () => (await ground()) !== light);
  await page.getByLabel('text').check();
  await page.getByText('RISING').waitFor();
  expect(requests.filter((address) => new URL(address).origin !== url)).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
});

it('answers to this machine alone', async () => {
  const answer = await app.inject({ url: '/mail', headers: { host: 'evil.example' } });
  expect(answer.statusCode).toBe(421);
});

async function expectLater(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 40) throw new Error('it never came');
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
}
