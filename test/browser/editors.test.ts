import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { measureOverhang, openBrowser, openVisit, type Visit } from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PASSWORD = 'correct horse battery';

let product: Product;
let browser: Browser;
let cookies: Awaited<ReturnType<Visit['context']['cookies']>> = [];
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct({ APPROVE_BEFORE_SEND: 'true', REQUESTS_PER_MINUTE: '100000' });
  browser = await openBrowser();
  const own = ['--address', 'ada@desk.example'];
  product.commandWith(PASSWORD, 'operators', 'add', 'ada', '--resend-all', ...own);
  product.importPapers('First');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});
afterEach(async () => {
  const seen = visits;
  visits = [];
  for (const { context } of seen) await context.close();
  expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
});

type Given = Omit<Parameters<typeof openVisit>[1], 'url'>;

/** Opens a window of an operator who signs in once. */
async function enter(path: string, given: Given = {}): Promise<Page> {
  const visit = await openVisit(browser, { url: product.url, ...given });
  visits.push(visit);
  const { context, page } = visit;
  await context.addCookies(cookies);
  await page.goto(path);
  if (cookies.length > 0) return page;
  await page.getByLabel('Name').fill('ada');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('h1').waitFor();
  cookies = await context.cookies();
  return page;
}

/** Checks a page as it is for everyone, and keeps a picture of it where one is asked for. */
async function look(page: Page, name: string): Promise<void> {
  expect([name, await measureOverhang(page)]).toEqual([name, 0]);
  await page.evaluate(await readFile(axe, 'utf8'));
  const violations = await page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`);
  expect([name, violations]).toEqual([name, []]);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/desk-${name}.png`, fullPage: true });
}

async function lookAll(name: string, path: string): Promise<void> {
  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await enter(path, { width, colorScheme });
      await look(page, `${name}-${colorScheme}-${width}`);
    }
  }
}

const outboxOf = async (page: Page) => {
  await page.goto('/outbox');
  return (await page.locator('main').textContent()) ?? '';
};

it('an editor picks, hides and puts off papers of the draft, and tests it on themselves', async () => {
  const page = await enter('/admin/editions');
  await page.getByRole('link', { name: 'The draft' }).click();
  await page.getByLabel('First: a study of reward models').check();
  await page.getByLabel('First: a study of agents').check();
  await page.getByRole('button', { name: 'Pick', exact: true }).click();
  expect(await page.locator('.lead').textContent()).toContain('2 of at most 3 picked');
  const second = page.locator('.draft li').nth(1);
  const moved = (await second.locator('.choose').textContent())?.trim() ?? '';
  await second.getByRole('button', { name: /^Move up/ }).click();
  expect((await page.locator('.draft .choose').first().textContent())?.trim()).toBe(moved);
  await page.getByLabel('First: a study of vision-language models').check();
  await page.getByRole('button', { name: 'Hide' }).click();
  await page.getByRole('button', { name: 'Hide' }).click();
  expect(await page.getByRole('alert').textContent()).toContain('Choose a paper first.');
  await lookAll('draft', '/admin/editions/draft');
  await page.getByRole('button', { name: 'Send the draft as it stands' }).click();
  expect(await page.getByRole('status').textContent()).toContain('ada@desk.example');
});

it('an edition that waits is released by one press', async () => {
  const page = await enter('/admin/editions');
  await page.getByRole('button', { name: 'Cut it now' }).click();
  const name = (await page.locator('h1').textContent())?.replace('Edition ', '') ?? '';
  await page.getByRole('heading', { name: 'It waits for you' }).waitFor();
  const main = (await page.locator('main').textContent()) ?? '';
  expect(main).toContain('2, 1 hidden');
  expect(main).toContain('Picked by the editors');
  await lookAll('edition-held', `/admin/editions/${name}`);
  await lookAll('editions', '/admin/editions');
  const today = await enter('/admin');
  const need = today.locator('.needs li', { hasText: `Edition ${name} is held` });
  expect(await need.textContent()).toContain(`paperround editions release ${name}`);
  await page.getByLabel('Why (may be empty').fill('looked at both');
  await page.getByRole('button', { name: 'Release it to the readers' }).click();
  await page.getByRole('link', { name: 'As everyone sees it' }).click();
  await page.getByRole('heading', { name: 'Picked by the editors' }).waitFor();
  await lookAll('edition-picked', `/editions/${name}`);
  const subjects = await outboxOf(page);
  expect(subjects).toContain('[Test]');
  expect(subjects).toContain(`Edition ${name} waits for you`);
});

it('a mail shows what was picked, in both schemes and at both widths', async () => {
  product.command('deliveries', 'run', '--everyone');
  const page = await enter('/outbox');
  const shown = page.getByRole('link', { name: /First: a study/ }).first();
  await shown.click();
  const frame = page.frameLocator('iframe.mail').first();
  await frame.getByText('Picked by the editors').first().waitFor();
  const folder = process.env['SCREENSHOTS'];
  const here = new URL(page.url()).pathname;
  for (const width of [360, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const seen = await enter(here, { width, colorScheme });
      const mail = seen.locator('iframe.mail').first();
      const path = `${folder}/mail-picked-${colorScheme}-${width}.png`;
      if (folder) await mail.screenshot({ path });
    }
  }
});

it('an edition that is refused goes to nobody, and says so', async () => {
  product.importPapers('Second');
  product.command('editions', 'cut');
  const page = await enter('/admin/editions');
  await page.locator('.rows a').first().click();
  await page.getByRole('button', { name: /^Refuse it/ }).click();
  expect(await page.locator('main').textContent()).toContain('refused: its papers went back');
  await page.goto('/admin/editions/draft');
  expect(await page.locator('.draft li').count()).toBe(3);
});
