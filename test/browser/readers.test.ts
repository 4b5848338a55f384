import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import {
  findViolations,
  measureOverhang,
  openBrowser,
  openVisit,
  type Visit,
} from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

let product: Product;
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct({
    SIGNUPS_PER_IP: '1000',
    FORM_MAILS_PER_ADDRESS: '50',
    // Nobody is there.
    ZOTERO_URL: 'http://127.0.0.1:9',
  });
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});
afterEach(async () => {
  const seen = visits;
  visits = [];
  for (const { context } of seen) await context.close();
  expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
  const asked = seen.flatMap(({ requests }) => requests);
  expect(asked.filter((address) => new URL(address).origin !== product.url)).toEqual([]);
});

const visit = async (given: Omit<Parameters<typeof openVisit>[1], 'url'> = {}) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened.page;
};

/** The text part and the source of the mails that an address got, newest first. */
async function readMails(page: Page, address: string): Promise<{ text: string; source: string }[]> {
  await page.goto('/outbox');
  const links = await page
    .locator('.mails li', { hasText: address })
    .locator('a')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  const mails = [];
  for (const link of links) {
    await page.goto(link);
    const text = (await page.locator('pre').textContent()) ?? '';
    const source = (await page.request.get(`${link}/source`).then((answer) => answer.text())) ?? '';
    mails.push({ text, source });
  }
  return mails;
}

/** Waits until an address has got so many mails; the newest. */
async function waitForMail(page: Page, address: string, count: number) {
  for (let tries = 0; tries < 60; tries += 1) {
    const mails = await readMails(page, address);
    if (mails.length >= count && mails[0]) return mails[0];
    await page.waitForTimeout(250);
  }
  throw new Error(`${address} did not get ${count} mails`);
}

/** The text of the digest that an address got, and where the outbox shows its HTML. */
async function readDigest(page: Page, address: string): Promise<{ text: string; html: string }> {
  await page.goto('/outbox');
  const digest = page.locator('.mails li', { hasText: address }).first().locator('a');
  const link = (await digest.getAttribute('href')) ?? '';
  await page.goto(link);
  return { text: (await page.locator('pre').textContent()) ?? '', html: `${link}/html` };
}

function linkIn(text: string, right: string): string {
  const link = new RegExp(`http\\S+/${right}/\\S+`).exec(text)?.[0];
  if (!link) throw new Error(`no link to ${right} in ${text}`);
  return new URL(link).pathname;
}

/** Signs somebody up by the real pages; the preference page's path. */
async function becomeReader(page: Page, address: string): Promise<string> {
  await page.goto('/subscribe');
  await page.getByLabel('Words and topics').fill('reward models');
  await page.getByLabel('Email address').fill(address);
  await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  await page.goto(linkIn((await waitForMail(page, address, 1)).text, 'confirm'));
  await page.getByRole('button', { name: 'Confirm my subscription' }).click();
  await page.getByRole('heading', { name: 'You are subscribed' }).waitFor();
  return linkIn((await waitForMail(page, address, 2)).text, 'preferences');
}

/** The private page's path, by a fresh link. */
async function enterPrivate(page: Page, address: string, preferences: string): Promise<string> {
  const before = (await readMails(page, address)).length;
  await page.goto(preferences);
  await page.getByRole('button', { name: 'Mail me my private link' }).click();
  await page.getByRole('status').waitFor();
  return linkIn((await waitForMail(page, address, before + 1)).text, 'private');
}

