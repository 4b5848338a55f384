import type { FastifyReply } from 'fastify';
import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import type { Logger } from '../log.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { EditionMemory } from '../steps/editions/edition-memory.ts';
import type { Outside } from '../steps/steps.ts';
import type { TemplateEntry } from '../steps/templates/files.ts';
import type { Pages } from './templates.ts';
import type { Turns } from './turns.ts';

/** What the routes may touch. */
export interface Site extends Pages {
  readonly outside: Outside;
  /** Present where mail is caught in this process. */
  readonly outbox: Outbox | undefined;
  readonly log: Logger;
  /** The newest editions, read once. */
  readonly editions: EditionMemory;
  /** Where readers' costly requests stand in line. */
  readonly turns: Turns;
  /** The templates that this process reads, and which are the operator's own. */
  readonly templates: readonly TemplateEntry[];
  /** The frame of a page under a title. */
  readonly frame: (title: string, isSample?: boolean) => Omit<LayoutPage, 'body'>;
}

/** A page to answer with. */
export interface Shown<Name extends keyof PageViews> {
  readonly page: Name;
  readonly title: string;
  readonly view: PageViews[Name];
  readonly status?: number;
}

/** Answers with a page under a title. */
export function replyWithPage<Name extends keyof PageViews>(
  reply: FastifyReply,
  site: Site,
  { page, title, view, status = 200 }: Shown<Name>,
): FastifyReply {
  return reply
    .code(status)
    .type('text/html')
    .send(site.renderPage(page, view, site.frame(title)));
}
