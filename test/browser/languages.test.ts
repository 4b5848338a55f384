import type { Browser, Page } from 'playwright-core';
import {
  findViolations,
  measureOverhang,
  openBrowser,
  openVisit,
  type Visit,
} from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

const EDITION = '/editions/2025-05-07';
const MOST_BYTES = 60_000;
const pictures = process.env['SCREENSHOTS'];

let product: Product;
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct({ SIGNUPS_PER_IP: '1000', SIGNUPS_PER_DOMAIN: '1000' });
  browser = await openBrowser();
}, 240_000);
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
const visit = async (given: Omit<Parameters<typeof openVisit>[1], 'url'>) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened.page;
};

/** How far what stood there moved while the page was drawn (Layout Instability). */
const SHIFT = `new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) moved += value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(moved)));
})`;

/** Fields whose edge cannot be seen: no tool tells that. */
const EDGELESS = `[...document.querySelectorAll('main :is(input:not([type=hidden]), select, textarea)')]
  .filter((field) => !field.closest('.trap') && !['checkbox', 'radio', 'file'].includes(field.type))
  .filter((field) => parseFloat(getComputedStyle(field).borderTopWidth) < 1)
  .map(({ name }) => name)`;

async function see(page: Page, name: string, width: number): Promise<void> {
  expect([name, await findViolations(page)]).toEqual([name, []]);
  expect([name, width, await measureOverhang(page)]).toEqual([name, width, 0]);
  expect([name, await page.evaluate(SHIFT)]).toEqual([name, 0]);
  expect([name, await page.evaluate(EDGELESS)]).toEqual([name, []]);
  if (!pictures) return;
  const scheme = await page.evaluate(`matchMedia('(prefers-color-scheme: dark)').matches`);
  const path = `${pictures}/${name}-${width}-${scheme ? 'dark' : 'light'}.png`;
  await page.screenshot({ path, fullPage: true });
}

/** A page with its style, as a browser of today gets both. */
async function weigh(page: Page, path: string): Promise<number> {
  const sizes: number[] = [];
  page.on('response', (response) => {
    sizes.push(Number(response.headers()['content-length'] ?? Number.NaN));
  });
  await page.goto(path);
  page.removeAllListeners('response');
  return sizes.reduce((sum, size) => sum + size, 0);
}

const pages = [
  ['home', '/'],
  ['editions', '/editions'],
  ['edition', EDITION],
  ['edition-titles', `${EDITION}?view=titles`],
  ['group', `${EDITION}/groups/1`],
  ['paper', '/papers/1'],
  ['search', '/search?q=%22language+model%22+-vision'],
  ['search-none', '/search?q=zzzz'],
  ['search-fault', '/search?q=date%3Asoon'],
  ['subscribe', '/subscribe'],
  ['asked', '/subscribe/asked'],
  ['link', '/link'],
  ['proposals', '/proposals'],
  ['sign-in', '/sign-in'],
  ['nothing', '/nothing'],
] as const;

// English pages are looked at where they are walked; these are what is not walked in German.
describe.each([
  ['light', 360],
  ['dark', 1280],
] as const)('in German, in %s at %i pixels', (colorScheme, width) => {
  it('every page for everybody can be used by everyone, and stands still', async () => {
    const page = await visit({ width, colorScheme });
    for (const [name, path] of pages) {
      await page.goto(`/de${path}`);
      expect([name, await page.locator('html').getAttribute('lang')]).toEqual([name, 'de']);
      await see(page, `de-${name}`, width);
    }
  });
});

it('a reader who came by a German page signs in, votes and follows in German', async () => {
  const address = 'dora@readers.example';
  product.command('subscribers', 'add', address, '--language', 'de');
  const page = await visit({ width: 360 });
  await page.goto(`/de${EDITION}`);
  await page.getByRole('link', { name: 'Abstimmen' }).first().click();
  await see(page, 'de-sign-in-to-vote', 360);
  await page.fill('#address', address);
  await page.getByRole('button', { name: 'Einen Link schicken' }).click();
  await see(page, 'de-sign-in-sent', 360);
  const outbox = await visit({});
  const mail = outbox.locator('.mails li', { hasText: address }).filter({ hasText: 'Anmelden' });
  for (let tries = 0; tries < 60 && (await mail.count()) === 0; tries += 1) {
    await outbox.waitForTimeout(250);
    await outbox.goto('/outbox');
  }
  await mail.first().locator('a').click();
  const text = (await outbox.locator('pre').textContent()) ?? '';
  await page.goto(/http\S+\/session\/\S+/.exec(text)?.[0] ?? '');
  await see(page, 'de-session', 360);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  expect(new URL(page.url()).pathname).toMatch(/^\/de\/votes\/\d+$/);
  await see(page, 'de-vote', 360);
  await page.getByRole('button', { name: 'Mehr davon' }).click();
  await page.getByRole('status').waitFor();
  await see(page, 'de-voted', 360);
  for (const [name, path] of [
    ['propose', '/de/propose'],
    ['follow', '/de/follow?topic=reward+models'],
  ] as const) {
    await page.goto(path);
    await see(page, `de-${name}`, 360);
  }
  await page.getByRole('button', { name: 'Verfolgen' }).click();
  await page.getByRole('status').waitFor();
  await see(page, 'de-followed', 360);
});

it('no page for everybody weighs more than 60 kB, its style with it', async () => {
  for (const [name, path] of pages) {
    // Nothing is kept from the page before.
    const weight = await weigh(await visit({}), path);
    expect([name, weight, weight < MOST_BYTES]).toEqual([name, expect.any(Number), true]);
  }
});
