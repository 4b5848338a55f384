import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Palette, Theme } from '../core/letter/palette.ts';
import type { Config } from '../process/config.ts';
import type { TemplateFiles } from '../steps/templates/files.ts';
import type { SharedPages } from './front/shared.ts';

/** A file of our own origin that pages load. */
interface SiteFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What every page loads, read once. */
export interface SiteFiles {
  readonly all: readonly SiteFile[];
  /** By what they hold, so that a browser keeps each for good. */
  readonly style: string;
  readonly logo: string | undefined;
}

const DAY_SECONDS = 86_400;
const YEAR_SECONDS = 365 * DAY_SECONDS;
const TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
};
/** Browsers ask for favicon.ico where a page, such as a digest, names no icon. */
const ours = [
  ['/zone.js', 'zone.js', 'text/javascript'],
  ['/desk.js', 'desk.js', 'text/javascript'],
  ['/passkey.js', 'passkey.js', 'text/javascript'],
  ['/icon.svg', 'icon.svg', 'image/svg+xml'],
  ['/favicon.ico', 'icon.svg', 'image/svg+xml'],
  ['/card.png', 'card.png', 'image/png'],
] as const;

/** Reads them; throws where one is not there. */
export async function readSiteFiles(
  { site }: Pick<Config, 'site'>,
  { entries }: Pick<TemplateFiles, 'entries'>,
): Promise<SiteFiles> {
  const read = async (name: string) => {
    const entry = entries.find((each) => each.name === `pages/${name}`);
    if (!entry) throw new Error(`there is no template pages/${name}`);
    return readFile(entry.path);
  };
  const sheet = `${await read('style.css')}${site.palette ? sayPalette(site.palette) : ''}`;
  const style = { path: '/style.css', type: 'text/css; charset=utf-8', bytes: Buffer.from(sheet) };
  const others = ours.map(async ([path, name, type]) => ({ path, type, bytes: await read(name) }));
  const logo = site.logoFile === undefined ? undefined : await readLogo(site.logoFile);
  return {
    all: [style, ...(await Promise.all(others)), ...(logo ? [logo] : [])],
    style: linkTo(style),
    logo: logo && linkTo(logo),
  };
}

async function readLogo(file: string): Promise<SiteFile> {
  const type = TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
  return { path: '/logo', type, bytes: await readFile(file) };
}

function linkTo({ path, bytes }: SiteFile): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return `${path}?v=${hash}`;
}

/** Serves them: for good under the address of what they hold, for a day under the bare one. */
export function registerFiles(app: FastifyInstance, files: SiteFiles, shared: SharedPages): void {
  for (const file of files.all) {
    app.get<{ Querystring: { v?: string } }>(file.path, async (request, reply) => {
      const isNamed = linkTo(file) === `${file.path}?v=${request.query.v}`;
      reply.header(
        'cache-control',
        `public, max-age=${isNamed ? YEAR_SECONDS : DAY_SECONDS}${isNamed ? ', immutable' : ''}`,
      );
      // Opened by itself, a drawing may hold a script; beside a page it runs none.
      if (file.type === TYPES['.svg']) {
        reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
      }
      if (file.type.startsWith('text/')) {
        const make = async () => file.bytes.toString();
        await shared.answer(request, reply, { key: file.path, make, type: file.type });
        return reply;
      }
      return reply.type(file.type).send(file.bytes);
    });
  }
}

/** A palette as what it sets over the sheet's own colours. */
function sayPalette({ light, dark }: Palette): string {
  return `\n:root {${sayTheme(light)}}\n@media (prefers-color-scheme: dark) {:root {${sayTheme(dark)}}}\n`;
}

function sayTheme(theme: Theme): string {
  const properties = Object.entries(theme).map(([name, colour]: [string, string]) => {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `--${dashed}:${colour}`;
  });
  return properties.join(';');
}
