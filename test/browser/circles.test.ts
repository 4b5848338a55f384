import type { Browser } from 'playwright-core';
import { measureOverhang, openBrowser, openVisit, see, type Visit } from '../harness/browser.ts';
import { type Lab, type Name, openLab } from '../harness/lab.ts';
import { type Live, openLive } from '../harness/live.ts';

const pictures = process.env['SCREENSHOTS'];

// What each of a lab saw in the course of a term, on a phone and on a desk.
describe('a lab that reads together', () => {
  let live: Live;
  let lab: Lab;
  let browser: Browser;
  let url: string;
  let visits: Visit[] = [];

  beforeAll(async () => {
    live = await openLive('sandbox', {
      now: '2026-03-02T06:00:00Z',
      env: { REQUESTS_PER_MINUTE: '100000', SIGNUPS_PER_IP: '1000', SIGNUPS_PER_DOMAIN: '1000' },
    });
    lab = await openLab(live, '2026-03-02');
    url = await live.app.listen({ port: 0, host: '127.0.0.1' });
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await live?.close();
  });
  afterEach(async () => {
    const seen = visits;
    visits = [];
    for (const { context } of seen) await context.close();
    expect(seen.flatMap(({ errors }) => errors)).toEqual([]);
  });

  const visit = async (given: { width: number; colorScheme: 'light' | 'dark'; name?: Name }) => {
    const { name, ...wanted } = given;
    const opened = await openVisit(browser, { url, ...wanted });
    visits.push(opened);
    if (name) {
      const [cookie = '', value = ''] = (await lab.as(name)).cookie.split('=');
      await opened.context.addCookies([{ name: cookie, value, url }]);
    }
    return opened.page;
  };
  /** What one of them sees under a path: no fault of access, nothing beside the screen, a picture if wanted. */
  const look = async (name: Name | undefined, path: string, as: string) => {
    for (const width of [360, 1280]) {
      const colorScheme = width === 360 ? 'dark' : 'light';
      const page = await visit({ width, colorScheme, ...(name && { name }) });
      await page.goto(path);
      await see(page, `circle-${as}-${width}`);
    }
  };
  const lookAtLetter = async (name: Name, as: string) => {
    for (const width of [360, 1280]) {
      const page = await visit({ width, colorScheme: 'light' });
      await page.setContent(lab.html(name));
      expect([as, width, await measureOverhang(page)]).toEqual([as, width, 0]);
      if (pictures)
        await page.screenshot({ path: `${pictures}/circle-${as}-${width}.png`, fullPage: true });
    }
  };

  it('invites, and shows who is in', async () => {
    const body = await lab.page('Ada');
    const invitation = /value="http[^"]*(\/join\/[^"]+)"/.exec(body)?.[1] ?? '';
    await look(undefined, invitation, 'join');
    await look('Ada', '/circles', 'circles');
    await look('Ada', lab.here, 'owner');
    await look('Hal', lab.here, 'empty');
  }, 120_000);

  it('marks from a paper, says something, and meets', async () => {
    const id = await lab.mark('Ben', 0, 'Their tides are ours, and figure 2 has no error bars.');
    await look('Eva', `/circles/for/${id}`, 'mark');
    const page = await visit({ width: 360, colorScheme: 'light', name: 'Eva' });
    await page.goto(`/papers/${id}`);
    await page.getByRole('link', { name: 'For your circle' }).click();
    await page.getByLabel('A line, if you like').fill('I know the authors.');
    await page.getByRole('button', { name: 'Mark it' }).click();
    await page.getByText('It stands in the next mail of everybody else').waitFor();
    await page.getByRole('link', { name: 'Tidal Lab' }).click();
    await page.getByText('I know the authors.').waitFor();
    await page.locator('summary', { hasText: 'Next meeting: this one' }).first().click();
    await page.getByLabel('Date').first().fill('2026-03-12');
    await page.getByLabel('Time, by the clock of').first().fill('14:00');
    await page.getByLabel('Where, if you like').first().fill('Room 4');
    await page.getByRole('button', { name: 'Set it' }).first().click();
    await page.getByText('Set by Eva.').waitFor();
    await lab.morning('2026-03-03');
    await lookAtLetter('Ada', 'letter');
    expect(lab.letter('Ada')).toContain('Thursday, 12 March 2026, 14:00 (UTC), Room 4');
  }, 120_000);

  it('reads on, with one gone and one muted, and week by week', async () => {
    await lab.mark('Cyd', 1, 'Buy tin roofs, all of you.');
    await lab.act('Ada', { act: 'renew_feed' });
    await look('Ada', lab.here, 'term');
    await look('Fay', lab.here, 'member');
    await look('Fay', `${lab.here}/weeks/2026-W10`, 'week');
    const body = await lab.page('Ada');
    const link = /href="(http[^"]+\/circle\/[^"/]+)"/.exec(body)?.[1] ?? '';
    await look(undefined, new URL(link).pathname, 'week-by-link');
  }, 120_000);

  it('closes', async () => {
    await lab.act('Ada', { act: 'close' });
    await look('Hal', lab.here, 'closed');
  }, 120_000);
});
