import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { findViolations, measureOverhang, openBrowser } from '../harness/browser.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';
import { openTeamServer, type TeamServer } from '../harness/team-server.ts';

describe('channels at the desk', () => {
  let product: Product;
  let browser: Browser;
  let desk: DeskWindows;
  let team: TeamServer;
  beforeAll(async () => {
    team = await openTeamServer();
    product = await startProduct({ ALLOW_PRIVATE_CHANNELS: 'true' });
    browser = await openBrowser();
    desk = openDesk(browser, product);
    desk.addOperator('ada');
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await team?.close();
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

  it('are added by who typed what a service needs, and tested', async () => {
    const page = await desk.enter('ada', '/admin/channels', { width: 1280 });
    const { url, user = '', key = '', room = '', topic = '' } = team.place('zulip');
    await page.getByLabel('What to call it').fill('lab');
    await page.getByLabel('Service').selectOption('Zulip');
    await page.getByLabel('Its address').fill(url);
    await page.getByLabel('Mail address of the bot').fill(user);
    await page.getByLabel('Key of the bot').fill(key);
    await page.getByLabel('Channel, or id').fill(room);
    await page.getByLabel('Topic (Zulip)').fill(topic);
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('status').waitFor();
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByText('Taken: HTTP 200').waitFor();
    expect(team.stands[0]).toContain('A test from');
    expect(await page.content()).not.toContain(key);
  });

  it('show what is in doubt, and post it once more by a word', async () => {
    const page = await desk.enter('ada', '/admin/channels', { width: 1280 });
    await page.getByLabel('What to call it').fill('robots');
    await page.getByLabel('Its address').fill(team.place('slack').url);
    // Due within the next quarter of an hour, where the next cut is far.
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByRole('status').waitFor();
    await see(page, 'channel-new-light-1280');
    team.answer = (_got, response) => response.destroy();
    await page.getByRole('button', { name: 'Test it' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toMatch(/^In doubt: /);
    team.answer = undefined;
  });

  it.each([
    ['light', 360],
    ['dark', 360],
    ['light', 1280],
    ['dark', 1280],
  ] as const)('can be used by everyone in %s at %i pixels', async (colorScheme, width) => {
    const page = await desk.enter('ada', '/admin/channels', { width, colorScheme });
    await see(page, `channels-${colorScheme}-${width}`);
    await page.goto('/admin/channels/lab');
    await page.getByText('Remove it…').click();
    await page.getByText('What it is brought, and when…').click();
    await see(page, `channel-${colorScheme}-${width}`);
  });
});
