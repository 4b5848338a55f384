import { mkdirSync } from 'node:fs';
import nodemailer from 'nodemailer';
import type { Browser, Page } from 'playwright-core';
import * as made from '../feeds/alerts/made.ts';
import { keysOf, signAs, writeMail } from '../harness/alert-mail.ts';
import { findViolations, measureOverhang, openBrowser, openVisit } from '../harness/browser.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';
import { type Product, startProduct } from '../harness/product.ts';
import { INBOUND_DOMAIN } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

const looks = [
  ['light', 360],
  ['dark', 360],
  ['light', 1280],
] as const;

describe('a reader’s page of alerts', () => {
  let product: Product;
  let dns: TestDns;
  let browser: Browser;
  let inbound: number;
  beforeAll(async () => {
    dns = await openTestDns(keysOf('google.com', 'readers.example'));
    inbound = await freePort();
    product = await startProduct({
      INBOUND_DOMAIN,
      INBOUND_PORT: String(inbound),
      DNS_SERVERS: dns.server,
    });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    dns?.close();
  });

  it.each(looks)('can be used by everyone: %s, %d pixels', async (colorScheme, width) => {
    const { url } = product;
    const { page, errors, requests } = await openVisit(browser, { url, width, colorScheme });
    const see = async (name: string) => {
      expect([name, await measureOverhang(page)]).toEqual([name, 0]);
      expect([name, await findViolations(page)]).toEqual([name, []]);
      const folder = process.env['SCREENSHOTS'];
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      const path = `${folder}/${name}-${colorScheme}-${width}.png`;
      await page.screenshot({ path, fullPage: true });
    };
    const address = `ada-${colorScheme}-${width}@readers.example`;
    product.command('subscribers', 'add', address, '--topic', 'reward models');
    product.command('subscribers', 'link', address);
    const letter = await mailTo(page, address);
    await page.goto(linkIn(letter.text, 'preferences'));
    await page.getByRole('button', { name: 'Mail me my private link' }).click();
    const { text } = await mailTo(page, address, 'private');
    await page.goto(linkIn(text, 'private'));
    await page.getByRole('link', { name: 'An address for alerts' }).click();
    await see('alerts-none');
    await page.getByRole('button', { name: 'Make an address' }).click();
    await see('alerts-made');
    const here = page.url();
    const to = (await page.locator('#address ~ p b.address').textContent()) ?? '';
    await sendSome(to, address, letter.source);
    await comesTrue(async () => {
      await page.goto(here.endsWith('/alerts') ? here : `${here}/alerts`);
      const all = await page.content();
      return !all.includes('It is being read.') && all.includes('We could not read this one');
    });
    await see('alerts');
    await press(page, 'Yes, read it');
    expect(await page.getByRole('status').textContent()).toContain('It is read now');
    // Where the press left the reader, the page can be opened again.
    expect((await page.goto(page.url()))?.status()).toBe(200);
    await press(page, 'Done, remove it');
    expect(await page.getByRole('heading', { name: 'To confirm' }).count()).toBe(0);
    await press(page, 'End it');
    await page.getByText('You have none yet.').waitFor();
    expect(errors).toEqual([]);
    expect(requests.filter((each) => !each.startsWith(url))).toEqual([]);
  });

  const press = (page: Page, name: string) => page.getByRole('button', { name }).first().click();

  async function sendSome(to: string, owner: string, ours: string): Promise<void> {
    const transport = nodemailer.createTransport({ host: '127.0.0.1', port: inbound });
    const mails = [
      ours,
      await signAs('google.com', writeMail(made.scholarQuery)),
      await signAs('google.com', writeMail(made.gmailAsks)),
      writeMail(made.pubmedToday),
      await signAs('readers.example', writeMail({ ...made.unknown, from: owner })),
      await signAs(
        'readers.example',
        writeMail({ from: owner, subject: 'Fwd: minutes', text: 'We met on Monday.' }),
      ),
    ];
    for (const raw of mails) {
      await transport.sendMail({ raw, envelope: { from: 'x@sender.example', to: [to] } });
    }
  }

  /** The newest mail to an address that has a link of a kind, once it is there. */
  async function mailTo(page: Page, address: string, right = 'preferences') {
    let found = { text: '', source: '' };
    await comesTrue(async () => {
      await page.goto('/outbox');
      const link = page.locator('.mails li', { hasText: address }).first().locator('a');
      if ((await link.count()) === 0) return false;
      const path = (await link.getAttribute('href')) ?? '';
      await page.goto(path);
      const text = (await page.locator('pre').textContent()) ?? '';
      const source = await page.request.get(`${path}/source`).then((answer) => answer.text());
      found = { text, source };
      return text.includes(`/${right}/`);
    });
    return found;
  }

  function linkIn(text: string, right: string): string {
    const link = new RegExp(`http\\S+/${right}/\\S+`).exec(text)?.[0];
    if (!link) throw new Error(`no link to ${right} in ${text}`);
    return new URL(link).pathname;
  }
});

async function comesTrue(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`this never came true: ${condition}`);
}
