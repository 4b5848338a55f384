import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Somebody in front of a browser: what they see, and what their browser did behind it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Every address that any page or frame of this visit asked for. */
  readonly requests: string[];
  /** Faults that the console shows, a page's own status apart. */
  readonly errors: string[];
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);

/** Starts the machine's own Chromium. Throws where there is none. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? PROGRAMS.find((path) => existsSync(path));
  if (!executablePath) throw new Error('the browser tests need Chromium; CHROMIUM may name it');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  });
}

/** Opens a window of a width in pixels, with nothing kept from other visits. */
export async function openVisit(
  browser: Browser,
  given: {
    url: string;
    width?: number;
    javaScriptEnabled?: boolean;
    colorScheme?: 'light' | 'dark';
    timezoneId?: string;
  },
): Promise<Visit> {
  const { url, width = 1280, ...rest } = given;
  const viewport = { width, height: 800 };
  const context = await browser.newContext({ baseURL: url, viewport, ...rest });
  const requests: string[] = [];
  const errors: string[] = [];
  const visited = new Set<string>();
  context.on('request', (request) => {
    requests.push(request.url());
    if (request.isNavigationRequest()) visited.add(request.url());
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // What a page left behind unfinished is nobody's fault.
    if (reason !== 'net::ERR_ABORTED') errors.push(`${reason}: ${request.url()}`);
  });
  context.on('weberror', (error) => errors.push(String(error.error())));
  context.on('console', (message) => {
    const isStatus = message.text().startsWith('Failed to load resource');
    if (message.type() !== 'error' || (isStatus && visited.has(message.location().url))) return;
    errors.push(`${message.text()} ${message.location().url}`);
  });
  return { context, page: await context.newPage(), requests, errors };
}

/** How many pixels of a page stand out sideways. */
export async function measureOverhang(page: Page): Promise<number> {
  const [content, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  return content - window;
}

/** What axe says against a page: rule and element, one each. */
export async function findViolations(page: Page): Promise<string[]> {
  // The policy of the pages allows no foreign script, so axe comes past it.
  await page.evaluate(await readFile(axe, 'utf8'));
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target)))`);
}

/** Nothing of the page is wider than it or hard to use; a picture of it where `SCREENSHOTS` names a folder. */
export async function see(page: Page, name: string): Promise<void> {
  expect([name, await measureOverhang(page)]).toEqual([name, 0]);
  expect([name, await findViolations(page)]).toEqual([name, []]);
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
