import type { Browser, Page } from 'playwright-core';
import {
  findViolations,
  measureOverhang,
  openBrowser,
  openVisit,
  type Visit,
} from '../harness/browser.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Product, startProduct } from '../harness/product.ts';
import { openShelf, playShelf } from '../harness/zotero-shelf.ts';

const READERS = ['nina', 'omar', 'pia', 'quinn', 'rosa'].map((name) => `${name}@readers.example`);
const pictures = process.env['SCREENSHOTS'];

let product: Product;
let source: FeedServer;
let zotero: FeedServer;
const shelf = openShelf(475425, 'a1B2c3D4e5F6g7H8i9J0k1L2');
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  source = await openFeedServer();
  source.answer = ({ url = '' }, response) => {
    const asked = new URL(url, 'http://source').searchParams.get('id_list') ?? '';
    const entries = asked.split(',').map(
      (id) => `<entry><id>http://arxiv.org/abs/${id}v1</id>
        <title>Storks that winter on rubbish tips</title>
        <summary>White storks stay where the tips are open all winter, and fly less.</summary>
        <author><name>Ines Duarte</name></author>
        <published>${new Date(Date.now() - 86_400_000).toISOString()}</published></entry>`,
    );
    response.end(`<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`);
  };
  zotero = await openFeedServer();
  zotero.answer = playShelf(shelf);
  product = await startProduct({
    ...playedBy(source),
    // Another name than that of the feeds, which have a turn of their own.
    ZOTERO_URL: zotero.url.replace('127.0.0.1', 'localhost'),
    LOOK_UP_PAPERS: 'true',
    ALLOW_PRIVATE_FEEDS: 'true',
    SIGNUPS_PER_IP: '1000',
    SIGNUPS_PER_DOMAIN: '1000',
    REQUESTS_PER_MINUTE: '10000',
  });
  for (const address of READERS) product.command('subscribers', 'add', address);
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await source?.close();
  await zotero?.close();
});
afterEach(async () => {
  const seen = visits;
  visits = [];
  for (const { context } of seen) await context.close();
  expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
});
const visit = async (given: Omit<Parameters<typeof openVisit>[1], 'url'> = {}) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened.page;
};

/** How many links to sign in each address got: one opens once. */
const used = new Map<string, number>();

