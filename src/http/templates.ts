import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import type { PartViews } from '../core/letter/parts.ts';
import { buildTemplate, checkTemplate, type Samples } from '../core/letter/template.ts';
import { layoutSamples, pageSamples, partSamples } from './samples.ts';

/** The templates of the pages as functions; pure, they throw where a variable is missing. */
export interface Pages {
  /** A whole page of a view and its frame. */
  readonly renderPage: <Name extends keyof PageViews>(
    name: Name,
    view: PageViews[Name],
    layout: Omit<LayoutPage, 'body'>,
  ) => string;
  /** A part that several pages share, as HTML for their views. */
  readonly renderPart: <Name extends keyof PartViews>(name: Name, view: PartViews[Name]) => string;
}

type Templates<Views> = { [Name in keyof Views]: (view: Views[Name]) => string };
type SamplesOf<Views> = { readonly [Name in keyof Views]: Samples<Views[Name]> };

/**
 * Reads and checks the templates of the pages. Throws a TemplateError with file and
 * line at the first fault.
 */
export async function loadPages(folder: string): Promise<Pages> {
  const frame = await loadTemplate(join(folder, 'layout.hbs'), layoutSamples);
  const pages = await loadAll<PageViews>(folder, pageSamples);
  const parts = await loadAll<PartViews>(join(folder, 'parts'), partSamples);
  return {
    renderPage: (name, view, layout) => frame({ ...layout, body: pages[name](view) }),
    renderPart: (name, view) => parts[name](view),
  };
}

async function loadAll<Views>(
  folder: string,
  samples: SamplesOf<Views>,
): Promise<Templates<Views>> {
  const templates: Partial<Templates<Views>> = {};
  for (const name of Object.keys(samples) as (keyof Views & string)[]) {
    templates[name] = await loadTemplate(join(folder, `${name}.hbs`), samples[name]);
  }
  return templates as Templates<Views>;
}

async function loadTemplate<T>(path: string, samples: Samples<T>): Promise<(view: T) => string> {
  const file = { path, text: await readFile(path, 'utf8') };
  checkTemplate(file, samples);
  return buildTemplate<T>(file.text);
}
