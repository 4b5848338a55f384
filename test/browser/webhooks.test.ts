import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { findViolations, measureOverhang, openBrowser } from '../harness/browser.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';
import { openReceiver, type Receiver } from '../harness/receiver.ts';

/** A look is taken every twenty seconds, and what was seen then is told at the next at the latest. */
async function comesTrue(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await pause(500);
  }
  throw new Error(`this never came true: ${condition}`);
}

describe('webhooks at the desk', () => {
  let product: Product;
  let browser: Browser;
  let desk: DeskWindows;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await openReceiver();
    product = await startProduct({ ALLOW_PRIVATE_WEBHOOKS: 'true' });
    browser = await openBrowser();
    desk = openDesk(browser, product);
    desk.addOperator('ada');
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await receiver?.close();
  });
  afterEach(async () => {
    expect(await desk.closeAll()).toEqual([]);
  });

  const see = async (page: Page, name: string) => {
    expect([name, await measureOverhang(page)]).toEqual([name, 0]);
    expect([name, await findViolations(page)]).toEqual([name, []]);
    const folder = process.env['SCREENSHOTS'];
    if (!folder) return;
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };

  it('are added, shown their secret once, told what happens, and mended', async () => {
    const page = await desk.enter('ada', '/admin/webhooks', { width: 1280 });
    await page.getByLabel('What to call it').fill('crm');
    await page.getByLabel('Its address').fill(receiver.url);
    await page.getByLabel('accepted: a mail server').check();
    await page.getByRole('button', { name: 'Add it' }).click();
    const secret = (await page.locator('pre.mail').textContent()) ?? '';
    expect(secret).toMatch(/^whsec_/);
    await see(page, 'webhook-secret-light-1280');
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Taken: HTTP 204');
    expect(await page.content()).not.toContain(secret);
    receiver.verify(secret);

    product.command('subscribers', 'add', 'ada@reader.example', '--topic', 'reefs');
    await comesTrue(async () => receiver.events().some(({ type }) => type === 'reader.subscribed'));
    receiver.answer = (response) => response.writeHead(410).end('the crm was moved elsewhere');
    product.command('subscribers', 'add', 'bob@reader.example', '--topic', 'reefs');
    await comesTrue(async () => {
      await page.goto('/admin/webhooks/crm');
      return (await page.locator('.lead').textContent())?.includes('It is off') ?? false;
    });
    receiver.answer = (response) => response.writeHead(200).end();
    await page.getByRole('button', { name: 'Go on where it stood' }).click();
    await page.getByRole('status').waitFor();
    await comesTrue(async () => receiver.heard.length >= 4);
    receiver.answer = (response) => response.writeHead(500).end('a database is away');
    product.command('subscribers', 'add', 'cyd@reader.example', '--topic', 'reefs');
    await comesTrue(async () => {
      await page.goto('/admin/webhooks/crm');
      return (await page.locator('.lead').textContent())?.includes('waits') ?? false;
    });
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['light', 1280],
    ['dark', 1280],
  ] as const)('can be used by everyone in %s at %i pixels', async (colorScheme, width) => {
    const page = await desk.enter('ada', '/admin/webhooks', { width, colorScheme });
    await see(page, `webhooks-${colorScheme}-${width}`);
    await page.goto('/admin/webhooks/crm');
    await page.getByText('Remove it…').click();
    await see(page, `webhook-${colorScheme}-${width}`);
  });
});
