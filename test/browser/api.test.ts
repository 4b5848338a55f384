import type { Browser } from 'playwright-core';
import { findViolations, measureOverhang, openBrowser, openVisit } from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

describe('the page of the API', () => {
  let product: Product;
  let browser: Browser;
  beforeAll(async () => {
    product = await startProduct({ REQUESTS_PER_MINUTE: '100000' });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  it.each([
    ['light', 1280],
    ['dark', 360],
  ] as const)('can be read in %s at %i pixels, and asks nobody else', async (scheme, width) => {
    const given = { url: product.url, colorScheme: scheme, width };
    const { page, context, requests, errors } = await openVisit(browser, given);
    await page.goto('/api');
    await page.getByRole('heading', { name: 'API' }).waitFor();
    const calls = page.locator('details.operation[id]');
    const document = (await (await fetch(`${product.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const count = Object.values(document.paths).flatMap(Object.keys).length;
    expect(await calls.count()).toBe(count);
    await page.evaluate(
      `document.querySelectorAll('details').forEach((one) => { one.open = true; })`,
    );
    expect(await measureOverhang(page)).toBeLessThanOrEqual(0);
    expect(await findViolations(page)).toEqual([]);
    if (process.env['SCREENSHOTS']) {
      await page.evaluate(
        `document.querySelectorAll('details').forEach((one, at) => { one.open = at === 8; })`,
      );
      await page.screenshot({
        path: `${process.env['SCREENSHOTS']}/api-${scheme}.png`,
        fullPage: true,
      });
    }
    expect(errors).toEqual([]);
    expect(requests.filter((address) => new URL(address).origin !== product.url)).toEqual([]);
    await context.close();
  });
});
