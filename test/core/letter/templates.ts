import fc from 'fast-check';

/**
 * Templates as anybody may write them, and views to fill them with. All objects have the same
 * fields, so that a path leads somewhere wherever it stands: `s`, `t` and `n` are said, `o` is an
 * object, `l` a list of objects, `p` one of words, `m` an object of objects.
 */
interface Item {
  readonly s?: unknown;
  readonly t?: unknown;
  readonly n: number;
  readonly o?: Item;
  readonly l: readonly Item[];
  readonly p: readonly string[];
  readonly m: Readonly<Record<string, Item>>;
}

const word = fc.constantFrom('a', 'b', '<i>&"', '', 'grüße', '1', 'word '.repeat(9));
const said = fc.oneof(word, word, fc.constantFrom(0, 1, 2, true, false));
const fields = {
  s: said,
  t: said,
  n: fc.nat({ max: 3 }),
  p: fc.array(word, { maxLength: 3 }),
};
const leaf: fc.Arbitrary<Item> = fc
  .record(fields, { requiredKeys: ['n', 'p', 's'] })
  .map((item) => ({ ...item, l: [], m: {} }));

/** Items of others: few, so that readers share them. */
function itemsOf(items: fc.Arbitrary<Item>): fc.Arbitrary<Item> {
  const held = {
    ...fields,
    o: items,
    l: fc.array(items, { maxLength: 3 }),
    m: fc.dictionary(fc.constantFrom('x', 'y'), items, { maxKeys: 2 }),
  };
  return fc.record(held, { requiredKeys: ['s', 'n', 'l', 'p', 'm', 'o'] });
}

function fewOf(items: fc.Arbitrary<Item>): fc.Arbitrary<fc.Arbitrary<Item>> {
  return fc
    .array(items, { minLength: 2, maxLength: 4 })
    .map((few) => fc.nat({ max: few.length - 1 }).map((at) => few[at] ?? few[0]) as never);
}

/** Views of some readers, who have many items in common. */
export const anyViews: fc.Arbitrary<readonly Item[]> = fewOf(leaf)
  .chain((leaves) => fewOf(itemsOf(leaves)))
  .chain((items) => fc.array(itemsOf(items), { minLength: 1, maxLength: 4 }));

const content = fc.constantFrom(
  'x',
  ' ',
  '\n',
  '<b>',
  '=',
  '- ',
  'longer than what is not worth a piece\n',
);
const up = fc.constantFrom(
  '',
  '',
  '',
  '',
  'this.',
  './',
  '../',
  '../../',
  '@root.',
  'o.',
  '@root.o.',
);
const scalar = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(up, fc.constantFrom('s', 's', 't', 'n')).map((p) => p.join('')),
  },
  { weight: 1, arbitrary: fc.constantFrom('this', '.', '..', 'l.length', 'p.length') },
  { weight: 2, arbitrary: fc.constantFrom('@index', '@first', '@last', '@../index', '@../last') },
);
const tested = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: fc.tuple(up, fc.constantFrom('l', 'o', 'm')).map((p) => p.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false', '0', '"x"') },
);
const listed = fc
  .tuple(up, fc.constantFrom('l', 'l', 'l', 'p', 'm', 'o', 's'))
  .map((p) => p.join(''));
const entered = fc.tuple(up, fc.constantFrom('o', 'o', 's', 'l')).map((p) => p.join(''));
const tilde = fc.constantFrom('', '', '', '', '~');

const mustache = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(tilde, scalar, tilde).map(([a, path, b]) => `{{${a}${path}${b}}}`),
  },
  { weight: 1, arbitrary: scalar.map((path) => `:{{{${path}}}}`) },
  { weight: 1, arbitrary: scalar.map((path) => `:{{&${path}}}`) },
  { weight: 1, arbitrary: scalar.map((path) => `{{count ${path} "paper"}}`) },
  { weight: 1, arbitrary: fc.constantFrom('{{ordinal @index}}', '{{count 1 "x"}}', '{{! no }}') },
);

/** What stands in a line of its own is stripped of its blanks. */
const line = fc.constantFrom('', '', '\n');

const { body } = fc.letrec<{ body: string; block: string }>((tie) => ({
  body: fc
    .array(
      fc.oneof(
        { maxDepth: 4, depthIdentifier: 'block' },
        { weight: 2, arbitrary: content },
        { weight: 4, arbitrary: mustache },
        { weight: 3, arbitrary: tie('block') },
      ),
      { maxLength: 4, depthIdentifier: 'block' },
    )
    .map((parts) => parts.join('')),
  block: fc
    .tuple(
      fc.oneof(
        tested.map((path) => ['#if', path, 'if']),
        tested.map((path) => ['#if', path, 'if']),
        tested.map((path) => ['#unless', path, 'unless']),
        tested.map((path) => ['^if', path, 'if']),
        listed.map((path) => ['#each', path, 'each']),
        listed.map((path) => ['#each', path, 'each']),
        listed.map((path) => ['#each', `${path} as |s n|`, 'each']),
        listed.map((path) => ['^each', path, 'each']),
        entered.map((path) => ['^with', path, 'with']),
        entered.map((path) => ['#with', path, 'with']),
        entered.map((path) => ['#with', `${path} as |t|`, 'with']),
        fc.constant(['#with', 'this', 'with']),
      ),
      tie('body'),
      fc.oneof(
        fc.constant(''),
        tie('body').map((other) => `{{else}}${other}`),
        fc.tuple(tested, tie('body')).map(([path, other]) => `{{else if ${path}}}${other}`),
      ),
      fc.tuple(tilde, tilde, line),
    )
    .map(([[open = '', path, close], inner, otherwise, [a, b, end]]) => {
      // The grammar knows no `else if` of what begins by `^`.
      const other = open.startsWith('^')
        ? otherwise.replace(/^\{\{else.*?\}\}/, '{{else}}')
        : otherwise;
      return `{{${a}${open} ${path}${b}}}${end}${inner}${other}{{/${close}}}${end}`;
    }),
}));

/** The text of a template, of HTML or of text. */
export function anyTemplate(isText: boolean): fc.Arbitrary<string> {
  // Handlebars adds up numbers that stand side by side and are not escaped: here a sign parts them.
  return isText ? body.map((text) => text.replace(/\{\{(?!~?[#/^!]|else)/g, ':{{')) : body;
}
