import type { Browser } from 'playwright-core';
import { openBrowser, see } from '../harness/browser.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

const words =
  '## What happens\n\nFrom **nine to ten** nothing is sent; see [the page](https://papers.example/down).\n\n- your digest comes later\n- nothing is lost';

let product: Product;
let browser: Browser;
let desk: DeskWindows;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  desk = openDesk(browser, product);
  desk.addOperator('ada');
}, 120_000);
afterAll(async () => {
  expect(await desk?.closeAll()).toEqual([]);
  await browser?.close();
  await product?.stop();
});

describe.each([
  ['light', 360],
  ['dark', 1280],
] as const)('an announcement in %s at %i pixels', (colorScheme, width) => {
  it('is written, looked at and sent, and ended by who gets it', async () => {
    const called = (name: string) => `announcement-${name}-${colorScheme}-${width}`;
    const page = await desk.enter('ada', '/admin/announcements', { width, colorScheme });
    await page.getByRole('link', { name: 'Write one' }).click();
    await page.getByLabel('Subject').fill('We are down tomorrow');
    await page.getByLabel('Text').fill(words);
    await see(page, called('form'));
    await page.getByRole('button', { name: 'Keep it and look at it' }).click();
    const yes = page.getByRole('button', { name: /^Yes, send it to \d+ readers?$/ });
    await yes.waitFor();
    const mail = page.frameLocator('iframe.mail').first();
    await mail.getByRole('heading', { name: 'What happens' }).waitFor();
    await see(page, called('draft'));
    // Chromium gives the first press behind a scroll to the frame that stood there before.
    await yes.scrollIntoViewIfNeeded();
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
    );
    await yes.hover();
    await yes.click();
    await page.getByRole('status').waitFor();
    await see(page, called('sent'));
    await page.goto('/admin/announcements');
    await see(page, called('list'));

    await page.goto('/outbox');
    await page.getByRole('link', { name: 'We are down tomorrow' }).first().click();
    const source = (await page.content()).match(/http[^"<\s]*\/announcements\/[\w.-]+/)?.[0];
    await page.goto(new URL(source ?? '').pathname);
    await see(page, called('ending'));
    await page.getByRole('button', { name: 'Stop announcements' }).click();
    await page.getByRole('heading', { name: 'No announcements any more' }).waitFor();
    await see(page, called('ended'));
  });
});
