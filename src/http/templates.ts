import type { LayoutPage, PageViews } from '../core/letter/pages.ts';
import type { PartViews } from '../core/letter/parts.ts';
import {
  buildTemplate,
  checkTemplate,
  listFaults,
  type ReadTemplate,
  type Samples,
  type TemplateError,
  type TemplateFile,
} from '../core/letter/template.ts';
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
export async function loadPages(read: ReadTemplate): Promise<Pages> {
  const frame = buildChecked(await read('pages/layout.hbs'), layoutSamples);
  const pages = await loadAll<PageViews>(read, 'pages', pageSamples);
  const parts = await loadAll<PartViews>(read, 'pages/parts', partSamples);
  return {
    renderPage: (name, view, layout) => frame({ ...layout, body: pages[name](view) }),
    renderPart: (name, view) => parts[name](view),
  };
}

/** Every fault of the templates of the pages. */
export async function listPageFaults(read: ReadTemplate): Promise<TemplateError[]> {
  const all: [string, Samples<unknown>][] = [
    ['pages/layout.hbs', layoutSamples],
    ...Object.entries(pageSamples).map(nameIn('pages')),
    ...Object.entries(partSamples).map(nameIn('pages/parts')),
  ];
  const found = all.map(async ([name, samples]) => listFaults(await read(name), samples));
  return (await Promise.all(found)).flat();
}

function nameIn(folder: string) {
  return ([name, samples]: [string, Samples<unknown>]): [string, Samples<unknown>] => [
    `${folder}/${name}.hbs`,
    samples,
  ];
}

async function loadAll<Views>(
  read: ReadTemplate,
  folder: string,
  samples: SamplesOf<Views>,
): Promise<Templates<Views>> {
  const templates: Partial<Templates<Views>> = {};
  for (const name of Object.keys(samples) as (keyof Views & string)[]) {
    templates[name] = buildChecked(await read(`${folder}/${name}.hbs`), samples[name]);
  }
  return templates as Templates<Views>;
}

function buildChecked<T>(file: TemplateFile, samples: Samples<T>): (view: T) => string {
  checkTemplate(file, samples);
  return buildTemplate<T>(file.text);
}