describe('a stranger', () => {
  it('sees their digest first, subscribes, reads, and leaves by one click', async () => {
    const page = await visit();
    const address = 'stranger@readers.example';
    await page.goto('/subscribe');
    await page.getByLabel('Words and topics').fill('reward models');
    await page.getByRole('button', { name: 'Show me my digest' }).click();
    const preview = page.locator('section', { hasText: 'What you would have got' });
    const promised = await preview.locator('h4').allInnerTexts();
    expect(promised).toHaveLength(10);
    await becomeReader(page, address);

    const digest = await waitForMail(page, address, 2);
    for (const title of promised) expect(digest.text.replace(/\s+/g, ' ')).toContain(title);
    // Out of the delivered MIME, as a mail program does it.
    const header = /^List-Unsubscribe: ?\s*<([^>]+)>/im.exec(digest.source)?.[1] ?? '';
    expect(header).toMatch(/^http/);
    expect(digest.source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/im);
    const answer = await page.request.post(header, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      data: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status()).toBe(200);

    product.nextEdition('After leaving');
    expect((await readMails(page, address)).length).toBe(2);
    expect(product.command('subscribers', 'show', address)).toMatchObject({
      state: 'ended',
      endReason: 'one-click',
      endedAt: expect.any(String),
    });
  });

  it('is proposed their own time zone, may change it, and needs no script for any of it', async () => {
    const here = await visit({ timezoneId: 'Asia/Kolkata' });
    await here.goto('/subscribe');
    // Chromium calls it Asia/Calcutta; the list has it by the name of today.
    expect(await here.getByLabel('Time zone').inputValue()).toBe('Asia/Kolkata');
    // What browsers say of a machine without a place, of one with an old name, and of one that knows nothing.
    for (const [reported, proposed] of [
      ['+03:00', 'Etc/GMT-3'],
      ['US/Eastern', 'America/New_York'],
      ['Etc/Unknown', 'Etc/UTC'],
    ] as const) {
      const odd = await visit();
      await odd.addInitScript((timeZone) => {
        Intl.DateTimeFormat.prototype.resolvedOptions = () =>
          ({ timeZone }) as Intl.ResolvedDateTimeFormatOptions;
      }, reported);
      await odd.goto('/subscribe');
      expect(await odd.getByLabel('Time zone').inputValue()).toBe(proposed);
    }
    const plain = await visit({ javaScriptEnabled: false, width: 360 });
    await plain.goto('/subscribe');
    await plain.getByLabel('Words and topics').fill('verification');
    await plain.getByLabel('Time zone').selectOption('Pacific/Auckland');
    await plain.getByRole('button', { name: 'Show me my digest' }).click();
    expect(await plain.getByLabel('Time zone').inputValue()).toBe('Pacific/Auckland');
    await plain.getByLabel('Email address').fill('plain@readers.example');
    await plain.getByLabel('Email address').press('Enter');
    await plain.waitForURL('**/subscribe/asked');
    const mail = await waitForMail(plain, 'plain@readers.example', 1);
    await plain.goto(linkIn(mail.text, 'confirm'));
    await plain.getByRole('button').click();
    await plain.getByText('Pacific/Auckland').waitFor();
  });

  it('subscribes where they read, by an address alone', async () => {
    for (const [path, timezoneId, zone] of [
      ['/', 'Asia/Kolkata', 'Asia/Kolkata'],
      ['/editions/2025-05-07', 'Etc/UTC', 'UTC'],
    ] as const) {
      const page = await visit({ timezoneId, width: 360 });
      const address = `reads-${zone.replace('/', '-').toLowerCase()}@readers.example`;
      await page.goto(path);
      if (path === '/') {
        const box = await page.getByRole('button', { name: 'Subscribe' }).boundingBox();
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(640);
      }
      await page.getByLabel('Email address').fill(address);
      await page.getByLabel('Email address').press('Enter');
      await page.waitForURL('**/subscribe/asked');
      await page.goto(linkIn((await waitForMail(page, address, 1)).text, 'confirm'));
      expect(await page.locator('.facts').textContent()).toContain(zone);
    }
  });

  it('hears what is wrong and loses nothing of what was typed', async () => {
    const page = await visit({ javaScriptEnabled: false });
    await page.goto('/subscribe');
    await page.getByLabel('Words and topics').fill('x'.repeat(100));
    for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
      await page.getByLabel(day).uncheck();
    }
    await page.getByLabel('Email address').fill('a@localhost');
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
    const alert = (await page.getByRole('alert').textContent()) ?? '';
    expect(alert).toContain('is not an email address');
    expect(alert).toContain('at most 80 characters');
    expect(alert).toContain('Choose at least one day.');
    expect(await page.getByLabel('Email address').inputValue()).toBe('a@localhost');
    expect(await page.getByLabel('Words and topics').inputValue()).toHaveLength(100);
  });

  it('can do it by keyboard alone', async () => {
    const page = await visit();
    await page.goto('/subscribe');
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("name") ?? document.activeElement.textContent',
      );
    const reach = async (name: string) => {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        if ((await focused()) === name) return;
      }
      throw new Error(`the key Tab never leads to ${name}`);
    };
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await reach('address');
    await page.keyboard.type('keys@readers.example');
    await reach('topics');
    await page.keyboard.type('reward models');
    await reach('Subscribe with these choices');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/subscribe/asked');
  });
});

