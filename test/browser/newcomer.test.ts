import type { Browser, Page } from 'playwright-core';
import { measureOverhang, openBrowser, openVisit, type Visit } from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

type Sample = 'reward' | 'vision' | 'agents';
const EDITION = '/editions/2025-05-07';

let product: Product;
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const visit = async (given: { width?: number; javaScriptEnabled?: boolean } = {}) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened;
};

/** Whatever a test did, no console complained and nothing was asked of anyone else. */
afterEach(async () => {
  const seen = visits;
  visits = [];
  for (const { context } of seen) await context.close();
  expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
  const asked = seen.flatMap(({ requests }) => requests);
  expect(asked.filter((address) => new URL(address).origin !== product.url)).toEqual([]);
});

/** Opens the mail of a sample reader as it stands in the outbox. */
async function openMail(page: Page, name: Sample): Promise<void> {
  await page.goto('/outbox');
  await page
    .locator('li', { hasText: `${name}@readers.invalid` })
    .getByRole('link')
    .click();
}

/** The path behind a link of the mail's text part. */
async function readLink(page: Page, name: Sample, label: string): Promise<string> {
  await openMail(page, name);
  const text = (await page.locator('pre').textContent()) ?? '';
  const link = new RegExp(`^${label}:\\s+(http\\S+)`, 'm').exec(text)?.[1] ?? '';
  return new URL(link).pathname;
}

/** Follows a link of the HTML part, which opens a page of its own. */
async function followLink({ context, page }: Visit, name: Sample, label: string): Promise<Page> {
  await openMail(page, name);
  const opened = context.waitForEvent('page');
  await page.frameLocator('iframe').getByRole('link', { name: label }).first().click();
  const target = await opened;
  await target.waitForLoadState();
  return target;
}

function stateOf(name: Sample): string | undefined {
  const readers = product.list('subscribers', 'list') as { address: string; state: string }[];
  return readers.find(({ address }) => address === `${name}@readers.invalid`)?.state;
}

describe('what a newcomer sees', () => {
  it('is told what was started and where to look', () => {
    const output = product.output();
    for (const step of ['ingest', 'cut', 'compose', 'send']) {
      expect(output).toMatch(new RegExp(`^  ${step} `, 'm'));
    }
    for (const path of ['/', '/outbox', EDITION]) expect(output).toContain(`${product.url}${path}`);
    expect(output).toMatch(/sandbox[\s\S]*reaches nobody[\s\S]*To leave it/);
  });

  it('finds the sample on the front page, labelled as sample and sandbox', async () => {
    const { page } = await visit();
    await page.goto('/');
    const body = await page.locator('body').textContent();
    expect(body).toContain('Sandbox. Mail is caught on this machine');
    expect(body).toContain('Sample. These papers came with the software');
    expect(body).toContain('84 sample papers in 15 groups');
    expect(await page.locator('.front article').count()).toBe(10);
    await page.getByRole('link', { name: 'Read the whole edition' }).click();
    expect(new URL(page.url()).pathname).toBe(EDITION);
  });

  it('reads the whole edition in groups that its contents count rightly', async () => {
    const { page } = await visit();
    await page.goto(EDITION);
    const titles = await page.locator('main h3').allInnerTexts();
    expect(new Set(titles).size).toBe(84);
    const contents = await page.locator('.contents li').allInnerTexts();
    const groups = await page.locator('.sided section').all();
    expect(groups).toHaveLength(contents.length);
    for (const [at, group] of groups.entries()) {
      const label = await group.locator('h2').textContent();
      const count = await group.locator('h3').count();
      expect(contents[at]?.split(/\s*\n\s*/)).toEqual([label, String(count)]);
    }
  });

  it('finds three digests in the outbox and reads one in both parts', async () => {
    const { page } = await visit();
    await page.goto('/outbox');
    const mails = await page.locator('.mails li').allInnerTexts();
    expect(mails).toHaveLength(3);
    for (const name of ['reward', 'vision', 'agents']) {
      expect(mails.filter((mail) => mail.includes(`${name}@readers.invalid`))).toHaveLength(1);
    }
    for (const mail of mails) expect(mail).toMatch(/^\[Sample\] .+ and \d+ more/);

    await openMail(page, 'reward');
    const html = page.frameLocator('iframe');
    await html.locator('ol h3').first().waitFor();
    const chosen = await html.locator('ol h3').allInnerTexts();
    expect(chosen).toHaveLength(10);
    const text = ((await page.locator('pre').textContent()) ?? '').replace(/\s+/g, ' ');
    for (const title of chosen) expect(text).toContain(title);
    expect(await html.locator('body').textContent()).toMatch(/You follow .*reward models/);
    await page.getByRole('link', { name: 'Source' }).click();
    expect(await page.locator('body').textContent()).toContain('List-Unsubscribe-Post:');
  });

  it('is told in words that a page is not there', async () => {
    const { page } = await visit();
    for (const path of [
      '/nothing',
      '/editions/1999-01-01',
      '/unsubscribe/1.1.wrong',
      '/outbox/x',
    ]) {
      expect((await page.goto(path))?.status()).toBe(404);
      expect(await page.locator('h1').textContent()).toBe('There is nothing here');
    }
    await page.getByRole('link', { name: 'To the editions' }).click();
    expect(new URL(page.url()).pathname).toBe('/editions');
  });
});

