import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import { buildTemplate, checkTemplate, type Samples } from '../core/letter/template.ts';
import { layoutSamples, pageSamples } from './samples.ts';

/** Makes a whole page of a view and its frame; pure, throws where a variable is missing. */
export type RenderPage = <Name extends keyof PageViews>(
  name: Name,
  view: PageViews[Name],
  layout: Omit<LayoutPage, 'body'>,
) => string;

type Templates = { [Name in keyof PageViews]: (view: PageViews[Name]) => string };

/**
 * Reads and checks the templates of the pages. Throws a TemplateError with file and
 * line at the first fault.
 */
export async function loadPages(folder: string): Promise<RenderPage> {
  const load = <T>(name: string, samples: Samples<T>) =>
    loadPage(join(folder, `${name}.hbs`), samples);
  const frame = await load('layout', layoutSamples);
  const pages: Templates = {
    home: await load('home', pageSamples.home),
    edition: await load('edition', pageSamples.edition),
    outbox: await load('outbox', pageSamples.outbox),
    'outbox-message': await load('outbox-message', pageSamples['outbox-message']),
    unsubscribe: await load('unsubscribe', pageSamples.unsubscribe),
    preferences: await load('preferences', pageSamples.preferences),
    message: await load('message', pageSamples.message),
  };
  return (name, view, layout) => frame({ ...layout, body: pages[name](view) });
}

async function loadPage<T>(path: string, samples: Samples<T>): Promise<(view: T) => string> {
  const file = { path, text: await readFile(path, 'utf8') };
  checkTemplate(file, samples);
  return buildTemplate<T>(file.text);
}
