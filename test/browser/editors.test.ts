import type { Browser, Page } from 'playwright-core';
import { findViolations, measureOverhang, openBrowser } from '../harness/browser.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

let product: Product;
let browser: Browser;
let desk: DeskWindows;
beforeAll(async () => {
  product = await startProduct({ APPROVE_BEFORE_SEND: 'true', REQUESTS_PER_MINUTE: '100000' });
  browser = await openBrowser();
  desk = openDesk(browser, product);
  desk.addOperator('ada', '--resend-all', '--address', 'ada@desk.example');
  product.importPapers('First');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});
afterEach(async () => {
  expect(await desk.closeAll()).toEqual([]);
});

const enter = (path: string, given: Parameters<DeskWindows['enter']>[2] = {}) =>
  desk.enter('ada', path, given);

/** Checks a page as it is for everyone, and keeps a picture of it where one is asked for. */
async function look(page: Page, name: string): Promise<void> {
  expect([name, await measureOverhang(page)]).toEqual([name, 0]);
  expect([name, await findViolations(page)]).toEqual([name, []]);
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
  await page.getByText('Cut it now', { exact: true }).click();
  await page.getByRole('button', { name: 'Yes, cut it now' }).click();
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
  // Those of the sample had their digest of the day at the start, where it was one of their days.
  product.command('subscribers', 'add', 'ben@readers.example');
  product.command('deliveries', 'run', '--everyone');
  const page = await enter('/outbox');
  const shown = page.getByRole('link', { name: /^First\b/ }).first();
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