describe('a reader', () => {
  it('sees what tomorrow would bring when saving, and pauses', async () => {
    const page = await visit();
    const address = 'chooser@readers.example';
    const preferences = await becomeReader(page, address);
    await page.goto(preferences);
    await page.getByLabel('Never show').fill('reward');
    await page.getByLabel('Words and topics').fill('vision-language');
    await page.getByLabel('Papers per mail').selectOption('3');
    await page.getByRole('button', { name: 'Save' }).click();
    const titles = await page.locator('#digests ~ .digest h4').allInnerTexts();
    expect(titles.length).toBeGreaterThan(0);
    expect(titles.length).toBeLessThanOrEqual(3);
    for (const title of titles) expect(title).not.toMatch(/reward/i);
    await page.getByLabel('Pause until').fill('2999-01-31');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('main').textContent()).toContain(
      'Paused: no mail before Thursday, 31 January 2999.',
    );
    const before = (await readMails(page, address)).length;
    product.nextEdition('While paused');
    expect((await readMails(page, address)).length).toBe(before);
  });

  it('votes by the mail, sees the change, takes it back, and pastes a library', async () => {
    const page = await visit({ javaScriptEnabled: false });
    const address = 'voter@readers.example';
    const preferences = await becomeReader(page, address);
    const { text } = await readDigest(page, address);
    await page.goto(`${linkIn(text, 'vote')}?way=less`);
    expect(await page.locator('h1').textContent()).toBe('Less like this?');
    const title = (await page.locator('.voted h2').textContent()) ?? '';
    await page.getByRole('button', { name: 'Less like this' }).click();
    expect(await page.getByRole('status').textContent()).toContain('less like this');
    const after = await page.locator('.digest h4').allInnerTexts();
    expect(after.indexOf(title)).not.toBe(0);
    await page.goto(preferences);
    await page.getByRole('link', { name: 'What your digest has learned' }).click();
    expect(await page.locator('main').textContent()).toContain('Moves papers down');
    await page.getByRole('button', { name: `Take back: ${title}` }).click();
    expect(await page.locator('main').textContent()).toContain('You have not voted on a paper.');

    await page
      .getByLabel('Papers that you have')
      .fill('@misc{a, title = {Reward models for maths}}');
    await page.getByRole('button', { name: 'Add to my library' }).click();
    expect(await page.getByRole('status').textContent()).toContain('1 paper added.');
    await page.goto(preferences);
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('.digest').textContent()).toContain('Like 1 paper in your library.');
  });

  it('looks back, takes BibTeX and data along, moves, and is erased', async () => {
    const page = await visit();
    const address = 'mover@readers.example';
    const preferences = await becomeReader(page, address);
    const here = await enterPrivate(page, address, preferences);
    await page.goto(here);
    expect(await page.locator('.picks li').count()).toBeGreaterThan(0);
    await page.getByLabel('Search your papers').fill('reward');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('.picks input').first().check();
    const bibtex = page.waitForEvent('download');
    await page.getByRole('button', { name: /BibTeX/ }).click();
    expect(await readFile(await (await bibtex).path(), 'utf8')).toMatch(/^@misc\{/);
    await page.goto(here);
    const data = page.waitForEvent('download');
    await page.getByRole('link', { name: /Download everything/ }).click();
    expect(JSON.parse(await readFile(await (await data).path(), 'utf8'))).toMatchObject({
      address,
    });

    const moved = 'moved@readers.example';
    await page.goto(here);
    await page.getByLabel('New email address').fill(moved);
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('status').waitFor();
    await page.goto(linkIn((await waitForMail(page, moved, 1)).text, 'address'));
    await page.getByRole('button', { name: 'Use this address' }).click();
    await page.getByRole('heading', { name: 'Your address is changed' }).waitFor();

    const again = await enterPrivate(page, moved, preferences);
    await page.goto(again);
    await page.getByRole('link', { name: 'Erase everything' }).click();
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('heading', { name: 'Everything is erased' }).waitFor();
    expect((await page.goto(preferences))?.status()).toBe(404);
    const readers = product.list('subscribers', 'list') as { address: string }[];
    expect(readers.map((reader) => reader.address)).not.toContain(moved);
  });
});