/** Signs in by the mail that the outbox caught, from the page that asked for it. */
async function signIn(page: Page, address: string): Promise<void> {
  await page.fill('#address', address);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  const outbox = await visit();
  const mail = outbox.locator('.mails li', { hasText: address }).filter({ hasText: 'Sign in' });
  for (let tries = 0; tries < 60; tries += 1) {
    await outbox.goto('/outbox');
    if ((await mail.count()) > (used.get(address) ?? 0)) break;
    await outbox.waitForTimeout(250);
  }
  used.set(address, await mail.count());
  await mail.first().locator('a').click();
  const text = (await outbox.locator('pre').textContent()) ?? '';
  await page.goto(/http\S+\/session\/\S+/.exec(text)?.[0] ?? '');
  await picture(page, 'session');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Looks at a page at three widths in both themes: it is read by all, and kept where pictures are wanted. */
async function picture(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const width of pictures ? [360, 680, 1280] : [360, 1280]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect([name, await findViolations(page)]).toEqual([name, []]);
      expect([name, width, await measureOverhang(page)]).toEqual([name, width, 0]);
      if (!pictures) continue;
      await page.screenshot({
        path: `${pictures}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (size) await page.setViewportSize(size);
}

// What readers do among themselves, as one who came by the search engine would meet it.
describe('readers among themselves', () => {
  it('vote for a paper after signing in once, and see what others read', async () => {
    const pages: Page[] = [];
    for (const address of READERS) {
      const page = await visit();
      pages.push(page);
      await page.goto('/editions/2025-05-07');
      await page.locator('.papers h3 a').nth(3).click();
      if (address === READERS[0]) await picture(page, 'voting');
      await page.getByRole('button', { name: 'More like this' }).click();
      if (address === READERS[0]) await picture(page, 'sign-in');
      await signIn(page, address);
      expect(new URL(page.url()).pathname).toMatch(/^\/votes\/\d+$/);
      if (address === READERS[0]) await picture(page, 'vote');
      await page.getByRole('button', { name: 'More like this' }).click();
      await page.getByRole('heading', { name: 'You asked for more like this' }).waitFor();
    }
    const [page] = pages;
    await page?.goto('/papers/5');
    await page?.getByRole('button', { name: 'Less like this' }).click();
    await page?.getByRole('heading', { name: 'You asked for less like this' }).waitFor();
    await page?.goto('/');
    for (let tries = 0; tries < 80; tries += 1) {
      if ((await page?.locator('#read').count()) === 1) break;
      await page?.waitForTimeout(1000);
      await page?.reload();
    }
    expect(await page?.locator('section[aria-labelledby="read"]').textContent()).toContain(
      '5 readers voted for it or kept it',
    );
    if (page) await picture(page, 'read');
  }, 240_000);

  it('keep papers for later, find them again, and are told what is wrong with a key', async () => {
    const page = await visit();
    await page.goto('/papers/5');
    await page.getByRole('button', { name: 'Keep' }).click();
    await signIn(page, READERS[1] ?? '');
    expect(new URL(page.url()).pathname).toBe('/my-papers/5');
    await picture(page, 'keep');
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('heading', { name: 'Kept for later' }).waitFor();
    await picture(page, 'kept');
    await page.goto('/editions/2025-05-07');
    await page
      .getByRole('link', { name: /^Keep: / })
      .nth(2)
      .click();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByRole('link', { name: 'your papers' }).click();
    await picture(page, 'my-papers');
    const lines = page.getByRole('button', { name: /^Remove: / });
    expect(await lines.count()).toBe(2);
    await page.getByRole('button', { name: 'Say once a week what I kept' }).click();
    await page.getByRole('button', { name: 'Say it no more' }).waitFor();
    await page.fill('#key', 'not a key');
    await page.getByRole('button', { name: 'Test it and begin' }).click();
    await page.getByText('That is no key').waitFor();
    await page.fill('#key', 'a1B2c3D4e5F6g7H8i9J0k1L2');
    await page.getByRole('button', { name: 'Test it and begin' }).click();
    await page.getByText('The key is good').waitFor();
    for (let tries = 0; tries < 60; tries += 1) {
      await page.goto('/my-papers');
      if ((await page.locator('main').textContent())?.includes('2 papers are there.')) break;
      await page.waitForTimeout(500);
    }
    expect(await page.locator('main').textContent()).toContain('2 papers are there.');
    expect([...shelf.items.values()]).toHaveLength(2);
    await picture(page, 'my-papers-zotero');
    await lines.first().click();
    await page.getByText('1 paper of at most').waitFor();
    expect(await lines.count()).toBe(1);
  }, 120_000);

  it('propose a paper, which three others take into the draft', async () => {
    const page = await visit();
    await page.goto('/');
    await page.getByRole('link', { name: 'Proposed by readers' }).click();
    await picture(page, 'proposals-none');
    await page.getByRole('link', { name: 'Propose a paper' }).click();
    await signIn(page, READERS[0] ?? '');
    await page.fill('#paper', 'stork');
    await page.getByRole('button', { name: 'Propose it' }).click();
    await picture(page, 'propose-fault');
    await page.fill('#paper', 'https://arxiv.org/abs/2511.04321');
    await page.fill('#named', 'Nina');
    await page.getByRole('button', { name: 'Propose it' }).click();
    const own = page.locator('section[aria-labelledby="own"]');
    for (let tries = 0; tries < 60; tries += 1) {
      if ((await own.textContent())?.includes('Shown to everybody')) break;
      await page.waitForTimeout(500);
      await page.goto('/propose');
    }
    await picture(page, 'propose');
    await page.goto('/proposals');
    await page.getByText('Proposed by Nina').waitFor();
    await picture(page, 'proposals');
    for (const address of READERS.slice(1, 4)) {
      const other = await visit();
      await other.goto('/proposals');
      await other.getByRole('button', { name: /^I want it/ }).click();
      await signIn(other, address);
      await picture(other, 'proposal');
      await other.getByRole('button', { name: 'I want it in the next edition' }).click();
      await other.getByRole('heading', { level: 1 }).waitFor();
    }
    await page.goto('/propose');
    expect(await own.textContent()).toContain('Taken: it comes with an edition.');
    const draft = product.list('editions', 'draft') as { title: string }[];
    expect(draft.map(({ title }) => title)).toContain('Storks that winter on rubbish tips');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto('/propose');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  }, 240_000);
});
