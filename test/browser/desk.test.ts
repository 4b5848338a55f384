import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  findViolations,
  measureOverhang,
  openBrowser,
  openVisit,
  type Visit,
} from '../harness/browser.ts';
import { type Product, startProduct } from '../harness/product.ts';

const PASSWORD = 'correct horse battery';

let product: Product;
let browser: Browser;
let visits: Visit[] = [];
beforeAll(async () => {
  product = await startProduct({ SIGNUPS_PER_IP: '1000', REQUESTS_PER_MINUTE: '100000' });
  browser = await openBrowser();
  addOperator('ada', '--resend-all');
  addOperator('ben');
  addOperator('cleo', '--role', 'look');
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

/** As the CLI does it, with the password on standard input. */
function addOperator(name: string, ...options: string[]): void {
  product.commandWith(PASSWORD, 'operators', 'add', name, ...options);
}

const visit = async (given: Omit<Parameters<typeof openVisit>[1], 'url'> = {}) => {
  const opened = await openVisit(browser, { url: product.url, ...given });
  visits.push(opened);
  return opened.page;
};

/** Signs in by the page that a first visit leads to. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/admin');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: /^Today/ }).waitFor();
}

/** Each operator signs in once, and opens further windows of the same session: tries are limited. */
const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
async function enter(
  name: string,
  given: Omit<Parameters<typeof openVisit>[1], 'url'> = {},
): Promise<Page> {
  const page = await visit(given);
  const known = cookies.get(name);
  if (known) {
    await page.context().addCookies(known);
    await page.goto('/admin');
  } else {
    await signIn(page, name);
    cookies.set(name, await page.context().cookies());
  }
  return page;
}

const readersOf = () => product.list('subscribers', 'list') as { id: number; address: string }[];
const deliveriesOf = (...options: string[]) =>
  product.list('deliveries', 'list', ...options) as {
    id: number;
    address: string;
    edition: string;
    resend: number;
    refersTo: string | null;
    messageId: string;
  }[];

describe('an operator', () => {
  it('signs in, sees the morning, and signs out for good', async () => {
    const page = await visit();
    await signIn(page, 'ada');
    const main = (await page.locator('main').textContent()) ?? '';
    expect(main).toContain('3 readers due since the cut = 3 digests + 0 without');
    expect(main).toContain('Nothing needs you.');
    expect(await page.locator('svg.whole').getAttribute('aria-label')).toContain('accepted');
    const [cookie] = await page.context().cookies();
    expect(cookie).toMatchObject({ name: 'desk', httpOnly: true, sameSite: 'Strict' });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to the desk' }).waitFor();
    await page.context().addCookies(cookie ? [cookie] : []);
    await page.goto('/admin/audit');
    expect(page.url()).toContain('/admin/sign-in');
  });

  it('is kept out by a wrong password, and told nothing', async () => {
    const page = await visit();
    await page.goto('/admin/sign-in');
    await page.getByLabel('Name').fill('nobody');
    await page.getByLabel('Password').fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('do not belong together');
  });

  it('stops all sending and lets it go on, with the button of the need', async () => {
    const page = await enter('ada');
    await page.getByLabel('Why it should stop').fill('a look at the relay');
    await page.getByRole('button', { name: 'Stop all sending' }).click();
    const need = page.locator('.needs li', { hasText: 'All sending stands still' });
    expect(await need.textContent()).toContain('by ada: a look at the relay');
    expect(await need.textContent()).toContain('paperround deliveries resume all');
    await need.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByText('Nothing needs you.').waitFor();
  });

  it('finds a delivery, reads every try, and the very message without what acts', async () => {
    const page = await enter('ben');
    await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
    await page.getByLabel('State').selectOption('accepted');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.locator('.deliveries a').first().click();
    expect(await page.locator('main').textContent()).toMatch(/250 /);
    const frame = page.frameLocator('iframe.mail');
    // The frame has an empty body before its letter comes.
    await frame.getByText('Unsubscribe').first().waitFor();
    const links = await frame
      .locator('a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    const own = links.filter((link) => link.startsWith(product.url));
    expect(own.filter((link) => link.endsWith('/(hidden)')).length).toBeGreaterThan(2);
    const answer = await page.request.get(`${page.url()}/source`);
    const source = (await answer.text()).replace(/=\r\n/g, '');
    expect(source).toMatch(/^Message-ID: </im);
    for (const right of ['unsubscribe', 'preferences', 'vote', 'view']) {
      const shown = [...source.matchAll(new RegExp(`/${right}/([^\\s">)]*)`, 'g'))];
      expect(shown.length).toBeGreaterThan(0);
      for (const [, token] of shown) expect(token).toMatch(/^\(hidden/);
    }
  });
});

describe('resending', () => {
  it('shows counts and samples first, wants a reason and a yes, and makes one copy of two presses', async () => {
    const [first] = deliveriesOf('--state', 'accepted');
    const [ada, ben] = [await enter('ada'), await enter('ben')];
    for (const page of [ada, ben]) {
      await page.goto(`/admin/deliveries/${first?.id}`);
      await page.getByRole('link', { name: 'Resend…' }).click();
      const main = (await page.locator('main').textContent()) ?? '';
      expect(main).toContain('Nothing is sent yet');
      expect(main).toContain('is sent a second copy');
      expect(main).toContain(first?.address);
      await page.getByLabel('Why').fill('they lost it');
    }
    // Without the yes nothing goes out.
    await ada.getByRole('button', { name: 'Resend' }).click();
    await ada.getByText('a second one needs your yes').waitFor();
    expect(deliveriesOf('--address', first?.address ?? '')).toHaveLength(1);

    await ada.goto(`/admin/resend?kind=delivery&delivery=${first?.id}`);
    await ada.getByLabel('Why').fill('they lost it');
    for (const page of [ada, ben]) await page.getByLabel(/Yes: 1 of them/).check();
    const press = (page: Page) => page.getByRole('button', { name: 'Resend' }).dblclick();
    await Promise.all([press(ada), press(ben)]);
    for (const page of [ada, ben]) {
      await settle(page);
    }
    const copies = deliveriesOf('--address', first?.address ?? '');
    expect(copies.map(({ resend }) => resend)).toEqual([1, 0]);
    expect(copies[0]?.refersTo).toBe(copies[1]?.messageId);
    await ada.goto('/admin/audit?action=resend');
    expect(await ada.locator('main').textContent()).toMatch(
      /(ada|ben) resent delivery \d+.*they lost it/s,
    );
  });

  it('resends what a filter shows', async () => {
    const page = await enter('ada');
    const [reader] = readersOf();
    await page.goto(`/admin/deliveries?address=${reader?.address}&state=accepted`);
    await page.getByRole('link', { name: /^Resend what this shows/ }).click();
    await page.getByLabel('Why').fill('a filter');
    await page.getByLabel(/Yes: /).check();
    await page.getByRole('button', { name: 'Resend' }).click();
    await settle(page);
    expect(await page.locator('main').textContent()).toContain('is sent a second copy');
  });

  it('corrects an edition to everyone, by who has the right', async () => {
    const [one] = deliveriesOf('--state', 'accepted');
    const path = `/admin/resend?kind=correction&edition=${one?.edition}`;
    const prepare = async (page: Page) => {
      await page.goto(path);
      await page.getByLabel('What was wrong').fill('Two authors were mixed up.');
      await page.getByRole('button', { name: 'See whom it reaches' }).click();
      await page.getByText('3 of 3 would go out').waitFor();
    };
    const ben = await enter('ben');
    await prepare(ben);
    expect(await ben.getByRole('button', { name: 'Resend' }).count()).toBe(0);
    const before = deliveriesOf().length;
    const ada = await enter('ada');
    await prepare(ada);
    await ada.getByLabel('Why').fill('an author wrote');
    await ada.getByLabel(/Yes: 3 of them/).check();
    await ada.getByRole('button', { name: 'Resend' }).click();
    await settle(ada);
    const after = deliveriesOf();
    expect(after.length - before).toBe(3);
    await ada.goto(`/admin/deliveries/${after[0]?.id}`);
    expect(await ada.locator('main').textContent()).toMatch(/Correction: /);
    const frame = ada.frameLocator('iframe.mail');
    await frame.getByText('Two authors were mixed up.').first().waitFor();
  });

  it('has nothing to hurry, and says so', async () => {
    const page = await enter('ada');
    await page.getByRole('link', { name: 'Try now what waits for its next try' }).click();
    expect(await page.locator('main').textContent()).toContain('0 of 0 would go out');
  });
});

describe('a subscriber', () => {
  it('is found, explained, previewed, paused, taken along and erased', async () => {
    product.command('subscribers', 'add', 'dora@readers.example', '--topic', 'reward models');
    const page = await enter('ada');
    await page.goto('/admin/subscribers');
    await page.getByLabel('Part of an address').fill('DORA@');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'dora@readers.example' }).click();
    expect(await page.locator('main').textContent()).toContain('reward models');
    await page.getByLabel('On this date').fill('2999-01-04');
    await page.getByRole('button', { name: 'Tell me' }).click();
    await page.getByRole('heading', { name: '2999-01-04' }).waitFor();
    const here = page.url().replace(/\?.*/, '');
    await page.getByRole('button', { name: 'Look' }).click();
    expect(await page.locator('body').textContent()).toContain('Unsubscribe');
    expect(await page.content()).toContain('(hidden)');

    await page.goto(here);
    await page.getByLabel(/^Pause until/).fill('2999-01-31');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Saved.');
    expect(await page.getByLabel(/^Pause until/).inputValue()).toMatch(/^2999-01-3/);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export everything kept of them' }).click();
    const data = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(data).toMatchObject({ address: 'dora@readers.example' });

    await page.goto(here);
    await page.getByText('Erase them').click();
    await page.getByLabel('Their address').fill('another@readers.example');
    await page.getByRole('button', { name: 'Erase' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Nothing was erased');
    await page.getByText('Erase them').click();
    await page.getByLabel('Their address').fill('dora@readers.example');
    await page.getByRole('button', { name: 'Erase' }).click();
    await page.waitForURL('**/admin/subscribers');
    expect(readersOf().map(({ address }) => address)).not.toContain('dora@readers.example');
  });
});

describe('subscribers by the file', () => {
  const csv = [
    'address,confirmed_at,topics',
    'fay@readers.example,2024-05-07,"=1+1"',
    'nobody,2024-05-07,',
    'gus@readers.example,,reward models',
  ].join('\n');
  const file = { name: 'readers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) };

  it('shows what a file would come to before the press, and gives all out again', async () => {
    const page = await enter('ben');
    await page.goto('/admin/subscribers');
    await page.getByRole('link', { name: 'Import CSV…' }).click();
    await page.getByLabel('Where it comes from').fill('the sheet of our reading group');
    await page.getByLabel('CSV file').setInputFiles(file);
    await page.getByRole('button', { name: 'See what it would come to' }).click();
    const main = page.locator('main');
    await page.getByText('A dry run: nothing is written yet.').waitFor();
    expect(await main.textContent()).toContain('3 rows read: 1 would be subscribed');
    expect(await main.textContent()).toMatch(/"nobody" is not an email address.*\s*line 3/);
    expect(await main.textContent()).toMatch(/nothing says when they agreed\s*line 4/);
    expect(readersOf().map(({ address }) => address)).not.toContain('fay@readers.example');
    const refused = page.waitForEvent('download');
    await page.getByRole('link', { name: 'All of them as CSV' }).click();
    expect(await readFile(await (await refused).path(), 'utf8')).toContain('\n4,unconfirmed,');

    await page.getByRole('button', { name: 'Take 1 of them over' }).click();
    await page.getByText('Done.').waitFor();
    expect(readersOf().map(({ address }) => address)).toContain('fay@readers.example');
    const consents = product.command('subscribers', 'show', 'fay@readers.example') as {
      consents: { form: string; text: string }[];
    };
    expect(consents.consents).toMatchObject([
      { form: 'import', text: expect.stringContaining('the sheet of our reading group') },
    ]);
    await page.goto('/admin/audit?action=import');
    expect(await main.textContent()).toMatch(/ben imported subscribers/);

    await page.goto('/admin/subscribers');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all as CSV' }).click();
    const all = await readFile(await (await download).path(), 'utf8');
    expect(all).toContain('fay@readers.example,active,2024-05-07T00:00:00.000Z,');
    expect(all).toContain(",'=1+1,");
    product.command('subscribers', 'erase', 'fay@readers.example', '--yes');
  });
});

describe('suppressions', () => {
  it('are listed, added, filtered and lifted with a reason, here and on a page of a subscriber', async () => {
    product.command('subscribers', 'add', 'hal@readers.example');
    const page = await enter('ben');
    await page.getByRole('link', { name: 'Suppressions' }).click();
    await page.getByLabel('Address').fill('hal@readers.example');
    await page.getByLabel('Why').fill('they asked by phone');
    await page.getByRole('button', { name: 'Suppress' }).click();
    expect(await page.getByRole('status').textContent()).toContain('gets no mail any more');
    await page.getByLabel('Because').selectOption('operator');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.locator('.rows').textContent()).toContain('they asked by phone');
    await page.getByRole('link', { name: 'hal@readers.example' }).click();
    expect(await page.locator('main').textContent()).toContain('(operator): nothing is sent');
    await page.getByLabel('Let them be mailed again, because').fill('they called again');
    await page.getByRole('button', { name: 'Lift' }).click();
    expect(await page.getByRole('status').textContent()).toContain('They get mail again');
    await page.getByLabel('Never mail them again, because').waitFor();
    product.command('subscribers', 'erase', 'hal@readers.example', '--yes');
  });
});

describe('who may only look', () => {
  it('sees no button, and is refused where they press one all the same', async () => {
    const page = await enter('cleo');
    const [delivery] = deliveriesOf();
    const [reader] = readersOf();
    for (const path of [
      '/admin',
      '/admin/deliveries?state=accepted',
      `/admin/deliveries/${delivery?.id}`,
      `/admin/subscribers/${reader?.id}`,
      '/admin/subscribers',
      '/admin/suppressions',
      '/admin/inbox',
      '/admin/announcements',
      '/admin/audit',
      '/admin/sessions',
    ]) {
      await page.goto(path);
      const forms = page.locator('main form[method=post]');
      expect([path, await forms.count()]).toEqual([path, 0]);
      expect([path, await page.getByRole('link', { name: /^Resend/ }).count()]).toEqual([path, 0]);
    }
    await page.goto('/admin/resend?kind=delivery&delivery=1');
    if ((await page.getByLabel('Why').count()) > 0) {
      await page.getByLabel('Why').fill('I want to');
      await page.getByRole('button', { name: 'Resend' }).click();
      await page.getByRole('heading', { name: 'You may not do this' }).waitFor();
    }
  });
});

describe('live', () => {
  it('follows an edition while it runs, without opening the page again', async () => {
    product.command('subscribers', 'add', 'eve@readers.example', '--topic', 'reward models');
    product.command('deliveries', 'pause', 'all');
    product.importPapers('Live');
    product.command('editions', 'cut');
    // It composes what is due, and ends with 1 for what stands still.
    expect(() => product.command('deliveries', 'run', '--everyone')).toThrow('Command failed');
    const page = await enter('ada');
    const bar = page.getByRole('progressbar');
    await bar.waitFor();
    expect(await page.locator('#progress').textContent()).toContain('0 of 1 ended');
    product.command('deliveries', 'resume', 'all');
    await bar.waitFor({ state: 'detached' });
    expect(await page.locator('#progress').textContent()).toMatch(
      /accepted by the mail server\s*1/,
    );
  });
});

describe('a broken feed', () => {
  it('needs a person, with the reason and its button', async () => {
    // Addresses on this machine are refused: no feed is asked outside of it.
    product.command(
      'feeds',
      'add',
      'http://127.0.0.1:1/feed.xml',
      '--yes',
      '--name',
      'a broken feed',
    );
    const page = await enter('ada');
    await page.getByRole('link', { name: 'Feeds' }).click();
    await page.getByRole('link', { name: 'a broken feed' }).click();
    await page.getByRole('button', { name: 'Fetch it now' }).click();
    const need = page.locator('.needs li', { hasText: 'The feed a broken feed is broken' });
    await expectLater(async () => {
      await page.goto('/admin');
      return (await need.count()) === 1;
    });
    expect(await need.textContent()).toContain('paperround feeds show "a broken feed"');
    await need.getByRole('button', { name: 'Fetch it now' }).click();
    await page.getByRole('heading', { name: 'a broken feed' }).waitFor();
    expect(await page.locator('.state-broken').count()).toBeGreaterThan(0);
  });
});

describe.each([
  ['light', 360],
  ['dark', 360],
  ['light', 1280],
  ['dark', 1280],
] as const)('in %s at %i pixels', (colorScheme, width) => {
  it('every page of the desk can be used by everyone', async () => {
    const door = await visit({ width, colorScheme });
    const page = await enter('ada', { width, colorScheme });
    const see = async (seen: Page, name: string) => {
      expect([name, await measureOverhang(seen)]).toEqual([name, 0]);
      // The frame of a mail is sandboxed: axe cannot reach into it, and need not.
      expect([name, await findViolations(seen)]).toEqual([name, []]);
      const folder = process.env['SCREENSHOTS'];
      const path = `${folder}/desk-${name}-${colorScheme}-${width}.png`;
      if (folder) await seen.screenshot({ path, fullPage: true });
      const mail = seen.locator('iframe.mail').first();
      const part = `${folder}/desk-${name}-mail-${colorScheme}-${width}.png`;
      if (folder && (await mail.count()) > 0) await mail.screenshot({ path: part });
    };
    await door.goto('/admin/sign-in');
    await see(door, 'sign-in');
    const [delivery] = deliveriesOf();
    const [reader] = readersOf();
    const note = ['--reason', 'a letter of 3 March: they want no mail of any kind any more'];
    product.command('suppressions', 'add', reader?.address ?? '', ...note);
    product.command('suppressions', 'add', 'nobody-has-this@readers.example', ...note);
    for (const [name, path] of [
      ['today', '/admin'],
      ['deliveries', '/admin/deliveries'],
      ['delivery', `/admin/deliveries/${delivery?.id}`],
      ['resend', `/admin/resend?kind=delivery&delivery=${delivery?.id}`],
      ['correction', `/admin/resend?kind=correction&edition=${delivery?.edition}`],
      ['pressed', '/admin/resend/1'],
      ['subscribers', '/admin/subscribers'],
      ['subscriber', `/admin/subscribers/${reader?.id}`],
      ['subscriber-new', '/admin/subscribers/new'],
      ['wishes', `/admin/subscribers/${readersOf().at(-1)?.id}/wishes`],
      ['edition', `/admin/editions/${delivery?.edition}`],
      ['factor', '/admin/factor'],
      ['templates', `/admin/templates?scheme=${colorScheme}`],
      ['import', '/admin/subscribers/import'],
      ['import-done', '/admin/subscribers/import/1'],
      ['suppressions', '/admin/suppressions'],
      ['inbox', '/admin/inbox'],
      ['audit', '/admin/audit'],
      ['sessions', '/admin/sessions'],
      ['settings', '/admin/settings'],
      ['feeds', '/admin/feeds'],
      ['feed', '/admin/feeds/1'],
    ] as const) {
      await page.goto(path);
      await see(page, name);
    }
    await page.goto('/admin/factor');
    await page.getByLabel(/^Your password, to (set it up|begin anew)/).fill(PASSWORD);
    await page.getByRole('button', { name: /^(Set it up|Begin anew)$/ }).click();
    await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    await see(page, 'factor-begun');
    await page.goto('/admin/feeds');
    await page.getByLabel('Where its papers are').fill('http://127.0.0.1:1/feed.xml');
    await page.getByRole('button', { name: 'Find it' }).click();
    await page.getByRole('alert').waitFor();
    await see(page, 'feeds-not-found');
    await page.goto('/admin/subscribers/import');
    await page.getByLabel('Where it comes from').fill('a file for a picture, of nobody at all');
    const rows = [
      'address,confirmed_at',
      'ivy@readers.example,2024-05-07',
      'nobody,',
      'x@y.example,',
    ];
    const buffer = Buffer.from(rows.join('\n'));
    await page
      .getByLabel('CSV file')
      .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'See what it would come to' }).click();
    await page.getByRole('heading', { name: 'What this file would come to' }).waitFor();
    await see(page, 'import-tried');
    product.command('deliveries', 'pause', 'all', '--reason', 'for a picture');
    await page.goto('/admin');
    await see(page, 'today-needs');
    product.command('deliveries', 'resume', 'all');
  });
});

/** Waits on the page of a press until it is done. */
async function settle(page: Page): Promise<void> {
  await page.waitForURL(/\/admin\/resend\/\d+$/);
  await expectLater(async () => {
    await page.reload();
    return (await page.getByRole('status').textContent())?.includes('Done.') === true;
  });
}

async function expectLater(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 40; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 250);
    });
  }
  throw new Error('it never came');
}
