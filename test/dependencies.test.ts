import { readFileSync } from 'node:fs';

it('are told in docs/dependencies.md, each with its reason, and no other', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const rows = readFileSync('docs/dependencies.md', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const told = rows.flatMap((row) => {
    const [, names = ''] = row.split('|');
    return Array.from(names.matchAll(/`([^`]+)`/g), ([, name]) => name);
  });
  expect(told.sort()).toEqual(Object.keys(dependencies).sort());
  for (const row of rows) expect([row, row.split('|').length]).toEqual([row, 6]);
});
