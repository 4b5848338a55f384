import type { LayoutPage } from '../core/letter/pages.ts';
import type { Logger } from '../log.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Outside } from '../steps/steps.ts';
import type { RenderPage } from './templates.ts';

/** What the routes may touch. */
export interface Site {
  readonly outside: Outside;
  /** Present where mail is caught in this process. */
  readonly outbox: Outbox | undefined;
  readonly log: Logger;
  readonly renderPage: RenderPage;
  /** The frame of a page under a title. */
  readonly frame: (title: string, isSample?: boolean) => Omit<LayoutPage, 'body'>;
}
