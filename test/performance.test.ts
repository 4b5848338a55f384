import { readFileSync } from 'node:fs';
import { readOptions } from '../bench/send/options.ts';

const page = readFileSync('docs/performance.md', 'utf8');

describe('the page on speed', () => {
  const rows = [...page.matchAll(/^\| `--([\w-]+)(?: ([A-Z]+))?` \|/gm)].map(
    ([, name = '', value]) => ({ name, value }),
  );
  const values: Readonly<Record<string, string>> = {
    N: '7',
    REV: 'abc',
    LIST: 'own',
    PATH: '/tmp',
  };

  it.each(rows)('names the option --$name of the bench', ({ name, value }) => {
    const given = value === undefined ? [] : [values[value] ?? ''];
    expect(() => readOptions([`--${name}`, ...given])).not.toThrow();
  });

  it('tells of every option', () => {
    const source = readFileSync('bench/send/options.ts', 'utf8');
    const known = [...source.matchAll(/^ {6}'?([a-z-]+)'?: \{ type/gm)].map(([, name]) => name);
    expect(known.length).toBeGreaterThan(6);
    expect(rows.map(({ name }) => name).sort()).toEqual(known.sort());
  });

  it('names every contestant for --only', () => {
    const source = readFileSync('bench/send/contestants.ts', 'utf8');
    const [, all = ''] = /const all = \[([\s\S]*?)\n {2}\];/.exec(source) ?? [];
    const [, other = ''] = /function createOther[\s\S]*?id: '(\w+)'/.exec(source) ?? [];
    const ids = [...all.matchAll(/(?:ours\(|peer\(|id: )'([\w-]+)'/g)].map(([, id]) => id);
    const [, listed = ''] = /`--only LIST` \| some of (.*) \|/.exec(page) ?? [];
    expect(listed.match(/[\w-]+/g)).toEqual([...ids, other]);
  });

  it.each(['sending', 'long'])('has the marks between which %s is written', (part) => {
    const [begin, end] = [`\n<!-- ${part} -->\n`, `\n<!-- end of ${part} -->`];
    expect(page.split(begin)).toHaveLength(2);
    expect(page.indexOf(end)).toBeGreaterThan(page.indexOf(begin));
  });
});
