import type { Browser } from 'playwright-core';
import {
  findViolations,
  measureOverhang,
  openBrowser,
  openVisit,
  type Visit,
} from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

let product: Product;
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct({});
  browser = await openBrowser();
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
  const asked = seen.flatMap(({ requests }) => requests);
  expect(asked.filter((address) => new URL(address).origin !== product.url)).toEqual([]);
});
const visit = async (given: Omit<Parameters<typeof openVisit>[1], 'url'> = {}) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened.page;
};
const pictures = process.env['SCREENSHOTS'];

// A visitor who reads: from the day to a paper, to others like it, and by the search.
describe('papers', () => {
  it('are walked from one to the next, and searched for until they come by mail', async () => {
    const page = await visit();
    await page.goto('/editions/2025-05-07');
    await page.locator('.papers h3 a').first().click();
    expect(new URL(page.url()).pathname).toMatch(/^\/papers\/\d+-/);
    const first = await page.locator('h1').textContent();
    await page.locator('section[aria-labelledby="similar"] a').first().click();
    expect(await page.locator('h1').textContent()).not.toBe(first);
    await page.locator('summary', { hasText: 'RIS' }).click();
    expect(await page.locator('pre', { hasText: 'TY  -' }).isVisible()).toBe(true);

    await page.locator('header a', { hasText: 'Search' }).click();
    await page.fill('#q', 'language model*');
    await page.keyboard.press('Enter');
    await page.locator('mark').first().waitFor();
    expect(await page.locator('mark').count()).toBeGreaterThan(2);
    await page.locator('a', { hasText: 'Mail me what matches this' }).click();
    expect(await page.inputValue('#topics')).toBe('language model');
  });

  it('have pages that all can read, at any width and in the dark', async () => {
    const page = await visit();
    await page.goto('/search?q=model');
    const paper = (await page.locator('.papers a').first().getAttribute('href')) ?? '';
    for (const width of [360, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const shown = await visit({ width, colorScheme });
        for (const [name, path] of [
          ['paper', paper],
          ['search', '/search?q=%22language+model%22+-vision'],
          ['fault', '/search?q=date%3Asoon'],
        ] as const) {
          await shown.goto(path);
          expect([name, await findViolations(shown)]).toEqual([name, []]);
          expect([name, width, await measureOverhang(shown)]).toEqual([name, width, 0]);
          if (pictures) {
            const file = `${pictures}/${name}-${width}-${colorScheme}.png`;
            await shown.screenshot({ path: file, fullPage: true });
          }
        }
      }
    }
  });
});
