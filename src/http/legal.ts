import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { LegalPage } from '../core/letter/legal.ts';
import { renderMarkdown } from '../core/text/markdown.ts';
import { replyWithPage, type Site } from './site.ts';

/** `/imprint` and `/privacy`, where they are set: read once. Rejects where a file cannot be read. */
export async function registerLegalPages(
  app: FastifyInstance,
  site: Site,
  pages: readonly LegalPage[],
): Promise<void> {
  for (const { path, title: key, file } of pages) {
    const title = site.words.say(key);
    const text = renderMarkdown(await readFile(file, 'utf8'), title);
    app.get(path, (_request, reply) =>
      replyWithPage(reply, site, { page: 'legal', title, view: { text } }),
    );
  }
}
