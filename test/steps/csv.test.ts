import { Readable } from 'node:stream';
import { readCsv } from '../../src/steps/readers/csv.ts';

/** Reads a text that comes in pieces of so many bytes. */
async function readAll(text: string, size = 7) {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const rows: [number, unknown, boolean][] = [];
  let fault: string | undefined;
  try {
    for await (const row of readCsv(Readable.from(pieces))) {
      rows.push([row.line, row.cells, row.isTooLong]);
    }
  } catch (error) {
    fault = (error as Error).message;
  }
  return { rows, fault };
}

it.each([',', ';', '\t'])(
  'reads rows with %j between the cells, in pieces of any size',
  async (mark) => {
    const text = ['\ufeffE-Mail,Zone', 'a@b.example,"x, ""y""\nö"', '', 'd@e.f'].join('\r\n');
    const marked = text.replace(/,(?! )/g, mark);
    for (const size of [1, 7, 1000]) {
      expect((await readAll(marked, size)).rows).toEqual([
        [3, { address: 'a@b.example', zone: 'x, "y"\nö' }, false],
        [5, { address: 'd@e.f' }, false],
      ]);
    }
  },
);

it('reads a file of one column, and one whose last line has no end', async () => {
  const { rows } = await readAll('address\na@b.example\n\nd@e.example');
  expect(rows.map(([line]) => line)).toEqual([2, 4]);
});

it('tells rows with more cells than columns, but not empty ones', async () => {
  const { rows } = await readAll('address,zone\na,b,c\nd,e,,\nf\n');
  expect(rows.map(([line, , isTooLong]) => [line, isTooLong])).toEqual([
    [2, true],
    [3, false],
    [4, false],
  ]);
});

it.each([
  ['', 'The file is empty.'],
  [' \n', 'The file is empty.'],
  [
    'name,mail\na,b\n',
    'The first line must name the columns, "address" among them. It has: name, mail',
  ],
  ['address,email\na,b\n', 'The column "address" is there twice.'],
  ['address\n"abc\nd\n', 'a quote is opened and never closed.'],
  ['address,zone\na,"b" c\n', 'Line 2: '],
  [`address\n"${'x\n'.repeat(70_000)}`, 'the row is too long'],
])('refuses %j in a sentence', async (text, words) => {
  expect((await readAll(text, 10_000)).fault).toContain(words);
});
