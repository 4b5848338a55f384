import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { findViolations, measureOverhang, openBrowser, openVisit } from '../harness/browser.ts';
import { playWorld, type World, type WorldPaper } from '../harness/citing-world.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { playedBy } from '../harness/feeds.ts';
import { type Product, startProduct } from '../harness/product.ts';

const looks = [
  ['light', 360],
  ['dark', 360],
  ['light', 1280],
] as const;

const ORCID = '0000-0002-1825-0097';
const own = (number: number, title: string, date: string): WorldPaper => ({
  doi: `10.5555/own.${number}`,
  title,
  authors: ['Ada Lovelace'],
  date,
  authorIds: [ORCID],
  number,
});
const citer = (number: number, title: string, cites: readonly string[]): WorldPaper => ({
  doi: `10.5555/citer.${number}`,
  title,
  authors: ['Grace Hopper', 'Joan Clarke'],
  date: '2026-10-02',
  cites,
  number,
});
const world: World = {
  papers: [
    own(1, 'Reward models that weave algebraical patterns as looms weave flowers', '2025-03-01'),
    own(2, 'On the tides of harbours in winter', '2019-03-01'),
    { ...own(3, 'A note that was taken back', '2021-06-01'), isRetracted: true },
    citer(101, 'Learning to weave: a survey of pattern engines', [
      '10.5555/own.1',
      '10.5555/own.2',
    ]),
    citer(102, 'Harbours without ice', ['10.5555/own.2']),
    { ...citer(103, 'My own sequel', ['10.5555/own.1']), authors: ['Ada Lovelace'] },
  ],
};

describe('a reader’s page of who cites them', () => {
  let product: Product;
  let source: FeedServer;
  let browser: Browser;
  beforeAll(async () => {
    source = await openFeedServer();
    source.answer = playWorld(world);
    product = await startProduct({
      ...playedBy(source),
      LOOK_UP_PAPERS: 'true',
      ALLOW_PRIVATE_FEEDS: 'true',
    });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await source?.close();
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
    await page.goto(await preferencesOf(page, address));
    await page.getByRole('link', { name: 'Name your own works' }).click();
    await see('cited-none');
    await name(page, 'my best paper\n0000-0002-1825-0098');
    expect(await page.getByRole('alert').textContent()).toContain('Nothing was added.');
    await see('cited-faults');
    await name(page, ORCID);
    const here = page.url();
    await comesTrue(page, here, 'OpenAlex has 3 works with an id.');
    await see('cited-author');
    await page.getByRole('button', { name: 'Add those that are ticked' }).click();
    expect(await page.getByRole('status').textContent()).toBe('3 works added.');
    await comesTrue(page, here, 'Retracted, says OpenAlex.');
    await comesTrue(page, here, '2 papers are known to cite it');
    await see('cited');
    expect(errors).toEqual([]);
    expect(requests.filter((each) => !each.startsWith(url))).toEqual([]);
  });

  async function name(page: Page, works: string): Promise<void> {
    await page.getByLabel('Works of yours').fill(works);
    await page.getByRole('button', { name: 'Add to my works' }).click();
  }

  /** The page, opened again until it says so. */
  async function comesTrue(page: Page, path: string, says: string): Promise<void> {
    for (let tries = 0; tries < 240; tries += 1) {
      await page.goto(path);
      if ((await page.content()).includes(says)) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`the page never said: ${says}`);
  }

  async function preferencesOf(page: Page, address: string): Promise<string> {
    for (let tries = 0; tries < 120; tries += 1) {
      await page.goto('/outbox');
      const link = page.locator('.mails li', { hasText: address }).first().locator('a');
      if ((await link.count()) > 0) {
        await page.goto((await link.getAttribute('href')) ?? '');
        const text = (await page.locator('pre').textContent()) ?? '';
        const path = /http\S+(\/preferences\/\S+)/.exec(text)?.[1];
        if (path) return path;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error('there is no mail');
  }
});
