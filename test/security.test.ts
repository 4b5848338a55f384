import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('SECURITY.md', 'utf8');
const rows = (/## At worst\n([\s\S]*?)\n## /.exec(page)?.[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (who|---) \|/.test(line));

describe('SECURITY.md, of what each party can at worst do', () => {
  it('names tests that there are', () => {
    const named = [...page.matchAll(/`(test\/[^`]+)`: "([^"]*)"/g)];
    expect(named.length).toBeGreaterThan(20);
    for (const [, file = '', name = ''] of named) {
      expect([file, existsSync(file)]).toEqual([file, true]);
      const isThere = name !== '' && readFileSync(file, 'utf8').includes(name);
      expect([file, name, isThere]).toEqual([file, name, true]);
    }
  });

  it('names one for each party, but for who holds everything', () => {
    expect(rows.length).toBeGreaterThan(12);
    const bare = rows.filter((row) => !row.includes('`test/')).map((row) => row.split(' | ')[0]);
    expect(bare).toEqual(['| who holds `SECRET_KEYS` beside the database']);
  });

  it('and docs/reliability.md name no test that is gone', () => {
    const named = [
      ...readFileSync('docs/reliability.md', 'utf8').matchAll(/`(test\/[^` ]+\.ts)`/g),
    ];
    const lost = named.map(([, file = '']) => file).filter((file) => !existsSync(file));
    expect(lost).toEqual([]);
  });
});
