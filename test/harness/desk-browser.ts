import type { Browser, Page } from 'playwright-core';
import { openVisit, type Visit } from './browser.ts';
import { PASSWORD } from './desk.ts';
import type { Product } from './product.ts';

type Given = Omit<Parameters<typeof openVisit>[1], 'url'>;

/** The desk of a running product in a real browser, for several operators. */
export interface DeskWindows {
  /** Makes an operator as the CLI does it, with the password on standard input. */
  addOperator(name: string, ...options: string[]): void;
  /** Opens a page for an operator; each signs in once, since tries are limited. */
  enter(name: string, path: string, given?: Given): Promise<Page>;
  /** Closes every window; what their consoles complained of. */
  closeAll(): Promise<string[]>;
}

/** Opens windows of the desk of a product. */
export function openDesk(browser: Browser, product: Product): DeskWindows {
  const cookies = new Map<string, Awaited<ReturnType<Visit['context']['cookies']>>>();
  let visits: Visit[] = [];
  return {
    addOperator(name, ...options) {
      product.commandWith(PASSWORD, 'operators', 'add', name, ...options);
    },
    async enter(name, path, given = {}) {
      const visit = await openVisit(browser, { url: product.url, ...given });
      visits.push(visit);
      const { context, page } = visit;
      const known = cookies.get(name);
      if (known) await context.addCookies(known);
      await page.goto(path);
      if (known) return page;
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      cookies.set(name, await context.cookies());
      return page;
    },
    async closeAll() {
      const seen = visits;
      visits = [];
      for (const { context } of seen) await context.close();
      return seen.flatMap(({ errors }) => errors);
    },
  };
}
