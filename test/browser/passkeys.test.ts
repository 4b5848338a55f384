import type { Browser, CDPSession, Page } from 'playwright-core';
import { openBrowser, see } from '../harness/browser.ts';
import { PASSWORD } from '../harness/desk.ts';
import { type DeskWindows, openDesk } from '../harness/desk-browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

let product: Product;
let browser: Browser;
let desk: DeskWindows;
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
  desk = openDesk(browser, product);
}, 120_000);
afterAll(async () => {
  expect(await desk?.closeAll()).toEqual([]);
  await browser?.close();
  await product?.stop();
});

/** A device that keeps passkeys and always finds its owner there. */
async function addDevice(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

/** What a form carried, sent once more by somebody who saw it. */
const sendAgain = (fields: string) =>
  fetch(`${product.url}/admin/sign-in`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    body: fields,
    redirect: 'manual',
  });

describe.each([
  ['light', 360],
  ['dark', 1280],
] as const)('a passkey in %s at %i pixels', (colorScheme, width) => {
  const called = (name: string) => `passkey-${name}-${colorScheme}-${width}`;

  it('is made behind the password, lets in alone and once, and is removed by a code', async () => {
    const operator = `ada-${width}`;
    desk.addOperator(operator);
    const page = await desk.enter(operator, '/admin/factor', { width, colorScheme });
    const { cdp, authenticatorId } = await addDevice(page);
    await page.getByLabel('Your password, to add a passkey').fill(PASSWORD);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByLabel('What to call it').fill('the telephone');
    await see(page, called('making'));
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('You can sign in with the telephone.').waitFor();
    const [code = ''] = ((await page.locator('pre.mail').textContent()) ?? '').split('\n');
    await see(page, called('made'));

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Name').fill(operator);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code').waitFor();
    await see(page, called('sign-in'));
    const posted = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect((await sendAgain((await posted).postData() ?? '')).status).toBe(401);

    // A device whose owner is not there signs nothing.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByText('The browser did not do it').waitFor();
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();

    await page.goto('/admin/factor');
    await page.getByText('Remove it…').click();
    await page.getByLabel('A code of the app, or a recovery code').fill(code);
    await page.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('It lets nobody in any more').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Use a passkey instead' }).click();
    await page.getByText('This passkey is not known here').waitFor();
  });
});
