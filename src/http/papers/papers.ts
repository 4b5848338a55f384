import type { FastifyInstance } from 'fastify';
import type { Site } from '../site.ts';
import { registerAuthor } from './author.ts';
import { registerPaper } from './paper.ts';
import { registerSearch } from './search.ts';

/** What everybody may read of papers: their own pages, those of their authors, and the search. */
export function registerPapers(app: FastifyInstance, site: Site): void {
  registerPaper(app, site);
  registerAuthor(app, site);
  registerSearch(app, site);
}
