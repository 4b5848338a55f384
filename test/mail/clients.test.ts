import { readFileSync } from 'node:fs';
import { loadTemplates } from '../../src/mail/templates.ts';
import { listTemplates } from '../../src/steps/templates/files.ts';

/** Support by clients, where it is not whole. Each feature is told at caniemail.com/features/NAME. */
const known = JSON.parse(readFileSync(new URL('./clients.json', import.meta.url), 'utf8')) as {
  features: Record<string, Record<string, string>>;
};
const files = await listTemplates({ root: process.cwd(), templatesDir: undefined });
const { digestHtml, noticeHtml } = await loadTemplates(files.read);

/** What some client takes in part or not at all, and why that is no loss. */
const excused: Readonly<Record<string, string>> = {
  'css-at-media': 'Only makes a wide screen roomier: without, it is the phone’s letter.',
  'css-at-media-prefers-color-scheme':
    'Who does not know it shows the light letter, or inverts it.',
  'css-background': 'MJML’s, of a button: one colour.',
  'css-background-color': 'Without it the ground is white: all text is dark enough for that.',
  'css-border': 'Of cells alone, in less than 8 px: the parts that Outlook for Windows keeps.',
  'css-border-radius': 'A button with corners is a button.',
  'css-color-scheme': 'A hint, beside the media query.',
  'css-cursor': 'MJML’s `auto`, of a button.',
  'css-display': '`none` for the preheader, and MJML’s for columns, of which there is one.',
  'css-display-none': 'Of the preheader, which holds no table.',
  'css-font-size': 'In px alone.',
  'css-font-weight': '`bold` and `normal` alone.',
  'css-height': 'MJML’s reset of pictures, of which there is none.',
  'css-letter-spacing': 'Half a pixel of the name, and of headings.',
  'css-line-height': 'Outlook rounds it; nothing has to meet anything else.',
  'css-list-style': 'Takes the mark of one line away, which may have it.',
  'css-margin':
    'Never below zero, never `auto` but for MJML’s frame, which Outlook has a table for.',
  'css-max-height': 'One of four ways in which the preheader is hidden.',
  'css-max-width': 'MJML’s frame, which Outlook has a table for; and of the preheader.',
  'css-opacity': 'One of four ways in which the preheader is hidden.',
  'css-outline': 'The same.',
  'css-overflow': 'One of four ways in which the preheader is hidden.',
  'css-overflow-wrap': 'For words of a hundred letters; MJML’s `word-break` does it elsewhere.',
  'css-padding': 'Of cells alone; the test below sees to that.',
  'css-selector-child': 'The dark ground, where dark is known.',
  'css-selector-class': 'Without, it is plain: margins and small sizes stand inline.',
  'css-selector-descendant': 'The same.',
  'css-selector-grouping': 'The same.',
  'css-selector-id': 'MJML’s reset for old Outlook, `#outlook a`.',
  'css-selector-type': 'MJML’s resets, and where long words break.',
  'css-text-align': '`start`, so that Arabic stands at the right; else it stands at the left.',
  'css-text-decoration': '`underline` and `none` alone, with nothing beside them.',
  'css-text-decoration-color': 'A quieter line under titles.',
  'css-text-decoration-thickness': 'The same.',
  'css-text-transform': '`uppercase` alone.',
  'css-text-underline-offset': 'The same.',
  'css-text-wrap': 'Keeps a title’s last line from being one word.',
  'css-width': 'Of tables and cells, and MJML’s column, for which Outlook has a table.',
  'css-word-break': 'For links and words of a hundred letters.',
  'css-word-spacing': 'MJML’s `normal`, which is the default.',
  'html-align': 'MJML’s, of its frame, which takes the whole width of a phone.',
  'html-aria-label': 'The name of the letter for screen readers, beside its title.',
  'html-body': 'A `div` with the same colour stands within.',
  'html-dir': 'Left to right is the default; a line of its own direction is whole without it.',
  'html-lang': 'For screen readers.',
  'html-lists': 'Neither `reversed` nor `value`.',
  'html-meta-color-scheme': 'A hint, beside the media query.',
  'html-role': 'Says of tables that they are for layout.',
  'html-style': 'Without, it is plain: what stands once is styled inline.',
  'html-target': 'MJML’s, of a button: a new window, as everywhere.',
  'html-width': 'Of a table that is as wide as there is room.',
};