describe('what a reader does', () => {
  it('sees the digest in the browser without what is theirs alone', async () => {
    const opened = await visit();
    const view = await followLink(opened, 'agents', 'View in browser');
    const chosen = await view.locator('ol h3').allInnerTexts();
    expect(chosen).toHaveLength(10);
    expect(await view.content()).not.toMatch(
      /agents@|You follow|\/(unsubscribe|preferences|view)\//,
    );
    await openMail(opened.page, 'agents');
    const mail = opened.page.frameLocator('iframe');
    await mail.locator('ol h3').first().waitFor();
    expect(await mail.locator('ol h3').allInnerTexts()).toEqual(chosen);
  });

  it('saves preferences and finds them again', async () => {
    const page = await followLink(await visit(), 'reward', 'Preferences');
    expect(await page.locator('body').textContent()).not.toContain('reward@readers.invalid');
    await page.getByLabel('Words and topics').fill('bird migration\nsoil & "microbes"');
    await page.getByLabel('Monday').uncheck();
    await page.getByLabel('Hour').selectOption('18:45');
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByLabel('Papers per mail').selectOption('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await page.goto(page.url());
    expect(await page.getByLabel('Words and topics').inputValue()).toBe(
      'bird migration\nsoil & "microbes"',
    );
    expect(await page.getByLabel('Monday').isChecked()).toBe(false);
    expect(await page.getByLabel('Friday').isChecked()).toBe(true);
    expect(await page.getByLabel('Hour').inputValue()).toBe('18:45');
    expect(await page.getByLabel('Time zone').inputValue()).toBe('Asia/Tokyo');
    expect(await page.getByLabel('Papers per mail').inputValue()).toBe('5');
  });

  it('hears in words what is wrong, and loses neither what was saved nor what was typed', async () => {
    const page = await followLink(await visit(), 'vision', 'Preferences');
    const before = await page.getByLabel('Words and topics').inputValue();
    const typed = `coral reefs\n${'x'.repeat(90)}`;
    await page.getByLabel('Words and topics').fill(typed);
    for (const day of await page.getByRole('checkbox').all()) await day.uncheck();
    await page.getByLabel('Papers per mail').selectOption('20');
    await page.getByRole('button', { name: 'Save' }).click();
    const alert = await page.getByRole('alert').textContent();
    expect(alert).toContain('Choose at least one day.');
    expect(alert).toContain('A topic has at most 80 characters.');
    const answer = {
      topics: await page.getByLabel('Words and topics').inputValue(),
      count: await page.getByLabel('Papers per mail').inputValue(),
    };
    await page.goto(page.url());
    expect(await page.getByLabel('Words and topics').inputValue()).toBe(before);
    expect(await page.getByLabel('Monday').isChecked()).toBe(true);
    expect(answer).toEqual({ topics: typed, count: '20' });
  });

  it('leaves by the link in the mail: asked first, gone at the press of the button', async () => {
    const opened = await visit();
    const page = await followLink(opened, 'vision', 'Unsubscribe');
    expect(await page.locator('main').textContent()).toMatch(
      /Stop all digests from Paperround to v…/,
    );
    await page.reload();
    expect(stateOf('vision')).toBe('active');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect(stateOf('vision')).toBe('ended');
    await page.goto(await readLink(opened.page, 'vision', 'Preferences'));
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'You are unsubscribed',
    );
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Mail me the way back']);
  });

  it('does all of it without JavaScript', async () => {
    const opened = await visit({ javaScriptEnabled: false });
    const page = await followLink(opened, 'agents', 'Preferences');
    await page.getByLabel('Saturday').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await page.getByRole('link', { name: 'Unsubscribe' }).click();
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await page.getByRole('heading', { name: 'You are unsubscribed' }).waitFor();
    expect(stateOf('agents')).toBe('ended');
  });
});

describe.each([360, 1280])('at %i pixels', (width) => {
  it('no page and no mail has to be scrolled sideways', async () => {
    const { page } = await visit({ width });
    const links = [];
    for (const label of ['View in browser', 'Preferences', 'Unsubscribe']) {
      links.push(await readLink(page, 'reward', label));
    }
    const mail = new URL(page.url()).pathname;
    for (const path of [
      '/',
      EDITION,
      `${EDITION}?view=titles`,
      `${EDITION}/groups/1`,
      '/editions',
      '/subscribe',
      '/outbox',
      '/admin/sign-in',
      mail,
      `${mail}/html`,
      '/nothing',
      ...links,
    ]) {
      await page.goto(path);
      expect([path, await measureOverhang(page)]).toEqual([path, 0]);
    }
  });
});

describe('afterwards', () => {
  it('the sample goes with one command, and the pages go on without it', async () => {
    expect(product.command('sample', 'remove')).toEqual({ papers: 84, readers: 3 });
    const { page } = await visit();
    await page.goto('/');
    const body = await page.locator('body').textContent();
    expect(body).toContain('Nothing has come out yet. The first edition is put together on');
    expect(body).not.toContain('Sample.');
    expect((await page.goto(EDITION))?.status()).toBe(404);
    expect(product.list('subscribers', 'list')).toEqual([]);
  });
});
