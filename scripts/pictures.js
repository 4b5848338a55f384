/**
 * Makes the pictures of docs/ that show what readers see, from a sandbox that runs:
 *
 *   npm start                                          # in one window
 *   node scripts/pictures.js [http://localhost:3000]   # in another
 *
 * It needs Chromium; CHROMIUM may name it. Nothing but docs/*.webp is written.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const site = process.argv[2] ?? 'http://localhost:3000';
const programs = ['chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
);
const executablePath = process.env['CHROMIUM'] ?? programs.find((path) => existsSync(path));
const EDITION = '/editions/2025-05-07';

/** Name, address, width, height, and whether in the dark. */
const pictures = [
  ['front-page', '/', 1280, 860],
  ['front-page-dark', '/', 680, 860, true],
  ['front-page-phone', '/', 360, 740],
  ['front-page-german', '/de/', 680, 860],
  ['edition', EDITION, 1280, 760],
  ['edition-phone', `${EDITION}/groups/1`, 360, 740, true],
  ['paper', await findPaper(), 1280, 900],
  ['search', '/search?q=%22language+model%22+-vision', 1280, 760],
  ['archive', '/editions', 680, 640],
  ['letter', await findLetter(), 680, 860],
  ['letter-phone', await findLetter(), 360, 740, true],
];

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const [name, path, width, height, isDark] of pictures) {
  const context = await browser.newContext({
    baseURL: site,
    viewport: { width, height },
    colorScheme: isDark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  await page.goto(path);
  const data = await toWebp(context, await page.screenshot());
  await writeFile(new URL(`../docs/${name}.webp`, import.meta.url), data, 'base64');
  await context.close();
}
await browser.close();

/** A picture a third as large, by the browser's own encoder: as base64. */
async function toWebp(context, png) {
  const blank = await context.newPage();
  return blank.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d').drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', 0.82).split(',')[1];
    },
    `data:image/png;base64,${png.toString('base64')}`,
  );
}

/** A paper of the sample that others are like. */
async function findPaper() {
  const found = await (await fetch(`${site}/search?q=reward+overoptimization`)).text();
  return /href="(\/papers\/\d+[^"]*)"/.exec(found)?.[1] ?? '/papers/1';
}

/** The last digest in the outbox, without the frame around it. */
async function findLetter() {
  const outbox = await (await fetch(`${site}/outbox`)).text();
  const [, link = ''] = /href="(\/outbox\/[^"]+)"/.exec(outbox) ?? [];
  return `${link}/html`;
}
