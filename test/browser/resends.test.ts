import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../harness/browser.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';
import { type Act, openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const VISION = 'vision@readers.invalid';
const AGENTS = 'agents@readers.invalid';
const REWARD = 'reward@readers.invalid';
const SAMPLE = '2025-05-07';
const refuse: Act = { reply: '550 5.2.2 the mailbox is full' };
const later: Act = { reply: '451 4.3.0 come back later' };

let smtp: ScriptedSmtp;
let product: Product;
let browser: Browser;
let desk: DeskWindows;
beforeAll(async () => {
  smtp = await openScriptedSmtp();
  smtp.script = ({ phase, to }) => {
    if (phase !== 'dot') return undefined;
    if (to === VISION) return refuse;
    return to === AGENTS ? 'close' : undefined;
  };
  product = await startProduct({
    SMTP_URL: smtp.url,
    SMTP_AFTER_DOT_SECONDS: '1',
    PAUSE_AT_BOUNCE_PERCENT: '100',
    REQUESTS_PER_MINUTE: '100000',
  });
  browser = await openBrowser();
  desk = openDesk(browser, product);
  desk.addOperator('ada', '--resend-all');
  desk.addOperator('ben');
  desk.addOperator('cleo', '--role', 'look');
  smtp.script = () => undefined;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await smtp?.close();
});
afterEach(async () => {
  expect(await desk.closeAll()).toEqual([]);
});

// The mail server is in this process: what held it up would put its messages in doubt.
const deliveriesTo = (address: string) =>
  product.listLater('deliveries', 'list', '--address', address) as Promise<
    { id: number; state: string }[]
  >;
const acceptedBy = (address: string) => smtp.accepted().filter((to) => to === address).length;

/** Fills in why, gives the yes where it is asked for, and presses. */
async function press(page: Page, why: string): Promise<void> {
  await page.getByLabel('Why').fill(why);
  const yes = page.getByLabel(/Yes: /);
  if ((await yes.count()) > 0) await yes.check();
  await page.getByRole('button', { name: 'Resend' }).click();
}

/** Waits on the page of a press until it is done; what it says then. */
async function settle(page: Page): Promise<string> {
  await page.waitForURL(/\/admin\/resend\/\d+$/);
  for (let tries = 0; tries < 100; tries += 1) {
    const said = (await page.locator('main').textContent()) ?? '';
    if (!/still going on|left/.test(said)) return said;
    await wait(200);
    await page.reload();
  }
  throw new Error('the press did not come to its end');
}

it('all that failed goes out again, once, though two operators press at the same moment', async () => {
  expect(await deliveriesTo(VISION)).toMatchObject([{ state: 'failed' }]);
  const pages = [await desk.enter('ada', '/admin'), await desk.enter('ben', '/admin')];
  for (const page of pages) {
    await page.getByRole('link', { name: `Resend all of ${SAMPLE} that failed` }).click();
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('1 of 1 would go out');
    expect(main).toContain(VISION);
    await page.getByLabel('Why').fill('the relay refused it by mistake');
  }
  const buttons = pages.map((page) => page.getByRole('button', { name: 'Resend' }));
  await Promise.all(buttons.map((button) => button.click()));
  const said = await Promise.all(pages.map(settle));
  expect(said.filter((text) => text.includes('is tried again'))).toHaveLength(1);
  await becomes(VISION, 'accepted');
  expect(acceptedBy(VISION)).toBe(1);
});

it('all that is in doubt goes out once more, from the need on Today', async () => {
  expect(await deliveriesTo(AGENTS)).toMatchObject([{ state: 'in_doubt' }]);
  const page = await desk.enter('ada', '/admin');
  const need = page.locator('.needs li', { hasText: 'may or may not have arrived' });
  await need.getByRole('link', { name: 'Resend…' }).click();
  // Its sender may still be at it in the first seconds.
  for (let tries = 0; tries < 50; tries += 1) {
    if (((await page.locator('main').textContent()) ?? '').includes('1 of 1 would go out')) break;
    await wait(200);
    await page.reload();
  }
  expect(await page.locator('main').textContent()).toContain('under the same Message-ID');
  await press(page, 'their server says that nothing came');
  expect(await settle(page)).toContain('is tried once more');
  await becomes(AGENTS, 'accepted');
  expect(acceptedBy(AGENTS)).toBe(1);
});

it('an edition goes to one reader from their page, as a second copy with a yes', async () => {
  const page = await desk.enter('ben', '/admin/subscribers');
  await page.getByRole('link', { name: REWARD }).click();
  await page.getByRole('button', { name: 'Send…' }).click();
  expect(await page.locator('main').textContent()).toContain('is sent a second copy');
  await press(page, 'they deleted it');
  expect(await settle(page)).toContain('is sent a second copy');
  await becomes(REWARD, 'accepted');
  expect(await deliveriesTo(REWARD)).toHaveLength(2);
  expect(acceptedBy(REWARD)).toBe(2);
});

it('what waits for its next try is tried now', async () => {
  smtp.script = ({ phase, to }) => (phase === 'rcpt' && to === REWARD ? later : undefined);
  const page = await desk.enter('ben', '/admin/subscribers');
  await page.getByRole('link', { name: REWARD }).click();
  await page.getByRole('button', { name: 'Send…' }).click();
  await press(page, 'once more');
  await settle(page);
  await becomes(REWARD, 'deferred');
  smtp.script = () => undefined;
  await page.goto('/admin');
  await page.getByRole('link', { name: 'Try now what waits for its next try' }).click();
  await press(page, 'the relay is back');
  expect(await settle(page)).toContain('is tried now');
  await becomes(REWARD, 'accepted');
  expect(acceptedBy(REWARD)).toBe(3);
});

it('who may only look may read a plan, and has no button', async () => {
  const page = await desk.enter('cleo', '/admin');
  expect(await page.getByRole('link', { name: /^Resend|^Correct|^Try now/ }).count()).toBe(0);
  expect(await page.locator('main button').count()).toBe(0);
  for (const kind of ['failed', 'in_doubt', 'deferred']) {
    await page.goto(`/admin/resend?kind=${kind}&edition=${SAMPLE}`);
    expect(await page.locator('main').textContent()).toContain('would go out');
    expect([kind, await page.locator('main button').count()]).toEqual([kind, 0]);
  }
  await page.goto(`/admin/resend?kind=filter&edition=${SAMPLE}&state=accepted`);
  expect(await page.locator('main').textContent()).not.toContain('0 of 0');
  expect(await page.locator('main button').count()).toBe(0);
});

/** Waits until the newest delivery to an address stands so. */
async function becomes(address: string, state: string): Promise<void> {
  const newest = async () => (await deliveriesTo(address))[0];
  for (let tries = 0; tries < 50 && (await newest())?.state !== state; tries += 1) {
    await wait(200);
  }
  expect(await newest()).toMatchObject({ state });
}