describe.each([
  ['light', 360],
  ['dark', 360],
  ['light', 1280],
  ['dark', 1280],
] as const)('in %s at %i pixels', (colorScheme, width) => {
  it('every page of a reader can be used by everyone', async () => {
    const page = await visit({ width, colorScheme });
    const address = `every-${colorScheme}-${width}@readers.example`;
    await page.goto('/subscribe');
    await page.getByLabel('Words and topics').fill('reward models');
    await page.getByLabel('Email address').fill(address);
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
    const confirm = linkIn((await waitForMail(page, address, 1)).text, 'confirm');
    const see = async (name: string) => {
      expect([name, await measureOverhang(page)]).toEqual([name, 0]);
      const violations = await findViolations(page);
      // A mail is no page: landmarks are the mail program's.
      const isOfPages = (each: string) => !/^(landmark-one-main|region) /.test(each);
      const held = name === 'digest-mail' ? violations.filter(isOfPages) : violations;
      expect([name, held]).toEqual([name, []]);
      const folder = process.env['SCREENSHOTS'];
      const path = `${folder}/${name}-${colorScheme}-${width}.png`;
      if (folder) await page.screenshot({ path, fullPage: true });
    };
    for (const [name, path] of [
      ['home', '/'],
      ['editions', '/editions'],
      ['edition', '/editions/2025-05-07'],
      ['edition-titles', '/editions/2025-05-07?view=titles'],
      ['group', '/editions/2025-05-07/groups/1'],
      ['subscribe', '/subscribe'],
    ] as const) {
      await page.goto(path);
      await see(name);
    }
    await page.getByLabel('Words and topics').fill('reward models');
    await page.getByRole('button', { name: 'Show me my digest' }).click();
    await see('subscribe-preview');
    await page.goto('/subscribe/asked');
    await see('asked');
    await page.goto(confirm);
    await see('confirm');
    await page.getByRole('button', { name: 'Confirm my subscription' }).click();
    await see('confirmed');
    const preferences = linkIn((await waitForMail(page, address, 2)).text, 'preferences');
    const leave = linkIn((await waitForMail(page, address, 2)).text, 'unsubscribe');
    await page.goto(preferences);
    await see('preferences');
    await page.getByRole('button', { name: 'Save' }).click();
    await see('preferences-saved');
    const { text, html } = await readDigest(page, address);
    await page.goto(html);
    await see('digest-mail');
    const vote = linkIn(text, 'vote');
    await page.goto(`${vote}?way=more`);
    await see('vote');
    await page.getByRole('button', { name: 'More like this' }).click();
    await see('vote-recorded');
    await page.goto(vote);
    await see('vote-again');
    await page.goto(preferences);
    await page.getByRole('link', { name: 'What your digest has learned' }).click();
    await see('taste');
    const library = '2503.01234\n@misc{a, title = {A study of reward models in reefs}}\nnonsense';
    await page.getByLabel('Papers that you have').fill(library);
    await page.getByRole('button', { name: 'Add to my library' }).click();
    await page.getByText('Understood, line by line').click();
    await page.getByText('Clear the library').click();
    await see('taste-library');
    const ris = 'TY  - JOUR\nTI  - A study of reefs\nDO  - 10.5555/reefs\nER  - ';
    const file = { name: 'papers.ris', mimeType: 'text/plain', buffer: Buffer.from(ris) };
    await page.getByLabel('Or a file').setInputFiles(file);
    await page.getByRole('button', { name: 'Add the file' }).click();
    await page.getByText('1 paper, as RIS').waitFor();
    await see('taste-file');
    const here = await enterPrivate(page, address, preferences);
    for (const [name, path] of [
      ['private', here],
      ['private-search', `${here}?q=reward`],
      ['erase', `${here}/erase`],
      ['link', '/link'],
      ['unsubscribe', leave],
      ['not-found', '/nothing'],
    ] as const) {
      await page.goto(path);
      await see(name);
    }
    await page.goto(here);
    await page.getByLabel('A library to follow').fill('https://www.zotero.org/groups/2482');
    await page.getByRole('button', { name: 'Follow it' }).click();
    await page.getByRole('link', { name: 'groups/2482' }).waitFor();
    await see('private-followed');
    await page.goto(leave);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await see('unsubscribed');
    await page.getByRole('button', { name: 'Mail me the way back' }).click();
    await see('return');
  });
});