const longhands: readonly [RegExp, string][] = [
  [/^(padding|margin|border)-(?:top|right|bottom|left)(?:-color)?$/, '$1'],
  [/^list-style-type$/, 'list-style'],
];
const elements: Readonly<Record<string, string>> = {
  ...{ h1: 'h1-h6', h2: 'h1-h6', h3: 'h1-h6', ol: 'lists', ul: 'lists', li: 'lists' },
  ...{ td: 'table', tr: 'table', tbody: 'table', b: 'strong' },
};
const selectors: readonly [RegExp, string][] = [
  [/\.[\w-]/, 'class'],
  [/(?:^|[ >])[a-z]/, 'type'],
  [/[\w)] +[\w.#]/, 'descendant'],
  [/>/, 'child'],
  [/,/, 'grouping'],
  [/\[/, 'attribute'],
  [/#/, 'id'],
  [/\+/, 'adjacent-sibling'],
  [/\*/, 'universal'],
];

interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** What all clients but Outlook see, whatever the conditions of the template are. */
const seen = (html: string) => html.replace(/<!--[\s\S]*?-->/g, '');

function tagsOf(html: string): Tag[] {
  const body = seen(html).replace(/<style[\s\S]*?<\/style>/g, '<style>');
  return [...body.matchAll(/<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(
    ([, name = '', all = '']) => ({
      name,
      attributes: new Map(
        [...all.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [
          key,
          value,
        ]),
      ),
    }),
  );
}

interface Rule {
  readonly selector: string;
  readonly declarations: readonly (readonly [string, string])[];
}

const declarationsOf = (css: string) =>
  css.split(';').flatMap((line) => {
    const [name = '', ...value] = line.split(':');
    return name.trim() ? [[name.trim(), value.join(':').trim()] as const] : [];
  });

function rulesOf(html: string): Rule[] {
  const css = [...seen(html).matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, text]) => text);
  return [...css.join('\n').matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(
    ([, selector = '', text = '']) => ({
      selector: selector.trim(),
      declarations: declarationsOf(text),
    }),
  );
}

/** The features of a letter, by the names under which caniemail.com has them. */
function featuresOf(html: string): Set<string> {
  const tags = tagsOf(html);
  const rules = rulesOf(html);
  const inline = tags.flatMap(({ attributes }) => declarationsOf(attributes.get('style') ?? ''));
  const declared = [...inline, ...rules.flatMap(({ declarations }) => declarations)];
  const properties = declared.map(([name]) =>
    longhands.reduce((all, [from, to]) => all.replace(from, to), name),
  );
  const css = rules.map(({ selector }) => selector).join('\n');
  const queries = [...seen(html).matchAll(/@media[^{]*/g)].map(([query]) => query);
  return new Set([
    ...tags.map(({ name }) => `html-${elements[name] ?? name}`),
    ...tags.flatMap(({ attributes }) => [...attributes.keys()].map((name) => `html-${name}`)),
    ...properties.map((name) => `css-${name}`),
    ...declared
      .filter(([name, value]) => name === 'display' && value === 'none')
      .map(() => 'css-display-none'),
    ...selectors
      .filter(([form]) => rules.some(({ selector }) => form.test(selector)))
      .map(([, name]) => `css-selector-${name}`),
    ...[...css.matchAll(/:([a-z-]+)/g)].map(([, name = '']) => `css-pseudo-class-${name}`),
    ...(queries.length > 0 ? ['css-at-media'] : []),
    ...(queries.some((query) => query.includes('prefers-color-scheme'))
      ? ['css-at-media-prefers-color-scheme']
      : []),
    ...(/name="color-scheme"/.test(html) ? ['html-meta-color-scheme'] : []),
  ]);
}

const letters = [
  ['digest', digestHtml],
  ['notice', noticeHtml],
] as const;

describe('the letters in mail clients', () => {
  it('use nothing that a client takes in part or not at all, but for what is told here', () => {
    const used = new Set(letters.flatMap(([, html]) => [...featuresOf(html)]));
    const partly = [...used].filter((name) => Object.keys(known.features[name] ?? {}).length > 0);
    expect(partly.length).toBeGreaterThan(20);
    expect(partly.sort()).toEqual(Object.keys(excused).sort());
  });

  it.each(letters)('have padding and borders in cells alone: the %s', (_, html) => {
    const isSpace = ([name, value]: readonly [string, string]) =>
      /^(?:padding|border)(?!-radius|-collapse)/.test(name) &&
      !/^(?:0(?:px)?|none)\b(?! \d)/.test(value);
    const outside = tagsOf(html).filter(
      ({ name, attributes }) =>
        // MJML gives the link of a button its padding, and the cell around it the same for Outlook.
        !['td', 'table'].includes(name) &&
        !(attributes.get('style') ?? '').includes('mso-padding-alt') &&
        declarationsOf(attributes.get('style') ?? '').some(isSpace),
    );
    expect(outside).toEqual([]);
    const cells = tagsOf(html)
      .filter(({ name }) => name === 'td')
      .map(({ attributes }) => attributes.get('class'));
    const rules = rulesOf(html).filter(
      ({ selector, declarations }) =>
        !/^(?:#outlook|body|table|img|p\b)/.test(selector) &&
        declarations.some(isSpace) &&
        !selector.split(',').every((one) => cells.includes(one.trim().replace(/^\./, ''))),
    );
    expect(rules.map(({ selector }) => selector)).toEqual([]);
  });

  it.each(letters)('keep their styles below what Gmail reads: the %s', (_, html) => {
    // caniemail.com/features/html-style, note 6: 16 kB a tag.
    const sizes = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([all]) => all.length);
    expect(Math.max(...sizes)).toBeLessThan(8_000);
  });
});
