import { Readable } from 'node:stream';
import { readCsv } from '../../src/steps/readers/csv.ts';

/** Reads a text that comes in pieces of so many bytes. */
async function readAll(text: string, size = 7) {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  const rows: [number, readonly string[]][] = [];
  let fault: string | undefined;
  try {
    for await (const row of readCsv(Readable.from(pieces))) {
      rows.push([row.line, row.cells]);
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
        [1, ['E-Mail', 'Zone']],
        [3, ['a@b.example', 'x, "y"\nö']],
        [5, ['d@e.f']],
      ]);
    }
  },
);

it('reads a file of one column, and one whose last line has no end', async () => {
  const { rows } = await readAll('address\na@b.example\n\nd@e.example');
  expect(rows.map(([line]) => line)).toEqual([1, 2, 4]);
});

it('reads lines that end in other ways than the first one does', async () => {
  for (const size of [1, 7, 1000]) {
    const { rows } = await readAll('email,zone\r\na@b.example,x\nc@d.example,y\r\n', size);
    expect(rows).toEqual([
      [1, ['email', 'zone']],
      [2, ['a@b.example', 'x']],
      [3, ['c@d.example', 'y']],
    ]);
  }
});

it.each(['sep=;\r\n', '\ufeffsep=;\n', '"sep=;"\r'])(
  'believes %j about what stands between the cells',
  async (line) => {
    const { rows } = await readAll(`${line}email;name\na@b.example;"x, y"\n`, 3);
    expect(rows).toEqual([
      [2, ['email', 'name']],
      [3, ['a@b.example', 'x, y']],
    ]);
  },
);

it.each(['utf-16le', 'utf-16be'])(
  'reads %s by its mark, in pieces of any size',
  async (encoding) => {
    const bytes = Buffer.from('\ufeffE-Mail\tNäme\r\na@b.example\tΩ😀\r\n', 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    for (const size of [1, 3, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      const rows = [];
      for await (const { cells } of readCsv(Readable.from(pieces))) rows.push(cells);
      expect(rows).toEqual([
        ['E-Mail', 'Näme'],
        ['a@b.example', 'Ω😀'],
      ]);
    }
  },
);

it('takes a list of members by the line, whatever their names hold', async () => {
  const lines = ['Ada L. <ada@b.example>', '"Hopper, Grace" <grace@b.example>', 'c@b.example', ''];
  const { rows } = await readAll(`${lines.join('\n')}Who, "the" Third <d@b.example>\n`);
  expect(rows.map(([, cells]) => cells)).toEqual([
    [lines[0]],
    [lines[1]],
    [lines[2]],
    ['Who, "the" Third <d@b.example>'],
  ]);
});

it.each([
  ['', 'The file is empty.'],
  [' \n', 'The file is empty.'],
  ['PK\x03\x04\x14\0\x06\0[Content_Types].xml', 'This is an Excel workbook'],
  ['PK\x03\x04\x14\0\0\0subscribed_members_export.csv', 'This is a ZIP archive'],
  ['BEGIN:VCARD\r\nFN:Ada\r\n', 'These are vCards'],
  ['\ufeff<!DOCTYPE html><title>Sign in</title>', 'This is a web page'],
  ['[{"email":"a@b.example"}]', 'This is JSON'],
  ['address\n"abc\nd\n', 'a quote is opened and never closed.'],
  ['address,zone\na,"b" c\n', 'Line 2: '],
  [`address\n"${'x\n'.repeat(70_000)}`, 'the row is too long'],
])('refuses %j in a sentence', async (text, words) => {
  expect((await readAll(text, 10_000)).fault).toContain(words);
});
